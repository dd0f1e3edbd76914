"""The how-to page for adding a page, followed: its view, its template and its address, served to somebody signed in."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path

import pytest
from django.test import Client
from django.urls import include, path
from tests.people import made_up_staff

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-a-page.md"


@pytest.fixture
def written():
    return dict(
        zip(
            ("view", "template", "address"),
            re.findall(r"```(?:python|html)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL),
            strict=True,
        )
    )


@pytest.fixture
def served(written, tmp_path, monkeypatch, settings):
    """The page put in its places: a module for the view, a folder for the template, and an address."""
    view = types.ModuleType("how_to_view")
    exec(compile(written["view"], str(PAGE), "exec"), view.__dict__)
    (tmp_path / "due_count.html").write_text(written["template"], "utf-8")
    address = eval(compile(written["address"].strip(), str(PAGE), "eval"), {"path": path, **view.__dict__})
    urls = types.ModuleType("how_to_urls")
    urls.urlpatterns = [address, path("", include("cairn.interfaces.web.urls"))]
    monkeypatch.setitem(sys.modules, "how_to_urls", urls)
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [engine]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ROOT_URLCONF = "how_to_urls"
    return address


@pytest.mark.django_db
def test_the_page_of_the_how_to_is_served(served):
    answer = made_up_staff().client("Priya Shah").get("/due-count/")
    assert answer.status_code == 200
    assert "0 things are due" in answer.content.decode()


@pytest.mark.django_db
def test_nobody_reaches_it_who_is_not_signed_in(served):
    answer = Client().get("/due-count/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.django_db
def test_it_takes_no_other_method(served):
    assert made_up_staff().client("Priya Shah").post("/due-count/").status_code == 405
