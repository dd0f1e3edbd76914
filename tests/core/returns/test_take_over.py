"""Taken over: open episodes to be allocated, history before them, and nothing that a return cannot know."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.returns.made_up_returns import (
    HEADER,
    assessment,
    child,
    enquiry,
    episode,
    events,
    plan,
    protection_plan,
    taken,
)

from cairn.core.returns.take_over import NOT_KNOWN, TakeOver

WHOLE = episode(
    assessment("2025-06-03", "2025-07-10", ("3B",)),
    plan("2025-07-14", "2025-10-01"),
    enquiry("2025-09-10", "2025-10-01"),
    protection_plan("2025-10-01", reviews=("2025-12-20",)),
)
NEXT_YEAR = HEADER.replace("2026", "2027")


def keys(over: TakeOver) -> list[str]:
    return [event.key for one in over.children for event in one.events]


def test_a_whole_episode_comes_in_as_its_events_in_order():
    assert events(taken(child(WHOLE))) == [
        ("referral.received", "2025-06-02"),
        ("assessment.started child_and_family", "2025-06-03"),
        ("assessment.approved child_and_family", "2025-07-10"),
        ("plan.made child_in_need", "2025-07-14"),
        ("enquiry.started", "2025-09-10"),
        ("conference.held initial", "2025-10-01"),
        ("plan.made child_protection", "2025-10-01"),
        ("plan.ended child_in_need", "2025-10-01"),
        ("conference.held review", "2025-12-20"),
    ]


def test_the_referral_says_where_it_comes_from_and_what_is_not_known():
    referral = taken(child(episode())).children[0].events[1]
    assert referral.data == {
        "source": "school",
        "concern": "Taken over from the census return of 31 March 2026; primary need: Abuse or neglect (N1).",
        "primary_need": "N1",
        "imported_from": "cin-census 2026",
        "not_known": NOT_KNOWN,
    }


@pytest.mark.parametrize(
    "event",
    [
        "referral.decided",
        "referral.acknowledged",
        "referral.outcome_told",
        "sibling.decided",
        "consent.recorded",
        "contact.decided",
        "notice.given",
        "check.requested",
    ],
)
def test_what_a_return_cannot_know_is_named_and_never_drafted(event):
    over = taken(child(WHOLE))
    assert event in NOT_KNOWN
    assert event not in {made.type for made in over.children[0].events}


def test_nothing_is_dated_after_the_reference_date():
    late = episode(assessment("2026-03-30", "2026-04-02"), plan("2026-04-01"), referred="2026-03-29")
    over = taken(child(late), today=date(2026, 6, 1))
    assert max(event.on for event in over.children[0].events) <= date(2026, 3, 31)


def test_the_same_return_twice_gives_the_same_keys_and_no_key_twice():
    over = taken(child(WHOLE), child(WHOLE, number="OTHER2"))
    assert keys(over) == keys(taken(child(WHOLE), child(WHOLE, number="OTHER2")))
    assert len(set(keys(over))) == len(keys(over))


def test_steps_in_another_order_give_the_same_keys():
    steps = (plan("2025-07-14", "2025-08-01"), plan("2025-07-14", "2025-09-01"), plan("2025-07-14"))
    there, back = taken(child(episode(*steps))), taken(child(episode(*reversed(steps))))
    assert there.children == back.children
    assert len(set(keys(there))) == len(keys(there))


def test_next_years_return_of_the_same_episode_gives_only_what_is_new():
    before = taken(child(episode(plan("2025-07-14"))))
    grown = episode(plan("2025-07-14", "2026-06-01"), closed="2026-06-02", reason="RC7")
    after = taken(child(grown), header=NEXT_YEAR, today=date(2027, 5, 1))
    new = [event for event in after.children[0].events if event.key not in keys(before)]
    assert [event.type for event in new] == ["plan.ended", "case.closed"]


def test_another_authority_or_number_never_gives_the_same_key():
    here = keys(taken(child(WHOLE)))
    assert not set(here) & set(keys(taken(child(WHOLE, number="OTHER2"))))
    assert not set(here) & set(keys(taken(child(WHOLE), header=HEADER.replace("299", "298"))))


def test_a_description_that_changed_is_another_event():
    described = taken(child(episode())).children[0].events[0]
    changed = taken(child(episode(), ethnicity="<Ethnicity>WIRI</Ethnicity>")).children[0].events[0]
    assert described.key != changed.key


def day(offset: int) -> str:
    return (date(2025, 1, 1) + timedelta(days=offset)).isoformat()


OFFSETS = st.integers(0, 460).map(day)
STEPS = st.lists(
    st.one_of(
        st.builds(assessment, OFFSETS, st.one_of(st.just(""), OFFSETS)),
        st.builds(plan, OFFSETS, st.one_of(st.just(""), OFFSETS)),
        st.builds(enquiry, OFFSETS, st.one_of(st.just(""), OFFSETS), st.sampled_from("01")),
        st.builds(protection_plan, OFFSETS, st.one_of(st.just(""), OFFSETS)),
    ),
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(OFFSETS, st.one_of(st.just(""), OFFSETS), STEPS), min_size=1, max_size=3))
def test_every_event_stands_after_the_one_that_opened_its_strand(made):
    episodes = [episode(*steps, referred=referred, closed=closed) for referred, closed, steps in made]
    for one in taken(child(*episodes)).children:
        seen: set[str] = set()
        for event in one.events:
            assert event.for_key is None or event.for_key in seen
            assert event.key not in seen
            seen.add(event.key)
        assert set(one.open_referrals) <= seen
