"""What stands although a rule was not kept: gates that stood against it, and who was not there."""

from __future__ import annotations

from tests.core.engine.gate_cases import A1, APPROVED, QUORUM, R1, SEEN, SEEN_ALONE, departed, held
from tests.core.made_up_procedures import event, view, withdraw


class TestRecordedWithout:
    def without(self, rules, *events):
        return [
            (one.event.id, one.refusal.code, one.refusal.missing)
            for one in view(rules, *events).recorded_without
        ]

    def test_an_approval_that_stands_without_the_child_seen(self):
        assert self.without(SEEN, R1, A1, APPROVED) == [("p1", "gate", "The child has not been seen alone")]
        assert self.without(SEEN, R1, A1, SEEN_ALONE, APPROVED) == []

    def test_what_happened_afterwards_does_not_mend_it(self):
        after = event("s1", "child.seen", "2026-01-13T10:00", {"alone": True})
        assert len(self.without(SEEN, R1, A1, APPROVED, after)) == 1

    def test_a_departure_mends_it(self):
        assert self.without(SEEN, R1, A1, departed(), APPROVED) == []

    def test_a_fact_is_shown_as_recorded_without(self):
        rules = SEEN.replace("before: assessment.approved", "before: assessment.shared")
        shared = event("h1", "assessment.shared", "2026-01-12T10:00", strand="a1")
        assert self.without(rules, R1, A1, shared) == [("h1", "gate", "The child has not been seen alone")]

    def test_what_belongs_to_a_withdrawn_strand_is_left_out(self):
        assert self.without(SEEN, R1, A1, APPROVED, withdraw("w1", "r1", "2026-01-20")) == []

    def test_a_meeting_without_the_police(self):
        assert self.without(QUORUM, R1, held(["health"])) == [("s1", "quorum", "Without police")]
        assert self.without(QUORUM, R1, held(["health", "police"])) == []

    def test_one_who_took_part_is_not_a_part_of_a_word(self):
        assert self.without(QUORUM, R1, held("police")) == [("s1", "quorum", "Without health")]
        both = [("s1", "quorum", "Without police"), ("s1", "quorum", "Without health")]
        assert self.without(QUORUM, R1, held("a health visitor of the police")) == both

    def test_who_took_part_was_not_recorded(self):
        assert [code for _, code, _ in self.without(QUORUM, R1, held(None))] == ["cannot tell", "cannot tell"]

    def test_a_meeting_of_another_sort_needs_nobody_and_of_one_not_known_it_cannot_be_told(self):
        assert self.without(QUORUM, R1, held([], sort="further")) == []
        unsaid = event("s1", "strategy.held", "2026-01-07T10:00", {"attended": ["police"]}, strand="r1")
        ((_, code, missing),) = self.without(QUORUM, R1, unsaid)
        assert code == "cannot tell"
        assert "sort of strategy held on 2026-01-07" in missing

    def test_only_the_version_in_force_is_asked(self):
        newer = QUORUM.replace("text: S", "in_force_from: 2027-06-01\n  text: S").replace(
            "police, health", "partner"
        )
        assert self.without(QUORUM + newer, R1, held(["health"])) == [("s1", "quorum", "Without police")]

    def test_under_a_condition_that_does_not_hold_nobody_is_asked_for(self):
        assert self.without(QUORUM + "  when: [{event: plan.made}]\n", R1, held([])) == []
