"""What cannot be is refused with its place and remedy; what is unlikely is asked about. Dates worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.people.told import TODAY, Said, born, home, parent

from cairn.core.people.around import around
from cairn.core.people.possible import faults, impossible_since


def codes(*told, today=TODAY):
    return [(one.code, one.field, one.impossible) for one in faults(told, today)]


@pytest.mark.parametrize(
    ("mother", "child", "found"),
    [
        # Born on 3 March 1990; the child on 4 May 2017: 27 years.
        ("1990-03-03", "2017-05-04", []),
        # The tenth birthday is 4 May 2017: ten when the child is born.
        ("2007-05-04", "2017-05-04", []),
        # The day before the tenth birthday: nine.
        ("2007-05-05", "2017-05-04", [("parent-young", "born", False)]),
        # 29 February 2008: ten from 1 March 2018 on, nine on 28 February.
        ("2008-02-29", "2018-02-28", [("parent-young", "born", False)]),
        ("2008-02-29", "2018-03-01", []),
        # Twins cannot be mother and child; nor can a younger one.
        ("2017-05-04", "2017-05-04", [("parent-younger", "born", True)]),
        ("2020-01-01", "2017-05-04", [("parent-younger", "born", True)]),
    ],
)
def test_how_old_a_parent_was(mother, child, found):
    assert codes(born(child), parent(mother)) == found


def test_a_guessed_date_refuses_nobody():
    assert codes(born("2017-05-04", estimated=True), parent("2020-01-01")) == [
        ("parent-younger", "born", False)
    ]
    assert codes(born("2017-05-04"), parent("2020-01-01", estimated=True)) == [
        ("parent-younger", "born", False)
    ]
    assert codes(Said("person.described", {"expected": "2026-12-01"}), parent("2026-12-02")) == [
        ("parent-younger", "born", False)
    ]


@pytest.mark.parametrize("relation", ["step_parent", "grandmother", "brother_or_sister", "partner_at_home"])
def test_only_a_parent_has_to_be_older(relation):
    assert codes(born("2017-05-04"), parent("2020-01-01", relation)) == []


def test_one_child_is_born_once():
    twice = (Said("child.born", {"born": "2026-11-01"}), Said("child.born", {"born": "2026-11-02"}))
    assert codes(*twice) == [("second-birth", "born", True)]
    assert codes(born("2017-05-04"), Said("child.born", {"born": "2026-11-01"})) == [
        ("second-birth", "born", True)
    ]
    found = faults(twice, TODAY)[0]
    assert (found.entry, found.sentence) == (
        twice[1].id, "The birth is recorded already, on 1 November 2026. If that day is wrong, correct that entry",
    )  # fmt: skip


def test_a_birth_told_later_is_taken_and_one_to_come_is_not():
    assert codes(Said("child.born", {"born": "2026-11-20"})) == []
    assert codes(Said("child.born", {"born": "2026-11-24"})) == [("born-later", "born", True)]
    assert codes(born("2026-11-24")) == [("born-later", "born", True)]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ((born("2017-05-04", died="2017-05-04"),), []),
        ((born("2017-05-04", died="2017-05-03"),), [("died-before-born", "died", True)]),
        (
            (born("2017-05-04"), Said("person.described", {"died": "2016-01-01"})),
            [("died-before-born", "died", True)],
        ),
        ((parent("1990-01-01", died="1989-12-31"),), [("died-before-born", "died", True)]),
        ((parent("1990-01-01", died="2026-11-24"),), [("died-later", "died", True)]),
        (
            (
                parent("1990-01-01", person="p1"),
                Said("adult.described", {"person": "p1", "died": "1980-01-01"}),
            ),
            [("died-before-born", "died", True)],
        ),
        (
            (
                parent("1990-01-01", person="p1"),
                Said("adult.described", {"person": "p2", "died": "1980-01-01"}),
            ),
            [],
        ),
    ],
)
def test_nobody_dies_before_they_are_born(told, found):
    assert codes(*told) == found


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ((home("1 Old Row", "2026-02-02", "2026-02-01"),), "to_day"),
        ((Said("name.recorded", {"from_day": "2026-02-02", "to_day": "2026-02-01"}),), "to_day"),
        ((Said("legal_status.recorded", {"from_day": "2026-02-02", "to_day": "2026-02-01"}),), "to_day"),
        ((parent(from_day="2026-02-02", ended="2026-02-01"),), "ended"),
        (
            (
                parent(from_day="2026-02-02", person="p1"),
                Said("relationship.ended", {"person": "p1", "ended": "2026-02-01"}),
            ),
            "ended",
        ),
        (
            (
                Said("risk.recorded", {"from_day": "2026-02-02"}, id="r1"),
                Said("risk.ended", {"risk_id": "r1", "ended": "2026-02-01"}),
            ),
            "ended",
        ),
        (
            (
                Said("involvement.recorded", {"from_day": "2026-02-02"}, id="i1"),
                Said("involvement.ended", {"involvement_id": "i1", "ended": "2026-02-01"}),
            ),
            "ended",
        ),
    ],
)
def test_nothing_ends_before_it_begins(told, field):
    assert codes(*told) == [("ended-before-begun", field, True)]


def test_two_main_homes_at_once_are_refused_with_their_place():
    assert codes(home("1 Old Row", "2020-01-01", "2026-03-01"), home("2 New Street", "2026-02-01")) == [
        ("two-homes", "from_day", True)
    ]
    # Moved on the day; moved without an end said; the same house written otherwise; a second home.
    assert codes(home("1 Old Row", "2020-01-01", "2026-02-01"), home("2 New Street", "2026-02-01")) == []
    assert codes(home("1 Old Row", "2020-01-01"), home("2 New Street", "2026-02-01")) == []
    assert codes(home("1 Old Row", "2020-01-01", "2026-03-01"), home("1  OLD ROW", "2026-02-01")) == []
    second = Said(
        "address.recorded", {"kind": "second_home", "address": "2 New Street", "from_day": "2026-02-01"}
    )
    assert codes(home("1 Old Row", "2020-01-01", "2026-03-01"), second) == []


def test_a_home_is_compared_with_every_one_before_it_and_an_earlier_one_written_later_has_its_own_place():
    told = (
        home("1 Old Row", "2010-01-01", "2030-01-01"),
        home("1 old row", "2015-01-01", "2016-01-01"),
        home("2 New Street", "2020-01-01"),
    )
    (fault,) = faults(told, TODAY)
    assert (fault.entry, fault.field) == (told[2].id, "from_day")
    assert fault.says == "The main home before, since 1 January 2010, is recorded until 1 January 2030"
    late = (home("2 New Street", "2020-01-01"), home("1 Old Row", "2010-01-01", "2020-01-02"))
    (fault,) = faults(late, TODAY)
    assert (fault.entry, fault.field) == (late[1].id, "to_day")
    assert fault.says == "The next main home is recorded from 1 January 2020 on"


def test_a_next_home_with_no_first_day_said_is_asked_about_and_not_refused():
    today = Said("address.recorded", {"kind": "home", "address": "2 New Street"})
    assert codes(home("1 Old Row", "2020-01-01", "2030-01-01"), today) == [("two-homes", "from_day", False)]


def test_a_home_that_ended_the_one_before_it_overlaps_with_nothing():
    moved = home("2 New Street", "2026-02-01", ends_home_before=True)
    assert codes(home("1 Old Row", "2020-01-01", "2026-03-01"), moved) == []
    there = around([home("1 Old Row", "2020-01-01", "2026-03-01"), moved], TODAY)
    assert [one.until for one in there.homes] == [date(2026, 1, 31), None]
    # It says nothing of a second home, nor of one that ended earlier.
    second = home("3 Side Lane", "2020-01-01", kind="second_home")
    earlier = home("1 Old Row", "2020-01-01", "2025-12-31")
    assert [one.until for one in around([second, earlier, moved], TODAY).homes] == [
        None,
        date(2025, 12, 31),
        None,
    ]


def test_of_two_main_homes_said_to_begin_on_one_day_the_last_said_counts():
    there = around([home("1 Old Row", "2026-02-01"), home("2 New Street", "2026-02-01")], TODAY)
    assert there.home.address == "2 New Street"


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        # Three weeks are 21 days: 2 to 23 November 2026.
        ("2026-11-02", []),
        ("2026-11-01", [("not-born", "expected", False)]),
        # Nine months ago.
        ("2026-02-23", [("not-born", "expected", False)]),
        # 42 weeks are 294 days: 13 September 2027.
        ("2027-09-13", []),
        ("2027-09-14", [("expected-late", "expected", False)]),
    ],
)
def test_a_baby_that_should_be_born_is_asked_about(expected, found):
    assert codes(Said("person.described", {"expected": expected})) == found
    assert (
        codes(Said("person.described", {"expected": expected}), Said("child.born", {"born": "2026-11-20"}))
        == []
    )


def test_only_what_is_new_is_refused():
    """What stood wrong before holds up nothing that is recorded after it."""
    wrong = [born("2017-05-04"), parent("2020-01-01")]
    assert impossible_since(wrong, [*wrong, home("1 Old Row", "2026-01-01")], TODAY) == ()
    worse = impossible_since(wrong, [*wrong, Said("child.born", {"born": "2026-11-01"})], TODAY)
    assert [one.code for one in worse] == ["second-birth"]


DAYS = st.dates().map(date.isoformat)
ANYTHING = st.builds(
    Said,
    st.sampled_from(
        ["person.described", "child.born", "relationship.recorded", "relationship.ended", "adult.described",
         "address.recorded", "household.recorded", "sibling.listed", "sibling.decided", "risk.recorded", "risk.ended",
         "involvement.recorded", "involvement.ended", "name.recorded", "note.added"]
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "born": DAYS, "expected": DAYS, "died": DAYS, "from_day": DAYS, "to_day": DAYS, "ended": DAYS,
            "name": st.text(max_size=20), "address": st.text(max_size=20), "person": st.sampled_from(["p1", "p2"]),
            "relation": st.sampled_from(["parent_mother", "own_child", "cousin"]), "record": st.sampled_from(["a", "b"]),
            "kind": st.sampled_from(["home", "second_home", "given", "single"]),
            "household": st.sampled_from(["same", "other"]), "restricted": st.booleans(),
            "risk_id": st.text(max_size=3), "sibling": st.text(max_size=3),
        },
    ),
    st.dates(),
)  # fmt: skip


# How fast examples are made says nothing of what is tested: on a busy machine it is slow.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANYTHING, max_size=12), st.dates())
def test_whatever_is_told_it_is_judged_and_every_fault_has_its_place(told, today):
    ids = {one.id for one in told}
    for fault in faults(told, today):
        assert fault.entry in ids
        assert fault.field
        assert fault.says
        assert fault.remedy
