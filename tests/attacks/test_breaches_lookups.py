"""Redcar and Cleveland 2023 and 2024, St Helens 2023, Luton 2022: staff opened records of people they knew, and one passed them on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, later, main

from cairn.application.ports import now
from cairn.records import access_log, alerts, staff, ties
from cairn.records.ties import NewTie

GUARD, MANAGER = "Ruth Abara", "Joanne Whitlock"
TEAM = "Referral and Assessment"


@pytest.fixture
def knows(people):
    """Somebody who works here and knows the family: they have its name."""
    people.ids["Ada Thistle"] = staff.add_person("Ada Thistle", "social worker", people.teams[TEAM])
    people.ids["Bea Thistle"] = staff.add_person(
        "Bea Thistle", "social worker", people.teams["Family Support"]
    )
    return people


@pytest.fixture
def child(knows):
    """Joey Thistle, with whom Priya Shah works."""
    said = {"name": "Joey Thistle", "forename": "Joey", "surname": "Thistle", "born": "2016-06-01"}
    made = record(knows, ("Beth Lomas", "record-contact", {**CONTACT, **said}))
    ids = {
        "worker": "Priya Shah",
        "worker_id": str(knows.ids["Priya Shah"]),
        "team": TEAM,
        "team_id": str(knows.teams[TEAM]),
    }
    steps = (
        ("Sheila Knowles", "decide-contact", REFERRAL),
        ("Martin Oyelaran", "decide-referral", DECISION),
        (MANAGER, "allocate", ids),
    )
    return record(knows, *steps, on=made)


def page(people, who, name, *args, **query):
    return people.client(who).get(reverse(name, args=args), query)


def listed(people, clock):
    """The list of the week before, as those who guard access read it on Monday."""
    later(clock, days=7)
    return main(page(people, GUARD, "unusual"))


def test_redcar_somebody_of_another_team_is_refused_and_each_try_is_put_before_those_who_guard(
    knows, child, clock
):
    for _ in range(9):
        refused = page(knows, "Bea Thistle", "child", child)
        assert refused.status_code == 403
        assert "Joey" not in refused.content.decode()
    assert [row.line.allowed for row in access_log.of_record(child)[:9]] == [False] * 9
    shown = listed(knows, clock)
    assert "Bea Thistle" in shown
    assert "with the same surname as their own" in shown
    assert "Was refused 9 times" in shown


def test_st_helens_a_declared_conflict_hides_it_and_tells_others_at_once(knows, child):
    ada = knows.ids["Ada Thistle"]
    assert page(knows, "Ada Thistle", "child", child).status_code == 200
    ties.add(NewTie(ada, child, "family", now(), None, "Her nephew", knows.ids[GUARD], now()))
    gone = page(knows, "Ada Thistle", "child", child)
    assert gone.status_code == 404
    assert "Joey" not in gone.content.decode()
    assert [(one.about, one.record) for one in alerts.open_alerts()] == [(ada, child)]


def test_luton_one_of_the_team_who_opens_and_takes_away_is_seen_by_the_child_s_worker_and_in_the_list(
    knows, child, clock
):
    """Who may open a record may take papers away; nothing hides it, and it is looked at in the week after."""
    entry = access_log.of_record(child)
    for _ in range(6):
        page(knows, "Ada Thistle", "child", child)
        taken = page(knows, "Ada Thistle", "take-chronology", child, "pdf")
        assert taken.status_code == 200
    assert len(access_log.of_record(child)) >= len(entry) + 12
    seen = " ".join(
        main(page(knows, "Priya Shah", "looked", child))
        .replace("<strong>", "")
        .replace("</strong>", "")
        .split()
    )
    assert "Ada Thistle, social worker, took away" in seen
    assert "as one of the team" in seen
    shown = listed(knows, clock)
    assert "Ada Thistle" in shown
    assert "Took away papers of records that are not allocated to them 6 times" in shown
    assert "with the same surname as their own" in shown


def test_the_twin_the_child_s_worker_does_the_same_and_is_not_in_the_list(knows, child, clock):
    for _ in range(6):
        page(knows, "Priya Shah", "child", child)
        page(knows, "Priya Shah", "take-chronology", child, "pdf")
    clock.at += timedelta(hours=1)
    assert "Priya Shah" not in listed(knows, clock)
