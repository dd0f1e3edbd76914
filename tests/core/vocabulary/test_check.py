"""Data is taken only as the vocabulary has it; what is wrong is told with its place."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import vocabulary

from cairn.core.vocabulary.check import check_data, most_characters
from cairn.core.vocabulary.model import EventType, Field

NOTE = vocabulary().events["note.added"]
REFERRAL = vocabulary().events["referral.received"]


def faults(kind, data):
    return [(fault.place, fault.problem) for fault in check_data(kind, data)]


def note(**more):
    return faults(NOTE, {"text": "x", **more})


@pytest.mark.parametrize(
    "data",
    [
        {"when": "2026-11-27T16:45"},
        {"when": "2026-11-27"},
        {"number": 0},
        {"day": "2026-11-27"},
        {"people": []},
        {"people": [{"name": "A Neighbour", "kin": False}]},
    ],
)
def test_what_can_be_taken(data):
    assert note(**data) == []


@pytest.mark.parametrize(
    "data",
    [
        {"text": 7},
        {"text": "\x00"},
        {"when": "2026-03-29T01:30"},
        {"when": None},
        {"number": True},
        {"number": "7"},
        {"number": 1.5},
        {"day": "20261127"},
        {"day": "2026-02-30"},
        {"day": 7},
        {"people": "A Neighbour"},
    ],
)
def test_what_cannot_be_taken(data):
    ((place, problem),) = note(**data)
    assert place == f"data.{next(iter(data))}"
    assert problem.endswith("cannot be taken")


@pytest.mark.parametrize("blank", [{}, {"text": ""}, {"text": "  "}, {"text": None}])
def test_what_must_be_there_may_not_be_blank(blank):
    (fault,) = check_data(NOTE, blank)
    assert str(fault) == "data.text: 'Note' is missing; expected text"


def test_a_field_that_is_not_known_is_refused_so_that_a_slip_is_never_lost():
    (fault,) = check_data(NOTE, {"text": "x", "txet": "y"})
    assert (fault.place, fault.problem) == ("data.txet", "note.added has no field 'txet'")
    assert fault.expected == "one of text, when, number, day, people"
    empty = vocabulary().events["referral.acknowledged"]
    assert check_data(empty, {"x": 1})[0].expected == "no fields"


def test_rows_are_checked_each_at_its_place():
    assert note(people=[{"name": "A", "kin": 1}, "B", {}]) == [
        ("data.people[0].kin", "1 cannot be taken"),
        ("data.people[1]", "'B' cannot be taken"),
        ("data.people[2].name", "'Name' is missing"),
    ]


def test_only_the_options_there_are():
    assert faults(REFERRAL, {"source": "school"}) == []
    (fault,) = check_data(REFERRAL, {"source": "moon"})
    assert fault.expected == "one of school, police, anonymous, unknown"
    assert faults(REFERRAL, {"source": ["school"]}) == [("data.source", "['school'] is not an option")]
    assert faults(REFERRAL, {"concern_kind": ["neglect", "moon"]}) == [
        ("data.concern_kind", "'moon' is not an option")
    ]
    assert faults(REFERRAL, {"concern_kind": "neglect"}) == []
    assert faults(REFERRAL, {"urgent": 1}) == [("data.urgent", "1 cannot be taken")]


def test_lists_hold_texts():
    assert faults(REFERRAL, {"not_known": ["visit.made"]}) == []
    assert faults(REFERRAL, {"not_known": [7]}) == [("data.not_known", "[7] cannot be taken")]


def test_a_correction_holds_fields():
    correction = vocabulary().events["event.corrected"]
    assert faults(correction, {"corrects": "r1", "data": {"source": "school"}}) == []
    assert faults(correction, {"corrects": "r1", "data": ["source"]}) == [
        ("data.data", "['source'] cannot be taken")
    ]
    assert faults(correction, {"corrects": "r1", "data": {7: "x"}}) == [
        ("data.data", "{7: 'x'} cannot be taken")
    ]


LISTED = EventType(
    name="person.described",
    title="Described",
    sort="fact",
    fields=(
        Field(name="name", label="Name", type="text", longest=5),
        Field(name="aliases", label="Other names", type="list", longest=5),
    ),
)


@pytest.mark.parametrize(
    "data", [{"name": "Robin"}, {"aliases": ["Robin", "Rob"]}, {"aliases": []}, {"name": ""}]
)
def test_a_text_that_fits_its_lists_is_taken(data):
    assert check_data(LISTED, data) == []


@pytest.mark.parametrize(
    ("data", "place"), [({"name": "Robinx"}, "data.name"), ({"aliases": ["Rob", "Robinx"]}, "data.aliases")]
)
def test_a_text_longer_than_its_lists_can_show_is_refused_with_its_length(data, place):
    assert [str(fault) for fault in check_data(LISTED, data)] == [
        f"{place}: too long; expected at most 5 characters"
    ]


@pytest.mark.parametrize("sort", ["text", "long_text", "list"])
def test_no_text_is_without_an_end(sort):
    """Where a field says nothing of its length: a line, or some forty pages, and one character more is refused."""
    field = Field(name="said", label="Said", type=sort)
    kind = EventType(name="made.up", title="Made up", sort="fact", fields=(field,))
    most = most_characters(field)
    fits, over = ("x" * most, "x" * (most + 1))
    given = {True: [fits], False: [over]} if sort == "list" else {True: fits, False: over}
    assert check_data(kind, {"said": given[True]}) == []
    assert [fault.problem for fault in check_data(kind, {"said": given[False]})] == ["too long"]
    assert most_characters(Field(name="day", label="Day", type="date")) is None
