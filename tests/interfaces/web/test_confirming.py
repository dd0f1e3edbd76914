"""Before the gravest acts somebody shows again who they are, and goes on with the form as it was sent."""

from __future__ import annotations

import sys
import types
from datetime import timedelta
from html import unescape
from re import findall

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application import sign_in
from cairn.interfaces.web.confirming import asked_again
from cairn.interfaces.web.policy import signed_in

__all__ = ["clock", "people", "static_files"]
WHY = "You are about to open a record that nothing else opens for you."
TYPED = {"reason": "A child may\r\ncome to harm & <now>", "kind": ["one", "two"], "key": "k-1"}


@signed_in("GET", "POST", strong=WHY)
def grave(request, actor):
    return HttpResponse(repr(sorted(request.POST.lists())) if request.method == "POST" else "the form")


@signed_in("POST", strong=WHY)
def broken(request, actor):
    raise RuntimeError("after it was confirmed")


@signed_in("GET", "POST")
def sometimes(request, actor):
    asked = asked_again(request, actor, WHY) if request.POST.get("grave") else None
    return asked or HttpResponse("done")


@pytest.fixture
def browser(people, monkeypatch, settings):
    """Priya Shah, who chose herself on a made-up authority's database, before two grave views."""
    urls = types.ModuleType("grave_urls")
    urls.urlpatterns = [
        path("grave/", grave),
        path("broken/", broken),
        path("sometimes/", sometimes),
        path("", include("cairn.interfaces.web.urls")),
    ]
    monkeypatch.setitem(sys.modules, "grave_urls", urls)
    settings.ROOT_URLCONF = "grave_urls"
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    browser = Client()
    browser.post("/sign-in/", {"person": str(people.ids["Priya Shah"])})
    return browser


def carried(answer):
    """What the page that asks would send, its own fields left out."""
    found = findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', answer.content.decode())
    sent = {}
    for name, value in found:
        if name != "csrfmiddlewaretoken":
            sent.setdefault(unescape(name), []).append(unescape(value))
    return sent


def test_who_signed_in_just_now_is_not_asked(browser):
    assert browser.get("/grave/").content == b"the form"
    assert browser.post("/grave/", TYPED).status_code == 200


def test_after_five_minutes_the_page_asks_and_says_what_for(browser, clock):
    clock.at += timedelta(minutes=4, seconds=59)
    assert browser.get("/grave/").status_code == 200
    clock.at += timedelta(seconds=1)
    asked = browser.get("/grave/?of=somebody")
    assert asked.status_code == 403
    assert WHY in asked.content.decode()
    assert 'action="/grave/?of=somebody"' in asked.content.decode()


def test_what_was_typed_goes_on_as_it_was_sent(browser, people, clock):
    clock.at += timedelta(minutes=5)
    asked = browser.post("/grave/", TYPED)
    assert asked.status_code == 403
    form = carried(asked)
    assert form.pop("confirm-wanted") == ["POST"]
    assert form == {"reason": [TYPED["reason"]], "kind": ["one", "two"], "key": ["k-1"]}
    before = browser.session.session_key
    done = browser.post(
        "/grave/", {**form, "confirm-wanted": "POST", "confirm-person": str(people.ids["Priya Shah"])}
    )
    assert done.content.decode() == repr(sorted(form.items()))
    assert browser.session.session_key != before


def test_a_page_that_was_only_asked_for_is_shown_after(browser, people, clock):
    clock.at += timedelta(minutes=6)
    form = carried(browser.get("/grave/?of=somebody"))
    sent = browser.post("/grave/?of=somebody", {**form, "confirm-person": str(people.ids["Priya Shah"])})
    assert (sent.status_code, sent["Location"]) == (302, "/grave/?of=somebody")
    assert browser.get(sent["Location"]).content == b"the form"


@pytest.mark.parametrize("wrong", ["", "nobody", "Beth Lomas"])
def test_nobody_confirms_for_somebody_else_and_nothing_typed_is_lost(browser, people, clock, wrong):
    clock.at += timedelta(minutes=5)
    chosen = str(people.ids.get(wrong, wrong))
    again = browser.post("/grave/", {**TYPED, "confirm-wanted": "POST", "confirm-person": chosen})
    assert again.status_code == 403
    assert carried(again)["reason"] == [TYPED["reason"]]
    assert browser.post("/grave/", TYPED).status_code == 403


def test_what_only_looks_like_an_answer_opens_nothing(browser, clock):
    clock.at += timedelta(minutes=5)
    for given in ({"confirm-wanted": "GET"}, {"confirm-code": "000000"}, {"confirm-passkey": "{}"}):
        assert browser.post("/grave/", {**TYPED, **given}).status_code == 403


def test_a_view_asks_by_itself_where_only_some_of_what_it_does_is_grave(browser, people, clock):
    clock.at += timedelta(minutes=5)
    assert browser.post("/sometimes/", {"light": "yes"}).content == b"done"
    form = carried(browser.post("/sometimes/", {"grave": "yes"}))
    done = browser.post("/sometimes/", {**form, "confirm-person": str(people.ids["Priya Shah"])})
    assert done.content == b"done"


def test_a_view_that_fails_after_it_leaves_the_person_signed_in(browser, people, clock):
    clock.at += timedelta(minutes=5)
    browser.raise_request_exception = False
    form = {"confirm-wanted": "POST", "confirm-person": str(people.ids["Priya Shah"])}
    assert browser.post("/broken/", form).status_code == 500
    assert browser.get("/work/").status_code == 200
