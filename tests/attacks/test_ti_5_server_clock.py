"""The server's clock jumps an hour back or a day forward, or two servers are 90 seconds apart (TI-5).

The log and the ledger are ordered by their sequence, no entry is out of sight and no deadline is lost, and what ends by
itself ends at its instant.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, allocated, main

from cairn.application.child import open_child
from cairn.application.covering import CoverWanted, set_cover, today
from cairn.application.door import open_record
from cairn.application.refused import Refused
from cairn.records import access_log, ledger

BACK, FORWARD = timedelta(hours=-1), timedelta(days=1)
APART = timedelta(seconds=90)


def opened(people, child, who="Priya Shah"):
    found = open_child(people.actor(who), child, page="child")
    assert not isinstance(found, Refused), found
    return found.view


def dates(view):
    return {duty.key: duty.due for duty in view.duties}


@pytest.mark.parametrize("jump", [BACK, FORWARD, -APART, APART])
def test_nothing_that_was_written_is_out_of_sight(people, clock, jump):
    child = allocated(people)
    record(people, ("Priya Shah", "add-note", {"text": "Before the jump."}), on=child)
    before = opened(people, child)
    clock.at += jump
    after = opened(people, child)
    assert {one.id for one in before.standing.events} <= {one.id for one in after.standing.events}
    assert dates(before) == dates(after)
    assert "Before the jump." in main(people.client("Priya Shah").get(f"/records/{child}/"))


@pytest.mark.parametrize("jump", [BACK, FORWARD])
def test_the_order_is_that_of_writing(people, clock, jump):
    child = allocated(people)
    for text, moved in (("One.", jump), ("Two.", -jump), ("Three.", timedelta())):
        record(people, ("Priya Shah", "add-note", {"text": text}), on=child)
        clock.at += moved
    notes = [one.data["text"] for one in ledger.read_stream(child) if one.type == "note.added"]
    assert notes == ["One.", "Two.", "Three."]
    rows = access_log.of_record(child)
    assert [row.sequence for row in rows] == sorted((row.sequence for row in rows), reverse=True)
    times = [row.line.at for row in rows]
    assert times != sorted(times, reverse=True)


def test_two_servers_ninety_seconds_apart(people, clock):
    """What one server took is decided on at the other, whose clock is behind: nothing waits for it to come round."""
    fast, slow = clock.at + APART, clock.at
    clock.at = fast
    child = record(people, ("Beth Lomas", "record-contact", CONTACT))
    clock.at = slow
    record(people, ("Sheila Knowles", "decide-contact", REFERRAL), on=child)
    clock.at = fast
    record(people, ("Martin Oyelaran", "decide-referral", DECISION), on=child)
    clock.at = slow
    view = opened(people, child, "Martin Oyelaran")
    kinds = [one.type for one in view.standing.events]
    assert {"contact.received", "contact.decided", "referral.received", "referral.decided"} <= set(kinds)
    (decide,) = [one for one in view.duties if one.rule.id == "referral-response-decision"]
    assert decide.state == "met"


def test_no_deadline_is_lost_or_moved_by_a_jump_and_back(people, clock):
    child = allocated(people)
    before = dates(opened(people, child))
    for jump in (BACK, -BACK, FORWARD, -FORWARD):
        clock.at += jump
        assert dates(opened(people, child)) == before
        record(people, ("Priya Shah", "add-note", {"text": "Meanwhile."}), on=child)
    assert dates(opened(people, child)) == before
    assert before


def test_what_ends_by_itself_ends_at_its_instant_whatever_the_clock_did_before(people, clock):
    child = allocated(people)
    wanted = CoverWanted(people.ids["Priya Shah"], people.ids["Ewan Marsh"], today(), today(), "Ill.")
    assert not isinstance(set_cover(people.actor("Joanne Whitlock"), wanted), Refused)
    relied = [covering(people, child)]
    for jump in (BACK, -BACK, FORWARD, -FORWARD):
        clock.at += jump
        relied.append(covering(people, child))
    # On its day, an hour before, on its day; the day after it is over; put right, it is that day again.
    assert relied == [True, True, True, False, True]


def covering(people, child):
    """Whether Ewan opens the record because he covers for Priya."""
    found = open_record(people.actor("Ewan Marsh"), child, page="child")
    return not isinstance(found, Refused) and "cover" in found.relied_on
