"""What is missing before an act may be recorded, and what stands although it was."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.engine.gate_cases import (
    A1,
    APPROVED,
    QUORUM,
    R1,
    SEEN,
    SEEN_ALONE,
    SOURCE,
    codes,
    departed,
    held,
    tried,
)
from tests.core.made_up_procedures import HEAD, event, protocol, unchecked, view, withdraw

from cairn.core.engine.gates import needs_before
from cairn.core.engine.view import Procedures, derive, gates
from cairn.core.history.history import Subject


class TestGate:
    def test_what_is_missing_is_named_with_the_provision_and_who_may_depart(self):
        (refusal,) = tried(SEEN, APPROVED, R1, A1)
        assert refusal.code == "gate"
        assert refusal.provision == "seen-first"
        assert refusal.missing == "The child has not been seen alone"
        assert refusal.source.paragraph == "4.12"
        assert refusal.may_depart == ("team manager",)

    def test_it_opens_when_the_child_was_seen(self):
        assert tried(SEEN, APPROVED, R1, A1, SEEN_ALONE) == []

    def test_seen_with_others_does_not_open_it(self):
        with_others = event("s1", "child.seen", "2026-01-08T10:00", {"alone": False})
        assert codes(SEEN, APPROVED, R1, A1, with_others) == [("gate", "")]

    def test_where_it_was_not_said_whether_alone_it_cannot_tell_and_names_the_fact(self):
        unsaid = event("s1", "child.seen", "2026-01-08T10:00")
        (refusal,) = tried(SEEN, APPROVED, R1, A1, unsaid)
        assert refusal.code == "cannot tell"
        assert "alone of child seen on 2026-01-08" in refusal.missing

    def test_seen_two_years_ago_opens_nothing(self):
        long_ago = event("s1", "child.seen", "2024-01-08T10:00", {"alone": True})
        assert codes(SEEN, APPROVED, R1, A1, long_ago) == [("gate", "")]

    def test_seen_after_the_approval_opens_nothing(self):
        after = event("s1", "child.seen", "2026-01-12T10:01", {"alone": True})
        assert codes(SEEN, APPROVED, R1, A1, after) == [("gate", "")]

    def test_seen_on_the_day_of_the_approval_opens_it_where_the_hour_is_not_known(self):
        assert tried(SEEN, APPROVED, R1, A1, event("s1", "child.seen", "2026-01-12", {"alone": True})) == []

    def test_of_an_approval_whose_hour_is_not_known_what_was_done_that_day_counts(self):
        that_day = event("p1", "assessment.approved", "2026-01-12", {"summary": "x"}, strand="a1")
        seen = event("s1", "child.seen", "2026-01-12T15:00", {"alone": True})
        assert tried(SEEN, that_day, R1, A1, seen) == []
        the_day_after = event("s1", "child.seen", "2026-01-13", {"alone": True})
        assert codes(SEEN, that_day, R1, A1, the_day_after) == [("gate", "")]

    def test_seen_afterwards_in_another_act_opens_nothing(self):
        other = event("s1", "child.seen", "2026-01-12T10:01", {"alone": True}, act="two")
        approved = event("p1", "assessment.approved", "2026-01-12T10:00", strand="a1", act="one")
        assert codes(SEEN, approved, R1, A1, other) == [("gate", "")]

    def test_seen_in_the_same_act_opens_it(self):
        same = event("s1", "child.seen", "2026-01-12T10:01", {"alone": True}, act="one")
        approved = event("p1", "assessment.approved", "2026-01-12T10:00", strand="a1", act="one")
        assert tried(SEEN, approved, R1, A1, same) == []

    def test_another_act_is_not_asked(self):
        assert tried(SEEN, event("e1", "plan.made", "2026-01-12T10:00", strand="r1"), R1, A1) == []

    def test_a_source_that_does_not_say_leaves_it_open(self):
        imported = event("r1", "referral.received", "2026-01-05T10:00", {"not_known": ["child.seen"]})
        assert codes(SEEN, APPROVED, imported, A1) == [("cannot tell", "")]

    def test_a_condition_may_leave_it_out_or_leave_it_in_doubt(self):
        rules = SEEN + "  when: [{function: aged_16_or_17}]\n"
        old, young = Subject(born=date(2009, 5, 4)), Subject(born=date(2020, 5, 4))
        assert tried(rules, APPROVED, R1, A1, subject=young) == []
        assert codes(rules, APPROVED, R1, A1, subject=old) == [("gate", "")]
        (refusal,) = tried(rules, APPROVED, R1, A1)
        assert (refusal.code, refusal.missing) == ("cannot tell", "It cannot be told without date of birth")
        assert tried(rules, APPROVED, R1, A1, SEEN_ALONE) == []


class TestNeeds:
    GATE = SEEN[: SEEN.index("  needs:")] + "  needs: [NEED]\n"

    def codes(self, need, candidate, *events):
        return codes(self.GATE.replace("NEED", need), candidate, R1, A1, *events)

    @pytest.mark.parametrize(("summary", "refused"), [("x", False), (" ", True), (None, True)])
    def test_a_field_must_be_answered(self, summary, refused):
        approved = event("p1", "assessment.approved", "2026-01-12T10:00", {"summary": summary}, strand="a1")
        found = self.codes("{field: summary, missing: No summary}", approved)
        assert found == ([("gate", "summary")] if refused else [])

    @pytest.mark.parametrize(("agrees", "refused"), [(True, False), (False, True), (None, True), (1, True)])
    def test_or_have_one_of_the_listed_values(self, agrees, refused):
        approved = event(
            "p1", "assessment.approved", "2026-01-12T10:00", {"child_agrees": agrees}, strand="a1"
        )
        found = self.codes("{field: child_agrees, values: [true], missing: Not agreed}", approved)
        assert found == ([("gate", "child_agrees")] if refused else [])

    def test_of_several_answers_one_is_enough(self):
        rules = self.GATE.replace("NEED", "{field: outcome, values: [advice], missing: No advice}").replace(
            "before: assessment.approved", "before: referral.decided"
        )
        both = event(
            "d1", "referral.decided", "2026-01-06T10:00", {"outcome": ["assessment", "advice"]}, strand="r1"
        )
        assert codes(rules, both, R1) == []

    def test_it_must_be_written_by_one_of_the_roles(self):
        need = "{author: [service manager], missing: Not by the service manager}"
        assert self.codes(need, APPROVED) == [("gate", "")]
        by_them = event("p1", "assessment.approved", "2026-01-12T10:00", strand="a1", role="service manager")
        assert self.codes(need, by_them) == []

    def test_a_named_condition_may_be_needed(self):
        need = "{function: every_sibling_decided, missing: Brothers and sisters}"
        assert self.codes(need, APPROVED) == [("cannot tell", "")]


class TestDeparture:
    def test_by_who_may_with_a_reason_it_opens(self):
        assert tried(SEEN, APPROVED, R1, A1, departed()) == []
        assert tried(SEEN, APPROVED, R1, A1, departed(strand="r1")) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": "social worker"},
            {"reason": " "},
            {"provision": "another"},
            {"at": "2026-01-12T10:01"},
        ],
    )
    def test_by_another_role_without_a_reason_from_another_rule_or_afterwards_it_does_not(self, wrong):
        assert codes(SEEN, APPROVED, R1, A1, departed(**wrong)) == [("gate", "")]

    def test_a_gate_that_nobody_may_depart_from_stays_shut(self):
        rules = SEEN[: SEEN.index("  departure:")]
        (refusal,) = tried(rules, APPROVED, R1, A1, departed())
        assert refusal.may_depart == ()


class TestOutcomes:
    RULES = f"""
- id: outcomes
  kind: outcome set
  title: What a decision may end in
  text: A decision ends in an assessment or in no further action.
  {SOURCE}
  of: referral.decided
  field: outcome
  options: [{{value: assessment, label: An assessment}}, {{value: no_further_action, label: No further action}}]
"""

    def decided(self, *outcome):
        data = {"outcome": list(outcome)} if outcome else {}
        return event("d1", "referral.decided", "2026-01-06T10:00", data, strand="r1")

    def test_an_outcome_that_is_none_of_them_is_refused_at_the_field(self):
        (refusal,) = tried(self.RULES, self.decided("assessment", "advice"), R1)
        assert (refusal.code, refusal.field, refusal.provision) == ("outcome", "outcome", "outcomes")
        assert refusal.missing == "'advice' is none of assessment, no_further_action"

    def test_one_of_them_or_none_yet_is_taken(self):
        assert tried(self.RULES, self.decided("assessment"), R1) == []
        assert tried(self.RULES, self.decided(), R1) == []

    def test_only_the_version_in_force_is_asked(self):
        narrow = self.RULES.replace("text: A", "in_force_from: 2026-03-01\n  text: A").replace(
            "{value: assessment, label: An assessment}", "{value: advice, label: Advice}"
        )
        assert tried(self.RULES + narrow, self.decided("assessment"), R1) == []
        later = event("d1", "referral.decided", "2026-03-06T10:00", {"outcome": ["assessment"]}, strand="r1")
        assert [one.code for one in tried(self.RULES + narrow, later, R1)] == ["outcome"]

    def test_under_a_condition_that_does_not_hold_nothing_is_asked(self):
        rules = self.RULES + "  when: [{event: plan.made}]\n"
        assert tried(rules, self.decided("advice"), R1) == []


class TestSecondDecision:
    FIRST = event("d1", "referral.decided", "2026-01-06T10:00", {"outcome": ["advice"]}, strand="r1")

    def second(self, **data):
        return event(
            "d2", "referral.decided", "2026-01-07T10:00", {"outcome": ["assessment"], **data}, strand="r1"
        )

    def test_it_names_the_first(self):
        (refusal,) = tried(SEEN, self.second(), R1, self.FIRST)
        assert (refusal.code, refusal.field, refusal.provision) == ("second decision", "supersedes", "")
        assert "A Worker decided on 6 January 2026 already" in refusal.missing

    def test_and_says_why(self):
        assert codes(SEEN, self.second(supersedes="d1"), R1, self.FIRST) == [("second decision", "reason")]
        assert tried(SEEN, self.second(supersedes="d1", reason="More came to light."), R1, self.FIRST) == []

    def test_it_names_the_last_of_several(self):
        again = event("d3", "referral.decided", "2026-01-06T11:00", {"supersedes": "d1"}, strand="r1")
        found = codes(SEEN, self.second(supersedes="d1", reason="x"), R1, self.FIRST, again)
        assert found == [("second decision", "supersedes")]

    def test_a_first_decision_replaces_none(self):
        found = codes(SEEN, self.second(supersedes="d1", reason="x"), R1)
        assert found == [("second decision", "supersedes")]

    def test_a_decision_that_was_withdrawn_or_is_of_another_referral_is_no_first(self):
        assert tried(SEEN, self.second(), R1, self.FIRST, withdraw("w1", "d1", "2026-01-06T12:00")) == []
        r2 = event("r2", "referral.received", "2026-01-06T10:00")
        other = event("d2", "referral.decided", "2026-01-07T10:00", {"outcome": ["advice"]}, strand="r2")
        assert tried(SEEN, other, R1, r2, self.FIRST) == []


class TestImpossible:
    def test_a_fact_has_no_gates(self):
        rules = SEEN.replace("before: assessment.approved", "before: assessment.shared")
        assert tried(rules, event("h1", "assessment.shared", "2026-01-12T10:00", strand="a1"), R1, A1) == []

    def test_it_cannot_have_happened_after_it_was_recorded(self):
        early = event("s1", "child.seen", "2026-01-12T10:00", recorded="2026-01-12T09:59")
        assert codes(SEEN, early, R1) == [("impossible", "at")]

    def test_nor_before_what_it_belongs_to_was_opened(self):
        early = event("h1", "assessment.shared", "2026-01-06T09:59", strand="a1")
        (refusal,) = tried(SEEN, early, R1, A1)
        assert refusal.missing == "It cannot have happened before the assessment of 6 January 2026"

    def test_at_the_minute_of_the_opening_it_may(self):
        assert tried(SEEN, event("h1", "assessment.shared", "2026-01-06T10:00", strand="a1"), R1, A1) == []

    def test_where_the_hour_of_the_opening_is_not_known_it_may_at_any_hour_of_that_day(self):
        opened = event("a1", "assessment.started", "2026-01-06", strand="r1")
        early = event("h1", "assessment.shared", "2026-01-06T09:00", strand="a1")
        assert tried(SEEN, early, R1, opened) == []

    def test_today_is_not_in_the_future_whatever_the_hour(self):
        today = event("s1", "child.seen", "2026-01-12", recorded="2026-01-12T09:00")
        assert tried(SEEN, today, R1) == []
        tomorrow = event("s1", "child.seen", "2026-01-13", recorded="2026-01-12T09:00")
        assert codes(SEEN, tomorrow, R1) == [("impossible", "at")]

    def test_on_the_day_of_the_opening_it_may(self):
        assert tried(SEEN, event("h1", "assessment.shared", "2026-01-06", strand="a1"), R1, A1) == []

    def test_a_visit_before_the_closure_may_be_recorded_after_it(self):
        closed = event("x1", "case.closed", "2026-01-20T10:00", strand="r1")
        late = event("h1", "assessment.shared", "2026-01-12T10:00", strand="a1", recorded="2026-02-20")
        assert tried(SEEN, late, R1, A1, closed) == []

    def test_an_id_that_is_on_the_record_is_not_taken_twice(self):
        assert codes(SEEN, event("r1", "child.seen", "2026-01-12T10:00"), R1) == [("impossible", "id")]
        first = TestSecondDecision.FIRST
        assert codes(SEEN, first, R1, first) == [("impossible", "id")]

    def test_an_authorisation_is_not_given_before_its_strand_either(self):
        early = event("p1", "assessment.approved", "2026-01-06T09:00", strand="a1")
        assert ("impossible", "at") in codes(SEEN, early, R1, A1)


class TestStrand:
    def test_where_several_are_open_it_is_refused_with_the_choice(self):
        r2 = event("r2", "referral.received", "2026-01-06T10:00")
        (refusal,) = tried(SEEN, event("d1", "referral.decided", "2026-01-07T10:00"), R1, r2)
        assert (refusal.code, refusal.field) == ("strand", "for")
        assert refusal.missing == (
            'several strands of kind referral are open; give "for" naming one of r1, r2'
        )

    def test_left_out_it_is_the_only_open_one(self):
        assert codes(SEEN, event("p1", "assessment.approved", "2026-01-12T10:00"), R1, A1) == [("gate", "")]

    def test_a_name_that_opened_nothing_is_refused(self):
        assert codes(SEEN, event("d1", "referral.decided", "2026-01-07T10:00", strand="zz"), R1) == [
            ("strand", "for")
        ]


class TestVersions:
    def test_a_gate_of_a_day_before_its_first_version_cannot_tell(self):
        rules = SEEN.replace("text: See", "in_force_from: 2026-06-01\n  text: See")
        (refusal,) = tried(rules, APPROVED, R1, A1)
        assert (refusal.code, refusal.provision) == ("cannot tell", "seen-first")
        assert "the rule in force on 12 January 2026" in refusal.missing
        introduced = rules.replace("text: See", "introduced: true\n  text: See")
        assert tried(introduced, APPROVED, R1, A1) == []

    def test_so_does_an_outcome_set_and_a_quorum(self):
        outcomes = TestOutcomes.RULES.replace("text: A", "in_force_from: 2026-06-01\n  text: A")
        decided = event("d1", "referral.decided", "2026-01-06T10:00", strand="r1")
        assert [one.code for one in tried(outcomes, decided, R1)] == ["cannot tell"]
        quorum = QUORUM.replace("text: S", "in_force_from: 2026-06-01\n  text: S")
        (found,) = view(quorum, R1, held(["police"])).recorded_without
        assert found.refusal.code == "cannot tell"

    def test_what_no_quorum_is_of_is_not_said_to_be_in_doubt(self):
        quorum = QUORUM.replace("text: S", "in_force_from: 2026-06-01\n  text: S")
        approved = view(quorum + SEEN, R1, A1, APPROVED).recorded_without
        assert [one.refusal.provision for one in approved] == ["seen-first"]

    def test_a_quorum_may_be_of_several_kinds_of_meeting(self):
        of_either = QUORUM.replace(
            "of: {event: strategy.held, where: {sort: [first]}}", "of: [strategy.held, assessment.shared]"
        )
        found = view(QUORUM, R1)
        made = Procedures(found.procedures.vocabulary, unchecked(of_either), found.procedures.calendar)
        stands = derive([R1, held(["police"])], made, as_at=found.world.as_at).recorded_without
        assert [one.refusal.missing for one in stands] == ["Without health"]


def test_a_protocol_in_force_later_than_the_act_says_so():
    found = view(SEEN, R1, A1)
    later = protocol(SEEN, HEAD + "in_force_from: 2027-01-01\n")
    made = Procedures(found.procedures.vocabulary, later, found.procedures.calendar)
    refused = gates(derive([R1, A1], made, as_at=found.world.as_at), APPROVED)
    assert [one.code for one in refused] == ["cannot tell"]


SHARED = SEEN.replace("child.seen, where: {alone: [true]}", "assessment.shared, where: {with: [child]}")


def test_what_is_about_to_be_recorded_first_counts_for_what_is_asked_after_it():
    """An assessment as it would be handed in counts before its approval is thought of; nothing is recorded by that."""
    found = view(SHARED, R1, A1)
    first = event("f1", "assessment.shared", "2026-01-11T10:00", {"with": "child"}, strand="a1")
    (without,) = needs_before(found.world, APPROVED)
    (with_it,) = needs_before(found.world, APPROVED, first)
    assert (without.answer.truth, with_it.answer.truth) == ("no", "yes")
    assert [one.id for one in found.standing.events] == ["r1", "a1"]


class TestWhatHasToBeThere:
    """What is asked of a plan of work before its approval: what is there, what is not, and what a reason stands for."""

    NEEDS = SEEN.replace(
        "  departure:",
        "    - {function: aged_16_or_17, missing: Not old enough}\n"
        "    - {field: summary, missing: No summary}\n"
        "    - {author: [service manager], missing: Not by the service manager}\n"
        "  departure:",
    )

    def needs(self, rules, *events, first=None):
        judged = needs_before(view(rules, R1, A1, *events).world, APPROVED, first)
        return [(one.need.missing, one.answer.truth, one.departed) for one in judged]

    def test_what_the_act_itself_has_to_answer_and_who_may_do_it_are_left_out(self):
        assert self.needs(self.NEEDS) == [
            ("The child has not been seen alone", "no", False),
            ("Not old enough", "unknown", False),
        ]

    def test_what_is_there_is_said_to_be_there(self):
        assert self.needs(SEEN, SEEN_ALONE) == [("The child has not been seen alone", "yes", False)]

    def test_a_reason_that_stands_instead_is_said_too(self):
        assert self.needs(SEEN, departed()) == [("The child has not been seen alone", "no", True)]

    def test_what_a_gate_asks_before_another_act_is_left_out(self):
        assert self.needs(SEEN.replace("before: assessment.approved", "before: plan.made")) == []
        either = SEEN.replace("before: assessment.approved", "before: [plan.made, assessment.approved]")
        assert len(self.needs(either)) == 1

    def test_what_a_gate_asks_under_a_condition_that_does_not_hold_is_left_out(self):
        assert self.needs(SEEN + "  when: [{event: plan.made}]\n") == []
        assert len(self.needs(SEEN + "  when: [{function: aged_16_or_17}]\n")) == 1

    def test_of_an_approval_of_another_sort_it_is_left_out(self):
        only_agreed = SEEN.replace(
            "before: assessment.approved",
            "before: {event: assessment.approved, where: {child_agrees: [false]}}",
        )
        agreed = event("p1", "assessment.approved", "2026-01-12T10:00", {"child_agrees": True}, strand="a1")
        world = view(only_agreed, R1, A1).world
        assert needs_before(world, agreed) == []
        assert len(needs_before(world, APPROVED)) == 1

    def test_a_gate_that_was_not_in_force_yet_asks_nothing_here(self):
        later = SEEN.replace("text: See", "in_force_from: 2026-06-01\n  text: See")
        assert self.needs(later) == []

    def test_what_comes_first_counts_in_its_own_process_and_beside_what_is_there(self):
        rules = SHARED + SEEN.replace("seen-first", "also-seen")
        first = event("f1", "assessment.shared", "2026-01-11T10:00", {"with": "child"}, strand="a1")
        assert [truth for _, truth, _ in self.needs(rules, SEEN_ALONE, first=first)] == ["yes", "yes"]
