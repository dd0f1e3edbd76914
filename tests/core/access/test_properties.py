"""What holds of every decision, whoever asks for whatever record (AZ-14): denied by default, and nothing widens by taking away.

`make test` looks at a sample; all of them on ten thousand examples is marked `attack`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.access.people import BOOK, NOON

from cairn.core.access.decide import (
    AUDITING,
    RECEIVING,
    RECEIVING_ACTS,
    decide_act,
    decide_add,
    decide_break_glass,
    decide_here,
    decide_right,
    decide_team,
    decide_view,
)
from cairn.core.access.facts import BARS, OPENS, ActorFacts, Covering, RecordFacts, Tie
from cairn.core.access.roles import RIGHTS
from cairn.core.roles import ROLES

PEOPLE, TEAMS, RECORDS = st.sampled_from("abc"), st.sampled_from(["north", "south", "west"]), ["one", "two"]
INSTANTS = st.integers(-3, 3).map(lambda hours: NOON + timedelta(hours=hours))
ROLES_AND_RIGHTS = st.one_of(
    # Those of the shipped roles, and any other, for another authority may give them otherwise.
    st.sampled_from(ROLES).map(lambda role: (role, BOOK.rights_of(role))),
    st.tuples(st.sampled_from(ROLES), st.frozensets(st.sampled_from(RIGHTS))),
)
TIES = st.builds(
    Tie,
    record=st.sampled_from(["one", *RECORDS]),
    # What bars would otherwise hide most of what is looked for.
    kind=st.sampled_from([*sorted(OPENS), *sorted(OPENS), *sorted(BARS)]),
    since=INSTANTS,
    until=st.none() | INSTANTS,
    words=st.sampled_from(["", "until 9 December 2026"]),
)
SELDOM = st.sampled_from([False, False, True])
# A record without an id is one that nobody has written yet.
FILES = st.builds(
    RecordFacts,
    worker=st.none() | PEOPLE,
    team=st.none() | TEAMS,
    at_front_door=SELDOM,
    id=st.sampled_from(["one", *RECORDS, ""]),
    transfer_to=st.none() | TEAMS,
    restricted=SELDOM,
    is_open=st.booleans(),
)


@st.composite
def people(draw):
    role, rights = draw(ROLES_AND_RIGHTS)
    covers = st.builds(Covering, worker=PEOPLE, words=st.just("covering for somebody away"))
    return ActorFacts(
        id=draw(PEOPLE),
        role=role,
        team=draw(st.none() | TEAMS),
        at=NOON,
        rights=rights,
        manages=draw(st.frozensets(TEAMS)),
        takes_calls=draw(SELDOM),
        covers=tuple(draw(st.lists(covers, max_size=2))),
        ties=tuple(draw(st.lists(TIES, max_size=3))),
        office_is_closed=draw(st.booleans()),
    )


def opens(actor, record):
    return decide_view(actor, record).allowed


def reaches(actor, record):
    """Whether they come to see it in any way: by a relationship or by breaking the glass."""
    return opens(actor, record) or decide_break_glass(actor, record).allowed


def adds(actor, record):
    return decide_add(actor, record, was_found=True).allowed


def a_stranger_is_refused(actor, record):
    stranger = replace(
        actor, id="nobody's", team=None, manages=frozenset(), covers=(), ties=(), office_is_closed=False
    )
    elsewhere = replace(record, at_front_door=False)
    assert not opens(stranger, elsewhere)
    assert not adds(stranger, elsewhere) or stranger.is_front_door


def a_role_without_rights_is_refused_everything(actor, record):
    nothing = replace(actor, rights=frozenset())
    assert not reaches(nothing, record)
    assert not adds(nothing, record)
    assert not any(decide_right(nothing, right, ()).allowed for right in RIGHTS)
    assert not any(decide_team(nothing, team).allowed for team in ("north", "south", "west"))


def a_restriction_never_widens(actor, record):
    held, free = replace(record, restricted=True), replace(record, restricted=False)
    assert opens(actor, free) or not opens(actor, held)
    assert reaches(actor, free) or not reaches(actor, held)
    assert adds(actor, free) or not adds(actor, held)


def a_bar_takes_the_record_away_and_gives_nothing_else(actor, record):
    for kind in sorted(BARS):
        barred = replace(actor, ties=(*actor.ties, Tie("one", kind, NOON)))
        theirs, other = replace(record, id="one"), replace(record, id="two")
        decision = decide_view(barred, theirs)
        assert (decision.allowed, decision.hidden) == (False, True)
        assert not reaches(barred, theirs)
        assert not adds(barred, theirs)
        assert "one" in barred.barred
        assert "one" not in barred.tied_to
        assert decide_view(barred, other) == decide_view(actor, other)


def fewer(held):
    """What is left when any one is taken away."""
    return [type(held)(one for one in held if one != gone) for gone in held]


def nothing_that_is_taken_from_a_person_widens(actor, record):
    for less in (
        replace(actor, id="somebody else"),
        replace(actor, team=None),
        replace(actor, takes_calls=False),
        replace(actor, office_is_closed=False),
        *(replace(actor, manages=left) for left in fewer(actor.manages)),
        *(replace(actor, covers=left) for left in fewer(actor.covers)),
        *(
            replace(actor, ties=tuple(one for one in actor.ties if one != gone))
            for gone in actor.ties
            if gone.kind in OPENS
        ),
        *(replace(actor, rights=left) for left in fewer(actor.rights)),
    ):
        assert opens(actor, record) or not opens(less, record)
        assert reaches(actor, record) or not reaches(less, record)
        assert adds(actor, record) or not adds(less, record)
        assert actor.tied_to >= less.tied_to
        for team in ("north", "south", "west"):
            assert decide_team(actor, team).allowed or not decide_team(less, team).allowed


def nothing_that_is_taken_from_a_record_widens(actor, record):
    for less in (
        replace(record, worker=None),
        replace(record, worker="somebody else"),
        replace(record, team=None),
        replace(record, team="elsewhere"),
        replace(record, at_front_door=False),
        replace(record, transfer_to=None),
        replace(record, is_open=False),
        replace(record, id=""),
    ):
        hidden = decide_view(actor, record).hidden
        assert hidden or opens(actor, record) or not opens(actor, less)
        assert hidden or reaches(actor, record) or not reaches(actor, less)


def a_tie_that_is_not_in_force_changes_nothing(actor, record):
    in_force = tuple(
        one for one in actor.ties if one.since <= NOON and (one.until is None or one.until > NOON)
    )
    alike = replace(actor, ties=in_force)
    assert decide_view(actor, record) == decide_view(alike, record)
    assert decide_break_glass(actor, record) == decide_break_glass(alike, record)
    assert (actor.barred, actor.tied_to) == (alike.barred, alike.tied_to)


def the_name_of_a_role_opens_nothing(actor, record):
    for role in ROLES:
        assert opens(replace(actor, role=role), record) == opens(actor, record)


def every_decision_says_why(actor, record):
    relied_on = decide_view(actor, record).relied_on
    for decision in (
        decide_view(actor, record),
        decide_add(actor, record, was_found=True),
        decide_add(actor, record, was_found=False),
        decide_break_glass(actor, record),
        decide_team(actor, "north"),
        *(decide_here(relied_on or "own team", act) for act in ("add-note", *RECEIVING_ACTS)),
        *(decide_right(actor, right, ("team manager",)) for right in RIGHTS),
        decide_act(actor.role, ("team manager", "auditor")),
    ):
        assert decision.allowed == bool(decision.relied_on)
        assert decision.allowed != bool(decision.reason)
        assert decision.allowed != bool(decision.how_to_ask)
        assert not (decision.allowed and decision.hidden)


def who_opens_the_work_of_a_team_opens_its_records(actor, record):
    for team in ("north", "south", "west"):
        if decide_team(actor, team).allowed:
            assert opens(replace(actor, ties=()), replace(record, team=team, restricted=False))


def who_only_reads_writes_nothing(actor, record):
    relied_on = decide_view(actor, record).relied_on
    if relied_on.startswith(AUDITING):
        assert not decide_here(relied_on, "add-note").allowed
    if relied_on == RECEIVING:
        assert not decide_here(relied_on, "add-note").allowed
        assert all(decide_here(relied_on, act).allowed for act in RECEIVING_ACTS)


PROPERTIES = [
    a_stranger_is_refused,
    a_role_without_rights_is_refused_everything,
    a_restriction_never_widens,
    a_bar_takes_the_record_away_and_gives_nothing_else,
    nothing_that_is_taken_from_a_person_widens,
    nothing_that_is_taken_from_a_record_widens,
    a_tie_that_is_not_in_force_changes_nothing,
    the_name_of_a_role_opens_nothing,
    every_decision_says_why,
    who_opens_the_work_of_a_team_opens_its_records,
    who_only_reads_writes_nothing,
]


def look(holds, examples, *, the_same=False):
    slowly = settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        database=None,
        derandomize=the_same,
    )
    slowly(given(people(), FILES)(holds))()


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_az_14_holds_in_a_sample(holds):
    look(holds, 100)


@pytest.mark.attack
@pytest.mark.timeout(1200)
def test_az_14_all_of_it_holds_ten_thousand_times():
    def all_of_it(actor, record):
        for holds in PROPERTIES:
            holds(actor, record)

    look(all_of_it, 10_000)


def test_the_examples_reach_every_way_in_and_every_refusal():
    """A property says nothing of what it never met."""
    met: set[str] = set()

    def gather(actor, record):
        decision = decide_view(actor, record)
        met.add((decision.relied_on or decision.reason).partition(",")[0])

    look(gather, 1500, the_same=True)
    assert met >= {
        "allocated worker", "covering for somebody away", "own team", "manager of the team", "front door", RECEIVING,
        "chair of the conference", AUDITING, "named on the restricted record", "broken glass",
        "covering duty team", "Conflict of interest", "Your role", "This record is restricted to those named on it",
        "You are not working with this child",
    }  # fmt: skip
