"""A made-up authority's procedures, and a clock that the test sets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.application.made_up import MovableClock, write_procedures

from cairn.application import ports


@pytest.fixture(scope="session")
def made_up_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("procedures")
    write_procedures(folder)
    return folder


@pytest.fixture
def made_up(made_up_folder, monkeypatch):
    """Everything is read under the made-up authority's procedures; the folder they are in."""
    monkeypatch.setenv("CAIRN_PROCEDURES", str(made_up_folder))
    monkeypatch.setenv("CAIRN_PROTOCOL", "made-up")
    return made_up_folder


@pytest.fixture
def clock():
    """A clock that stands until the test moves it."""
    before = ports.wired()
    movable = MovableClock()
    ports.use(replace(before, clock=movable))
    yield movable
    ports.use(before)
