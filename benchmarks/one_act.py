"""One act through the whole stack, with all that follows from it, and what a bare append costs on the same disk.

    python -m benchmarks.one_act

A case note on an open case, a contact about somebody new, and its decision: each through the one door in, each in one
transaction with the ledger, the tables that lists are read from, the outbox and the access log; and a note through its
page. In turn with them, on the same cluster: one row of like size into a plain table, and one event of the package
`eventsourcing`, which are no more than that. Prints JSON.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks import peer_eventsourcing
from benchmarks.installation import PROGRESS, Installation, act, contact, installed, open_cases
from benchmarks.table import Line, milliseconds, times

CASES, ROUNDS, WARM_UP = 100, 60, 5
TWENTY = 20
NOTE = {"text": "Rang the school. The head of year says that Robin is in today, fed and cheerful. " * 6}

Way = Callable[[], Any]


def run() -> dict[str, Any]:
    """Times of every way, taken in turn, and the ratios to a bare append."""
    with installed() as made, _plain_table(made) as append, peer_eventsourcing.started(made) as peer:
        open_cases(made, CASES)
        taken: dict[str, list[float]] = {}
        for number in range(ROUNDS + WARM_UP):
            for name, seconds in _round(made, append, peer, number):
                if number >= WARM_UP:
                    taken.setdefault(name, []).append(seconds)
        return _found(taken, peer)


def _round(
    made: Installation, append: Way, peer: peer_eventsourcing.Peer | None, number: int
) -> Iterator[tuple[str, float]]:
    worker, record = _mine(made, number)
    yield "note", _seconds(lambda: act(made, worker, "add-note", NOTE, record))
    yield "note_by_page", _seconds(_by_page(made, worker, record))
    waiting = contact(made, 1_000_000 + number)
    yield "contact", _seconds(lambda: contact(made, 2_000_000 + number))
    yield "decision", _seconds(lambda: act(made, "Contact Manager", "decide-contact", PROGRESS, waiting))
    yield "twenty_notes", _seconds(_twenty(made, record))
    yield "bare_append", _seconds(append)
    if peer is not None:
        yield "eventsourcing", peer.append(1)
        yield "eventsourcing_twenty", peer.append(TWENTY)


def _mine(made: Installation, number: int) -> tuple[str, UUID]:
    worker = f"Worker {number % 5}"
    records = made.records[worker]
    return worker, records[number // 5 % len(records)]


def _by_page(made: Installation, worker: str, record: UUID) -> Way:
    """Sending the form and being sent on; the page it is written on was read before."""
    browser = made.client(worker)
    address = f"/records/{record}/note/"

    def send() -> None:
        answer = browser.post(address, {**NOTE, "key": str(uuid4())})
        assert answer.status_code == 302, answer.content.decode()

    return send


def _twenty(made: Installation, record: UUID) -> Way:
    """Twenty notes of one record in one transaction, and what follows from them, as an import writes them."""
    from django.db import transaction

    from cairn.application import ports
    from cairn.application.procedures import in_use
    from cairn.application.recording import store
    from cairn.core.calendar.moment import Moment
    from cairn.core.engine.view import derive
    from cairn.core.history.event import Author, Event
    from cairn.records import ledger, register

    def write() -> None:
        with transaction.atomic():
            register.lock([record])
            stream, at = ledger.read_stream(record), ports.now()
            author = Author("Duty Manager", "duty manager", str(made.people["Duty Manager"]))
            new = [
                Event(
                    str(ledger.event_id(at)), "note.added", Moment.exact(at), at, author, NOTE, None, number
                )
                for number in range(len(stream) + 1, len(stream) + 1 + TWENTY)
            ]
            store(record, new, derive((*stream, *new), in_use(), as_at=at))

    return write


@contextmanager
def _plain_table(made: Installation) -> Iterator[Way]:
    """One row of ids, times and the same content, in a transaction of its own: nothing follows from it."""
    with psycopg.connect(made.make_empty("plain")) as connection:
        connection.execute(
            "CREATE TABLE plain (id uuid PRIMARY KEY, record uuid, number int, at timestamptz, data jsonb,"
            " UNIQUE (record, number))"
        )
        connection.commit()
        record, content = uuid4(), json.dumps(NOTE)
        numbers = iter(range(1, 1_000_000))

        def append() -> None:
            with connection.transaction():
                row = (uuid4(), record, next(numbers), content)
                connection.execute("INSERT INTO plain VALUES (%s, %s, %s, now(), %s)", row)

        yield append


def _seconds(way: Way) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


def _found(taken: dict[str, list[float]], peer: peer_eventsourcing.Peer | None) -> dict[str, Any]:
    ways = {
        name: {**milliseconds(each), "a_second": round(len(each) / sum(each))} for name, each in taken.items()
    }
    bare = ways["bare_append"]["p50_ms"]
    return {
        "rounds": ROUNDS,
        "ways": ways,
        "times_a_bare_append": {name: round(way["p50_ms"] / bare, 2) for name, way in ways.items()},
        "eventsourcing": "compared" if peer else f"not compared: {peer_eventsourcing.why_not()}",
    }


ACTS = {
    "note": "a case note recorded, with all that follows",
    "decision": "a contact decided (a referral opens), with all that follows",
    "contact": "a contact about somebody new, with all that follows",
    "note_by_page": "a case note sent by its page, to the redirect",
}


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    ways = found["ways"]
    for name, what in ACTS.items():
        way = ways[name]
        yield Line(
            what,
            f"{way['p50_ms']} ms, p95 {way['p95_ms']} ms, {way['a_second']} a second (promised: p95 under 50 ms)",
            f"one row into a plain table, {ways['bare_append']['p50_ms']} ms",
            times(found["times_a_bare_append"][name]),
        )
    yield from _against_eventsourcing(found)


def _against_eventsourcing(found: dict[str, Any]) -> Iterator[Line]:
    ways = found["ways"]
    if "eventsourcing" not in ways:
        yield Line("the same against eventsourcing", "", found["eventsourcing"])
        return
    for ours, theirs, what in (
        ("note", "eventsourcing", "a case note with all that follows"),
        ("twenty_notes", "eventsourcing_twenty", "twenty notes in one transaction, with all that follows"),
    ):
        yield Line(
            what,
            f"{ways[ours]['p50_ms']} ms",
            f"eventsourcing: the same number of events and nothing else, {ways[theirs]['p50_ms']} ms",
            times(ways[ours]["p50_ms"] / ways[theirs]["p50_ms"]),
        )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
