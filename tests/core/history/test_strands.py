"""Which process an event belongs to, and what a rule of that process sees."""

from dataclasses import replace

from tests.core.made_up_procedures import correct, event, stood, withdraw

R1 = event("r1", "referral.received", "2026-01-05T10:00")
R2 = event("r2", "referral.received", "2026-02-05T10:00")
A1 = event("a1", "assessment.started", "2026-01-07T10:00", strand="r1")
A2 = event("a2", "assessment.started", "2026-01-08T10:00", strand="r1")


def path(standing, identity):
    return standing.path_of[identity]


def scope(standing, strand):
    return [event.id for event in standing.scope(standing.strands[strand])]


def test_left_out_it_belongs_to_the_only_open_strand_of_its_kind():
    decided = event("d1", "referral.decided", "2026-01-06T10:00")
    assert path(stood(R1, decided), "d1") == ("r1",)


def test_an_opener_belongs_to_the_strand_it_opens_within_its_parent():
    found = stood(R1, A1)
    assert path(found, "a1") == ("r1", "a1")
    assert found.strand_of(A1).kind == "assessment"
    assert found.strand_of(R1).path == ("r1",)


def test_named_in_for_it_belongs_there_though_another_is_open():
    decided = event("d2", "referral.decided", "2026-02-06T10:00", strand="r1")
    assert path(stood(R1, R2, decided), "d2") == ("r1",)


def test_where_several_are_open_and_none_is_named_it_belongs_to_none():
    decided = event("d2", "referral.decided", "2026-02-06T10:00")
    assert path(stood(R1, R2, decided), "d2") == ()


def test_an_event_of_no_strand_is_seen_only_while_the_strand_was_open():
    before = event("s0", "child.seen", "2024-01-05T10:00")
    during = event("s1", "child.seen", "2026-01-06T10:00")
    closed = event("x1", "case.closed", "2026-01-10T10:00", strand="r1")
    after = event("s2", "child.seen", "2026-01-11T10:00")
    assert scope(stood(R1, before, during, closed, after), "r1") == ["r1", "s1", "x1"]


def test_what_happens_at_the_minute_of_the_end_is_still_seen():
    closed = event("x1", "case.closed", "2026-01-10T10:00", strand="r1")
    seen = event("s1", "child.seen", "2026-01-10T10:00")
    assert "s1" in scope(stood(R1, closed, seen), "r1")


def test_a_rule_sees_the_strands_within_its_own_and_not_those_beside_it():
    shared = event("h1", "assessment.shared", "2026-01-09T10:00", strand="a2")
    found = stood(R1, A1, A2, shared)
    assert scope(found, "r1") == ["r1", "a1", "a2", "h1"]
    assert scope(found, "a1") == ["a1"]


def test_ending_one_assessment_leaves_the_one_beside_it_open():
    approved = event("p1", "assessment.approved", "2026-01-12T10:00", strand="a1")
    found = stood(R1, A1, A2, approved)
    assert found.strands["a1"].ended == approved
    assert found.strands["a2"].ended is None
    assert found.strands["r1"].ended is None


def test_closing_a_case_ends_every_strand_of_that_episode_only():
    closed = event("x1", "case.closed", "2026-02-07T10:00", strand="r1")
    found = stood(R1, A1, A2, R2, closed)
    assert [key for key, strand in found.strands.items() if strand.ended] == ["r1", "a1", "a2"]


def test_an_end_of_no_strand_ends_all_of_its_kinds():
    closed = event("x1", "case.closed", "2026-02-07T10:00")
    found = stood(R1, R2, closed)
    assert [strand.ended for strand in found.strands.values()] == [closed, closed]


def test_a_decision_ends_its_strand_only_with_the_outcomes_that_do():
    going_on = event("d1", "referral.decided", "2026-01-06T10:00", {"outcome": ["assessment"]}, strand="r1")
    both = replace(going_on, data={"outcome": ["assessment", "no_further_action"]})
    over = replace(going_on, data={"outcome": ["no_further_action"]})
    silent = replace(going_on, data={})
    ended = [stood(R1, one).strands["r1"].ended is not None for one in (going_on, both, over, silent)]
    assert ended == [False, False, True, False]


def test_a_strand_that_ended_stays_ended_by_what_ended_it_first():
    first = event("x1", "case.closed", "2026-01-10T10:00", strand="r1")
    again = event("x2", "case.closed", "2026-01-11T10:00", strand="r1")
    assert stood(R1, first, again).strands["r1"].ended == first


def test_typed_late_for_a_strand_that_has_closed_since_it_belongs_there():
    closed = event("x1", "case.closed", "2026-01-20T10:00", strand="r1")
    late = event("k1", "referral.acknowledged", "2026-01-06T10:00", recorded="2026-03-01T10:00")
    assert path(stood(R1, closed, R2, late), "k1") == ("r1",)


def test_after_the_only_strand_has_closed_what_belongs_to_its_kind_is_still_its():
    closed = event("x1", "case.closed", "2026-01-20T10:00", strand="r1")
    later = event("k1", "referral.acknowledged", "2026-01-25T10:00")
    assert path(stood(R1, closed, later), "k1") == ("r1",)


def test_after_both_of_two_strands_have_closed_it_belongs_to_neither():
    closed = event("x1", "case.closed", "2026-02-20T10:00")
    later = event("k1", "referral.acknowledged", "2026-02-25T10:00")
    assert path(stood(R1, R2, closed, later), "k1") == ()


def test_the_nearest_kind_that_is_open_is_preferred_to_a_nearer_one_that_is_over():
    plan = event("p1", "plan.made", "2026-01-06T10:00", strand="r1")
    ended = event("e1", "plan.ended", "2026-01-07T09:00", strand="p1")
    departure = event("x1", "departure.recorded", "2026-01-09T10:00", {"provision": "one"})
    assert path(stood(R1, plan, ended, A1, departure), "x1") == ("r1", "a1")


def test_an_opener_of_a_day_takes_in_what_happened_earlier_that_day_by_the_clock():
    opened = event("r1", "referral.received", "2026-01-05")
    decided = event("d1", "referral.decided", "2026-01-05T10:00", strand="r1")
    told = event("k1", "referral.acknowledged", "2026-01-05T11:00")
    found = stood(opened, decided, told)
    assert path(found, "d1") == path(found, "k1") == ("r1",)


def test_two_openers_of_one_day_nest_as_they_name_each_other():
    child = event("a1", "assessment.started", "2026-01-05", strand="r1")
    parent = event("r1", "referral.received", "2026-01-05")
    assert path(stood(child, parent), "a1") == ("r1", "a1")


def test_openers_that_name_each_other_do_not_go_round_for_ever():
    one = event("a1", "assessment.started", "2026-01-05", strand="a2")
    other = event("a2", "assessment.started", "2026-01-05", strand="a1")
    assert set(stood(one, other).strands) <= {"a1", "a2"}


def test_what_named_a_withdrawn_strand_is_lost_with_it_and_seen_by_no_rule():
    decided = event("d1", "referral.decided", "2026-01-06T10:00", strand="r1")
    found = stood(R1, A1, decided, R2, withdraw("w1", "r1", "2026-02-10T10:00"))
    assert found.is_lost(decided)
    assert found.strand_of(decided) is None
    assert list(found.strands) == ["r2"]
    assert found.scope(None) == (R2,)


def test_before_a_correction_moved_an_opener_past_an_event_the_event_was_its():
    decided = event("d1", "referral.decided", "2026-01-06T10:00", strand="r1")
    moved = correct("c1", "r1", "2026-01-09T10:00", at="2026-01-07T10:00")
    assert path(stood(R1, decided, moved), "d1") == ("r1",)


def test_a_closure_taken_back_opens_the_strand_again():
    closed = event("x1", "case.closed", "2026-01-10T10:00", strand="r1")
    found = stood(R1, closed, withdraw("w1", "x1", "2026-01-11T10:00"))
    assert found.strands["r1"].ended is None


def test_openers_of_one_day_each_open_their_strand_within_the_one_they_name():
    """A source that knows only days gives the referral and its assessment one and the same."""
    named = [
        event("r1", "referral.received", "2026-01-05"),
        event("a1", "assessment.started", "2026-01-05", strand="r1"),
        event("s1", "child.seen", "2026-01-05", strand="a1"),
    ]
    for ordered in (named, named[::-1]):
        numbered = [replace(one, number=place) for place, one in enumerate(ordered)]
        found = stood(*numbered)
        assert (path(found, "a1"), path(found, "s1")) == (("r1", "a1"), ("r1", "a1"))
        assert set(found.strands) == {"r1", "a1"}
