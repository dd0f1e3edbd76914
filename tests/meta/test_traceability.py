"""Every provision of a ledger is carried by an element of the procedures that a test would miss, or says why not.

A row counts as carried only where its test goes red once the element is taken out. Ten rows are broken at random in
each run (CAIRN_TEST_BREAK_SEED repeats a run); CAIRN_TEST_BREAK_ALL=1 breaks them all, which takes minutes.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from tests.meta.breaking import copy_without
from tests.meta.shares import BEGINS, table

from cairn.application.procedures import FOLDER, shipped_protocol

ROOT = Path(__file__).parents[2]
ASSURANCE = ROOT / "docs" / "assurance"
LEDGERS = sorted(path.stem for path in (ASSURANCE / "traceability").glob("*.csv"))
BROKEN_AT_ONCE = 10
TESTS_FAILED = 1


@cache
def rows(ledger):
    """The rows of a ledger's traceability table, by id."""
    with (ASSURANCE / "traceability" / f"{ledger}.csv").open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def provisions(ledger):
    """The ledger itself, by id."""
    with (ASSURANCE / "provisions" / f"{ledger}.csv").open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def carried(ledger):
    """The rows that are carried."""
    return [row for row in rows(ledger).values() if row["carried_by"]]


def chosen():
    """The rows to break in this run, and the seed that chooses them again."""
    every = [(ledger, row["id"]) for ledger in LEDGERS for row in carried(ledger)]
    if os.environ.get("CAIRN_TEST_BREAK_ALL"):
        return every
    return random.Random(SEED).sample(every, BROKEN_AT_ONCE)


SEED = os.environ["CAIRN_TEST_BREAK_SEED"]


def run_tests(*tests, procedures=None):
    """Run worked tests by themselves, on other procedures where these are given."""
    surroundings = {
        name: value for name, value in os.environ.items() if not name.startswith(("CAIRN_", "DJANGO_"))
    }
    if procedures:
        surroundings[FOLDER] = str(procedures)
    # Without our conftest: it takes every setting of ours away, and these tests need no database.
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--noconftest",
        "-p",
        "no:django",
        "-q",
        "--no-header",
        "-x",
        *tests,
    ]
    return subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_provision_has_its_row(ledger):
    assert list(rows(ledger)) == list(provisions(ledger))


@pytest.mark.parametrize("ledger", LEDGERS)
def test_what_is_not_carried_says_why(ledger):
    silent = [row["id"] for row in rows(ledger).values() if not row["carried_by"] and not row["note"].strip()]
    assert silent == []


@pytest.mark.parametrize("ledger", LEDGERS)
def test_what_is_carried_names_its_test(ledger):
    assert [row["id"] for row in carried(ledger) if not row["test"]] == []


NOT_FOR_SOFTWARE = {"PB-005", "PB-040", "PB-114", "PB-222"}


def test_peterborough_is_carried_whole():
    left = {row["id"] for row in rows("peterborough").values() if not row["carried_by"]}
    assert left == NOT_FOR_SOFTWARE


def test_the_share_that_is_carried_stands_on_the_page():
    """`make traceability` prints it anew."""
    assert (ASSURANCE / "README.md").read_text("utf-8").split(BEGINS)[1].strip() == table().strip()


def test_the_named_tests_are_green():
    named = sorted({row["test"] for ledger in LEDGERS for row in carried(ledger)})
    ran = run_tests(*named)
    assert ran.returncode == 0, ran.stdout[-3000:]


@pytest.mark.parametrize(("ledger", "provision"), chosen())
def test_a_test_goes_red_without_what_carries_the_provision(ledger, provision, tmp_path, monkeypatch):
    row = rows(ledger)[provision]
    broken = copy_without(row["carried_by"], ledger, tmp_path)
    monkeypatch.setenv(FOLDER, str(broken))
    # It must still load: else any test would be red, and none would show anything.
    assert shipped_protocol(ledger) is not None
    ran = run_tests(row["test"], procedures=broken)
    said = f"{row['test']} stays green without {row['carried_by']} (CAIRN_TEST_BREAK_SEED={SEED})"
    assert ran.returncode == TESTS_FAILED, f"{said}\n{ran.stdout[-1500:]}{ran.stderr[-500:]}"


def test_an_element_that_is_not_there_cannot_be_broken(tmp_path):
    with pytest.raises(KeyError):
        copy_without("rule:no-such-rule", "peterborough", tmp_path)


def test_a_test_that_does_not_need_the_element_stays_green(tmp_path):
    """The breaking itself makes nothing red: a row that names the wrong test is found out."""
    broken = copy_without("rule:contact-decision", "peterborough", tmp_path)
    assert run_tests(WITHOUT_CONTACTS, procedures=broken).returncode == 0


WITHOUT_CONTACTS = "tests/worked_cases/test_worked_cases.py::test_case[christmas-2025]"
