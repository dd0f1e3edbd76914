"""When a session is over, and why; an authority may shorten it and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from cairn.core.access.sessions import (
    SessionFacts,
    is_strong,
    read_figures,
    seconds_left,
    shortened,
    why_over,
)
from cairn.core.protocol.load import ProceduresFaulty

TEXT = (files("cairn.procedures") / "access" / "sessions.yaml").read_text("utf-8")
FIGURES = read_figures("sessions.yaml", TEXT)
AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)


def over(*, how="two factors", began=timedelta(0), used=timedelta(0), session_round=3, made_up=False):
    facts = SessionFacts(how, AT - began, AT - used, session_round)
    return why_over(facts, FIGURES.session, AT, 3, made_up)


def test_it_lasts_while_it_is_used():
    assert over() is None
    assert over(began=10 * HOUR - SECOND, used=20 * MINUTE - SECOND) is None


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"used": 20 * MINUTE}, "idle"),
        ({"began": 10 * HOUR}, "longest"),
        ({"session_round": 2}, "ended"),
        ({"how": "chosen"}, "one factor"),
        ({"how": "password", "made_up": True}, "one factor"),
        ({"how": ""}, "one factor"),
    ],
)
def test_it_is_over(facts, why):
    assert over(**facts) == why


def test_a_name_is_chosen_among_made_up_people_only():
    assert over(how="chosen", made_up=True) is None
    assert over(how="chosen", made_up=False) == "one factor"


def test_two_servers_clocks_may_differ_a_little_and_one_put_back_gives_no_time():
    assert over(began=-90 * SECOND, used=-90 * SECOND) is None
    assert over(began=-HOUR) == "longest"
    assert over(used=-HOUR) == "idle"


def test_showing_who_one_is_counts_for_five_minutes():
    assert is_strong(AT, FIGURES.session, AT + 5 * MINUTE - SECOND)
    assert not is_strong(AT, FIGURES.session, AT + 5 * MINUTE)
    assert not is_strong(AT + HOUR, FIGURES.session, AT)
    assert not is_strong(None, FIGURES.session, AT)


def test_an_authority_may_shorten_a_session_and_lengthen_none():
    shorter = shortened(FIGURES, 10, 8).session
    assert (shorter.idle, shorter.longest) == (10 * MINUTE, 8 * HOUR)
    for idle, hours in ((60, 24), (None, None), (0, 0)):
        same = shortened(FIGURES, idle, hours).session
        assert (same.idle, same.longest) == (20 * MINUTE, 10 * HOUR)


@pytest.mark.parametrize(
    ("figure", "longer"),
    [
        ("idle_minutes: 20", "idle_minutes: 21"),
        ("longest_hours: 10", "longest_hours: 11"),
        ("strong_minutes: 5", "strong_minutes: 6"),
        ("on_one_account: 6", "on_one_account: 11"),
        ("lasts_hours: 24", "lasts_hours: 100"),
    ],
)
def test_its_own_file_of_figures_lengthens_none_either(figure, longer):
    assert figure in TEXT
    with pytest.raises(ProceduresFaulty):
        read_figures("sessions.yaml", TEXT.replace(figure, longer))


def test_the_figures_are_read_as_times():
    figures = read_figures("sessions.yaml", TEXT)
    assert figures == FIGURES
    assert (figures.session.idle, figures.session.longest) == (20 * MINUTE, 10 * HOUR)
    assert (figures.session.strong, figures.session.halfway) == (5 * MINUTE, 10 * MINUTE)
    assert (figures.guesses.within, figures.enrolment.lasts) == (5 * MINUTE, 24 * HOUR)
    with pytest.raises(ProceduresFaulty) as refused:
        read_figures("sessions.yaml", TEXT.replace("idle_minutes: 20", "idle_minutes: 21"))
    assert len(refused.value.faults) == 1


def test_two_clocks_may_be_two_minutes_apart_and_no_more():
    assert over(began=-2 * MINUTE, used=-2 * MINUTE) is None
    assert over(began=-2 * MINUTE - SECOND) == "longest"
    assert over(used=-2 * MINUTE - SECOND) == "idle"
    assert is_strong(AT + 2 * MINUTE, FIGURES.session, AT)
    assert not is_strong(AT + 2 * MINUTE + SECOND, FIGURES.session, AT)


@pytest.mark.parametrize(
    ("began", "left"),
    [(timedelta(0), 20 * 60), (9 * HOUR, 20 * 60), (10 * HOUR - MINUTE, 60), (10 * HOUR, 0), (11 * HOUR, 0)],
)
def test_how_long_it_lasts_from_now_on(began, left):
    assert seconds_left(SessionFacts("two factors", AT - began, AT, 3), FIGURES.session, AT) == left


def test_a_session_of_one_minute_is_the_shortest():
    assert shortened(FIGURES, 1, 1).session.idle == MINUTE
