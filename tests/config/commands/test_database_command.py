"""`cairn database` as an administrator meets it: a process with its output and its exit status."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

CAIRN = Path(sys.executable).with_name("cairn")
SHIPPED = Path(__file__).resolve().parents[3] / "src" / "cairn" / "procedures"


@pytest.fixture
def cairn(tmp_path):
    """Runs the command in an empty working folder, with further variables; the server is stopped at the end."""

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CAIRN_")}
        return subprocess.run(
            [CAIRN, *words], cwd=tmp_path, env=kept | variables, capture_output=True, text=True, check=False
        )

    yield run
    run("database", "stop")


def test_from_nothing_to_a_prepared_database_and_back(cairn, tmp_path):
    assert (cairn("database", "status").returncode, cairn("database", "start").returncode) == (3, 0)
    prepared = cairn("database", "prepare")
    assert (prepared.returncode, prepared.stdout) == (0, "The database is ready.\n")
    shown = cairn("database", "status")
    assert shown.returncode == 0
    with psycopg.connect(shown.stdout.removeprefix("running: ").strip()) as connection:
        roles = {
            name for (name,) in connection.execute("select rolname from pg_roles where rolname like 'cairn%'")
        }
        assert connection.execute("select count(*) from records_ledgerevent").fetchone() == (0,)
    assert roles == {"cairn_owner", "cairn_app", "cairn_sealer", "cairn_disposal"}
    assert cairn("database", "stop").returncode == 0
    assert cairn("database", "status").returncode == 3
    assert sorted(each.name for each in (tmp_path / ".cairn").iterdir()) == [
        "postgres",
        "referrer-key",
        "secret-key",
    ]


def test_preparing_starts_the_database_and_leaves_it_as_it_was(cairn):
    assert cairn("database", "prepare").returncode == 0
    assert cairn("database", "status").returncode == 3


def test_a_change_of_what_approves_what_is_said_until_the_database_is_prepared_anew(cairn, tmp_path):
    folder = tmp_path / "procedures"
    shutil.copytree(SHIPPED, folder)
    told = {"CAIRN_PROCEDURES": str(folder)}
    assert cairn("database", "check").returncode == 1, "nothing is prepared yet"
    assert cairn("database", "prepare").returncode == 0
    agreed = cairn("database", "check", **told)
    assert (agreed.returncode, agreed.stdout) == (0, "The database guards what the vocabulary says.\n")
    changed = folder / "vocabulary" / "assessment.yaml"
    approved = "approves: assessment.submitted"
    assert approved in changed.read_text("utf-8")
    changed.write_text(changed.read_text("utf-8").replace(f"    {approved}\n", "", 1), "utf-8")
    differs = cairn("database", "check", **told)
    assert differs.returncode == 1
    assert "still asks somebody else" in differs.stdout
    assert "cairn database prepare" in differs.stdout
    assert cairn("database", "prepare", **told).returncode == 0
    assert cairn("database", "check", **told).returncode == 0


def test_the_home_may_be_elsewhere(cairn, tmp_path):
    elsewhere = str(tmp_path / "else where")
    assert cairn("database", "start", CAIRN_HOME=elsewhere).returncode == 0
    assert cairn("database", "status", CAIRN_HOME=elsewhere).returncode == 0
    assert cairn("database", "stop", CAIRN_HOME=elsewhere).returncode == 0
    assert not (tmp_path / ".cairn").exists()


@pytest.mark.parametrize("do", ["start", "stop", "status"])
def test_an_authoritys_own_database_is_not_ours_to_start_or_stop(cairn, do):
    refused = cairn("database", do, CAIRN_DATABASE_URL="postgresql://owner@db.invalid/cairn")
    assert refused.returncode == 1
    assert "CAIRN_DATABASE_URL is set" in refused.stderr


def test_preparing_needs_the_owner(cairn):
    refused = cairn("database", "prepare", CAIRN_APP_DATABASE_URL="postgresql://cairn_app@db.invalid/cairn")
    assert refused.returncode == 1
    assert "set CAIRN_DATABASE_URL to the owner's address" in refused.stderr


def test_a_failure_is_told_in_plain_words(cairn, tmp_path):
    (tmp_path / ".cairn" / "postgres" / "data").mkdir(parents=True)
    (tmp_path / ".cairn" / "postgres" / "data" / "PG_VERSION").write_text("9.6\n")
    failed = cairn("database", "start")
    assert failed.returncode == 1
    assert failed.stderr.startswith("cairn: PostgreSQL did not start in ")
    assert "Traceback" not in failed.stderr
