"""Whether a record is restricted, told from its events in the order in which they were recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.core.access.people import NOON

from cairn.core.access.restriction import LIFTED, RESTRICTED, REVIEWED, restriction
from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Author, Event

EVERY = timedelta(days=90)
DAY = timedelta(days=1)


def event(number, type_, at=NOON, recorded=None, **data):
    return Event(
        id=str(number),
        type=type_,
        happened_at=Moment.exact(at),
        recorded_at=recorded or at,
        author=Author("Joanne Whitlock", "team manager", "joanne"),
        data=data,
        number=number,
    )


def found(*events):
    return restriction(events, EVERY)


def test_a_record_is_restricted_from_the_instant_on_and_reviewed_after_ninety_days():
    stands = found(event(1, RESTRICTED, reason="media", words="A reporter rings."))
    assert (stands.reason, stands.words, stands.by) == ("media", "A reporter rings.", "Joanne Whitlock")
    assert (stands.since, stands.review_by) == (NOON, NOON + EVERY)


def test_a_look_at_it_begins_the_time_anew_and_it_stays_restricted():
    stands = found(event(1, RESTRICTED, reason="media"), event(2, REVIEWED, NOON + 89 * DAY))
    assert stands.reason == "media"
    assert stands.since == NOON
    assert stands.review_by == NOON + 89 * DAY + EVERY


def test_restricted_again_the_later_reason_stands_since_the_first():
    stands = found(event(1, RESTRICTED, reason="media"), event(2, RESTRICTED, NOON + DAY, reason="staff"))
    assert (stands.reason, stands.since, stands.review_by) == ("staff", NOON, NOON + DAY + EVERY)


@pytest.mark.parametrize(
    "events",
    [
        (),
        (event(1, "note.added"),),
        (event(1, REVIEWED),),
        (event(1, LIFTED),),
        (event(1, RESTRICTED, reason="media"), event(2, LIFTED, NOON + DAY)),
        (event(1, RESTRICTED, reason="media"), event(2, LIFTED, NOON + DAY), event(3, REVIEWED, NOON + DAY)),
    ],
)
def test_otherwise_it_is_not(events):
    assert found(*events) is None


def test_lifted_it_can_be_restricted_anew():
    again = event(3, RESTRICTED, NOON + 2 * DAY, reason="staff")
    stands = found(event(1, RESTRICTED, reason="media"), event(2, LIFTED, NOON + DAY), again)
    assert (stands.reason, stands.since) == ("staff", NOON + 2 * DAY)


def test_each_takes_effect_as_it_is_recorded_whatever_day_it_is_dated_and_in_whatever_order_it_is_read():
    """Restricted after it was lifted, but dated before that, it is restricted: nobody opens it by a date."""
    first, lifted = event(1, RESTRICTED, reason="media"), event(2, LIFTED, NOON + 2 * DAY)
    dated_back = event(3, RESTRICTED, NOON + DAY, recorded=NOON + 3 * DAY, reason="staff")
    assert found(first, dated_back, lifted).reason == "staff"
    lifted_back = event(4, LIFTED, NOON, recorded=NOON + 4 * DAY)
    assert found(lifted_back, first, dated_back, lifted) is None


def test_of_one_instant_the_later_number_counts():
    assert found(event(2, LIFTED), event(1, RESTRICTED, reason="media")) is None
    assert found(event(2, RESTRICTED, reason="media"), event(1, LIFTED)).reason == "media"


def test_what_was_recorded_first_stands_first_whatever_its_number():
    lifted, restricted = (
        event(1, LIFTED, recorded=NOON + DAY),
        event(2, RESTRICTED, recorded=NOON, reason="media"),
    )
    assert found(lifted, restricted) is None


def test_other_entries_neither_restrict_nor_lift():
    stands = found(event(1, RESTRICTED, reason="media"), event(2, "note.added", NOON + DAY, words="x"))
    assert (stands.reason, stands.words) == ("media", "")


def test_of_a_day_it_is_restricted_from_its_first_hour():
    that_day = replace(event(1, RESTRICTED, reason="media"), happened_at=Moment.on_day(NOON.date()))
    stands = found(that_day)
    assert stands.since == Moment.on_day(NOON.date()).earliest
    assert stands.review_by == stands.since + EVERY
    assert found(event(1, RESTRICTED)).reason == ""
