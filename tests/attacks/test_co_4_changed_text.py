"""Edited between showing and signing: the signature is refused, for the digest is another (CO-4)."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from tests.closings import handed_in as closing
from tests.interfaces.web.views import signing
from tests.interfaces.web.views.test_approval import hidden, page, sign, types
from tests.interfaces.web.views.test_closing import decide
from tests.interfaces.web.views.test_closing import page as closing_page

from cairn.application.entries import Correction, correct_entry
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.core.history.shown import digest_of
from cairn.records import ledger
from cairn.records.models import Authorisation

JOANNE, PRIYA = "Joanne Whitlock", "Priya Shah"


def submitted(child, kind="assessment.submitted"):
    return next(one for one in reversed(ledger.read_stream(child)) if one.type == kind)


def test_the_digest_covers_every_word(people):
    child, _ = signing.handed_in(people)
    event = submitted(child)
    rows = [dict(row) for row in event.data["sections"]]
    rows[0]["text"] = rows[0]["text"].replace("20th", "25th")
    assert digest_of(replace(event, data={**event.data, "sections": rows})) != digest_of(event)
    assert digest_of(replace(event)) == digest_of(event)


def test_handed_in_anew_between_the_two(people):
    child, strand = signing.handed_in(people)
    shown = page(people, child)
    sign(people, child, page(people, child), decision="return", reason="Say more.")
    signing.write(people, child, strand, "health", "Her weight is well.", 1)
    signing.post_hand_in(people.client(PRIYA), child)
    late = sign(people, child, shown)
    assert late.status_code == 409
    assert hidden(late, "shown") != hidden(shown, "shown")
    assert "assessment.approved" not in types(child)
    assert sign(people, child, late).status_code == 302
    assert Authorisation.objects.count() == 1


def test_corrected_between_the_two(people):
    """The entry itself is corrected, without another handing-in: what stands is another text all the same."""
    child, _ = signing.handed_in(people)
    shown = page(people, child)
    mended = Correction(submitted(child).id, {"summary": "Another summary."}, "A slip.")
    done = correct_entry(people.actor(PRIYA), child, mended, uuid4())
    if isinstance(done, Refused):
        # What waits for a signature may not be mended at all: the text that was shown is the one that stands.
        assert sign(people, child, shown).status_code == 302
        return
    late = sign(people, child, shown)
    assert late.status_code == 409, late.content.decode()
    assert "assessment.approved" not in types(child)
    assert sign(people, child, page(people, child)).status_code == 302


def test_a_digest_of_another_text_is_refused_at_the_door_whatever_the_page_says(people):
    child, strand = signing.handed_in(people)
    event = submitted(child)
    answers = {"kind": "child_and_family", "outcome": ["services"], "reason": "Help."}
    for bound in (
        {"approves": event.id, "shown": "0" * 64},
        {"approves": "not-named", "shown": digest_of(event)},
    ):
        refused = record_act(
            people.actor(JOANNE), Request("approve-assessment", {**answers, **bound}, child, strand=strand)
        )
        assert isinstance(refused, Refused)
        assert "changed" in [one.code for one in refused.refusals]
    bound = {"approves": event.id, "shown": digest_of(event)}
    tried = record_act(
        people.actor(JOANNE), Request("approve-assessment", {**answers, **bound}, child, strand=strand)
    )
    past = {one.provision: "It was urgent." for one in getattr(tried, "refusals", ())}
    done = (
        tried
        if isinstance(tried, Recorded)
        else record_act(
            people.actor(JOANNE),
            Request("approve-assessment", {**answers, **bound}, child, strand=strand, departures=past),
        )
    )
    assert isinstance(done, Recorded), done


def test_a_closing_summary_handed_in_anew_between_the_two(people):
    child, _ = closing(people)
    shown = closing_page(people, child, "sign/", JOANNE)
    other = closing_page(people, child, "sign/", JOANNE)
    assert decide(people, child, other, decision="return", to_do="Say who helps.").status_code == 302
    _, second = closing(people, child, summary="Her aunt helps now.")
    late = decide(people, child, shown)
    assert late.status_code in (404, 409), late.content.decode()
    assert "case.closed" not in types(child)
    again = closing_page(people, child, f"sign/?strand={second}", JOANNE)
    assert decide(people, child, again).status_code == 302
    assert "case.closed" in types(child)
