"""What has to be so of an assessment before it is signed, beyond the example of each answer."""

from __future__ import annotations

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event

A1 = event("a1", "assessment.started", "2026-01-06T10:00", {"kind": "initial"}, strand="r1")
HERE = event("here", "assessment.approved", "2026-01-20T10:00", {"kind": "initial"}, strand="a1")


def said(identity, kind, data, day=10, strand="a1"):
    return event(identity, kind, f"2026-01-{day:02}T10:00", data, strand=strand)


def handed_in(identity="s1", day=12, **data):
    return said(identity, "assessment.submitted", {"kind": "initial", **data}, day)


class TestEveryAgencyAnswered:
    def judged(self, *events):
        return judged("every_agency_answered", R1, A1, *events, HERE)

    def test_what_was_asked_in_the_referral_counts_and_what_was_asked_in_another_does_not(self):
        asked = said("c1", "check.requested", {"agency": "school"}, strand="r1")
        assert self.judged(asked) == "no"
        other = event("r2", "referral.received", "2026-01-05T11:00")
        elsewhere = said("c1", "check.requested", {"agency": "school"}, strand="r2")
        assert self.judged(other, elsewhere) == "yes"

    def test_an_answer_of_another_agency_is_none(self):
        asked = said("c1", "check.requested", {"agency": "school"})
        assert self.judged(asked, said("c2", "check.answered", {"agency": "gp"}, 11)) == "no"
        assert self.judged(asked, said("c2", "check.answered", {"agency": "school"}, 11)) == "yes"

    def test_an_answer_before_it_was_asked_is_none(self):
        asked = said("c1", "check.requested", {"agency": "school"}, 11)
        assert self.judged(said("c2", "check.answered", {"agency": "school"}, 10), asked) == "no"

    def test_a_request_that_names_no_agency_waits_and_an_answer_that_names_none_is_in_doubt(self):
        asked = said("c1", "check.requested", {})
        unclear = said("c2", "check.answered", {}, 11)
        assert self.judged(asked) == "no"
        assert self.judged(asked, unclear).startswith("unknown")

    def test_a_clear_answer_after_an_unclear_one_leaves_no_doubt_of_what_it_answers(self):
        first, second = (
            said(f"c{n}", "check.requested", {"agency": name}) for n, name in enumerate(("school", "gp"))
        )
        clear = said("s2", "check.answered", {"agency": "school"}, 12)
        unclear = said("s1", "check.answered", {}, 11)
        assert self.judged(first, second, unclear, clear).startswith("unknown")
        assert self.judged(first, second, clear) == "no"


class TestViews:
    @pytest.mark.parametrize(("name", "value"), [("child_said", "I like Nan."), ("observed", "She hid.")])
    def test_the_child_is_heard_at_a_visit_in_words_or_in_what_it_shows(self, name, value):
        seen = said("v1", "child.seen", {name: value})
        assert judged("childs_views_recorded", R1, A1, seen, HERE) == "yes"

    @pytest.mark.parametrize(
        ("whose", "child", "parents"),
        [("child", "yes", "no"), ("parent", "no", "yes"), ("carer", "no", "yes"), ("family", "no", "yes"), ("other", "no", "no")],
    )  # fmt: skip
    def test_whose_views_they_are(self, whose, child, parents):
        views = said("w1", "views.recorded", {"whose": whose, "text": "Made up."})
        blank = said("w2", "views.recorded", {"text": "  "})
        assert judged("childs_views_recorded", R1, A1, views, blank, HERE) == child
        assert judged("parents_views_recorded", R1, A1, views, blank, HERE) == parents

    def test_of_several_one_is_enough_and_one_of_nobody_known_leaves_a_doubt(self):
        child = said("w1", "views.recorded", {"whose": "child", "text": "Made up."})
        parent = said("w2", "views.recorded", {"whose": "parent", "text": "Made up."}, 11)
        nobodys = said("w3", "views.recorded", {"text": "Made up."}, 12)
        assert judged("childs_views_recorded", R1, A1, child, parent, HERE) == "yes"
        assert (
            judged("parents_views_recorded", R1, A1, child, nobodys, HERE)
            == "unknown: whose views were recorded"
        )

    def test_a_source_that_does_not_say_leaves_a_doubt(self):
        taken_over = event("r1", "referral.received", "2026-01-05T10:00", {"not_known": ["views.recorded"]})
        assert judged("childs_views_recorded", taken_over, A1, HERE).startswith(
            "unknown: whether it was done"
        )

    @pytest.mark.parametrize("name", ["own_words", "text"])
    def test_what_stands_in_their_section_of_the_assessment_as_last_handed_in(self, name):
        written = handed_in(sections=[{"section": "wishes", name: "I like Nan."}])
        elsewhere = handed_in(sections=[{"section": "health", name: "Well."}])
        again = handed_in("s2", 14, sections=[])
        assert judged("childs_views_recorded", R1, A1, written, HERE) == "yes"
        assert judged("parents_views_recorded", R1, A1, written, HERE) == "no"
        assert judged("childs_views_recorded", R1, A1, elsewhere, HERE) == "no"
        assert judged("childs_views_recorded", R1, A1, written, again, HERE) == "no"


def test_whether_an_advocate_was_considered_is_told_of_the_child_and_by_a_clear_answer():
    parents = said("w1", "views.recorded", {"whose": "parent", "text": "Made up.", "advocate": True})
    unsaid = said("w2", "views.recorded", {"whose": "child", "text": "Made up."})
    assert judged("advocate_considered", R1, A1, parents, HERE).startswith("unknown")
    assert judged("advocate_considered", R1, A1, unsaid, HERE).startswith("unknown")
    asked = said("w3", "views.recorded", {"whose": "child", "text": "Made up.", "advocate": True})
    assert judged("advocate_considered", R1, A1, unsaid, asked, HERE) == "yes"


def test_why_it_was_cut_short_is_asked_of_the_last_one_handed_in():
    cut = {"cut_short": True, "synopsis": "The family moved."}
    assert judged("short_assessment_explained", R1, A1, HERE) == "yes"
    assert judged("short_assessment_explained", R1, A1, handed_in(cut_short=False), HERE) == "yes"
    assert (
        judged(
            "short_assessment_explained", R1, A1, handed_in(**cut), handed_in("s2", 14, cut_short=True), HERE
        )
        == "no"
    )


class TestOneAfterTheOther:
    FULLER = event(
        "here", "assessment.started", "2026-01-20T10:00", {"kind": "child_and_family"}, strand="r1"
    )

    def first(self, *events):
        return judged("first_assessment_finished", R1, *events, self.FULLER)

    def test_the_first_has_to_be_signed_by_then(self):
        signed = event("p1", "assessment.approved", "2026-01-20T10:00", {"kind": "initial"}, strand="a1")
        late = event("p1", "assessment.approved", "2026-01-20T10:01", {"kind": "initial"}, strand="a1")
        assert self.first(A1, signed) == "yes"
        assert self.first(A1, late) == "no"
        assert self.first(A1) == "no"
        assert self.first() == "yes"

    def test_one_that_began_later_or_in_another_referral_has_no_part_in_it(self):
        later = event("a1", "assessment.started", "2026-01-20T10:01", {"kind": "initial"}, strand="r1")
        assert self.first(later) == "yes"
        r2 = event("r2", "referral.received", "2026-01-05T11:00")
        elsewhere = event("a1", "assessment.started", "2026-01-06T10:00", {"kind": "initial"}, strand="r2")
        assert self.first(r2, elsewhere) == "yes"

    def test_of_two_that_began_before_both_have_to_be_signed(self):
        a2 = event("a2", "assessment.started", "2026-01-07T10:00", {"kind": "initial"}, strand="r1")
        signed = event("p1", "assessment.approved", "2026-01-10T10:00", {"kind": "initial"}, strand="a1")
        that_day = event("p2", "assessment.approved", "2026-01-20", {"kind": "initial"}, strand="a2")
        assert self.first(A1, a2, signed) == "no"
        assert self.second(A1, a2, signed) == "no"
        assert self.first(A1, a2, signed, that_day).startswith("unknown")
        assert self.second(A1, a2, signed, that_day).startswith("unknown")

    def test_of_the_day_alone_it_cannot_be_told_which_came_first(self):
        that_day = event("p1", "assessment.approved", "2026-01-20", {"kind": "initial"}, strand="a1")
        assert self.first(A1, that_day) == "unknown: which came first, as the hour was not recorded"

    SECOND = event("here", "assessment.started", "2026-01-20T10:00", {"kind": "initial"}, strand="r1")

    def second(self, *events):
        return judged("no_second_without_reason", R1, *events, self.SECOND)

    def test_a_second_while_the_first_is_open_needs_a_reason(self):
        signed = event("p1", "assessment.approved", "2026-01-20T10:00", {"kind": "initial"}, strand="a1")
        assert self.second(A1) == "no"
        assert self.second(A1, signed) == "yes"
        assert self.second() == "yes"

    def test_one_that_was_signed_since_was_open_then(self):
        late = event("p1", "assessment.approved", "2026-01-21T10:00", {"kind": "initial"}, strand="a1")
        assert self.second(A1, late) == "no"

    def test_one_of_another_kind_or_begun_later_is_none(self):
        other = event(
            "a1", "assessment.started", "2026-01-06T10:00", {"kind": "child_and_family"}, strand="r1"
        )
        later = event("a1", "assessment.started", "2026-01-20T10:01", {"kind": "initial"}, strand="r1")
        assert self.second(other) == "yes"
        assert self.second(later) == "yes"


def test_a_fuller_one_is_under_way_until_it_is_signed():
    held = event("here", "strategy.held", "2026-01-20T10:00", strand="r1")
    running = event("a1", "assessment.started", "2026-01-06T10:00", {"kind": "child_and_family"}, strand="r1")
    signed = event("p1", "assessment.approved", "2026-01-08T10:00", {"kind": "child_and_family"}, strand="a1")
    assert judged("fuller_assessment_under_way", R1, running, held) == "yes"
    assert judged("fuller_assessment_under_way", R1, running, signed, held) == "no"
    assert judged("fuller_assessment_under_way", R1, A1, held) == "no"
