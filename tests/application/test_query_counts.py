"""What each use case asks of the database: every statement with its reason, and the same at 3 and at 30 children."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, allocated, contact
from tests.people import made_up_staff
from tests.statements import statements

from cairn.application.child import open_child
from cairn.application.people import find_person
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.team_work import ListWanted, team_list, team_work
from cairn.application.work import counts, my_work
from cairn.core.people.particulars import Asked

MY_WORK = [
    "read dutyrow",  # what I have to do, with whom it is for
    "read recordsummary",  # the children I work with
    "read sectiondraft",  # what is being written with me
    "add to accessentry",  # who was shown
    "read linenote",  # which lines were seen, or are looked at again on a day
    "read dutyrow",  # how much of it is overdue or due today
    "read ledgerevent",  # what is booked for them and who is waited for
    "read draft",  # what I have begun
]
WHO_ALLOCATES = [
    "read dutyrow",  # what I have to do
    "read dutyrow",  # what is nobody's in person in my teams
    "read recordsummary",  # the children I work with
    "read recordsummary",  # the children who wait for a worker
    *MY_WORK[2:],
]
TEAM_WORK = [
    "read team",  # its name
    "read team",  # those that the reader manages
    "read dutyrow",  # every figure of duties, by the child's worker
    "read recordsummary",  # every figure of children, by worker
    "read recordsummary",  # what is booked and what waits for a signature, by worker
    "read dutyrow",  # what is overdue by kind
    "read staff",  # who is in it
    "read dutyrow",  # what is to be done, with whom it is for
    "read recordsummary",  # the children who wait for a worker
    "read recordsummary",  # what waits for a signature
    "read recordsummary",  # what is booked
    "read dutyrow",  # what is due in the coming days
    "read linenote",  # which lines were seen, or are looked at again on a day
    "add to accessentry",  # who was shown
    "read ledgerevent",  # what is booked for them and who is waited for
]
TEAM_LIST = [
    "read team",  # its name
    "read team",  # those that the reader manages
    "read dutyrow",  # the lines of this page
    "add to accessentry",  # who was shown
    "read dutyrow",  # how many there are
    "read linenote",  # which were seen, or are looked at again on a day
]
COUNTS = ["read dutyrow"]  # how much is due today, of what is mine
CHILD = [
    "read record",  # its number and version
    "read recordsummary",  # what the decision rests on
    "add to accessentry",  # that it was seen, or refused
    "read ledgerevent",  # everything that happened: the page is derived from it
    "read team",  # the team by name
]
FIND = [
    "read namekey",  # who shares keys
    "read ledgerevent",  # who they are, to be compared
    "read recordsummary",  # which are restricted
    "add to accessentry",  # who was shown
    "read record",  # their numbers
    "read recordsummary",  # who may open them
    "read team",  # with which team
]
FIND_NOBODY = [
    "read namekey",  # nobody shares the telling keys,
    "read namekey",  # nor any key,
    "read personname",  # nor has a name like it
    "add to accessentry",  # that somebody was looked for
]
OPENED_TO_WRITE = [
    "hold record",  # against other writers
    "read recordsummary",  # what the decision rests on
    "add to accessentry",  # that it was opened
    "read ledgerevent",  # what the rules are tried on
]
WRITTEN = [
    "change record",  # its version moves on
    "add to ledgerevent",  # the events and what they say
    "read team",  # whose work it is where nobody has it yet
    "read procedureedition",  # whether these procedures are kept already
    "add to recordsummary",  # its line in lists
    "read dutyrow",  # which duties stand already
]
NOTE = [
    *OPENED_TO_WRITE,
    "read submission",  # whether this form was sent before
    "add to submission",  # now it was
    *WRITTEN,
    "read personname",  # the names and keys it is filed under already
    "add to outbox",  # what is to be sent or done
]
NEW_CONTACT = [
    "read submission",  # whether this form was sent before
    "add to submission",  # now it was
    "take a number",  # the record's, for people
    "add to record",  # it is opened
    *WRITTEN,
    "add to dutyrow",  # the decision that is due
    "read personname",  # the names and keys it is filed under already
    "add to personname",  # its name
    "add to namekey",  # its keys
    "add to outbox",  # what is to be sent or done
]
WREN = Asked(forename="Wren", surname="Made-up", born=date(2018, 3, 21))


@pytest.fixture
def people(db):
    return made_up_staff()


@pytest.fixture(params=[3, 30])
def children(request, people):
    return [allocated(people) for _ in range(request.param)]


def test_work_lists_ask_the_same_however_many_children(people, children):
    priya, joanne = people.actor("Priya Shah"), people.actor("Joanne Whitlock")
    assert statements(lambda: my_work(priya)) == MY_WORK
    assert statements(lambda: my_work(joanne)) == WHO_ALLOCATES
    assert statements(lambda: counts(priya)) == COUNTS
    assert len(my_work(priya).cases) == len(children)
    assert statements(lambda: team_work(joanne)) == TEAM_WORK
    assert statements(lambda: team_list(joanne, ListWanted("due"))) == TEAM_LIST
    with_names = [one.replace("dutyrow", "recordsummary") for one in TEAM_LIST[:-1]]
    assert statements(lambda: team_list(joanne, ListWanted("children"))) == with_names
    assert statements(lambda: team_list(joanne, ListWanted("approvals"))) == with_names


def test_a_child_costs_the_same_however_many_others_there_are(people, children):
    priya = people.actor("Priya Shah")
    assert statements(lambda: open_child(priya, children[0], page="child")) == CHILD
    note = Request(act="add-note", answers={"text": "Made up."}, record=children[0])
    assert statements(lambda: record_act(priya, note)) == NOTE


@pytest.mark.parametrize("relatives", [3, 30])
def test_a_child_s_people_are_read_at_once(people, relatives):
    child, other = allocated(people), allocated(people)
    answers = {"relation": "cousin", "record": str(other)}
    added = [
        ("Priya Shah", "record-relationship", {**answers, "name": f"Cousin {n}"}) for n in range(relatives)
    ]
    record(people, *added, on=child)
    priya = people.actor("Priya Shah")
    # One more: whether this reader may open those who have a record too.
    assert statements(lambda: open_child(priya, child, page="child")) == [*CHILD, "read recordsummary"]


@pytest.mark.parametrize("contacts", [3, 30])
def test_the_front_door_asks_the_same_however_many_are_known(people, contacts):
    beth = people.actor("Beth Lomas")
    for _ in range(contacts):
        contact(people)
    assert statements(lambda: find_person(beth, WREN)) == FIND
    assert len(find_person(beth, WREN).people) == min(contacts, 10)
    # Where nobody shares keys, it is asked once more by likeness.
    assert statements(lambda: find_person(beth, Asked(forename="Zoltan", surname="Qwerty"))) == FIND_NOBODY
    new = Request(act="record-contact", answers={**CONTACT, "name": "New Made-up"})
    assert statements(lambda: record_act(beth, new)) == NEW_CONTACT


@pytest.mark.parametrize("notes", [3, 30])
def test_an_act_costs_the_same_however_long_the_record_is(people, notes):
    child = allocated(people)
    record(people, *[("Priya Shah", "add-note", {"text": "Made up."})] * notes, on=child)
    priya = people.actor("Priya Shah")
    note = Request(act="add-note", answers={"text": "Made up."}, record=child)
    assert statements(lambda: record_act(priya, note)) == NOTE


def test_a_form_sent_twice_writes_nothing_more(people):
    child, priya = allocated(people), people.actor("Priya Shah")
    note = Request(act="add-note", answers={"text": "Made up."}, record=child)
    first = record_act(priya, note)
    assert isinstance(first, Recorded)
    assert statements(lambda: record_act(priya, note)) == [*OPENED_TO_WRITE, "read submission"]
