"""cairn export cin-census: what was taken over is given out as the same, and who was in it is in the access log."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest
from tests.adapters.test_census_writer import without_lines
from tests.core.returns.made_up_returns import assessment, child, episode, message, plan, read
from tests.core.returns.rules.judged import CLEAN, a_child, assessed, own_upn, protected

from cairn.records.models import AccessEntry, Record

LIVELY = (
    *CLEAN,
    a_child(
        episode(
            assessment("2025-06-03", "2025-07-10", ("2B", "4A")),
            plan("2025-07-11", "2025-11-01"),
            plan("2025-11-03"),
        ),
        number="MADEUP6",
        more=own_upn("206123456789"),
        disabilities=("AUT", "LD"),
    ),
    a_child(
        protected(
            end="2026-02-02", reviews=("2025-11-28", "2026-02-02"), first="NEG", latest="EMO", previous="1"
        ),
        number="MADEUP7",
        more=own_upn("207123456789"),
    ),
    a_child(
        assessed(closed="2025-08-01", reason="RC8"),
        episode(referred="2025-09-01", nfa="1", need=""),
        assessed(referred="2025-10-01")
        .replace("2025-06-03", "2025-10-02")
        .replace("2025-07-10", "2025-11-03"),
        number="MADEUP8",
        more=own_upn("208123456789"),
    ),
)


@pytest.fixture
def house(db, clock, monkeypatch):
    clock.at = datetime(2026, 5, 1, 9, tzinfo=UTC)
    monkeypatch.setenv("CAIRN_AUTHORITY_CODE", "299")


def test_what_was_taken_over_is_given_out_as_the_same_and_taken_over_again_it_changes_nothing(
    cairn, house, tmp_path
):
    first, second = tmp_path / "in.xml", tmp_path / "out.xml"
    text = message(*LIVELY).replace("<Reviews></Reviews>", "")
    first.write_text(text, "utf-8")
    assert cairn("import", "cin-census", str(first))[0] == 0
    status, said, _ = cairn("export", "cin-census", str(second), "--year", "2026")
    assert (status, said.splitlines()[0]) == (0, "Return of 2025-26: 8 children of 8 records.")
    given, taken = read(second.read_text("utf-8")), read(text)
    assert by_number(given) == by_number(taken)
    again = cairn("import", "cin-census", str(second))[1]
    assert "Records: 0 new, 8 there already." in again
    assert "Events: 0 new" in again
    assert cairn("validate", "cin-census", str(second))[0] == 0
    assert stat.S_IMODE(second.stat().st_mode) == 0o600
    logged = {record for one in AccessEntry.objects.filter(what="export") for record in one.records}
    assert logged == set(Record.objects.values_list("pk", flat=True))


def by_number(found):
    """Each child by their number, episodes and lists in an order of their own: a file's order says nothing."""
    children = {}
    for one in without_lines(found.children):
        one["disabilities"] = sorted(one["disabilities"])
        one["episodes"] = sorted(one["episodes"], key=lambda each: each["referred"])
        children[one["authority_number"]] = one
    return children


def test_what_was_over_before_the_year_is_left_out_and_what_is_to_come_is_not_known(cairn, house, tmp_path):
    before = child(
        episode(
            assessment("2024-06-03", "2024-07-10", ("2B",)),
            referred="2024-06-02",
            closed="2025-03-31",
            reason="RC7",
        ),
        number="OLD1",
    )
    first, second = tmp_path / "in.xml", tmp_path / "out.xml"
    first.write_text(message(before, CLEAN[0]), "utf-8")
    cairn("import", "cin-census", str(first))
    assert "1 children of 2 records" in cairn("export", "cin-census", str(second), "--year", "2026")[1]
    assert "OLD1" not in second.read_text("utf-8")
    assert "1 children of 2 records" in cairn("export", "cin-census", str(second), "--year", "2025")[1]
    year_before = read(second.read_text("utf-8"))
    assert [one.authority_number.text for one in year_before.children] == ["OLD1"]


def test_without_the_code_of_the_authority_nothing_is_written(cairn, house, tmp_path, monkeypatch):
    monkeypatch.delenv("CAIRN_AUTHORITY_CODE")
    out = tmp_path / "out.xml"
    status, _, complained = cairn("export", "cin-census", str(out), "--year", "2026")
    assert status == 1
    assert "CAIRN_AUTHORITY_CODE" in complained
    assert not out.exists()
