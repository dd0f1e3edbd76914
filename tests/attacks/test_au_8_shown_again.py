"""AU-8: the gravest acts are refused to whoever did not show within five minutes who they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.accounts import PASSWORD, made, set_up
from tests.attacks.database import rows
from tests.attacks.places import places

from cairn.interfaces.web.urls import urlpatterns

NEW = {"password": PASSWORD, "new": "heron candle granite", "again": "heron candle granite"}
# What is grave by its policy line: each with a form that is right but for the time.
GRAVE = {"change-password": NEW, "change-recovery-codes": {"sure": "yes"}}


@pytest.fixture
def held(people):
    return set_up(made(team="Referral and Assessment"))


def test_every_view_that_says_it_is_grave_is_tried_here():
    assert {pattern.name for pattern in urlpatterns if getattr(pattern.callback, "strong", "")} == set(GRAVE)


@pytest.mark.parametrize("name", GRAVE)
def test_after_five_minutes_it_is_refused_and_nothing_is_done(house, held, clock, name):
    address = places(house)[name].address
    clock.at += timedelta(minutes=5)
    before = rows()
    refused = held.browser.post(address, GRAVE[name])
    assert refused.status_code == 403
    assert "Confirm who you are" in refused.content.decode()
    assert rows() == before


@pytest.mark.parametrize("name", GRAVE)
def test_a_second_before_it_is_done(house, held, clock, name):
    address = places(house)[name].address
    clock.at += timedelta(minutes=4, seconds=59)
    before = rows()
    assert held.browser.post(address, GRAVE[name]).status_code == 200
    assert rows() != before


@pytest.mark.parametrize("name", GRAVE)
def test_neither_a_wrong_code_nor_a_used_one_nor_somebody_else_s_will_do(house, held, clock, name):
    other = set_up(made("other.fellow", "Other Fellow"))
    address, used = places(house)[name].address, held.code()
    clock.at += timedelta(minutes=5)
    form = {**GRAVE[name], "confirm-wanted": "POST"}
    assert held.browser.post("/account/recovery-codes/", {"confirm-wanted": "GET", "confirm-code": used})
    clock.at += timedelta(minutes=5)
    for code in (used, "000000", other.recovery[0], other.code(), ""):
        assert held.browser.post(address, {**form, "confirm-code": code}).status_code == 403
    right = held.browser.post(address, {**form, "confirm-code": held.recovery[0]})
    assert right.status_code == 200
