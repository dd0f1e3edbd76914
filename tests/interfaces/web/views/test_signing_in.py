"""Signing in by choosing a made-up person: on a made-up authority's database, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people import made_up_staff

from cairn.application import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up_database(monkeypatch):
    """The test's database taken for a made-up authority's, as its name would say."""
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")


@pytest.fixture
def people():
    return made_up_staff()


def choose(browser, people, name, back=""):
    return browser.post("/sign-in/", {"person": str(people.ids[name]), "next": back})


def test_on_real_records_nobody_can_be_chosen(people):
    browser = Client()
    assert "Priya Shah" not in browser.get("/sign-in/").content.decode()
    assert "is not right" in choose(browser, people, "Priya Shah").content.decode()
    assert browser.get("/work/").status_code == 302


def test_a_person_is_chosen_and_goes_on_where_they_were_going(made_up_database, people):
    browser = Client()
    asked = browser.get("/team/")
    assert asked["Location"] == "/sign-in/?next=%2Fteam%2F"
    assert "Priya Shah" in browser.get(asked["Location"]).content.decode()
    assert choose(browser, people, "Priya Shah", "/team/")["Location"] == "/team/"
    assert "Priya Shah" in browser.get("/work/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_signing_in_leads_nowhere_else(made_up_database, people, back):
    assert choose(Client(), people, "Priya Shah", back)["Location"] == "/work/"


def test_the_session_changes_with_the_person(made_up_database, people):
    browser = Client()
    choose(browser, people, "Priya Shah")
    before = browser.session.session_key
    choose(browser, people, "Beth Lomas")
    assert browser.session.session_key != before


def test_a_leaver_cannot_be_chosen_and_a_live_session_of_theirs_ends(made_up_database, people):
    assert choose(Client(), people, "Gone Away")["Location"] == "/sign-in/"
    assert people.client("Gone Away").get("/work/").status_code == 302


def test_signing_out_ends_the_session(made_up_database, people):
    browser = people.client("Priya Shah")
    answer = browser.post("/sign-out/")
    assert answer["Clear-Site-Data"]
    assert browser.get("/work/").status_code == 302
    assert browser.get("/sign-out/").status_code == 405


def test_staying_signed_in_needs_no_page(people):
    assert people.client("Priya Shah").post("/stay/").status_code == 204


def test_a_session_in_use_lasts_on_and_is_saved_once_a_minute(people, clock):
    browser = people.client("Priya Shah")

    def saved():
        with CaptureQueriesContext(connection) as sent:
            assert browser.post("/stay/").status_code == 204
        return any('UPDATE "django_session"' in one["sql"] for one in sent.captured_queries)

    assert not saved()
    clock.at += timedelta(seconds=59)
    assert not saved()
    clock.at += timedelta(seconds=1)
    assert [saved(), saved()] == [True, False]


def test_which_database_it_is_is_asked_once_a_process(people):
    sign_in.is_made_up()
    with CaptureQueriesContext(connection) as sent:
        assert not sign_in.is_made_up()
    assert not sent.captured_queries
