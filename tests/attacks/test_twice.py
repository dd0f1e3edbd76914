"""Sent twice, or fifty times at once, a form is taken once, and each sending gets the same answer (CO-5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.attacks.database import rows
from tests.interfaces.web.views.children import event
from tests.interfaces.web.views.test_contact import NEW
from tests.people import made_up_staff

from cairn.records import register
from cairn.records.models import LedgerEvent, Outbox, Record

AT_ONCE = 50
DECISION = {
    "outcome": "assessment",
    "leads_to": "not_known",
    "reason": "A fuller picture is needed.",
    "status": "not_known",
    "earlier_records_located": "none_exist",
    "no_siblings": "yes",
    "impact_on_others": "She is the only child.",
    "sign": "yes",
}


def once(house, name):
    """Who sends which form to which address, whole and right."""
    child, key = house.allocated, str(uuid4())
    note = [child, house.note]
    drafted = {"draft": key, "version": "0", "key": key}
    forms = {
        "new-contact": ("Beth Lomas", [], {**NEW, **drafted, "send": "yes"}),
        "decide-contact": (
            "Sheila Knowles",
            [house.children["contact"]],
            {**drafted, "outcome": "no_further_action", "reason": "Advice was enough.", "sign": "yes"},
        ),
        "decide-referral": ("Martin Oyelaran", [house.children["referral"]], {**drafted, **DECISION}),
        "allocate": (
            "Joanne Whitlock",
            [house.children["decided"]],
            {"worker": str(house.people.ids["Ewan Marsh"]), "reason": "Knows the school.", "key": key},
        ),
        "add-note": ("Priya Shah", [child], {**drafted, "text": "The school rang."}),
        "acknowledge-referral": ("Priya Shah", [child], {"do": "sent", "how": "letter", "key": key}),
        "tell-referrer": (
            "Priya Shah",
            [child],
            {"do": "sent", "how": "letter", "next_steps": "A visit.", "key": key},
        ),
        "correct": ("Priya Shah", note, {"text": "The school wrote.", "mend-reason": "A slip.", "key": key}),
        "withdraw": ("Priya Shah", note, {"mend-reason": "A slip.", "key": key}),
        "move": (
            "Martin Oyelaran",
            note,
            {"to": str(house.children["decided"]), "mend-reason": "The wrong child.", "key": key},
        ),
    }
    who, args, form = forms[name]
    return who, reverse(name, args=args), with_what_was_seen(form, args)


def with_what_was_seen(form, args):
    """An authorisation says which events its writer saw."""
    found = register.record(args[0]) if args else None
    seen = {"seen": str(found.version)} if found else {}
    if found and "outcome" in form:
        kind = "referral.received" if "leads_to" in form else "contact.received"
        seen["strand"] = event(args[0], kind).id
    return {**form, **seen}


FORMS = (
    "new-contact", "decide-contact", "decide-referral", "allocate", "add-note", "acknowledge-referral", "tell-referrer",
    "correct", "withdraw", "move",
)  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_sent_again_it_changes_nothing_and_answers_alike(house, name):
    """As by Back and sending again, by a double click, or by a browser that tries again."""
    who, address, form = once(house, name)
    client, before = house.client(who), rows()
    first = client.post(address, form)
    taken = rows()
    assert first.status_code == 302, first.content.decode()
    assert taken["records_ledgerevent"] != before["records_ledgerevent"]
    for _ in range(2):
        again = client.post(address, form)
        assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert rows() == taken


def test_the_key_of_somebody_else_s_form_is_worth_nothing(house):
    who, address, form = once(house, "add-note")
    assert house.client(who).post(address, form).status_code == 302
    before = rows()
    assert house.client("Ewan Marsh").post(address, form).status_code in (403, 404, 422)
    assert rows() == before


def test_of_fifty_at_once_one_contact_is_taken(committed_database, clock, collected_files):
    people = made_up_staff()
    form = {**NEW, "draft": str(uuid4()), "version": "0", "send": "yes"}
    cookies, together = people.client("Beth Lomas").cookies, Barrier(AT_ONCE)

    def send(_):
        browser = Client()
        browser.cookies = cookies
        together.wait(timeout=60)
        try:
            return browser.post(reverse("new-contact"), form)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(send, range(AT_ONCE)))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Record.objects.count() == 1
    assert LedgerEvent.objects.filter(type="contact.received").count() == 1
    errands = Outbox.objects.count()
    # As many errands as one other contact makes.
    people.client("Beth Lomas").post(reverse("new-contact"), {**form, "draft": str(uuid4())})
    assert Record.objects.count() == 2
    assert Outbox.objects.count() == 2 * errands
