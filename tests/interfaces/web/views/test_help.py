"""Help and the pages for what went wrong: for anybody, in plain words, with nothing of the inside."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import reverse
from tests.interfaces.web.views.children import main

from cairn.interfaces.web.chrome import FOOTER
from cairn.interfaces.web.views import errors

PAGES = ("help", "help-problem", "help-accessibility", "help-privacy", "help-changes")


@pytest.mark.parametrize("page", PAGES)
def test_help_is_for_anybody_signed_in_or_not(people, client, page):
    for browser in (client, people.client("Beth Lomas")):
        shown = browser.get(reverse(page))
        assert shown.status_code == 200
        assert shown.content.decode().count("<h1") == 1
    assert client.post(reverse(page)).status_code == 405


def test_the_footer_leads_to_each(people):
    assert {link.href for link in FOOTER} == {reverse(page) for page in PAGES}


def test_the_accessibility_statement_claims_no_more_than_was_checked(client, db):
    assert "does not claim that Cairn meets them in full" in main(client.get(reverse("help-accessibility")))


def test_an_address_of_nothing_is_answered_in_the_house_layout(client, db):
    away = client.get("/nowhere/")
    assert away.status_code == 404
    assert "We cannot find this page" in main(away)
    assert "c-footer" in away.content.decode()


def fail_with(fault):
    try:
        raise fault
    except type(fault):
        return errors.failed(RequestFactory().get("/"))


def test_a_fault_of_ours_shows_a_reference_that_is_in_the_log_and_nothing_else(caplog):
    with caplog.at_level(logging.ERROR):
        page = fail_with(ValueError("Wren Made-up")).content.decode()
    reference = caplog.records[-1].getMessage().split()[4]
    assert f"<strong>{reference}</strong>" in page
    assert "Wren" not in page
    assert "Traceback" not in page
    assert "ring 999" in page


def test_where_the_database_is_away_it_says_so_and_when_to_come_back():
    page = fail_with(OperationalError("no server"))
    assert page.status_code == 503
    assert page["Retry-After"] == "60"
    assert "Cairn cannot be reached just now" in page.content.decode()


def test_refusals_have_the_house_layout_too():
    request = RequestFactory().get("/")
    assert errors.not_allowed(request).status_code == 403
    assert errors.wrong_request(request).status_code == 400
