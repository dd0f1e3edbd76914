"""What the guarded door costs: a page with and without it, decisions a second, and who has seen a child over a million looks.

`python -m benchmarks.access [looks]` measures with so many rows of the access log instead.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import psycopg

from benchmarks.installation import Installation, installed, open_cases
from benchmarks.table import Line, milliseconds, times
from cairn.adapters.postgres.cluster import SUPERUSER
from cairn.adapters.postgres.databases import DATABASE

LOOKS = 1_000_000
CASES, RUNS, TIES, DECISIONS = 200, 60, (0, 5, 50), 20_000
PAGES = {"overview": "child", "timeline": "timeline", "documents": "documents"}
# Ten years of looks: most are at one record, some at a list of twenty; one record in a thousand rows is looked at by chance.
SEED = """
INSERT INTO records_accessentry (at, actor_id, capacity, purpose, relied_on, what, page, request_id, records, allowed, reason)
SELECT now() - interval '10 years' + number * (interval '10 years' / %(looks)s),
    (%(staff)s::uuid[])[1 + number %% %(people)s], 'social worker', '',
    (ARRAY['allocated worker', 'own team', 'own team', 'own work'])[1 + number %% 4],
    CASE WHEN number %% 4 = 3 THEN 'list' ELSE (ARRAY['view', 'view', 'act', 'search'])[1 + number / 7 %% 4] END,
    (ARRAY['child', 'timeline', 'documents', 'my-work'])[1 + number / 3 %% 4], gen_random_uuid(),
    CASE WHEN number %% %(one_in)s = 0 THEN ARRAY[%(record)s]::uuid[] ELSE ARRAY[]::uuid[] END
    || ARRAY(
        SELECT (%(records)s::uuid[])[1 + (number * 7919::bigint + each * 104729) %% %(others)s]
        FROM generate_series(1, CASE WHEN number %% 4 = 3 THEN 20 ELSE 1 END) AS each
    ), true, ''
FROM generate_series(0, %(looks)s - 1) AS number
"""
ONE_IN = 250


def main(looks: int) -> dict[str, Any]:
    """Everything, in one installation."""
    with installed() as made:
        open_cases(made, CASES)
        worker = next(iter(made.records))
        record = made.records[worker][0]
        found = {
            "pages": {called: _page(made, worker, name, record) for called, name in PAGES.items()},
            "decisions": {number: _decisions(number) for number in TIES},
        }
        _seed(made, record, looks)
        return {**found, "looks": looks, "seen": _seen(made, worker, record)}


def _page(made: Installation, worker: str, name: str, record: UUID) -> dict[str, Any]:
    """A page with the door and without it, in turn."""
    from django.urls import reverse

    client, address = made.client(worker), reverse(name, args=[record])

    def read() -> None:
        assert client.get(address).status_code == 200

    with_door: list[float] = []
    without: list[float] = []
    read()
    for _ in range(RUNS):
        with_door.append(_timed(read))
        with _no_door():
            without.append(_timed(read))
    told = milliseconds(with_door)
    bare = milliseconds(without)
    return {"with": told, "without": bare, "ratio": round(told["p50_ms"] / bare["p50_ms"], 3)}


@contextlib.contextmanager
def _no_door() -> Iterator[None]:
    """Nothing is asked of ties and covers, nothing is decided, nothing is out of sight, and nothing is logged."""
    from cairn.application import door, sign_in
    from cairn.core.access.facts import Decision

    allowed = Decision(allowed=True, relied_on="allocated worker")
    with (
        patch.object(door, "decide_view", lambda *_: allowed),
        patch.object(door, "write_access", lambda *_, **__: None),
        patch.object(door, "seen_by", lambda _: contextlib.nullcontext()),
        patch.object(sign_in.ties, "in_force_for", lambda *_: []),
        patch.object(sign_in.covers, "covered_by", lambda *_: []),
    ):
        yield


def _decisions(number: int) -> dict[str, float]:
    """How many decisions a second on one record, for somebody with so many ties."""
    from cairn.application.rights import role_book
    from cairn.core.access.decide import decide_view
    from cairn.core.access.facts import ActorFacts, RecordFacts, Tie

    at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    ties = tuple(Tie(f"record-{one}", "named", at, at + timedelta(days=14)) for one in range(number))
    rights = role_book().rights_of("social worker")
    actor = ActorFacts("priya", "social worker", "assessment", at, rights, ties=ties)
    # The last relationship that is tried: nothing lets this person in.
    record = RecordFacts("another", "elsewhere", at_front_door=False, id="record-none", restricted=True)
    began = time.perf_counter()
    for _ in range(DECISIONS):
        decide_view(actor, record)
    return {"a_second": round(DECISIONS / (time.perf_counter() - began))}


def _seed(made: Installation, record: UUID, looks: int) -> None:
    others = [one for those in made.records.values() for one in those if one != record]
    people = [made.people[name] for name in made.records]
    told = {
        "looks": looks,
        "staff": people,
        "people": len(people),
        "record": record,
        "records": others,
        "others": len(others),
        "one_in": ONE_IN,
    }
    with psycopg.connect(made.cluster.url(DATABASE, SUPERUSER), autocommit=True) as connection:
        connection.execute(SEED, told)
        connection.execute("VACUUM ANALYZE records_accessentry")


def _seen(made: Installation, worker: str, record: UUID) -> dict[str, Any]:
    """Who has seen this child: the page, one kind of one day ten years ago, each look, and all of it as a table."""
    from django.urls import reverse

    client = made.client(worker)
    asked = {
        "page": reverse("looked", args=[record]),
        "one kind": reverse("looked", args=[record]) + "?kind=searched",
        "each look": reverse("looked-each", args=[record]),
        "table": reverse("take-looked", args=[record]),
    }

    def read(address: str) -> Callable[[], None]:
        def one() -> None:
            assert client.get(address).status_code == 200

        return one

    return {
        called: milliseconds([_timed(read(address)) for _ in range(7)]) for called, address in asked.items()
    }


def _timed(do: Callable[[], None]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The findings as lines of the table."""
    for called, page in found["pages"].items():
        yield Line(
            f"the {called} of a record, with the guarded door",
            f"{page['with']['p50_ms']} ms",
            f"{page['without']['p50_ms']} ms without ties, decision, sight and log",
            f"{times(page['ratio'])} (at most 1.3)",
        )
    for number, decided in found["decisions"].items():
        yield Line(f"a decision on a record, with {number} ties", f"{decided['a_second']:,} a second")
    for called, seen in found["seen"].items():
        yield Line(
            f"who has seen a child ({called}), {found['looks']:,} looks over ten years",
            f"{seen['p50_ms']} ms, 95 % under {seen['p95_ms']} ms",
            "2 s asked",
        )


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else LOOKS), indent=2))
