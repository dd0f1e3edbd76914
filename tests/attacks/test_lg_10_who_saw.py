"""LG-10: who has seen this child is read in under two seconds over years of looks, taken away, and reading it is in the log.

A million looks over ten years are measured by `make bench` (benchmarks/access.py); here a fiftieth of it, in every run.
"""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, looks
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.records.models import AccessEntry

__all__ = ["clock", "people", "static_files"]

LOOKS, ONE_IN, SECONDS = 20_000, 20, 2
PRIYA = "Priya Shah"


@pytest.fixture
def child(people, clock):
    """A child who was looked at a thousand times in ten years, among twenty thousand looks at others."""
    made, others = allocated(people), [uuid4() for _ in range(500)]
    staff = [people.ids[name] for name in (PRIYA, "Ewan Marsh", "Joanne Whitlock")]
    step = timedelta(days=3650) / LOOKS
    AccessEntry.objects.bulk_create(
        (
            AccessEntry(
                at=clock.at - timedelta(days=3651) + number * step,
                actor_id=staff[number % 3],
                capacity="social worker",
                relied_on="own team",
                what="list" if number % 4 == 0 else "view",
                page="my-work" if number % 4 == 0 else "child",
                request_id=uuid4(),
                records=[made if number % ONE_IN == 0 else others[number % 500], others[(number * 7) % 500]],
                allowed=True,
            )
            for number in range(LOOKS)
        ),
        batch_size=5_000,
    )
    return made


def read(people, name, child, **query):
    began = time.perf_counter()
    answer = people.client(PRIYA).get(reverse(name, args=[child]), query)
    assert answer.status_code == 200
    return answer, time.perf_counter() - began


def test_lg_10_it_is_read_in_time_exported_whole_and_in_the_log(people, child):
    there = AccessEntry.objects.filter(records__contains=[child]).count()
    for name, query in (
        ("looked", {}),
        ("looked", {"kind": "opened"}),
        ("looked-each", {}),
        ("take-looked", {}),
    ):
        answer, seconds = read(people, name, child, **query)
        assert seconds < SECONDS, (name, seconds)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    # Its head, all that was there, and the four looks of this test.
    assert len(rows) == 1 + there + 4
    assert [one[:2] for one in looks(child)[:4]] == [("looked", "export"), *[("looked", "view")] * 3]
    answer, seconds = read(people, "looked", child, until="2016-12-31")
    assert "November 2016" in answer.content.decode()
    assert seconds < SECONDS
