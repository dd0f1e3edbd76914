"""The pages on emergencies and on conflicts of interest, followed: what they call things stands on the pages of Cairn."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, main
from tests.interfaces.web.views.conftest import clock, people, static_files
from tests.interfaces.web.views.test_breaking_glass import ROSA, SENT, broken
from tests.interfaces.web.views.test_conflicts import SAID
from tests.interfaces.web.views.test_finding import find

from cairn.adapters.alert_mail import MailedAlerts, mailed_alerts
from cairn.application.rights import limits, role_book
from cairn.records.alerts import open_alerts

__all__ = ["clock", "people", "static_files"]
pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs" / "how-to"
EMERGENCY = (DOCS / "open-in-an-emergency.md").read_text("utf-8")
CONFLICTS = (DOCS / "keep-conflicts-of-interest.md").read_text("utf-8")


def bold(text):
    return [" ".join(one.split()).rstrip(".,") for one in re.findall(r"\*\*([^*]+)\*\*", text)]


def test_a_record_is_opened_in_an_emergency_as_the_page_says(people):
    child = allocated(people)
    search = find(people, ROSA, first_name="Wren", surname="Made-up").content.decode()
    form = people.client(ROSA).get(reverse("break-glass", args=[child])).content.decode()
    broken(people, child)
    opened = people.client(ROSA).get(reverse("child", args=[child])).content.decode()
    alerts = people.client("Ruth Abara").get(reverse("alert", args=[open_alerts()[0].id])).content.decode()
    for said in bold(EMERGENCY):
        assert said.lower() in f"{search} {form} {opened} {alerts}".lower(), said
    for verdict in ("in order", "not in order", "to be looked into further"):
        assert verdict in " ".join(EMERGENCY.split())
        assert verdict.capitalize() in alerts
    people.client(ROSA).post(reverse("break-glass", args=[child]), {**SENT, "key": str(uuid4())})


def test_the_figures_and_roles_of_the_page_are_those_in_use():
    figures = limits().break_glass
    text = " ".join(EMERGENCY.split())
    assert (figures.lasts_hours, figures.shortest_reason, figures.strong_sign_in_minutes) == (8, 20, 5)
    assert figures.reviewed_within_working_days == 2
    for said in ("8 hours", "20 characters", "five minutes", "two working days"):
        assert said in text, said
    assert role_book().with_right("breaks the glass") == {
        "social worker", "consultant social worker", "team manager", "duty manager", "service manager",
        "independent chair", "emergency duty",
    }  # fmt: skip


def test_every_setting_of_mail_that_the_page_names_is_read():
    named = set(re.findall(r"CAIRN_[A-Z_]+", EMERGENCY))
    given = dict.fromkeys(named, "1") | {
        "CAIRN_ALERTS_TO": "guard@fellmere.example",
        "CAIRN_SMTP_TLS": "none",
    }
    assert mailed_alerts(given) == MailedAlerts(
        ("guard@fellmere.example",), "1", "1", 1, "1", "1", plain=True
    )
    assert len(named) == len(MailedAlerts.__slots__)


def test_conflicts_are_kept_as_the_page_says(people):
    child = allocated(people)
    search = find(people, ROSA, first_name="Wren", surname="Made-up").content.decode()
    form = main(people.client("Priya Shah").get(reverse("declare-conflict", args=[child])))
    people.client("Priya Shah").post(reverse("declare-conflict", args=[child]), SAID)
    register = people.client("Ruth Abara").get(reverse("conflicts")).content.decode()
    manager = people.client("Joanne Whitlock").get(reverse("my-work")).content.decode()
    shown = f"{search} {form} {register} {manager}".lower()
    sentences = {
        "Anybody can say it",
        "Those who guard access keep the register",
        "A child is never without a worker unseen",
    }
    assert sentences <= set(bold(CONFLICTS))
    for said in set(bold(CONFLICTS)) - sentences:
        assert said.lower() in shown, said
