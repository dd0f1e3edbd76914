"""The adapters are put in when the process starts, and a made-up time only where cases are made up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from cairn.adapters.clock import SystemClock
from cairn.adapters.letters import TypstLetters
from cairn.application import ports
from cairn.config.wiring import clock


def test_django_has_wired_the_adapters():
    assert isinstance(ports.wired().letters, TypstLetters)
    assert ports.now().tzinfo is UTC


def test_the_clock_is_the_machines_where_nothing_is_said():
    assert isinstance(clock({}), SystemClock)


def test_a_made_up_installation_may_stand_at_a_day():
    made_up = clock({"CAIRN_NOW": "2026-03-03T09:30:00+00:00", "CAIRN_PLAIN_HTTP": "yes"})
    assert made_up.now() == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "environment",
    [
        {"CAIRN_NOW": "2026-03-03T09:30:00+00:00"},
        {"CAIRN_NOW": "2026-03-03T09:30:00", "CAIRN_PLAIN_HTTP": "yes"},
        {"CAIRN_NOW": "yesterday", "CAIRN_PLAIN_HTTP": "yes"},
    ],
)
def test_a_made_up_time_is_refused_on_a_real_installation_and_where_it_is_none(environment):
    with pytest.raises(ImproperlyConfigured, match="CAIRN_NOW"):
        clock(environment)
