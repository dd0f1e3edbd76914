"""Birmingham Children's Trust 2024: words of a strategy meeting with the police were copied into another family's plan (PR-5).

Here the words keep their origin however they get there: pasted, typed again, in the plan of the same or of another child, in
a letter, in a copy. They stand in nothing that a family is given before a manager records who at the police released them.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event
from tests.interfaces.web.views.conftest import clock, people, static_files
from tests.plans import PLAN, met

from cairn.application.child import open_child
from cairn.application.entries import Correction, correct_entry
from cairn.application.event_documents import document_of
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused

__all__ = ["clock", "people", "static_files"]
SAID = (
    "The man next door at number nine was arrested in March for supplying, and his brother is being watched."
)
WORKER, MANAGER, SUPPORT = "Priya Shah", "Joanne Whitlock", "Dilys Penhale"
LETTER = {"letter": "visit", "to": "Hanne Pryce", "how": "letter", "subject": "A visit"}


@pytest.fixture
def origin(people):
    """A child about whom the police were at a strategy discussion."""
    child = allocated(people)
    held = {
        "took_part": ["PC Adeyemi"],
        "outcome": ["section_47"],
        "reason": SAID,
        "points": "See the child.",
    }
    record(people, (WORKER, "hold-strategy", held), on=child)
    return child


@pytest.fixture
def other(people):
    """Another child of the same worker, of another family."""
    child = allocated(people)
    met(people, child)
    return child


def plan(people, child, text):
    return record_act(
        people.actor(WORKER), Request("make-plan", {**PLAN, "contingency": [{"change": "He comes", "action": text}]}, child)
    )  # fmt: skip


WAYS = (
    SAID, SAID.upper(), SAID.replace(" ", "\n"), f"As we heard, {SAID.lower()} So take care.",
    "was arrested in March for supplying and his brother", "ｗas arrested in March for supplying, and his brother",
)  # fmt: skip


@pytest.mark.parametrize(
    "way", [*WAYS[:2], *(pytest.param(one, marks=pytest.mark.attack) for one in WAYS[2:])]
)
def test_pasted_into_the_plan_of_another_family_it_is_refused(people, origin, other, way):
    assert not isinstance(open_child(people.actor(WORKER), origin, page="child"), Refused)
    refused = plan(people, other, way)
    assert isinstance(refused, Refused)
    assert [fault.place for fault in refused.faults] == ["data.contingency"]
    assert "came from the police" in refused.faults[0].problem
    assert isinstance(plan(people, other, "Ring us, and call 999 in an emergency."), Recorded)


@pytest.mark.parametrize(
    ("act", "answers", "field"),
    [
        ("send-standard-letter", LETTER, "text"),
        ("hand-out", {"what": "plan", "to": ["parents"], "names": ["Hanne"]}, "plain"),
        ("share-assessment", {"with": "family", "name": "Hanne"}, "plain"),
    ],
)
def test_so_it_is_in_every_other_document_for_a_family(people, origin, act, answers, field):
    refused = record_act(people.actor(WORKER), Request(act, {**answers, field: SAID}, origin))
    assert isinstance(refused, Refused)
    assert "came from the police" in str(refused.faults)
    done = record_act(people.actor(WORKER), Request(act, {**answers, field: "We come on Monday."}, origin))
    assert isinstance(done, Recorded), done


def test_released_by_name_it_may_go(people, origin, other):
    answers = {
        "police_entry": event(origin, "strategy.held").id, "by_whom": "Sergeant Amara Lund, Fellmere Police",
        "said": "May be told to the family.", "how": "written",
    }  # fmt: skip
    refused = record_act(people.actor(WORKER), Request("release-police-text", answers, origin))
    assert isinstance(refused, Refused), "a worker alone cannot"
    nobody = {**answers, "by_whom": " "}
    assert isinstance(
        record_act(people.actor(MANAGER), Request("release-police-text", nobody, origin)), Refused
    )
    open_child(people.actor(WORKER), origin, page="child")
    assert isinstance(plan(people, other, SAID), Refused)
    assert isinstance(
        record_act(people.actor(MANAGER), Request("release-police-text", answers, origin)), Recorded
    )
    assert isinstance(plan(people, other, SAID), Recorded)


def test_a_note_marked_as_from_the_police_keeps_its_marking(people, origin):
    note = {
        "text": "They told me on the telephone that the boy was seen with a knife.",
        "came_from": "police",
    }
    record(people, (WORKER, "add-note", note), on=origin)
    refused = record_act(
        people.actor(WORKER), Request("send-standard-letter", {**LETTER, "text": note["text"]}, origin)
    )
    assert "came from the police" in str(refused)
    plain = {"text": "I rang his school, and he was at the park with friends.", "came_from": "own"}
    record(people, (WORKER, "add-note", plain), on=origin)
    sent = {**LETTER, "text": plain["text"]}
    assert isinstance(
        record_act(people.actor(WORKER), Request("send-standard-letter", sent, origin)), Recorded
    )


def seen_by(people, name, child):
    found = open_child(people.actor(name), child, page="child")
    assert not isinstance(found, Refused)
    return found


def test_who_may_not_read_it_sees_that_something_is_withheld_and_no_word_of_it(people, origin):
    entry = event(origin, "strategy.held").id
    for name, may in ((SUPPORT, False), (WORKER, True)):
        found = seen_by(people, name, origin)
        for text in (repr(found.timeline), repr(document_of(found, entry)), repr(found.view.standing.events)):
            assert (SAID[:30] in text) is may, name
            assert ("Withheld: police text" in text) is not may, name


def test_who_may_not_read_it_cannot_correct_it(people, origin):
    held = event(origin, "strategy.held").id
    change = Correction(held, {"points": "See the child today."}, "Clearer.")
    refused = correct_entry(people.actor(SUPPORT), origin, change, uuid4())
    assert isinstance(refused, Refused)
    assert "withheld from you" in refused.reason
    assert "manager" in refused.how_to_ask
    assert isinstance(correct_entry(people.actor(WORKER), origin, change, uuid4()), Recorded)
    assert event(origin, "strategy.held").data["reason"] == SAID


def test_entered_in_the_chronology_it_says_where_it_comes_from(people, origin):
    client = people.client(WORKER)
    for entry, marked in (
        (event(origin, "strategy.held").id, True),
        (event(origin, "referral.received").id, False),
    ):
        page = client.get(reverse("enter-chronology", args=[origin]), {"event": entry}).content.decode()
        box = page.partition('name="came_from"')[2]
        ticked = [
            one
            for one in page.split("<input")
            if 'name="came_from"' in one and "checked" in one.partition(">")[0]
        ]
        assert box, "it is asked"
        assert any('value="police"' in one for one in ticked) is marked
