"""The records of every class, built once for all the cells of a module: each cell takes back what it did."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from django.db import transaction
from tests.application.made_up import MovableClock
from tests.attacks.classes import records
from tests.interfaces.web.views.conftest import MONDAY
from tests.people import made_up_staff

from cairn.application import ports


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A record of each class and a reader in each role, at a clock that stands; taken back at the end."""
    before = ports.wired()
    ports.use(replace(before, clock=MovableClock(MONDAY)))
    quiet = logging.getLogger("django.request")
    quiet.disabled = True
    with django_db_blocker.unblock(), transaction.atomic():
        yield records(made_up_staff())
        transaction.set_rollback(True)
    quiet.disabled = False
    ports.use(before)


@pytest.fixture
def database(django_db_blocker):
    """Leave to ask the database within a test."""
    with django_db_blocker.unblock():
        yield
