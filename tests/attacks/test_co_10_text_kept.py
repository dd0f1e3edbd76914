"""Autosaves that overtake each other, a tab that was without a connection, a session that ends in the middle: text is kept (CO-10)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from tests.attacks.database import rows
from tests.interfaces.web.views.children import allocated, main, view
from tests.interfaces.web.views.signing import begun

from cairn.records.models import Draft, SectionApart

PRIYA, EWAN = "Priya Shah", "Ewan Marsh"
TYPED = "She said that she likes the bus."


def kept(client, draft, child, text, version):
    """An autosave of a note, as the script sends it."""
    form = {"draft-act": "add-note", "draft-record": str(child), "version": str(version), "text": text}
    return client.post(reverse("draft", args=[draft]), form)


def test_an_autosave_that_was_overtaken_changes_nothing_and_is_kept_beside(people):
    child, draft, client = allocated(people), uuid4(), people.client(PRIYA)
    assert kept(client, draft, child, "She", 0).json()["version"] == 1
    assert kept(client, draft, child, "She said that", 1).json()["version"] == 2
    late = kept(client, draft, child, "She said", 1)
    assert late.status_code == 409
    page = client.get(late.json()["merge"])
    assert "She said that" in main(page)
    texts = sorted(one.data["text"][0] for one in Draft.objects.all())
    assert texts == ["She said", "She said that"]
    # The very same one again, because its answer was lost, is no second text.
    assert kept(client, draft, child, "She said that", 1).json()["version"] == 2
    assert Draft.objects.count() == 2


def test_an_autosave_that_comes_after_the_sending_is_kept_and_records_nothing(people):
    child, draft, client = allocated(people), str(uuid4()), people.client(PRIYA)
    assert kept(client, draft, child, "She", 0).json()["version"] == 1
    form = {"draft": draft, "version": "1", "key": draft, "text": TYPED}
    assert client.post(reverse("add-note", args=[child]), form).status_code == 302
    late = kept(client, draft, child, "She said more", 1)
    assert late.status_code == 409
    assert "She said more" in [one.data["text"][0] for one in Draft.objects.filter(submitted_at__isnull=True)]
    notes = [one.data["text"] for one in view(child).standing.events if one.type == "note.added"]
    assert notes == [TYPED]


def test_a_tab_that_was_without_a_connection_loses_nothing(people):
    """Five saves later it comes back with what was typed from the version it began with."""
    child, strand = begun(people)
    address = reverse("assessment-section", args=[child, strand, "health"])
    script, online = {"accept": "application/json"}, people.client(EWAN)
    for version in range(5):
        form = {"version": str(version), "text": f"Ewan {version}."}
        assert online.post(address, form, headers=script).status_code == 200
    offline = people.client(PRIYA)
    late = offline.post(address, {"version": "0", "text": TYPED}, headers=script)
    assert late.status_code == 409
    page = main(offline.get(late.json()["merge"]))
    assert TYPED in page
    assert "Ewan 4." in page
    assert SectionApart.objects.get().data["text"] == TYPED


def test_the_session_ends_while_somebody_writes(people, clock):
    child, draft = allocated(people), str(uuid4())
    address, client = reverse("add-note", args=[child]), Client()
    client.cookies = people.client(PRIYA).cookies
    assert kept(client, draft, child, TYPED, 0).json()["version"] == 1
    clock.at += timedelta(minutes=25)
    before = rows()
    form = {"draft": draft, "version": "1", "key": draft, "text": TYPED}
    away = client.post(address, form)
    assert away.status_code in (302, 303, 401, 403)
    assert rows() == before
    assert kept(client, draft, child, "Somebody else now", 1).status_code in (302, 303, 401, 403)
    assert rows() == before
    # Signed in again, the page offers what was kept; and what stood in the browser is taken as it stands.
    again = people.client(PRIYA)
    assert TYPED in main(again.get(address))
    assert again.post(address, form).status_code == 302
    assert TYPED in [one.data.get("text") for one in view(child).standing.events]
