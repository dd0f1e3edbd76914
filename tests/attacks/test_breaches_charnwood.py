"""Charnwood 2023: a new address was typed in a note, and the letter went to the old one, where the abuser lived (PR-7).

Here a letter goes to the address that is recorded as current and to no other, a note with an address in it says so before it is
recorded, and where somebody lives whose address is protected stands on nothing that goes out.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, main, view
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application.child import open_child
from cairn.application.letter_writing import open_sheet
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.records import access_log

__all__ = ["clock", "people", "static_files"]
OLD, NEW, CODE = "1 Old Road, Madeup", "8 New Lane, Madeup", "MU8 8NL"
WORKER, SUPPORT = "Priya Shah", "Dilys Penhale"


@pytest.fixture
def child(people):
    found = allocated(people)
    home = {"kind": "home", "address": OLD, "from_day": "2020-01-01"}
    record(people, (WORKER, "record-address", home), on=found)
    return found


def write(people, child, text, **more):
    return people.client(WORKER).post(
        reverse("add-note", args=[child]), {"text": text, "key": str(uuid4()), "kind": "case_note", **more}
    )


def notes(child):
    return [one.data["text"] for one in view(child).standing.events if one.type == "note.added"]


def addresses(people, child, who=WORKER):
    sheet = open_sheet(people.actor(who), child, "closing-family")
    assert not isinstance(sheet, Refused), sheet
    return {line for one in sheet.whom for line in one.address}


def test_a_new_address_in_a_note_is_said_to_be_one_before_it_is_recorded(people, child):
    text = f"She has moved to 8 New Lane, {CODE}, and fears him."
    warned = write(people, child, text)
    assert warned.status_code == 200
    page = main(warned)
    assert "There is an address in what you wrote" in page
    assert reverse("act", args=[child, "record-address"]) in page or "/address" in page
    assert text in page, "nothing typed is lost"
    assert notes(child) == []
    assert write(people, child, text, **{"address-seen": "yes"}).status_code == 302
    assert notes(child) == [text]


def test_a_note_without_one_goes_at_once(people, child):
    assert write(people, child, "She has moved, and fears him.").status_code == 302


def test_a_letter_goes_to_the_current_address_and_never_to_the_old_one(people, child):
    mother = {"name": "Hanne", "relation": "parent_mother", "household": "same", "person": "hanne"}
    record(people, (WORKER, "record-relationship", mother), on=child)
    assert "1 Old Road" in addresses(people, child)
    record(people, (WORKER, "add-note", {"text": f"She has moved to {NEW}."}), on=child)
    assert "8 New Lane" not in addresses(people, child), "a note is no address"
    moved = {"kind": "home", "address": NEW, "from_day": "2026-11-01", "ends_home_before": True}
    record(people, (WORKER, "record-address", moved), on=child)
    assert "8 New Lane" in addresses(people, child)
    assert "1 Old Road" not in addresses(people, child)


def test_a_protected_address_is_on_no_letter_plan_or_copy_whoever_writes_it(people, child):
    hidden = {"kind": "home", "address": NEW, "postcode": CODE, "from_day": "2026-11-01", "restricted": True}
    record(people, (WORKER, "record-address", hidden), on=child)
    for who in (WORKER, SUPPORT):
        assert not {"8 New Lane", "1 Old Road"} & addresses(people, child, who)
        for act, answers, field in (
            (
                "send-standard-letter",
                {"letter": "visit", "to": "Lukasz", "how": "letter", "subject": "A visit"},
                "text",
            ),
            ("hand-out", {"what": "plan", "to": ["parents"], "names": ["Lukasz"]}, "plain"),
        ):
            for slip in ("Come to 8 new lane.", f"Near mu88nl, {CODE}"):
                refused = record_act(people.actor(who), Request(act, {**answers, field: slip}, child))
                assert isinstance(refused, Refused), (who, act, slip)
                assert "protected" in str(refused.faults)
            done = record_act(
                people.actor(who), Request(act, {**answers, field: "Come to our office."}, child)
            )
            assert isinstance(done, Recorded), done


def test_who_has_not_the_right_reads_no_protected_address_in_any_part_of_the_record(people, child):
    hidden = {"kind": "home", "address": NEW, "postcode": CODE, "from_day": "2026-11-01", "restricted": True}
    record(people, (WORKER, "record-address", hidden), on=child)
    for name, may in ((SUPPORT, False), (WORKER, True)):
        found = open_child(people.actor(name), child, page="child")
        assert not isinstance(found, Refused)
        stream = repr(found.view.stream)
        assert ("8 New Lane" in stream) is may
        assert ("Withheld: protected address" in stream) is not may
        assert "8 New Lane" not in repr(found.timeline), "on no page without being asked for"


def test_it_is_opened_by_a_button_with_a_reason_by_those_who_may(people, child):
    hidden = {"kind": "home", "address": NEW, "postcode": CODE, "from_day": "2026-11-01", "restricted": True}
    address = reverse("protected-address", args=[child])
    client = people.client(WORKER)
    assert client.get(address).status_code == 404, "nothing is protected yet"
    record(people, (WORKER, "record-address", hidden), on=child)
    assert "8 New Lane" not in main(client.get(address))
    assert client.post(address, {"reason": " "}).status_code == 422
    assert "8 New Lane" in main(client.post(address, {"reason": "To visit her on Monday"}))
    lines = [row.line for row in access_log.of_record(child) if row.line.what == "address"]
    assert [(one.allowed, one.purpose) for one in lines] == [(True, "To visit her on Monday")]
    for name in (SUPPORT, "Rosa Quill", "Colm Daly"):
        refused = people.client(name).post(address, {"reason": "Why not"})
        assert refused.status_code == 403
        assert "New Lane" not in refused.content.decode()
    assert address not in people.client(SUPPORT).get(reverse("child", args=[child])).content.decode()
