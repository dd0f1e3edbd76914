"""A worker of another team sees nothing of a record and does nothing to it, by whatever address and method (AZ-1, AZ-3)."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.attacks.database import rows
from tests.attacks.house import CANARIES, PERSONAL
from tests.attacks.places import places
from tests.cases import record
from tests.interfaces.web.views.children import event

from cairn.records import access_log, drafts, staff

# Who may open the record of a child at each stage: the reviewed table. Nobody else may.
FRONT_DOOR = {"Beth Lomas", "Sheila Knowles", "Martin Oyelaran"}
TEAM = {"Joanne Whitlock", "Martin Oyelaran", "Priya Shah", "Ewan Marsh", "Dilys Penhale"}
OPENED_BY = {
    "contact": FRONT_DOOR,
    "returned": FRONT_DOOR,
    "referral": FRONT_DOOR | TEAM,
    "decided": FRONT_DOOR | TEAM,
    "allocated": TEAM,
    "handed_in": TEAM,
    "closing": TEAM,
    # Proposed to the contact centre's team: its manager reads it, and nobody else of that team.
    "going": TEAM | {"Sheila Knowles"},
}
SHOWN = ("child", "timeline", "people", "documents", "acts", "look-back")
OUTSIDERS = ("Rosa Quill", "Tunde Bright", "Farah Lindqvist")
# What such a form may hold, so that nothing is refused merely for want of an answer.
FORM = {
    "text": "From outside",
    "worker": "",
    "outcome": "no_further_action",
    "reason": "From outside",
    "mend-reason": "From outside",
    "do": "sent",
    "how": "letter",
    "sign": "yes",
    "save": "yes",
    "draft-act": "add-note",
}


def shows_nothing(response):
    page = response.content.decode()
    assert not [word for word in PERSONAL if word in page and word != "Wren"], page
    assert "Wren" not in page


@pytest.mark.parametrize("stage", CANARIES)
def test_only_those_of_the_table_open_a_record(house, stage):
    for name in house.people.ids:
        if name == "Gone Away":
            continue
        for page in SHOWN:
            response = house.client(name).get(reverse(page, args=[house.children[stage]]))
            allowed = name in OPENED_BY[stage]
            assert response.status_code == (200 if allowed else 403), (name, page)
            if not allowed:
                shows_nothing(response)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_whatever_the_address_it_is_refused_with_how_to_ask(house, name):
    for what, place in places(house).items():
        if not place.record:
            continue
        for method in place.methods:
            refused = house.client(name).generic(method, place.address)
            # Somebody else's draft is not even told to be there.
            assert refused.status_code == (404 if what in ("draft", "discard") else 403), (what, method)
            shows_nothing(refused)
            assert what in ("draft", "discard") or re.search(r"\bAsk\b", refused.content.decode()), what


@pytest.mark.parametrize("name", OUTSIDERS)
def test_whatever_is_sent_nothing_is_written(house, name):
    before = rows()
    for what, place in places(house).items():
        if not place.record or "POST" not in place.methods:
            continue
        form = {**FORM, "draft": str(uuid4()), "draft-record": str(house.allocated), "key": str(uuid4())}
        refused = house.client(name).post(place.address, form)
        assert refused.status_code in (403, 404), what
        shows_nothing(refused)
    assert rows() == before


@pytest.mark.parametrize("name", ["Rosa Quill", "Farah Lindqvist"])
def test_every_refusal_is_in_the_access_log(house, name):
    """Whether it was the record or the role that stood against it: the page says so too."""
    for what, place in places(house).items():
        if not place.record or what in ("draft", "discard"):
            continue
        house.client(name).get(place.address)
        line = access_log.of_record(UUID(place.address.split("/")[2]))[0].line
        assert (line.actor, line.allowed, line.what) == (house.people.ids[name], False, "refused"), what


def test_a_form_filled_in_by_one_is_refused_from_another(house):
    """The very request of the worker, key and all, with the cookie of somebody outside."""
    form = {"text": "The school rang.", "key": str(uuid4()), "draft": str(house.draft)}
    address = reverse("add-note", args=[house.allocated])
    assert house.client("Rosa Quill").post(address, form).status_code == 403
    # What was typed is carried through the sign-in and offered to its writer alone.
    assert Client().post(address, form).status_code == 401
    assert event(house.allocated, "note.added").id == house.note
    assert house.client("Priya Shah").post(address, form).status_code == 302
    assert event(house.allocated, "note.added").data["text"] == "The school rang."
    # The answer that was kept for a repeated sending is nobody else's either.
    assert house.client("Rosa Quill").post(address, form).status_code == 403


def test_a_draft_goes_with_the_record_it_is_about(house):
    """Once the child is another team's, the draft can't be read, for it speaks of the child."""
    moved = {
        "worker": "Rosa Quill",
        "worker_id": str(house.people.ids["Rosa Quill"]),
        "team": "Family Support",
        "team_id": str(house.people.teams["Family Support"]),
        "reason": "The family is theirs now.",
    }

    record(house.people, ("Joanne Whitlock", "allocate", moved), on=house.allocated)
    refused = house.client("Priya Shah").get(reverse("draft", args=[house.draft]))
    assert refused.status_code == 403
    shows_nothing(refused)
    assert house.client("Rosa Quill").get(reverse("child", args=[house.allocated])).status_code == 200


def test_complete_the_rights_of_who_handed_over_end_with_that_act(house):
    """By every address and method, drafts of their own included; and nobody but the team that took over comes in."""
    child, people = house.children["going"], house.people
    agreed = {"agreed_on": "2026-01-14", "attended": ["outgoing_manager", "receiving_manager"]}
    staff.move(people.ids["Rosa Quill"], people.teams["Contact Centre"])
    record(people, ("Sheila Knowles", "agree-transfer", agreed), on=child)
    worker = house.client("Priya Shah")
    draft = uuid4()
    half = {"version": "0", "draft-act": "add-note", "draft-record": str(child), "text": "Eightcanary half"}
    assert worker.post(reverse("draft", args=[draft]), half).status_code in (200, 302)
    assert worker.get(reverse("child", args=[child])).status_code == 200
    over = {"to_worker": str(people.ids["Rosa Quill"]), "summary": "Made up."}
    record(people, ("Priya Shah", "complete-transfer", over), on=child)
    for page in (*SHOWN, "transfer", "add-note", "record-visit", "complete-transfer"):
        for name in sorted(TEAM):
            refused = house.client(name).get(reverse(page, args=[child]))
            assert refused.status_code == 403, (name, page)
            shows_nothing(refused)
    before = rows()
    for name in ("add-note", "complete-transfer", "record-visit"):
        sent = worker.post(reverse(name, args=[child]), {**FORM, "key": str(uuid4()), **over})
        assert sent.status_code == 403, name
    assert rows() == before
    kept = worker.get(reverse("draft", args=[draft]))
    assert kept.status_code == 403
    shows_nothing(kept)
    assert drafts.open_draft(draft).data["text"] in ("Eightcanary half", ["Eightcanary half"])
    assert house.client("Rosa Quill").get(reverse("child", args=[child])).status_code == 200


@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("allocate", {"worker": "Beth Lomas", "reason": "Mine."}),
        ("add-note", {"text": "Mine."}),
        ("verify-record", {"chronology": "yes", "record": "yes"}),
        ("withdraw", {"mend-reason": "Mine."}),
        ("approve-assessment", {"sign": "yes"}),
    ],
)
def test_the_receiving_manager_writes_nothing_but_the_transfer(house, act, form):
    child = house.children["going"]
    rest = [event(child, "transfer.proposed").id] if act == "withdraw" else []
    sheila = house.client("Sheila Knowles")
    before = rows()
    sent = sheila.post(reverse(act, args=[child, *rest]), {"key": str(uuid4()), **form})
    assert sent.status_code in (403, 404), act
    assert rows() == before


def test_a_draft_of_somebody_else_is_not_there(house):
    client = house.client("Joanne Whitlock")
    for asked in (
        reverse("draft", args=[house.draft]),
        f"{reverse('new-contact')}?draft={house.draft_of_contact}",
    ):
        assert client.get(asked).status_code == 404
    assert client.post(reverse("discard", args=[house.draft])).status_code == 404
    page = client.get(reverse("add-note", args=[house.allocated]), {"draft": house.draft})
    assert "Fourcanary half" not in page.content.decode()
    saved = client.post(
        reverse("draft", args=[house.draft]), {"version": "1", "text": "Mine", "draft-act": "add-note"}
    )
    assert saved.status_code == 404
    assert drafts.open_draft(house.draft).data == {"text": "Fourcanary half"}
