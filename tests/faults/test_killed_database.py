"""Nothing that was acknowledged is lost, however often the database is killed while it is written to.

The writers keep their own list of what was acknowledged; a killed process leaves what it wrote with the machine, so
that this shows that nothing is half written and nothing forgotten, not that the disk keeps it through a power cut.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter

import psycopg
import pytest

from cairn.adapters.postgres import Cluster

pytestmark = pytest.mark.faults

ROUNDS = 50
WRITERS = 8
BETWEEN = 20  # acknowledged rows between two kills
PAUSE = 0.05  # seconds before a writer whose connection broke tries again
LONGEST_RESTART = 5.0  # seconds; a tenth of one is usual, the machine may be busy


class Writer(threading.Thread):
    """Writes numbered rows, each with its row of audit in one transaction; remembers which were acknowledged."""

    def __init__(self, number: int, address: str, finished: threading.Event) -> None:
        super().__init__()
        self.number = number
        self.address = address
        self.finished = finished
        self.acknowledged: list[int] = []
        self.attempts = 0

    def run(self) -> None:
        while not self.finished.is_set():
            try:
                with psycopg.connect(self.address) as connection:
                    self.write_until_it_breaks(connection)
            except psycopg.OperationalError:
                self.finished.wait(PAUSE)  # it was killed; the next connection finds it again

    def write_until_it_breaks(self, connection: psycopg.Connection) -> None:
        while not self.finished.is_set():
            self.attempts += 1
            row = (self.number, self.attempts)
            connection.execute("insert into entry values (%s, %s)", row)
            connection.execute("insert into audit values (%s, %s)", row)
            connection.commit()
            self.acknowledged.append(self.attempts)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])


def backend(cluster: Cluster) -> int:
    """A server process that is working for one of the writers."""
    asking = "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1"
    while True:
        try:
            with psycopg.connect(cluster.url("postgres", "postgres")) as connection:
                found = connection.execute(asking).fetchone()
        except psycopg.OperationalError:
            continue
        if found:
            return found[0]


def restart_when_killed(cluster: Cluster) -> float:
    """The seconds until it takes connections again, with the disk still asked to keep what is written."""
    began = time.monotonic()
    cluster.start()
    with psycopg.connect(cluster.url("postgres", "postgres")) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
    return time.monotonic() - began


def recover_by_itself(cluster: Cluster) -> float:
    """The seconds until a server whose backend was killed has recovered; nobody starts it."""
    began = time.monotonic()
    while True:
        try:
            with psycopg.connect(cluster.url("postgres", "postgres")) as connection:
                assert connection.execute("show fsync").fetchone() == ("on",)
                return time.monotonic() - began
        except psycopg.OperationalError:
            assert time.monotonic() - began < LONGEST_RESTART


@pytest.mark.parametrize(
    ("victim", "again"),
    [(postmaster, restart_when_killed), (backend, recover_by_itself)],
    ids=["the server", "one of its processes"],
)
def test_nothing_acknowledged_is_lost(tmp_path, victim, again):
    with Cluster(tmp_path / "postgres") as cluster:
        address = cluster.url("postgres", "postgres")
        with psycopg.connect(address) as connection:
            connection.execute("create table entry (writer int, number int, primary key (writer, number))")
            connection.execute("create table audit (writer int, number int)")
        writers, restarts = kill_repeatedly(cluster, address, victim, again)
        with psycopg.connect(address) as connection:
            entries = Counter(connection.execute("select writer, number from entry").fetchall())
            audited = Counter(connection.execute("select writer, number from audit").fetchall())
    acknowledged = Counter((writer.number, number) for writer in writers for number in writer.acknowledged)
    assert acknowledged.total() >= ROUNDS * BETWEEN
    assert acknowledged - entries == Counter(), "acknowledged, and lost"
    assert entries == audited
    assert max(restarts) < LONGEST_RESTART


def kill_repeatedly(cluster, address, victim, again):
    """Kill `victim` ROUNDS times, each time after more rows have been acknowledged; the writers and the restarts."""
    finished = threading.Event()
    writers = [Writer(number, address, finished) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    restarts = []
    try:
        for _ in range(ROUNDS):
            wait_for_rows(writers, BETWEEN)
            os.kill(victim(cluster), signal.SIGKILL)
            restarts.append(again(cluster))
        wait_for_rows(writers, BETWEEN)
    finally:
        finished.set()
        for writer in writers:
            writer.join()
    return writers, restarts


def wait_for_rows(writers: list[Writer], more: int) -> None:
    """Return when so many more rows have been acknowledged, all writers together."""
    goal = sum(len(writer.acknowledged) for writer in writers) + more
    while sum(len(writer.acknowledged) for writer in writers) < goal:
        assert all(writer.is_alive() for writer in writers)
        threading.Event().wait(0.001)
