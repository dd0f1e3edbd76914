"""Which version of a rule is in force on a day; a day on which none is, is a stated fault and never silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cairn.core.calendar.london import say_date
from cairn.core.protocol.model import Protocol, Rule, RuleT


@dataclass(frozen=True, slots=True)
class NoRuleInForce:
    """A day before the first version of a rule: what was laid down then is not in the protocol."""

    rule: str
    day: date
    first: date

    def __str__(self) -> str:
        return (
            f"the rule in force on {say_date(self.day)} "
            f"(the protocol has {self.rule} only from {say_date(self.first)})"
        )


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules of a protocol that are in force on a day, and those that have no version for it."""

    rules: tuple[Rule, ...]
    missing: tuple[NoRuleInForce, ...]


def version_on(versions: Sequence[RuleT], day: date) -> RuleT | NoRuleInForce | None:
    """The version in force on a day, of the versions of one rule (the earliest first).

    None where nothing was laid down for it: the first version is marked as introduced later, or the last
    as in force only until then.
    """
    begun = [version for version in versions if begins_by(version, day)]
    if begun:
        until = begun[-1].in_force_until
        return begun[-1] if until is None or day < until else None
    first = versions[0]
    if first.introduced or first.in_force_from is None:
        return None
    return NoRuleInForce(first.id, day, first.in_force_from)


def begins_by(version: Rule, day: date) -> bool:
    """Whether a version is in force on a day or was before."""
    return version.in_force_from is None or version.in_force_from <= day


def in_force_on(protocol: Protocol, day: date) -> InForce:
    """Every rule of the protocol as it is in force on a London day."""
    kinds: tuple[Mapping[str, tuple[Rule, ...]], ...] = (
        protocol.duties,
        protocol.gates,
        protocol.quorums,
        protocol.outcome_sets,
        protocol.next_steps,
    )
    found = [version_on(versions, day) for kind in kinds for versions in kind.values()]
    return InForce(
        rules=tuple(one for one in found if isinstance(one, Rule)),
        missing=tuple(one for one in found if isinstance(one, NoRuleInForce)),
    )
