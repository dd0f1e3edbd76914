"""Nothing of a record is kept on the way, or under another name, or after signing out (IN-10); nor told on (IN-11)."""

from __future__ import annotations

from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.attacks.house import PERSONAL
from tests.attacks.places import places

from cairn.config import gunicorn

ENDINGS = (
    "x.css",
    "x.js",
    "x.png",
    "index.html",
    "favicon.ico",
    ";x.css",
    "%2fx.css",
    "..%2fstatic%2fcairn.css",
    "?x.css/",
    "x.pdf",
)
OPEN_TO_ANYBODY = frozenset(
    {
        "home",
        "sign-in",
        "sign-out",
        "help",
        "help-problem",
        "help-accessibility",
        "help-privacy",
        "help-changes",
    }
)


def shown(house):
    return {name: place for name, place in places(house).items() if "GET" in place.methods}


def body(answer):
    return (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")


def test_no_page_and_no_file_may_be_kept_by_anybody(house):
    for name, place in shown(house).items():
        answer = house.client(place.who).get(place.address)
        assert "no-store" in answer["Cache-Control"], name
        assert "public" not in answer["Cache-Control"], name
        assert "ETag" not in answer, name
        assert "Last-Modified" not in answer, name


def test_after_signing_out_the_same_browser_is_shown_nothing(house):
    pages = {
        name: place
        for name, place in shown(house).items()
        if name not in OPEN_TO_ANYBODY and place.who == "Priya Shah"
    }
    client = house.client("Priya Shah")
    assert "Fourcanary" in body(client.get(pages["child"].address))
    client.post("/sign-out/")
    for name, place in pages.items():
        answer = client.get(place.address)
        # Some pages of signing in by steps are open to whoever is on the way; none of them is of a record.
        assert answer.status_code == 302 or not place.record, name
        assert [one for one in PERSONAL if one in body(answer)] == [], name


def test_a_proxy_that_keeps_what_it_may_gives_a_second_person_nothing_of_the_first(house):
    """It keeps whatever is not said to be kept by nobody, by its address alone, as a badly set one does."""
    kept = {}
    for place in shown(house).values():
        answer = house.client(place.who).get(place.address)
        if not {"no-store", "private"} & {one.strip() for one in answer["Cache-Control"].split(",")}:
            kept[place.address] = body(answer)
    assert kept == {}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_page_is_nothing_else_under_the_name_of_a_file(house, ending):
    for name in ("child", "timeline", "my-work", "entry", "draft"):
        place = places(house)[name]
        answer = house.client(place.who).get(f"{place.address}{ending}")
        is_the_page = ending.startswith("?")
        assert answer.status_code in ((200, 302) if is_the_page else (404,)), (name, ending)
        if not is_the_page:
            assert [one for one in PERSONAL if one in body(answer)] == [], name
        assert "no-store" in answer["Cache-Control"], name


def test_in_11_the_web_server_writes_no_log_of_who_asked_for_what():
    """Who looked at what is in the access log of the records, which is guarded; a web server's would be in nobody's care."""
    assert gunicorn.accesslog is None
    assert gunicorn.loglevel == "warning"
    assert import_module("cairn.config.gunicorn").errorlog == "-"


@pytest.mark.attack
def test_in_11_nothing_is_told_to_another_site_by_any_page(house):
    for name, place in shown(house).items():
        assert house.client(place.who).get(place.address)["Referrer-Policy"] == "same-origin", name
    assert Client().get("/nowhere/")["Referrer-Policy"] == "same-origin"


def test_in_11_what_was_searched_for_is_in_no_address(house):
    """It is sent, and never asked for by an address: an address stands in histories and in other servers' logs."""
    client = house.client("Beth Lomas")
    answer = client.post("/find/", {"first_name": "Wren", "surname": "Fourcanary"}, follow=True)
    for address, _ in answer.redirect_chain:
        assert [one for one in PERSONAL if one in address] == []
    assert "Fourcanary" not in urlsplit(answer.request["PATH_INFO"]).path
    assert "Fourcanary" not in answer.request.get("QUERY_STRING", "")
    by_address = client.get("/find/", {"find": "Fourcanary", "first_name": "Wren", "surname": "Fourcanary"})
    assert "Fourcanary" not in by_address.content.decode(), "an address looks for nobody"
