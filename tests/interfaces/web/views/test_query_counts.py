"""What a page asks of the database: its use case, and round it the session, the reader and the frame."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import siblings
from tests.interfaces.web.views.children import allocated, event
from tests.plans import PLAN, planned
from tests.statements import statements

from cairn.application.sign_in import is_made_up

WHO = [
    "read session",
    "read staff",  # who is signed in, and still has an account
    "read team",  # which teams they manage
    "read cover",  # for whom they do the work today
    "read tie",  # what stands between them and single records
]
ROUND_IT = [
    "read dutyrow",  # the number beside My work, of mine
]
# The session itself is changed once a minute and not in that in which it began (test_signing_in.py).
LOGGED = ["add to accessentry"]  # who was shown: once a request, last of all that is written
OPENED = [
    "read record",
    "read recordsummary",  # what the decision rests on
    "read ledgerevent",  # everything that happened: the page is derived from it
    "read team",  # the team by name
]
LISTED = ["read dutyrow", "read recordsummary", "read dutyrow"]
# With the assessments that are being written with whoever is signed in.
MY_WORK = [
    *LISTED[:2],
    "read sectiondraft",
    "read linenote",
    *LISTED[2:],
    "read ledgerevent",
    "read draft",
    "read cover",
]
TEAM_WORK = [
    *["read team"] * 2,
    # Every number, by worker; then the first lines of the lists.
    *["read dutyrow", "read recordsummary", "read recordsummary", "read dutyrow", "read staff"],
    *["read dutyrow", "read recordsummary", "read recordsummary", "read recordsummary", "read dutyrow"],
    *["read linenote", "read ledgerevent"],
    "read recordsummary",  # the restrictions to be looked at again
    "read cover",
]
TEAM_LIST = ["read team", "read team", "read recordsummary", "read recordsummary"]
NOTE_SENT = [
    *OPENED,  # for its form
    "read submission",  # whether this form was sent before
    "hold record",  # and again to write, held against other writers
    *OPENED[1:3],
    "read submission",  # and whether meanwhile
    "add to submission",
    "change record",  # its version moves on
    "add to ledgerevent",
    "read team",  # whose work it is where nobody has it yet
    "read procedureedition",  # whether these procedures are kept already
    "add to recordsummary",
    "read dutyrow",  # which duties stand already
    "read personname",  # the names and keys it is filed under already
    "add to outbox",
    "read draft",  # the draft it was written in, if any
]


@pytest.fixture(params=[3, 12])
def child(request, people):
    is_made_up()  # asked once a process
    return [allocated(people) for _ in range(request.param)][-1]


def test_pages_ask_the_same_however_many_children(people, child):
    priya, joanne = people.client("Priya Shah"), people.client("Joanne Whitlock")
    assert statements(lambda: priya.get(reverse("my-work"))) == [*WHO, *MY_WORK, *ROUND_IT, *LOGGED]
    whole = [*WHO, *TEAM_WORK, *ROUND_IT, *LOGGED]
    assert statements(lambda: joanne.get(reverse("team-work"))) == whole
    whole = [*WHO, *TEAM_LIST, *ROUND_IT, *LOGGED]
    assert statements(lambda: joanne.get(f"{reverse('team-list')}?what=children")) == whole
    whole = [*WHO, *OPENED, "read namekey", *ROUND_IT, *LOGGED]
    assert statements(lambda: priya.get(reverse("child", args=[child]))) == whole
    for page in ("timeline", "people", "documents"):
        address = reverse(page, args=[child])
        assert statements(lambda address=address: priya.get(address)) == [
            *WHO,
            *OPENED,
            *ROUND_IT,
            *LOGGED,
        ]


def test_an_act_by_its_form_asks_the_same_however_many_children(people, child):
    priya = people.client("Priya Shah")
    address = reverse("add-note", args=[child])
    assert statements(lambda: priya.post(address, {"text": "Made up."})) == [
        *WHO,
        *NOTE_SENT,
        *LOGGED,
        "change session",  # what the next page says was done
    ]


@pytest.mark.parametrize("number", [1, 4])
def test_the_family_of_an_overview_asks_the_same_however_many_name_the_child(people, number):
    is_made_up()
    child = siblings.child(people, siblings.THEO)
    for one in range(number):
        other = siblings.child(people, f"Sister{'abcd'[one]} Made-up")
        siblings.related(people, other, (siblings.THEO, child))
    priya = people.client("Priya Shah")
    address = reverse("child", args=[child])
    asked = ["read namekey", "read recordsummary", "read ledgerevent"]
    assert statements(lambda: priya.get(address)) == [*WHO, *OPENED, *asked, *ROUND_IT, *LOGGED]


@pytest.mark.parametrize("number", [2, 60])
def test_the_pages_of_a_plan_ask_the_same_however_much_stands_on_it(people, number):
    is_made_up()
    child = allocated(people)
    actions = [
        {**PLAN["actions"][number % 2], "key": str(one), "outcome": str(1 + one % 2)}
        for one in range(1, number + 1)
    ]
    planned(people, child, actions=actions)
    priya, strand = people.client("Priya Shah"), event(child, "plan.made").id
    written = {
        reverse("plan", args=[child]): ["read sectiondraft"],  # whether a change is being written
        reverse("record-progress", args=[child]): ["read draft"],
        reverse("plan-copy", args=[child]): [],
        reverse("revise-plan", args=[child]): ["read sectiondraft", "read sectionapart"],
        reverse("plan-part", args=[child, "revise-plan", strand, "actions"]): [
            *["read sectiondraft", "read sectionapart", "read sectionopened"]
        ],
    }
    priya.get(reverse("my-work"))
    for address, asked in written.items():
        found = statements(lambda address=address: priya.get(address))
        assert found == [*WHO, *OPENED, *asked, *ROUND_IT, *LOGGED], address
