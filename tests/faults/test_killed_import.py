"""A take-over that is killed with no warning, again and again: nothing is lost, nothing twice, and run again it goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest
from tests.core.returns.rules.judged import CALENDAR

from cairn.adapters import census_writer
from cairn.core.made_up.figures import read_figures
from cairn.core.made_up.returns import Wanted, children, header

CASES, PATIENCE = 330, 120


@pytest.fixture
def file(tmp_path):
    figures = read_figures((files("cairn.procedures") / "made_up" / "national_2025.csv").read_text("utf-8"))
    wanted = Wanted(CASES, date(2026, 3, 31))
    path = tmp_path / "return.xml"
    with path.open("wb") as stream:
        census_writer.write(stream, header(wanted), children(wanted, figures, random.Random(3), CALENDAR))
    return path


def start(database, file):
    surroundings = {
        **os.environ,
        "CAIRN_APP_DATABASE_URL": database.url("cairn_app"),
        "CAIRN_AUTHORITY_CODE": "299",
    }
    command = [str(Path(sys.executable).with_name("cairn")), "import", "cin-census", str(file)]
    return subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ask(database, question):
    with psycopg.connect(database.url()) as connection:
        return connection.execute(question).fetchall()


def records(database):
    return ask(database, "SELECT count(*) FROM records_record")[0][0]


def kill_after_the_next_batch(database, process):
    """Wait until something more was taken, then kill it; whether it was still at work."""
    before, until = records(database), time.monotonic() + PATIENCE
    while process.poll() is None and records(database) == before:
        assert time.monotonic() < until, "nothing was taken"
        time.sleep(0.02)
    at_work = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    return at_work


@pytest.mark.long
@pytest.mark.timeout(300)
def test_killed_after_each_batch_it_goes_on_and_ends_as_if_it_had_not_been(
    committed_database, database_server, file
):
    kills = 0
    for _ in range(10):
        if not kill_after_the_next_batch(committed_database, start(committed_database, file)):
            break
        kills += 1
    assert kills >= 2, "it was never killed at work"
    said, _ = start(committed_database, file).communicate(timeout=PATIENCE)
    number = records(committed_database)
    assert f"{number:,} there already" in said
    assert number == CASES + round(CASES * 0.879) + round(CASES * 0.103)
    # Each child whole: as many referrals as children, each event once, and a line in the lists for each.
    questions = (
        "SELECT count(*), count(DISTINCT id), count(DISTINCT record_id) FROM records_ledgerevent",
        "SELECT count(*) FROM records_ledgerevent WHERE type = 'referral.received'",
    )
    (events, ids, whose) = ask(committed_database, questions[0])[0]
    assert (events, whose) == (ids, number)
    assert ask(committed_database, questions[1]) == [(number,)]
    database_server.make("in_one_go", "cairn_template")
    try:
        other = type(committed_database)(database_server, "in_one_go")
        start(other, file).communicate(timeout=PATIENCE)
        stand = "SELECT id, type, happened_earliest FROM records_ledgerevent ORDER BY id"
        assert ask(committed_database, stand) == ask(other, stand)
        lines = "SELECT number, stage, open_work, born FROM records_recordsummary JOIN records_record ON id = record_id ORDER BY born, stage, open_work"
        assert [one[1:] for one in ask(committed_database, lines)] == [one[1:] for one in ask(other, lines)]
    finally:
        database_server.drop("in_one_go")
