"""A copy of a whole database with real rows, and a database made of it: the same, or said what is not."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime

import psycopg
import pytest
from tests.records.conftest import make_event, make_staff

from cairn.adapters.postgres.backup import DUMP, MANIFEST, BackupFailed, back_up, restore
from cairn.records import ledger, register
from cairn.records.digest import plain

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)


def quiet(_):
    """Nobody listens."""


@pytest.fixture
def full(committed_database):
    """The owner's address of a database with records in it."""
    author = make_staff()
    for number in range(30):
        row = register.open_record("child", make_event(author).recorded_at)
        said = plain({"account": f"Zoë’s visit {number}\n—"})
        ledger.append(row.id, [make_event(author, data=said)], expected_version=0)
    return committed_database


@pytest.fixture
def empty(database_server):
    database_server.make("restored")
    yield database_server.url("restored")
    database_server.drop("restored")


def rows(address, table):
    with psycopg.connect(address) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - a name of the test's own


def test_what_was_copied_is_restored_to_the_row(full, empty, tmp_path):
    made = back_up(full.url(), tmp_path / "copy", AT, quiet)
    assert made.tables["records_eventcontent"].rows == 30
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o700
    told = restore(empty, tmp_path / "copy", quiet)
    assert told == made
    for table in ("records_eventcontent", "records_ledgerevent", "records_record"):
        assert rows(empty, table) == rows(full.url(), table)
    with psycopg.connect(empty) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        # The triggers came along: the ledger refuses its owner here too.
        connection.execute("DELETE FROM records_ledgerevent")


def test_the_copy_is_of_one_instant_whoever_writes_meanwhile(full, empty, tmp_path):
    author = make_staff("Late Worker")

    def write_meanwhile(line):
        if line == "Copying":
            register.open_record("child", make_event(author).recorded_at)

    made = back_up(full.url(), tmp_path / "copy", AT, write_meanwhile)
    assert made.tables["records_record"].rows == 30
    assert len(rows(full.url(), "records_record")) == 31
    assert restore(empty, tmp_path / "copy", quiet).tables["records_record"].rows == 30


def test_a_copy_that_was_changed_is_not_restored(full, empty, tmp_path):
    copy = tmp_path / "copy"
    back_up(full.url(), copy, AT, quiet)
    dump = (copy / DUMP).read_bytes()
    middle = len(dump) // 2
    (copy / DUMP).write_bytes(dump[:middle] + bytes([dump[middle] ^ 1]) + dump[middle + 1 :])
    with pytest.raises(BackupFailed, match="has been changed"):
        restore(empty, copy, quiet)
    (copy / DUMP).write_bytes(dump)
    restore(empty, copy, quiet)


def test_a_table_that_is_not_as_the_copy_says_is_named(full, empty, tmp_path):
    copy = tmp_path / "copy"
    back_up(full.url(), copy, AT, quiet)
    told = json.loads((copy / MANIFEST).read_text())
    told["tables"]["records_staff"]["digest"] = "1:1"
    (copy / MANIFEST).write_text(json.dumps(told))
    with pytest.raises(BackupFailed, match="not the same: records_staff"):
        restore(empty, copy, quiet)


def test_what_is_there_is_written_over_by_neither(full, empty, tmp_path):
    copy = tmp_path / "copy"
    back_up(full.url(), copy, AT, quiet)
    with pytest.raises(BackupFailed, match="holds something already"):
        back_up(full.url(), copy, AT, quiet)
    with pytest.raises(BackupFailed, match="holds tables already"):
        restore(full.url(), copy, quiet)
    (copy / MANIFEST).unlink()
    with pytest.raises(BackupFailed, match="no whole copy"):
        restore(empty, copy, quiet)


def test_a_program_that_fails_says_why(full, tmp_path):
    with psycopg.connect(full.url(), autocommit=True) as connection:
        connection.execute("ALTER TABLE records_staff RENAME TO records_people")
    made = back_up(full.url(), tmp_path / "copy", AT, quiet)
    assert "records_people" in made.tables
    with pytest.raises((BackupFailed, psycopg.OperationalError)):
        back_up(full.url().replace("dbname=", "dbname=no_such_"), tmp_path / "other", AT, quiet)
    assert not (tmp_path / "other" / MANIFEST).exists()
