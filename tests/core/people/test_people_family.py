"""A family put together: everybody once, households by day, circles found; 300 relatives and any name survive."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.people.test_people_possible import ANYTHING
from tests.core.people.told import TODAY, Said, home, parent

from cairn.core.people.around import around
from cairn.core.people.called import described, other_names
from cairn.core.people.family import Child, circular, family_of

ODD = ("محمد", "李小龍", "e\u0301e\u0300", "\u202eevil", "नीलम", "ß", "X", "a" * 5_000)


def child(record, *told, day=TODAY):
    return Child(record, record.title(), around(told, day))


def test_an_adult_of_three_records_is_there_once_and_the_latest_word_counts():
    told = [parent(person="p1", contact="01632 960 001", household="same") for _ in range(2)]
    later = Said(
        "adult.described", {"person": "p1", "name": "Grace Reed", "language": "Igbo"}, date(2026, 11, 24)
    )
    family = family_of(
        [
            child("amara", told[0]),
            child("theo", told[1], later),
            child("cole", parent(relation="step_parent", person="p1")),
        ]
    )
    (grace,) = family.people
    assert (grace.name, grace.about.text("language"), grace.other_names) == (
        "Grace Reed",
        "Igbo",
        ("Grace Okafor",),
    )
    assert [(tie.child, tie.relation) for tie in grace.ties] == [
        ("amara", "parent_mother"), ("theo", "parent_mother"), ("cole", "step_parent"),
    ]  # fmt: skip


def test_what_they_are_to_one_child_says_nothing_of_another():
    family = family_of(
        [
            child("amara", parent(person="p1", parental_responsibility="yes", risk="Shouts.")),
            child("cole", parent(person="p1", relation="step_parent")),
        ]
    )
    ties = {tie.child: tie for tie in family.people[0].ties}
    assert (ties["cole"].responsibility, ties["cole"].risk) == ("", "")


def test_who_lives_with_whom_on_a_day():
    told = (
        home("1 Old Row", "2020-01-01", "2026-01-31"),
        home("2 New Street", "2026-02-01"),
        parent(person="p1", household="same", from_day="2020-01-01"),
        Said("household.recorded", {"person": "p1", "household": "other", "from_day": "2026-06-01"}),
    )

    def there(day):
        (first, *_) = family_of([child("amara", *told, day=day)]).households
        return first.address, first.people

    # The last day in Old Row, the first in New Street, the last with her mother, the first without.
    assert there(date(2026, 1, 31)) == ("1 Old Row", ("p1",))
    assert there(date(2026, 2, 1)) == ("2 New Street", ("p1",))
    assert there(date(2026, 5, 31)) == ("2 New Street", ("p1",))
    assert there(date(2026, 6, 1)) == ("2 New Street", ())
    assert there(date(2019, 12, 31)) == ("", ())


def test_a_restricted_address_is_in_no_household():
    told = (
        home("3 Hidden Court", "2026-01-01", restricted=True),
        home("1 Old Row", "2020-01-01", "2025-12-31"),
    )
    aunt = parent(
        relation="aunt_or_uncle",
        household="other",
        address="7 Secret Mews",
        address_restricted=True,
        from_day="2020-01-01",
    )
    for day in (TODAY, date(2021, 1, 1)):
        family = family_of([child("amara", *told, aunt, day=day)])
        assert [one.address for one in family.households] == ["", ""]
        assert all(one.restricted for one in family.households)


def test_one_adult_may_be_recorded_twice_and_two_of_one_name_are_two():
    twice = family_of([child("amara", parent("1990-01-01", person="p1")), child("cole", parent(person="p2"))])
    assert [one.code for one in twice.faults] == ["maybe-one"]
    two = family_of([child("amara", parent("1990-01-01", person="p1"), parent("1960-01-01", person="p2"))])
    assert two.faults == ()
    otherwise = family_of(
        [child("a", parent("1990-01-01", person="p1")), child("b", parent("1991-01-01", person="p1"))]
    )
    assert [one.code for one in otherwise.faults] == ["told-differently"]


def test_a_circle_of_descent_is_survived_and_shown_for_each_in_it():
    said = [parent(record="b"), parent(record="c", relation="grandmother"), parent(record="a")]
    own = Said("relationship.recorded", {"name": "D", "relation": "own_child", "record": "d"})
    family = family_of([child("a", said[0]), child("b", said[1]), child("c", said[2], own), child("d")])
    assert [(one.code, one.entry) for one in family.faults if one.code == "circle"] == [
        ("circle", one.id) for one in said
    ]
    assert circular({"a": ["a"]}) == ("a",)
    line = {str(n): [str(n + 1)] for n in range(2_000)}
    assert circular({**line, "2000": ["0"]})[0] == "0"


def test_300_relatives_with_odd_names():
    told = [
        Said(
            "relationship.recorded",
            {"name": f"{ODD[n % len(ODD)]} {n}", "relation": "cousin", "household": "same"},
        )
        for n in range(300)
    ]
    family = family_of([child("amara", *told, home("1 Old Row", "2020-01-01"))])
    assert len(family.people) == 300
    assert len(family.households[0].people) == 300


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(ANYTHING, max_size=4), min_size=1, max_size=3), st.dates())
def test_whatever_is_told_everybody_is_there_once(told, day):
    family = family_of([Child(f"{'abcd'[n]}", "", around(events, day)) for n, events in enumerate(told)])
    keys = [key for person in family.people for key in person.keys]
    assert len(keys) == len(set(keys))
    assert [one.record for one in family.children] == list("abcd")[: len(told)]
    for household in family.households:
        assert not (household.restricted and household.address)


@given(st.text(min_size=1, max_size=300))
def test_any_name_is_shown_as_it_was_written(name):
    whole = " ".join(name.split())
    for kind in ("given", "single"):
        said = described([Said("name.recorded", {"kind": kind, "name": name})])
        assert said["name"] == whole
        assert f"{said['forename']} {said['surname']}".split() == whole.split()


def test_names_by_their_sort_and_order():
    first = Said("person.described", {"name": "Li Xiaolong", "forename": "Li", "surname": "Xiaolong"})
    own = Said("name.recorded", {"kind": "given", "name": "李 小龍", "order": "called_last"})
    former = Said("name.recorded", {"kind": "former", "name": "Bruce Lee"})
    said = described([first, own, former])
    assert (said["forename"], said["surname"]) == ("小龍", "李")
    assert other_names([first, own, former], "李 小龍") == ("Bruce Lee",)
    baby = described([first, Said("person.described", {"name": "Ifeoma Okafor"})])
    assert "surname" not in baby
