"""A made-up staff, and a clock that stands at the sketches’ own morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.application.made_up import MovableClock
from tests.people import made_up_staff

from cairn.application import ports

# Monday 23 November 2026, 10:12am in London.
MONDAY = datetime(2026, 11, 23, 10, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    """A clock that stands at Monday 23 November 2026, 10:12am, until the test moves it."""
    before = ports.wired()
    movable = MovableClock(MONDAY)
    ports.use(replace(before, clock=movable))
    yield movable
    ports.use(before)


@pytest.fixture(autouse=True)
def static_files(settings):
    """The style sheet by its plain name: no test waits for static files to be collected."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def people(db, clock):
    """The made-up authority's staff."""
    return made_up_staff()
