"""The frame of every page: whose it is, who is signed in, and what was just done or has to be put right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import override_settings
from tests.interfaces.web.looks.gallery import CHROME, render

from cairn.interfaces.web import components as c
from cairn.interfaces.web.chrome import Chrome, Crumb, NavigationItem, Notice

PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(autouse=True)
def plain_static_files():
    with override_settings(STORAGES=PLAIN):
        yield


def test_a_page_with_mistakes_says_so_in_its_title_and_leads_to_them():
    page = render("", errors=c.ErrorSummary(faults=(c.Fault("Enter the date of the visit", "visited-day"),)))
    assert "<title>Error: Gallery - Cairn - Fellmere Council</title>" in page
    assert '<a href="#visited-day">Enter the date of the visit</a>' in page
    assert "<title>Gallery - Cairn" in render("")


def test_the_search_and_signing_out_are_posts_so_that_no_name_stands_in_an_address():
    page = render("")
    assert (
        '<form class="c-header__find" role="search" method="post" action="/find/"><input type="hidden" name="csrf'
        in page
    )
    assert '<form method="post" action="/sign-out/"><input type="hidden" name="csrf' in page
    assert 'method="get"' not in page.lower()


def test_nobody_signed_in_sees_no_search_no_navigation_and_no_session():
    page = render("", chrome=Chrome(authority="Fellmere Council"))
    for there in ("c-header__find", "Sign out", "service-navigation", "data-session-seconds"):
        assert there not in page
    assert "Accessibility statement" in page


def test_the_practice_strip_stands_only_in_practice():
    assert "Practice environment" in render("")
    assert "Practice environment" not in render("", chrome=replace(CHROME, practice=False))


def test_the_place_in_the_navigation_and_its_counts_are_said():
    items = (NavigationItem("My work", "/", 5, current=True), NavigationItem("Team", "/team/", 0))
    page = render(
        "", chrome=replace(CHROME, navigation=items, breadcrumbs=(Crumb("Okafor-Reed family", "/f/"),))
    )
    assert 'aria-current="true"' in page
    assert '5<span class="govuk-visually-hidden"> due now</span>' in page
    assert page.count("c-count") == 1
    assert 'aria-label="Breadcrumb"' in page


def test_what_was_just_done_is_read_out():
    page = render("", notices=(Notice("The visit is signed.", link=None),))
    assert '<div class="c-notice c-notice--done" role="status">' in page


def test_a_name_cannot_bring_markup_into_the_frame():
    page = render("", chrome=replace(CHROME, staff_name="<script>x</script>", authority="A & B"))
    assert "<script>x" not in page
    assert "A &amp; B" in page
