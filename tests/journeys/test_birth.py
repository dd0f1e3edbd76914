"""An unborn baby born: the record becomes the child's, every clock runs on, and the baby is born once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.families import child, related
from tests.interfaces.web.views.children import event
from tests.journeys.test_four_roles import Desk
from tests.people import made_up_staff

from cairn.application import sign_in
from cairn.application.ports import now
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web.words import day_words
from cairn.records import projections, register

pytestmark = pytest.mark.browser


@pytest.fixture
def people(web_server, monkeypatch):
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    return made_up_staff()


@pytest.fixture
def baby(people):
    """A baby expected in ten days, with a sister and the same mother."""
    expected = (now() + timedelta(days=10)).astimezone(LONDON).date()
    made = child(people, "Baby Okafor", expected=expected.isoformat())
    register.change_kind(made, "unborn")
    sister = child(people, "Amara Okafor", born="2017-05-04")
    for one in (made, sister):
        related(people, one, name="Grace Okafor", relation="parent_mother", person="grace", born="1990-03-02")
    return made


@pytest.fixture
def desk(web_server, chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield Desk(page, web_server)
    context.close()


def test_an_unborn_baby_is_born(desk, baby, people):
    clocks = dated(baby)
    desk.sign_in("Priya Shah")
    desk.page.goto(f"{desk.address}/records/{baby}/family/")
    assert "Unborn baby" in desk.text
    desk.follow("Record the birth")
    tomorrow = now().astimezone(LONDON).date() + timedelta(days=1)
    today = tomorrow - timedelta(days=1)
    send_birth(desk, tomorrow)
    # Refused with the place and what to do; nothing typed is lost.
    assert desk.page.title().startswith("Error: ")
    assert f"{day_words(tomorrow)} is still to come" in desk.text
    assert desk.page.locator("#name").input_value() == "Ifeoma Okafor"
    send_birth(desk, today)
    assert desk.page.locator("h1").inner_text().startswith("Ifeoma Okafor")
    assert "born today" in desk.text
    assert register.record(baby).kind == "child"
    assert clocks
    assert dated(baby) == clocks
    desk.page.goto(f"{desk.address}/work/")
    assert "Ifeoma Okafor" in desk.text
    assert "Baby Okafor" not in desk.text
    desk.page.goto(f"{desk.address}/records/{baby}/birth/")
    send_birth(desk, today)
    assert f"The birth is recorded already, on {day_words(today)}" in desk.text
    desk.follow("Timeline")
    assert "Child born" in desk.text
    assert "Contact received" in desk.text
    assert event(baby, "child.born").data["place"] == "Fellmere Hospital"


def dated(baby):
    """Every clock that runs: when it began and when it ends."""
    duties = [duty for duty in projections.duties_of(baby) if duty.due_latest]
    return {duty.key: (duty.started_at, duty.due_latest) for duty in duties}


def send_birth(desk, day):
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        desk.page.locator(f"#born-{part}").fill(str(value))
    desk.page.locator("#place").fill("Fellmere Hospital")
    desk.page.locator("#name").fill("Ifeoma Okafor")
    desk.page.get_by_label("Female").check()
    desk.press("Record it")
