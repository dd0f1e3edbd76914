"""The parts in which a plan is written: which of its fields stand in which, and where something that is missing belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cairn.core.engine.conditions import CONDITIONS
from cairn.core.engine.gates import Refusal
from cairn.core.protocol.model import Gate
from cairn.core.vocabulary.model import Field

# The name under which the parts of one version are kept begins so: no other document of a strand has such parts.
PLAN_PARTS = "plan-"
# What is not written but follows from which plan it is.
NOT_WRITTEN = frozenset({"kind", "category", "latest_category", "previous_plans"})


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One part of the plan: what it is called, and the fields that are asked in it."""

    id: str
    title: str
    names: tuple[str, ...]


PARTS = (
    PlanPart("change", "What changes, and who was asked", ("changed", "consulted_whom", "consulted")),
    PlanPart("outcomes", "What is to be different", ("outcomes",)),
    PlanPart("actions", "Who does what, and by when", ("actions",)),
    PlanPart("words", "In their own words", ("child_words", "family_words")),
    PlanPart("people", "Who is part of it", ("roles", "lead_professional", "lead_duties", "coordination")),
    PlanPart("services", "Services, and what it takes", ("services", "resources")),
    PlanPart("changes", "If things change", ("contingency",)),
    PlanPart(
        "again",
        "When we look at it again",
        (
            "visits_every",
            "meetings_every",
            "meetings_reason",
            "reviews_every",
            "reviews_reason",
            "review_points",
        ),
    ),
    PlanPart(
        "end", "How long, and what else", ("ends_by", "longer_than_year", "longer_reason", "text", "reason")
    ),
)


def parts_of(fields: Sequence[Field]) -> tuple[tuple[PlanPart, tuple[Field, ...]], ...]:
    """The parts that an act asks, each with its fields in their order; what no part names stands in the last."""
    by_name = {field.name: field for field in fields if field.name not in NOT_WRITTEN}
    named = {name for part in PARTS for name in part.names}
    rest = tuple(field for name, field in by_name.items() if name not in named)
    found = [(part, tuple(by_name[name] for name in part.names if name in by_name)) for part in PARTS]
    last, its = found[-1]
    return tuple((part, asked) for part, asked in (*found[:-1], (last, (*its, *rest))) if asked)


def part_of(refusal: Refusal, gates: Mapping[str, tuple[Gate, ...]]) -> str:
    """The part in which something that is missing is written; '' where it is done elsewhere."""
    names = [refusal.field] if refusal.field else _read_by(gates.get(refusal.provision, ()))
    # A condition names last what is judged: that every outcome has an action is written with the actions.
    return next((part.id for name in reversed(names) for part in PARTS if name in part.names), "")


def _read_by(versions: Sequence[Gate]) -> list[str]:
    """The fields of a plan that the conditions of a gate read."""
    functions = [need.function for gate in versions[-1:] for need in gate.needs if need.function]
    reads = [read for name in functions for read in CONDITIONS[name].reads]
    return [read.rpartition(".")[2] for read in reads if read.startswith("plan.")]
