"""LG-9: a snooper is among the first ten of the weekly list, and of five hundred in a usual week fewer than five are in it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application.unusual import UnusualWeek, unusual_week
from cairn.records import register, staff
from cairn.records.models import AccessEntry, RecordSummary

__all__ = ["clock", "people", "static_files"]

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
# How many children's records each works with, and opens of the team's in a usual week; how often they look at each.
ROLES = {
    "social worker": (320, 16, 4),
    "team manager": (40, 0, 30),
    "contact centre": (40, 0, 50),
    "business support": (100, 0, 25),
}
SURNAMES = (
    "Ash",
    "Birch",
    "Cedar",
    "Elm",
    "Fir",
    "Hazel",
    "Larch",
    "Maple",
    "Oak",
    "Pine",
    "Rowan",
    "Yew",
) * 8


class Writer:
    """Entries of the access log of a made-up week."""

    def __init__(self, seed: int) -> None:
        self.random, self.entries = random.Random(seed), []

    def work_time(self) -> datetime:
        """A time on a working day; now and then an evening."""
        hour = self.random.choice([*range(8, 18)] * 12 + [20])
        return MONDAY + timedelta(
            days=self.random.randrange(5), hours=hour, minutes=self.random.randrange(60)
        )

    def look(self, actor, role, record, relied_on, at=None, **more):
        said = {"what": "view", "page": "child", "allowed": True, **more}
        self.entries.append(
            AccessEntry(
                at=at or self.work_time(),
                actor_id=actor,
                capacity=role,
                relied_on=relied_on,
                request_id=uuid4(),
                records=[record],
                **said,
            )
        )

    def usual(self, person, role, own, of_team, records):
        """Somebody's usual week: their own children, some of the team's, a search, now and then a refusal."""
        pace = self.random.uniform(0.6, 1.5)
        for record in self.random.sample(records, own):
            for _ in range(self.random.randint(1, 6)):
                self.look(person, role, record, "allocated worker")
        for record in self.random.sample(records, int(of_team * pace)):
            self.look(person, role, record, "front door" if role == "contact centre" else "own team")
        for _ in range(self.random.randint(0, 6)):
            self.look(person, role, self.random.choice(records), "search", what="search", page="find")
        if self.random.random() < 0.2:
            self.look(
                person, role, self.random.choice(records), "", what="refused", allowed=False, reason="no"
            )


def children(number):
    """Open records of children, of many surnames."""
    made = [register.open_record("child", MONDAY).id for _ in range(number)]
    lines = [
        RecordSummary(
            record_id=one,
            name=f"Child{number} {SURNAMES[number % len(SURNAMES)]}{number // len(SURNAMES)}",
            stage="allocated",
            derived_at=MONDAY,
            last_number=1,
            procedures_hash="0" * 64,
        )
        for number, one in enumerate(made)
    ]
    RecordSummary.objects.bulk_create(lines)
    return made


def a_week(writer, share, records):
    for role, (number, own, of_team) in ROLES.items():
        for one in range(number // share):
            surname = f"{writer.random.choice(SURNAMES)}{writer.random.randrange(30)}"
            person = staff.add_person(f"Worker{one} {surname}", role)
            writer.usual(person, role, own, of_team, records)


def listed(people):
    found = unusual_week(people.actor("Ruth Abara"), MONDAY.date())
    assert isinstance(found, UnusualWeek)
    return [one.name for one in found.lines]


def seeded_snooper(writer, records, called="Snooper Ash1"):
    """Thirty views of records not allocated, three of the same surname, most of them at night."""
    person = staff.add_person(called, "social worker")
    for number, record in enumerate(records[:30]):
        hour = 23 if number % 3 else 2
        at = MONDAY + timedelta(days=number % 6, hours=hour, minutes=number)
        writer.look(person, "social worker", record, "own team", at)


@pytest.mark.parametrize(
    ("share", "seed"), [(8, 1), *(pytest.param(1, seed, marks=pytest.mark.attack) for seed in (2, 3))]
)
def test_a_snooper_is_listed_and_hardly_anybody_else(people, share, seed):
    writer, records = Writer(seed), children(400)
    a_week(writer, share, records)
    AccessEntry.objects.bulk_create(writer.entries, batch_size=2000)
    false_alarms = listed(people)
    assert len(false_alarms) < 5
    writer.entries = []
    alike = [records[SURNAMES.index("Ash") + len(SURNAMES)], *records[200:229]]
    seeded_snooper(writer, alike)
    AccessEntry.objects.bulk_create(writer.entries)
    assert "Snooper Ash1" in listed(people)[:10]


def test_whoever_opens_as_many_of_their_own_by_day_is_not_listed(people):
    """The twin: thirty views of thirty records in working hours, as their worker."""
    writer, records = Writer(4), children(60)
    person = staff.add_person("Busy Elm", "social worker")
    for record in records[:30]:
        writer.look(person, "social worker", record, "allocated worker")
    AccessEntry.objects.bulk_create(writer.entries)
    assert listed(people) == []
