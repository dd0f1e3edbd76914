"""Corrections and withdrawals are events; what they mend reads as it should have been written."""

import pytest
from tests.core.made_up_procedures import correct, event, stood, withdraw

from cairn.core.calendar.moment import Moment

REFERRAL = event("r1", "referral.received", "2026-01-05T10:00", {"source": "school", "urgent": False})


def only(standing):
    (event,) = standing.events
    return event


def test_a_correction_replaces_the_fields_it_names_and_leaves_the_rest():
    found = only(stood(REFERRAL, correct("c1", "r1", "2026-01-06T09:00", {"source": "police"})))
    assert found.data == {"source": "police", "urgent": False}
    assert found.author == REFERRAL.author
    assert found.recorded_at == REFERRAL.recorded_at


def test_a_correction_may_move_the_time():
    found = only(stood(REFERRAL, correct("c1", "r1", "2026-01-06T09:00", at="2026-01-04T10:00")))
    assert found.happened_at == event("x", "note.added", "2026-01-04T10:00").happened_at
    assert found.data == REFERRAL.data


def test_a_correction_may_say_that_the_hour_is_not_known():
    found = only(stood(REFERRAL, correct("c1", "r1", "2026-01-06T09:00", at="2026-01-04")))
    assert found.happened_at.is_day


def test_of_two_corrections_the_later_recorded_is_put_in_last_whatever_their_order_in_the_stream():
    first = correct("c1", "r1", "2026-01-06T09:00", {"source": "police", "urgent": True})
    second = correct("c2", "r1", "2026-01-07T09:00", {"source": "anonymous"})
    assert only(stood(second, first, REFERRAL)).data == {"source": "anonymous", "urgent": True}


def test_a_correction_of_a_correction_says_anew_what_the_event_should_be():
    first = correct("c1", "r1", "2026-01-06T09:00", {"source": "police"}, at="2026-01-04T10:00")
    second = correct("c2", "c1", "2026-01-07T09:00", {"source": "anonymous"})
    found = only(stood(REFERRAL, first, second))
    assert found.data["source"] == "anonymous"
    assert found.happened_at.day.day == 4


def test_a_withdrawn_event_is_gone():
    assert stood(REFERRAL, withdraw("w1", "r1", "2026-01-06T09:00")).events == ()


def test_a_withdrawn_correction_is_undone():
    correction = correct("c1", "r1", "2026-01-06T09:00", {"source": "police"})
    assert only(stood(REFERRAL, correction, withdraw("w1", "c1", "2026-01-07T09:00"))).data == REFERRAL.data


def test_a_correction_of_a_correction_stands_when_the_first_is_withdrawn():
    first = correct("c1", "r1", "2026-01-06T09:00", {"urgent": True})
    second = correct("c2", "c1", "2026-01-07T09:00", {"source": "anonymous"})
    found = only(stood(REFERRAL, first, second, withdraw("w1", "c1", "2026-01-08T09:00")))
    assert found.data == {"source": "anonymous", "urgent": False}


def test_a_withdrawal_that_is_withdrawn_takes_nothing_away_and_a_third_does_again():
    first = withdraw("w1", "r1", "2026-01-06T09:00")
    second = withdraw("w2", "w1", "2026-01-07T09:00")
    third = withdraw("w3", "w2", "2026-01-08T09:00")
    assert only(stood(REFERRAL, first, second)).id == "r1"
    assert stood(REFERRAL, first, second, third).events == ()


def test_corrections_that_name_each_other_mend_nothing_and_end():
    assert (
        only(
            stood(REFERRAL, correct("c1", "c2", "2026-01-06T09:00"), correct("c2", "c1", "2026-01-07T09:00"))
        )
        == REFERRAL
    )


def test_what_is_mended_at_one_instant_is_put_in_by_number_then_id():
    one = correct("c1", "r1", "2026-01-06T09:00", {"source": "police"})
    other = correct("c2", "r1", "2026-01-06T09:00", {"source": "anonymous"})
    assert only(stood(REFERRAL, one, other)).data["source"] == "anonymous"
    assert only(stood(REFERRAL, other, one)).data["source"] == "anonymous"


def test_an_impossible_time_in_a_stored_correction_is_a_bug_not_a_guess():
    with pytest.raises(ValueError, match="correction c1 holds an impossible time"):
        stood(REFERRAL, correct("c1", "r1", "2026-01-06T09:00", at="2026-03-29T01:30"))


def test_what_was_known_before_a_correction_stays_as_it_was_known():
    correction = correct("c1", "r1", "2026-01-06T09:00", {"source": "police"})
    then = stood(REFERRAL, correction, known_at="2026-01-06T08:59")
    assert only(then).data["source"] == "school"


def test_as_at_is_judged_by_the_corrected_time():
    correction = correct("c1", "r1", "2026-01-08T09:00", at="2026-01-07T10:00")
    early = stood(REFERRAL, correction, as_at="2026-01-06T12:00", known_at="2026-01-09T12:00")
    assert early.events == ()
    assert isinstance(REFERRAL.happened_at, Moment)
