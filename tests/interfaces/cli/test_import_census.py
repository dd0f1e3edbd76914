"""cairn import cin-census: the report, where it goes, and that nothing is stored of what is refused."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest
from tests.core.returns.made_up_returns import child, episode, message

from cairn.records.models import LedgerEvent, Record


@pytest.fixture
def house(db, made_up, clock):
    clock.at = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "return.xml"
    faulty = child(episode(), number="FAULTY1", birth="<PersonBirthDate>31/02/2016</PersonBirthDate>")
    path.write_text(message(child(episode(), number="MADEUP1"), faulty), "utf-8")
    return path


def test_it_prints_the_report_and_what_was_stored(cairn, house, file):
    status, said, _ = cairn("import", "cin-census", str(file))
    assert status == 0
    assert said.startswith("Census return of authority 299, reference date 31 March 2026\n")
    assert "      1  taken" in said
    assert "FAULTY1" in said
    assert said.endswith("Records: 1 new, 0 there already.\nEvents: 2 new, 0 there already.\nStored.\n")
    assert (Record.objects.count(), LedgerEvent.objects.count()) == (1, 2)
    again = cairn("import", "cin-census", str(file))[1]
    assert "Records: 0 new, 1 there already.\nEvents: 0 new, 2 there already." in again


def test_a_dry_run_says_so(cairn, house, file):
    status, said, _ = cairn("import", "cin-census", str(file), "--dry-run")
    assert status == 0
    assert said.endswith("This was a dry run: nothing was stored.\n")
    assert Record.objects.count() == 0


def test_every_finding_goes_into_a_file_that_only_its_owner_can_read(cairn, house, file, tmp_path):
    table = tmp_path / "findings.csv"
    table.write_text("older")
    cairn("import", "cin-census", str(file), "--report", str(table))
    text = table.read_text("utf-8-sig")
    assert text.startswith("outcome,concerns,child")
    assert "FAULTY1" in text
    assert stat.S_IMODE(table.stat().st_mode) == 0o600


def test_what_is_refused_says_why_and_stores_nothing(cairn, house, tmp_path):
    path = tmp_path / "other.xml"
    path.write_text("<Return/>", "utf-8")
    status, said, complained = cairn("import", "cin-census", str(path))
    assert (status, said) == (1, "")
    assert complained.startswith("Nothing was stored. The file begins with Return;")
    assert cairn("import", "cin-census", str(tmp_path / "nowhere.xml"))[0] == 1
    assert Record.objects.count() == 0


def test_the_kind_of_import_must_be_named(cairn, capsys):
    with pytest.raises(SystemExit):
        cairn("import")
    assert "KIND" in capsys.readouterr().err


def test_another_authoritys_return_is_refused_with_the_place_and_the_remedy(cairn, house, file, monkeypatch):
    monkeypatch.setenv("CAIRN_AUTHORITY_CODE", "301")
    status, said, complained = cairn("import", "cin-census", str(file))
    assert (status, said) == (1, "")
    assert "is of authority 299 (Header/Source/LEA)" in complained
    assert "(line " in complained
    assert "CAIRN_AUTHORITY_CODE" in complained
    assert Record.objects.count() == 0


def test_a_return_that_names_no_authority_is_not_taken_for_ones_own(cairn, house, file, monkeypatch):
    monkeypatch.setenv("CAIRN_AUTHORITY_CODE", "299")
    file.write_text(file.read_text("utf-8").replace("<LEA>299</LEA>", ""), "utf-8")
    status, _, complained = cairn("import", "cin-census", str(file))
    assert status == 1
    assert "names no authority" in complained


def test_ones_own_is_taken_and_where_nobody_can_tell_it_is_said(cairn, house, file, monkeypatch):
    assert "nobody checked" in cairn("import", "cin-census", str(file), "--dry-run")[2]
    monkeypatch.setenv("CAIRN_AUTHORITY_CODE", "299")
    status, _, complained = cairn("import", "cin-census", str(file))
    assert status == 0
    assert "nobody checked" not in complained
