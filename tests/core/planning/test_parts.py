"""The parts in which a plan is written: every field in one of them, and what is missing beside the part it belongs to."""

from __future__ import annotations

import pytest

from cairn.application.procedures import procedures
from cairn.core.engine.gates import Refusal
from cairn.core.planning.parts import NOT_WRITTEN, PARTS, part_of, parts_of
from cairn.core.vocabulary.model import Field

PETERBOROUGH = procedures("peterborough")
VOCABULARY, GATES = PETERBOROUGH.vocabulary, PETERBOROUGH.protocol.gates


@pytest.mark.parametrize("act", ["make-plan", "revise-plan"])
def test_every_field_of_the_act_stands_in_one_part(act):
    fields = [field for field in VOCABULARY.fields_of(VOCABULARY.acts[act]) if field.asked]
    written = [field.name for _, its in parts_of(fields) for field in its]
    assert sorted(written) == sorted(field.name for field in fields if field.name not in NOT_WRITTEN)


def test_a_field_that_no_part_names_stands_in_the_last():
    new = Field(name="something_new", label="New", type="text")
    assert [(part.id, its) for part, its in parts_of([new])] == [(PARTS[-1].id, (new,))]


@pytest.mark.parametrize(
    ("gate", "field", "part"),
    [
        ("plan-outcomes", "outcomes", "outcomes"), ("plan-outcomes", "", "outcomes"), ("plan-says-who-and-why", "", "actions"),
        ("plan-responsible-and-times", "resources", "services"), ("plan-times-within-reach", "", "actions"),
        ("longer-plan-explained", "", "end"), ("frequent-meetings-explained", "", "again"),
        ("change-is-talked-over", "consulted_whom", "change"), ("plan-from-the-meeting", "", ""),
    ],
)  # fmt: skip
def test_what_is_missing_belongs_to_the_part_in_which_it_is_written(gate, field, part):
    assert part_of(Refusal("gate", gate, "", "", field=field), GATES) == part


def test_every_gate_of_a_plan_but_the_meeting_leads_to_a_part():
    events = {"plan.made", "plan.revised"}
    before = {
        name: versions
        for name, versions in GATES.items()
        if any(one.event in events for one in versions[-1].before)
    }
    lost = {
        name
        for name, versions in before.items()
        for need in versions[-1].needs
        if not part_of(Refusal("gate", name, "", "", field=need.field or ""), GATES)
    }
    assert lost == {"plan-from-the-meeting"}
