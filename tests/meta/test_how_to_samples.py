"""The page on samples for auditors, followed: what it calls things stands on the pages of Cairn, its figures are those in use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from tests.interfaces.web.views.conftest import clock, people, static_files
from tests.interfaces.web.views.test_audits import COLM, RUTH, children, drawn, opens, send
from tests.interfaces.web.views.test_chairs import HELEN

from cairn.application.auditing import MOST, OF
from cairn.application.rights import limits, role_book
from cairn.records import staff

__all__ = ["children", "clock", "people", "static_files"]
pytestmark = pytest.mark.django_db
HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "draw-a-sample.md"
TEXT = " ".join(HOW_TO.read_text("utf-8").split())


def test_a_sample_is_drawn_and_ended_as_the_page_says(people, children):
    team = people.teams["Referral and Assessment"]
    staff.give_manager(team, people.ids[HELEN])
    said = send(people, number="9").content.decode()
    assert "There are no more of that kind." in said
    child = drawn(people)[0].record
    work = people.client(COLM).get(reverse("my-work")).content.decode()
    assert people.number(child) in work
    pages = [
        people.client(HELEN).get(reverse(name, args=[child])).content.decode()
        for name in ("child", "restriction", "chairs")
    ]
    shown = " ".join([said, work, *pages]).lower()
    for bold in re.findall(r"\*\*([^*]+)\*\*", TEXT):
        words = bold.rstrip(".").replace("names who chairs", "name who chairs").lower()
        assert words in shown, bold
    people.client(RUTH).post(reverse("end-audit", args=[drawn(people)[0].id]))
    assert opens(people, child) == 403


def test_the_figures_and_kinds_of_the_page_are_those_in_use():
    assert f"from 1 to {MOST}" in TEXT
    assert f"{limits().audit.longest_days} days at most" in TEXT
    for one in OF.values():
        assert one.lower().removeprefix("the ") in TEXT.lower(), one
    assert role_book().with_right("names chairs") == {"service manager"}
    assert role_book().with_right("guards access") == {"information governance"}
