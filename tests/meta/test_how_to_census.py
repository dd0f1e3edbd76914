"""The how-to pages for the census return and for copies, followed: every command in them does what the page says."""

from __future__ import annotations

import re
import shlex
import stat
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.application.conftest import clock
from tests.core.returns.made_up_returns import message
from tests.core.returns.rules.judged import CLEAN

from cairn.config import main
from cairn.interfaces.cli.main import COMMANDS, run
from cairn.records import register
from cairn.records.models import Record

__all__ = ["clock"]
PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to"


def commands(page):
    """What is typed at each prompt of a page, without the name of the program."""
    text = (PAGES / page).read_text("utf-8")
    return [shlex.split(line) for line in re.findall(r"^ *\$ cairn (.*)$", text, re.MULTILINE)]


def test_the_return_is_judged_taken_over_given_out_and_judged_again(db, clock, monkeypatch, capsys, tmp_path):
    def typed(*words):
        return run(words, COMMANDS, lambda _: nullcontext()), capsys.readouterr().out

    clock.at = datetime(2026, 5, 1, 9, tzinfo=UTC)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAIRN_AUTHORITY_CODE", "299")
    (tmp_path / "old.xml").write_text(message(*CLEAN).replace("<Reviews></Reviews>", ""), "utf-8")
    judge, take, give, again = commands("give-the-census-return.md")
    assert typed(*judge)[0] == 0
    assert stat.S_IMODE((tmp_path / "faults.csv").stat().st_mode) == 0o600
    assert typed(*take, "--dry-run")[1].endswith("nothing was stored.\n")
    assert Record.objects.count() == 0
    assert typed(*take)[1].endswith("Stored.\n")
    assert f"{len(CLEAN)} children" in typed(*give)[1]
    assert typed(*again)[0] == 0


def test_a_copy_is_made_and_tried(committed_database, database_server, monkeypatch, capsys, tmp_path):
    register.open_record("child", datetime(2026, 5, 1, 9, tzinfo=UTC))
    back_up, restore = commands("back-up-and-restore.md")
    monkeypatch.chdir(tmp_path)

    def typed(words, database):
        monkeypatch.setenv("CAIRN_DATABASE_URL", database)
        monkeypatch.setattr("sys.argv", ["cairn", *words])
        return main.main(), capsys.readouterr().err

    assert typed(back_up, committed_database.url())[0] == 0
    database_server.make("tried")
    try:
        empty = database_server.url("tried")
        assert typed(restore, empty)[0] == 0
        with psycopg.connect(empty) as connection:
            assert connection.execute("SELECT count(*) FROM records_record").fetchone() == (1,)
        status, complained = typed(restore, empty)
        assert (status, "empty" in complained) == (1, True)
    finally:
        database_server.drop("tried")


@pytest.mark.parametrize("page", ["give-the-census-return.md", "back-up-and-restore.md"])
def test_every_command_of_the_page_is_one(page):
    assert {words[0] for words in commands(page)} <= {*COMMANDS, *main.OWN_COMMANDS}
