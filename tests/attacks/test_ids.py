"""An id that belongs elsewhere is not there: of an entry, a date, a referral, a draft, a worker, a record (AZ-3)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.attacks.database import rows
from tests.interfaces.web.views.children import due_key, event

# One whose own two children these are, so that nothing but the mismatch stands against it.
OWNER = "Martin Oyelaran"
ENTRY_PAGES = ("entry", "correct", "withdraw", "move")


@pytest.fixture
def client(house):
    return house.client(OWNER)


def test_an_entry_is_on_its_own_record_only(house, client):
    for page in ENTRY_PAGES:
        assert client.get(reverse(page, args=[house.allocated, house.note])).status_code == 200
        for other in ("decided", "referral", "contact"):
            away = client.get(reverse(page, args=[house.children[other], house.note]))
            assert away.status_code == 404, (page, other)
            assert "Fourcanary" not in away.content.decode()


def test_nothing_is_mended_through_another_record(house, client):
    before = rows()
    form = {"text": "Changed", "mend-reason": "Because.", "to": str(house.children["decided"])}
    for page in ENTRY_PAGES[1:]:
        wrong = reverse(page, args=[house.children["decided"], house.note])
        assert client.post(wrong, {**form, "key": str(uuid4())}).status_code == 404, page
    assert rows() == before


def test_an_entry_that_is_none_is_not_found(house, client):
    for entry in ("0", "no-such-entry", "' OR 1=1 --", "..", "%2e%2e"):
        assert client.get(f"/records/{house.allocated}/entries/{entry}/").status_code == 404, entry


def test_a_date_is_on_its_own_record_only(house, client):
    key = due_key(house.allocated, "assessment-complete")
    assert client.get(reverse("why", args=[house.allocated, key])).status_code == 200
    assert client.get(reverse("why", args=[house.children["decided"], key])).status_code == 404


def test_a_referral_is_on_its_own_record_only(house, client):
    strand = event(house.allocated, "referral.received").id
    assert client.get(reverse("referral", args=[house.allocated, strand])).status_code == 200
    away = client.get(reverse("referral", args=[house.children["decided"], strand]))
    assert away.status_code == 404
    assert "Fourcanary" not in away.content.decode()


def test_a_decision_is_never_about_a_process_of_another_record(house):
    """A named process that is not on this record is not taken for one that is."""
    theirs = event(house.allocated, "referral.received").id
    form = {
        "strand": theirs,
        "outcome": "assessment",
        "reason": "Mine.",
        "sign": "yes",
        "draft": str(uuid4()),
    }
    before = event(house.allocated, "referral.decided")
    house.client(OWNER).post(reverse("decide-referral", args=[house.children["referral"]]), form)
    assert event(house.allocated, "referral.decided") == before
    moved = house.client(OWNER).post(
        reverse("act", args=[house.children["decided"], "record-visit"]), {"strand": theirs}
    )
    assert moved.status_code in (404, 422)


def test_a_draft_opens_on_its_own_record_only(house):
    for name, page, stage in (
        ("Joanne Whitlock", "add-note", "allocated"),
        (OWNER, "decide-referral", "referral"),
        (OWNER, "record-referral", "allocated"),
    ):
        address = reverse(page, args=[house.children[stage]])
        shown = house.client(name).get(address, {"draft": house.draft_of_contact})
        assert shown.status_code in (200, 404), page
        assert str(house.draft_of_contact) not in shown.content.decode()


def test_an_entry_is_moved_to_no_record_that_one_may_not_open(house):
    """Priya may not open the contact: nothing can be put on it, nor taken from its search."""
    before = rows()
    form = {"to": str(house.children["contact"]), "mend-reason": "Wrong child.", "key": str(uuid4())}
    refused = house.client("Priya Shah").post(reverse("move", args=[house.allocated, house.note]), form)
    assert refused.status_code in (403, 404, 422)
    assert "Onecanary" not in refused.content.decode()
    assert rows() == before


def test_a_contact_goes_on_no_record_that_no_search_found(house):
    before = rows()
    form = {"who": str(house.allocated), "send": "yes", "received-day": "23", "draft": str(uuid4())}
    refused = house.client("Rosa Quill").post(reverse("new-contact"), form)
    assert refused.status_code in (403, 422)
    assert "Fourcanary" not in refused.content.decode()
    after = rows()
    assert {name: after[name] for name in after if "draft" not in name} == {
        name: before[name] for name in before if "draft" not in name
    }


def test_a_child_is_given_to_nobody_who_is_not_a_worker_of_the_team(house):
    address = reverse("allocate", args=[house.children["decided"]])
    for name in ("Rosa Quill", "Gone Away", "Dilys Penhale"):
        form = {"worker": str(house.people.ids[name]), "reason": "Mine.", "key": str(uuid4())}
        assert house.client("Joanne Whitlock").post(address, form).status_code == 422, name
