"""Procedures and calendars in use are kept by their hash and never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction

from cairn.records import editions
from cairn.records.editions import Calendar, Procedures
from cairn.records.models import ProcedureEdition

KNOWN = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
EDITION = Procedures("a1", "peterborough", {"provisions": [{"id": "x"}]}, date(2026, 3, 1), KNOWN)


def test_an_edition_is_kept_once_and_as_it_was(db):
    assert editions.keep_procedures(EDITION)
    assert not editions.keep_procedures(replace(EDITION, name="another"))
    assert editions.procedures("a1") == EDITION
    assert editions.procedures("b2") is None
    assert EDITION in editions.all_procedures()


def test_calendars_come_in_the_order_they_became_known(db):
    later = Calendar("c2", "date\n2026-12-25", datetime(2026, 6, 1, tzinfo=UTC))
    earlier = Calendar("c1", "date", KNOWN)
    assert editions.keep_calendar(later)
    assert editions.keep_calendar(earlier)
    assert not editions.keep_calendar(earlier)
    assert [each for each in editions.calendars() if each in (later, earlier)] == [earlier, later]


def test_the_application_cannot_change_an_edition(db):
    editions.keep_procedures(EDITION)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ProcedureEdition.objects.filter(pk="a1").update(name="another")
