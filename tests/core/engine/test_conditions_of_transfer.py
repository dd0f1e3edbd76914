"""What has to be so when a child goes over to another worker or team, beyond the example of each answer."""

from __future__ import annotations

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event

PROPOSED = event("t1", "transfer.proposed", "2026-02-01T10:00", {"to_team": "Made up."}, strand="r1")


@pytest.mark.parametrize(
    ("attended", "truth"),
    [
        (["outgoing_manager", "receiving_manager", "child"], "yes"),
        (["receiving_manager"], "no"),
        (["outgoing_manager"], "no"),
        ([], "no"),
    ],
)
def test_the_managers_of_both_teams_attend(attended, truth):
    data = {"to_team": "Made up.", "attended": attended}
    here = event("here", "transfer.agreed", "2026-02-02T10:00", data, strand="t1")
    assert judged("both_managers_were_there", R1, PROPOSED, here) == truth


class TestTheJointVisit:
    HERE = event("here", "allocation.ended", "2026-02-10T10:00", {"worker": "A Worker"}, strand="r1")

    def visit(self, at, handover=True):
        return event(f"v{at}", "visit.made", at, {"handover": handover}, strand="r1")

    def left(self, at):
        return event(f"l{at}", "allocation.ended", at, {"worker": "Another"}, strand="r1")

    def judged(self, *events):
        return judged("joint_visit_was_made", R1, *events, self.HERE)

    def test_it_is_made_since_the_case_last_went_over(self):
        assert self.judged(self.visit("2026-02-08T10:00")) == "yes"
        assert self.judged(self.visit("2026-02-01T10:00"), self.left("2026-02-02T10:00")) == "no"
        both = self.left("2026-01-20T10:00"), self.visit("2026-01-25T10:00"), self.left("2026-02-02T10:00")
        assert self.judged(*both) == "no"
        assert self.judged(*both, self.visit("2026-02-08T10:00")) == "yes"

    def test_one_who_leaves_later_has_no_part_in_it(self):
        assert self.judged(self.visit("2026-02-08T10:00"), self.left("2026-02-20T10:00")) == "yes"

    def test_of_several_visits_one_is_enough_and_another_visit_is_none(self):
        assert self.judged(self.visit("2026-02-07T10:00", False), self.visit("2026-02-08T10:00")) == "yes"
        assert self.judged(self.visit("2026-02-07T10:00", False)) == "no"
        assert self.judged() == "no"
