"""AU-6: a form from elsewhere, without this browser's key, or with another's, changes nothing; signing in included.

That no page changes a row by being looked at is in test_crawl; every address without a key, in tests/meta/test_policies.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.attacks.database import rows
from tests.attacks.places import places
from tests.interfaces.web.views.test_contact import NEW

REFUSED = 403


def token(client, address="/sign-in/"):
    """The key that a page gives its forms."""
    page = client.get(address).content.decode()
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def unsafe(house):
    return [(name, place) for name, place in places(house).items() if "POST" in place.methods]


@pytest.mark.attack
def test_no_form_is_taken_without_its_key_nor_with_another_s(house):
    stranger = token(Client(enforce_csrf_checks=True))
    before, tried = rows(), 0
    for name, place in unsafe(house):
        forged = {"csrfmiddlewaretoken": stranger, "text": "From elsewhere", "confirm-wanted": "POST"}
        for form in ({"text": "From elsewhere"}, forged, {"csrfmiddlewaretoken": ""}):
            client = house.client(place.who, csrf=True)
            assert client.post(place.address, form).status_code == REFUSED, name
            tried += 1
    assert tried > 100
    assert rows() == before


@pytest.mark.attack
def test_nor_with_the_key_of_another_browser_beside_one_s_own(house):
    """Whoever signed in elsewhere has a key of their own; it is worth nothing here."""
    mallory = token(house.client("Ewan Marsh", csrf=True), "/work/")
    for name, place in unsafe(house):
        client = house.client(place.who, csrf=True)
        own = token(client, "/account/")
        assert own != mallory
        refused = client.post(place.address, {"csrfmiddlewaretoken": mallory, "text": "x"})
        assert refused.status_code == REFUSED, name


@pytest.mark.attack
def test_nor_as_plain_text_nor_as_data(house):
    for name, place in unsafe(house):
        for kind, body in (("text/plain", b"text=x"), ("application/json", b'{"text": "x"}')):
            client = house.client(place.who, csrf=True)
            client.get("/account/")
            refused = client.generic("POST", place.address, body, content_type=kind)
            assert refused.status_code == REFUSED, (name, kind)


def test_with_its_own_key_it_is_taken(house):
    """The twin: the very same browser, with the key its page gave it."""
    client = house.client("Beth Lomas", csrf=True)
    key = token(client, "/contacts/new/")
    form = {**NEW, "draft": "11111111-1111-4111-8111-111111111111", "version": "0", "send": "yes"}
    assert client.post("/contacts/new/", form).status_code == REFUSED
    taken = client.post("/contacts/new/", {**form, "csrfmiddlewaretoken": key})
    assert taken.status_code == 302


def test_what_was_written_into_our_own_page_is_shown_again_and_what_another_site_sent_is_not(house):
    """Whoever signed out in another tab loses no word; nobody elsewhere has us show theirs."""
    client = house.client("Priya Shah", csrf=True)
    form = {"text": "She said \r\n<b>she slept</b> at Nan's.", "key": "k-1"}
    shown = client.post("/contacts/new/", form, headers={"origin": "http://testserver"})
    assert shown.status_code == REFUSED
    assert "&lt;b&gt;she slept&lt;/b&gt; at Nan&#x27;s." in shown.content.decode()
    for elsewhere in ({"origin": "https://elsewhere.example"}, {"origin": "null"}, {}):
        refused = client.post("/contacts/new/", form, headers=elsewhere)
        assert refused.status_code == REFUSED
        assert "she slept" not in refused.content.decode()


def test_signing_out_gives_the_next_person_another_key(house):
    client = house.client("Priya Shah", csrf=True)
    key = token(client, "/account/")
    client.post("/sign-out/", {"csrfmiddlewaretoken": key})
    assert client.post("/sign-in/", {"csrfmiddlewaretoken": key, "sign-in-name": "x"}).status_code == REFUSED
    fresh = token(client)
    assert client.post("/sign-in/", {"csrfmiddlewaretoken": fresh, "sign-in-name": "x"}).status_code == 200
