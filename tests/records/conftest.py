"""Made-up staff and records, and connections that really commit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from cairn.core.calendar.moment import Moment
from cairn.records import ledger, register
from cairn.records.models import Staff, Team

RECORDED = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database as a running application has it: what is written stays. Use new records."""
    with django_db_blocker.unblock():
        yield
        connections["default"].close()


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """A connection as the owner, whose work is rolled back."""
    with psycopg.connect(os.environ["CAIRN_DATABASE_URL"]) as connection:
        yield connection
        connection.rollback()


def connect_as(role: str) -> psycopg.Connection:
    """A connection as one of the database's roles."""
    return psycopg.connect(os.environ["CAIRN_DATABASE_URL"], user=role)


def make_staff(name: str = "Asha Worker", role: str = "social worker", team: Team | None = None) -> Staff:
    return Staff.objects.create(name=name, role=role, team=team)


def make_record() -> register.RecordRow:
    return register.open_record("child", RECORDED)


def make_event(author: Staff, type_: str = "visit.made", **more: Any) -> ledger.NewEvent:
    fields: dict[str, Any] = {
        "id": ledger.event_id(RECORDED),
        "type": type_,
        "happened_at": Moment.exact(datetime(2026, 3, 2, 14, 15, tzinfo=UTC)),
        "recorded_at": RECORDED,
        "author_id": author.pk,
        "author_name": author.name,
        "capacity": author.role,
        "data": {"child_seen": True, "place": "home"},
    }
    return ledger.NewEvent(**{**fields, **more})


@pytest.fixture
def written(committing: None) -> tuple[UUID, UUID]:
    """The ids of a committed record and of its one event."""
    author, record = make_staff(), make_record()
    event = make_event(author)
    ledger.append(record.id, [event], expected_version=None)
    return record.id, event.id


@pytest.fixture
def as_role() -> Iterator[Callable[[str], psycopg.Connection]]:
    """Opens connections by role, and closes them, rolled back, at the end."""
    opened: list[psycopg.Connection] = []

    def open_one(role: str) -> psycopg.Connection:
        opened.append(connect_as(role))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.rollback()
        connection.close()
