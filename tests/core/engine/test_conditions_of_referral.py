"""What is so of the child and the referrer, beyond the example of each answer."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.engine.judging import R1, judged
from tests.core.made_up_procedures import event

from cairn.core.history.history import Subject

HERE = event("here", "referral.received", "2026-01-05T10:00", {"source": "school"})


@pytest.mark.parametrize(
    ("born", "truth"),
    [
        (date(2010, 1, 6), "no"),
        (date(2010, 1, 5), "yes"),
        (date(2008, 1, 6), "yes"),
        (date(2008, 1, 5), "no"),
    ],
)
def test_sixteen_and_seventeen_from_one_birthday_to_another(born, truth):
    assert judged("aged_16_or_17", HERE, child=Subject(born=born)) == truth


def test_a_child_who_is_expected_is_neither_sixteen_nor_of_unknown_age():
    assert judged("aged_16_or_17", HERE, child=Subject(expected=date(2026, 3, 1))) == "no"
    assert judged("aged_16_or_17", HERE, child=Subject()) == "unknown: date of birth"


@pytest.mark.parametrize(
    ("born", "truth"), [(date(2026, 1, 6), "yes"), (date(2026, 1, 5), "no"), (date(2026, 1, 4), "no")]
)
def test_unborn_until_the_day_of_birth(born, truth):
    assert judged("unborn", HERE, child=Subject(born=born)) == truth


@pytest.mark.parametrize(
    ("source", "truth"),
    [("anonymous", "yes"), ("school", "no"), ("unknown", "unknown: who made the referral")],
)
def test_who_referred_is_told_of_the_referral_it_belongs_to(source, truth):
    referral = event("r1", "referral.received", "2026-01-05T10:00", {"source": source})
    here = event("here", "referral.decided", "2026-01-06T10:00", strand="r1")
    assert judged("referrer_is_anonymous", referral, here) == truth
    assert (
        judged("referrer_is_anonymous", event("here", "note.added", "2026-01-06T10:00", {"source": source}))
        == truth
    )


class TestEarlierEnquiries:
    def enquiry(self, identity, at="2025-03-01T10:00"):
        return event(identity, "enquiry.started", at, strand="r0")

    R0 = event("r0", "referral.received", "2025-01-05T10:00")

    def test_two_on_the_record_are_two(self):
        assert judged("two_or_more_enquiries", self.R0, self.enquiry("e1"), self.enquiry("e2"), HERE) == "yes"
        assert judged("two_or_more_enquiries", self.R0, self.enquiry("e1"), HERE).startswith("unknown")

    @pytest.mark.parametrize(("given", "truth"), [(0, "no"), (1, "yes"), (2, "yes")])
    def test_those_that_the_status_check_gave_are_added(self, given, truth):
        told = event("here", "referral.received", "2026-01-05T10:00", {"earlier_enquiries": given})
        assert judged("two_or_more_enquiries", self.R0, self.enquiry("e1"), told) == truth

    def test_the_number_may_come_with_the_decision(self):
        decided = event("d1", "referral.decided", "2026-01-06T10:00", {"earlier_enquiries": 2}, strand="here")
        assert judged("two_or_more_enquiries", HERE, decided) == "yes"
        again = event("here", "sibling.listed", "2026-01-07T10:00", {"name": "Kene Fen"}, strand="r1")
        other = event("d1", "referral.decided", "2026-01-06T10:00", {"earlier_enquiries": 1}, strand="r1")
        assert judged("two_or_more_enquiries", R1, other, again) == "no"
