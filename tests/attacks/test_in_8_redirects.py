"""Signing in leads nowhere but into this application, whatever `next` says (IN-8)."""

from __future__ import annotations

import pytest
from django.test import Client

from cairn.application import sign_in

ELSEWHERE = (
    "https://elsewhere.example/",
    "http://elsewhere.example/work/",
    "//elsewhere.example",
    "///elsewhere.example",
    "////elsewhere.example",
    r"\\elsewhere.example",
    r"/\elsewhere.example",
    r"\/elsewhere.example",
    "https:elsewhere.example",
    "https:///elsewhere.example",
    "http://testserver@elsewhere.example/",
    "http://testserver.elsewhere.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "\tjavascript:alert(1)",
    " //elsewhere.example",
    "\x00//elsewhere.example",
    "/work/\r\nLocation: https://elsewhere.example/",
    "http://[::1",
    "ftp://testserver/",
)


@pytest.fixture(autouse=True)
def made_up_database(monkeypatch):
    """The test's database taken for a made-up authority's."""
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")


def choose(people, back):
    return Client().post("/sign-in/", {"person": str(people.ids["Priya Shah"]), "next": back})


@pytest.mark.parametrize("back", ELSEWHERE)
def test_it_leads_nowhere_else(people, back):
    sent = choose(people, back)
    assert sent.status_code == 302
    assert sent["Location"] in ("/work/", "/work/%0D%0ALocation:%20https://elsewhere.example/")


@pytest.mark.parametrize("back", ["/team/", "/find/", "/work/?group=child"])
def test_it_leads_back_to_where_one_was_going(people, back):
    assert choose(people, back)["Location"] == back


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_page_carries_it_as_text_only(people, back):
    page = Client().get("/sign-in/", {"next": back}).content.decode()
    assert "<script>alert" not in page
    assert 'href="http' not in page


def test_what_leads_back_to_a_list_leads_to_no_other_address(house):
    """The only other address that a form carries: back to the list on which lines were chosen."""
    client = house.client("Joanne Whitlock")
    for back in ELSEWHERE:
        answer = client.post("/work/lines/", {"do": "seen", "back": back})
        page = answer.content.decode()
        assert answer.get("Location", "/work/").startswith("/work/"), back
        for led in ("http", "//", "/\\", "\\", "javascript", "data:"):
            assert f'href="{led}' not in page, back
