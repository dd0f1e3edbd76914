"""Made-up staff and records, and connections by role."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from tests.conftest import Database, Server

from cairn.core.calendar.moment import Moment
from cairn.records import ledger, register
from cairn.records.models import Staff, Team

RECORDED = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def as_role(
    request: pytest.FixtureRequest, database_server: Server, django_db_setup: None
) -> Iterator[Callable[[str | None], psycopg.Connection]]:
    """Opens connections by role, the owner's by None, to the database the test uses; rolled back at its end."""
    own = "committed_database" in request.fixturenames
    database = (
        request.getfixturevalue("committed_database") if own else Database(database_server, "cairn_test")
    )
    with contextlib.ExitStack() as opened:

        def open_one(role: str | None) -> psycopg.Connection:
            connection = psycopg.connect(database.url(role))
            opened.callback(connection.close)
            return connection

        yield open_one


@pytest.fixture
def owner(as_role: Callable[[str | None], psycopg.Connection]) -> psycopg.Connection:
    """A connection as the owner."""
    return as_role(None)


def make_staff(name: str = "Asha Worker", role: str = "social worker", team: Team | None = None) -> Staff:
    return Staff.objects.create(name=name, role=role, team=team)


@pytest.fixture
def make_team(db: None) -> Callable[[], Team]:
    return lambda: Team.objects.create(name=f"Made-up team {uuid4()}", kind="assessment")


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
def written(committed_database: Database) -> tuple[UUID, UUID]:
    """The ids of a committed record and of its one event."""
    author, record = make_staff(), make_record()
    event = make_event(author)
    ledger.append(record.id, [event], expected_version=None)
    return record.id, event.id
