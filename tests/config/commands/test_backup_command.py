"""cairn backup and cairn restore, from the command line to an application that answers on what was restored."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest

from cairn.config import main
from cairn.records import register


@pytest.fixture
def cairn(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr("sys.argv", ["cairn", *words])
        status = main.main()
        return (status, *capsys.readouterr())

    return run


def test_a_copy_is_made_and_another_database_is_made_of_it(
    committed_database, database_server, cairn, monkeypatch, tmp_path
):
    register.open_record("child", datetime(2026, 5, 1, 9, tzinfo=UTC))
    copy = str(tmp_path / "copy")
    monkeypatch.setenv("CAIRN_DATABASE_URL", committed_database.url())
    status, said, _ = cairn("backup", copy)
    assert status == 0
    assert "The keys of this installation" in said
    database_server.make("restored_by_command")
    try:
        restored = database_server.url("restored_by_command")
        monkeypatch.setenv("CAIRN_DATABASE_URL", restored)
        status, said, _ = cairn("restore", copy)
        assert (status, "each by its digest" in said) == (0, True)
        # As the application: the rights were given, and it may not change the ledger.
        with psycopg.connect(database_server.url("restored_by_command", "cairn_app")) as connection:
            assert connection.execute("SELECT count(*) FROM records_record").fetchone() == (1,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("DELETE FROM records_ledgerevent")
        again = cairn("restore", copy)
        assert (again[0], "holds tables already" in again[2]) == (1, True)
    finally:
        database_server.drop("restored_by_command")


def test_without_the_owner_s_address_nothing_is_done(cairn, monkeypatch, tmp_path):
    monkeypatch.setenv("CAIRN_APP_DATABASE_URL", "host=127.0.0.1 port=1 user=cairn_app dbname=none")
    for words in (("backup", str(tmp_path / "copy")), ("restore", str(tmp_path / "copy"))):
        status, _, complained = cairn(*words)
        assert (status, "CAIRN_DATABASE_URL" in complained) == (1, True)
