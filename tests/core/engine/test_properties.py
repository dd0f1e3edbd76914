"""What holds of every record, whatever was typed in, when and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.engine.made_up_streams import LAST, RULES, holidays, instants, promptly, streams
from tests.core.made_up_procedures import calendar, calendar_with, procedures

from cairn.core.engine.instants import LATE_STATES, State
from cairn.core.engine.view import View, derive

SLOWLY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TWO_TIMES = st.tuples(instants(), instants()).map(sorted)


def answers(view: View) -> tuple[object, ...]:
    """Everything a view says."""
    return (
        view.duties,
        view.recorded_without,
        view.next_steps,
        view.positions,
        view.lateness_gone,
        view.standing.subject,
        dict(view.standing.strands),
    )


def look(events, at, known=None, table=None) -> View:
    return derive(events, procedures(RULES, table), as_at=at, known_at=known)


def late(view: View) -> dict[str, object]:
    return {duty.key: duty for duty in view.duties if duty.late}


@SLOWLY
@given(streams(), instants(), instants())
def test_nothing_recorded_later_changes_what_was_known(events, known, as_at):
    before = [event for event in events if event.recorded_at <= known]
    assert answers(look(events, as_at, known)) == answers(look(before, as_at, known))


@SLOWLY
@given(streams(), st.randoms(use_true_random=False))
def test_the_order_in_which_a_stream_is_given_changes_nothing(events, random):
    shuffled = random.sample(events, len(events))
    assert answers(look(shuffled, LAST)) == answers(look(events, LAST))


@SLOWLY
@given(streams(mended=False), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_were_recorded_changes_nothing_known_in_the_end(events, random):
    at = {event.happened_at.latest for event in events}
    if len(at) < len(events):
        return
    numbers = random.sample(range(len(events)), len(events))
    again = [
        replace(event, number=number, recorded_at=event.happened_at.latest + timedelta(days=number))
        for event, number in zip(events, numbers, strict=True)
    ]
    end = LAST + timedelta(days=60)
    assert said(look(again, end)) == said(look(events, end))


def said(view: View) -> list[tuple[object, ...]]:
    """The duties without the times of recording."""
    return [
        (
            duty.key,
            duty.state,
            duty.instants,
            duty.missing,
            duty.met_by.id if duty.met_by else None,
            duty.ended_by.id if duty.ended_by else None,
        )
        for duty in view.duties
    ]


@settings(SLOWLY, max_examples=250)
@given(streams(), TWO_TIMES, holidays())
def test_a_lateness_goes_only_where_the_view_names_what_took_it(events, times, announced):
    table = calendar_with(*announced)
    earlier, later = times
    before, after = look(events, earlier, table=table), look(events, later, table=table)
    gone = late(before).keys() - late(after).keys()
    assert gone <= {one.key for one in after.lateness_gone}


@settings(SLOWLY, max_examples=200)
@given(streams(), instants(), TWO_TIMES)
def test_a_lateness_of_a_day_looked_back_on_goes_only_by_what_is_named(events, as_at, times):
    earlier, later = times
    before = look(events, min(as_at, earlier), earlier)
    after = look(events, as_at, later) if as_at <= later else look(events, later, later)
    gone = late(before).keys() - late(after).keys()
    assert gone <= {one.key for one in after.lateness_gone}


def gone_step_by_step(view: View) -> set[str]:
    """What was ever late just before something was recorded, and is not now: every step looked at."""
    steps = {event.recorded_at for event in view.stream if event.recorded_at <= view.world.known_at}
    before = [step - timedelta(microseconds=1) for step in sorted(steps)]
    shown = [late(view.at(as_at=min(known, view.world.as_at), known_at=known)) for known in before]
    return {key for found in shown for key in found} - late(view).keys()


@settings(SLOWLY, max_examples=150)
@given(st.one_of(promptly(), promptly(), streams()), instants())
def test_the_steps_that_are_passed_over_took_nothing_away(events, at):
    view = look(events, at)
    assert {one.key for one in view.lateness_gone} == gone_step_by_step(view)


@SLOWLY
@given(streams(), instants(), holidays())
def test_what_is_said_to_be_gone_is_not_late_and_names_its_cause(events, at, announced):
    view = look(events, at, table=calendar_with(*announced))
    for gone in view.lateness_gone:
        assert gone.key not in late(view)
        assert (gone.event is None) is (gone.cause == "a changed calendar")
        assert bool(gone.holidays) is (gone.cause == "a changed calendar")


@SLOWLY
@given(streams(), TWO_TIMES)
def test_time_alone_takes_no_lateness_away(events, times):
    earlier, later = times
    assert late(look(events, earlier, LAST)).keys() <= late(look(events, later, LAST)).keys()


@SLOWLY
@given(streams(), TWO_TIMES)
def test_what_was_met_is_never_overdue_later(events, times):
    earlier, later = times
    met = {duty.key for duty in look(events, earlier, LAST).duties if duty.state == "met"}
    overdue = {duty.key for duty in look(events, later, LAST).duties if duty.state == "overdue"}
    assert not met & overdue


@SLOWLY
@given(streams(), instants(), instants())
def test_every_duty_is_in_one_of_the_ten_states_and_has_a_key_of_its_own(events, as_at, known):
    duties = look(events, as_at, known).duties
    assert {duty.state for duty in duties} <= set(get_args(State))
    assert len({duty.key for duty in duties}) == len(duties)
    for duty in duties:
        assert duty.late or duty.state not in LATE_STATES
        assert bool(duty.missing) is (duty.state == "cannot_tell")


@SLOWLY
@given(streams(), instants())
def test_deriving_twice_gives_the_same(events, at):
    assert answers(look(events, at)) == answers(look(list(events), at, table=calendar()))
