"""Roles and limits are data: complete, and refused with what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.core.access.people import BOOK, LIMITS, SHIPPED

from cairn.core.access.limits import office_is_open, read_limits
from cairn.core.access.roles import RIGHTS, read_roles
from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.working_days import Calendar
from cairn.core.protocol.load import ProceduresFaulty
from cairn.core.roles import ROLES

TEXT = (SHIPPED / "roles.yaml").read_text("utf-8")


def test_every_role_has_its_rights_and_every_right_its_meaning():
    assert set(BOOK.roles) == set(ROLES)
    assert set(BOOK.meanings) == set(RIGHTS)
    assert BOOK.rights_of("no such role") == frozenset()
    for right in RIGHTS:
        assert BOOK.with_right(right), f"nobody has: {right}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  family: []\n", "", "family: is missing"),
        ("  family: []\n", "  family: []\n  wizard: []\n", "wizard: is no role"),
        ("  family: []\n", "  family: [opens everything]\n", "opens"),
        ("  - {name: audits, ", "  - {name: chairs, ", "audits: no meaning is given"),
        ("  - {name: audits, ", "  - {name: chairs, ", "chairs: is explained twice"),
    ],
)
def test_roles_with_a_mistake_are_refused_with_it(old, new, said):
    assert old in TEXT
    with pytest.raises(ProceduresFaulty, match=said):
        read_roles("roles.yaml", TEXT.replace(old, new))


def test_limits_with_a_mistake_are_refused_with_it():
    text = (SHIPPED / "limits.yaml").read_text("utf-8")
    for old, new, said in (
        ("lasts_hours: 8", "lasts_hours: 48", "lasts_hours"),
        ('closes: "17:00"', 'closes: "08:00"', "the office closes after it opens"),
        ("  reviewed_every_days: 90\n", "", "restriction"),
    ):
        with pytest.raises(ProceduresFaulty, match=said):
            read_limits("limits.yaml", text.replace(old, new))


CALENDAR = Calendar(
    HolidayTable.from_csv((SHIPPED.parent / "calendars" / "bank_holidays_england.csv").read_text("utf-8"))
)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 12, 1, 9, tzinfo=UTC), True),
        (datetime(2026, 12, 1, 8, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 17, tzinfo=UTC), False),
        # Half past eight in UTC is half past nine in London in summer.
        (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), True),
        (datetime(2026, 12, 5, 12, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 12, tzinfo=UTC), False),
    ],
)
def test_the_office_is_open_in_its_hours_on_working_days(at, is_open):
    assert office_is_open(LIMITS, at, CALENDAR) is is_open


def test_roles_without_a_mistake_are_read_and_of_a_mistake_only_that_is_said():
    book = read_roles("roles.yaml", TEXT)
    assert book == BOOK
    assert book.rights_of("emergency duty") >= {"covers out of hours", "takes calls"}
    assert book.with_right("audits") == {"auditor"}
    for old, new, said in (
        ("  family: []\n", "", "family: is missing; a role without rights has an empty list"),
        ("  - {name: audits, ", "  - {name: chairs, ", "chairs: is explained twice"),
    ):
        with pytest.raises(ProceduresFaulty) as refused:
            read_roles("roles.yaml", TEXT.replace(old, new))
        faults = [str(one) for one in refused.value.faults]
        assert any(one.endswith(said) for one in faults)
        assert len(faults) == (2 if "twice" in said else 1)


def test_limits_without_a_mistake_are_read_with_how_long_each_lasts():
    text = (SHIPPED / "limits.yaml").read_text("utf-8")
    limits = read_limits("limits.yaml", text)
    assert limits == LIMITS
    assert limits.break_glass.lasts == timedelta(hours=8)
    assert limits.restriction.reviewed_every == timedelta(days=90)
    with pytest.raises(ProceduresFaulty, match="the office closes after it opens"):
        read_limits("limits.yaml", text.replace('closes: "17:00"', 'closes: "09:00"'))
    with pytest.raises(ProceduresFaulty) as refused:
        read_limits("limits.yaml", text.replace("lasts_hours: 8", "lasts_hours: 48"))
    assert len(refused.value.faults) == 1
