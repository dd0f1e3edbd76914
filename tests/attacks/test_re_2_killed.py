"""Web worker, database process and database server killed, and the database restarted, under eight writers (RE-2, RE-5).

The writers keep their own list of what was acknowledged. Nothing of it is lost, nothing is there twice, and each entry
has its row of the access log. The machine itself goes on: that the disk keeps it through a power cut is not shown here.
"""

from __future__ import annotations

import threading
import time
from collections import Counter

import pytest
from tests.attacks.serving import (
    WRITERS,
    Writer,
    kill_backend,
    kill_postmaster,
    kill_worker,
    restart,
    served,
    wait_until,
)

pytestmark = pytest.mark.faults
# Acknowledged notes between two faults: short pauses, for what takes long is the coming back.
BETWEEN = 4
LONG = [pytest.mark.attack, pytest.mark.timeout(3_000)]
CASES = [
    pytest.param(
        {kill_worker: 2, kill_backend: 2, kill_postmaster: 2, restart: 1},
        id="a sample",
        marks=pytest.mark.attack,
    ),
    pytest.param({kill_worker: 50}, id="RE-2 web worker, 50 rounds", marks=LONG),
    pytest.param({kill_backend: 50}, id="RE-2 database process, 50 rounds", marks=LONG),
    pytest.param({kill_postmaster: 50}, id="RE-2 database server, 50 rounds", marks=LONG),
    pytest.param({restart: 20}, id="RE-5 restarted 20 times", marks=LONG),
]
NOTES = """SELECT e.record_id::text, c.data ->> 'text' FROM records_ledgerevent e
JOIN records_eventcontent c ON c.event_id = e.id WHERE e.type = 'note.added'"""
LOGGED = (
    """SELECT count(*) FROM records_accessentry WHERE page = 'act:add-note' AND what = 'act' AND allowed"""
)
HALF = """SELECT count(*) FROM records_ledgerevent e WHERE NOT EXISTS
(SELECT FROM records_eventcontent c WHERE c.event_id = e.id)"""
GAPS = """SELECT record_id FROM records_ledgerevent GROUP BY record_id HAVING max(number) <> count(*)"""


@pytest.mark.parametrize("faults", CASES)
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path, faults):
    with served(tmp_path) as where:
        finished, began, rounds = threading.Event(), time.monotonic(), 0
        writers = [Writer(where, number, finished) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            for fault, times in faults.items():
                for _ in range(times):
                    some_more(writers)
                    fault(where)
                    rounds += 1
                    assert where.ask("SHOW fsync") == [("on",)]
            some_more(writers)
        finally:
            finished.set()
            for writer in writers:
                writer.join(60)
        judge(where, writers, rounds, time.monotonic() - began)


def some_more(writers):
    """Return when so many more notes have been acknowledged, all writers together."""
    goal = sum(len(writer.acknowledged) for writer in writers) + BETWEEN
    before = sum((writer.answers for writer in writers), Counter())

    def answered_since():
        return dict(sum((writer.answers for writer in writers), Counter()) - before)

    wait_until(lambda: sum(len(writer.acknowledged) for writer in writers) >= goal, answered_since)


def ready(where):
    """How many notes were written before the writers began, to see that it serves."""
    return sum(text == "Ready" for _, text in where.ask(NOTES))


def judge(where, writers, rounds, seconds):
    notes = Counter(row for row in where.ask(NOTES) if row[1] != "Ready")
    acknowledged = Counter(one for writer in writers for one in writer.acknowledged)
    assert acknowledged - notes == Counter(), "acknowledged, and lost"
    assert set(notes.values()) <= {1}, "there twice"
    # What is there and was not acknowledged is at most the last form of each writer: its answer was lost at the end.
    assert (notes - acknowledged).total() <= WRITERS
    ((logged,),) = where.ask(LOGGED)
    again = sum(writer.again for writer in writers)
    assert notes.total() <= logged <= notes.total() + again + ready(where), (
        "an entry without its row of the log"
    )
    assert where.ask(HALF) == [(0,)]
    assert where.ask(GAPS) == []
    answers = sum((writer.answers for writer in writers), Counter())
    print(
        f"{rounds} faults in {seconds:.0f} s, {acknowledged.total()} acknowledged, {again} sent again, {dict(answers)}"
    )
    assert set(answers) <= {0, 302, 503}, answers
