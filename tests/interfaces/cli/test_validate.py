"""cairn validate cin-census: every fault with its place, the totals, and what is refused."""

from __future__ import annotations

import json
import stat

import pytest
from tests.core.returns.made_up_returns import HEADER, child, episode, message
from tests.core.returns.rules.judged import CLEAN


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "return.xml"
    faulty = child(episode(), number="=FAULTY", sex="<Sex>X</Sex>", ethnicity="")
    path.write_text(message(*CLEAN, faulty), "utf-8")
    return path


def test_it_says_how_often_each_rule_is_broken_and_what_to_do(cairn, file):
    status, said, _ = cairn("validate", "cin-census", str(file))
    assert status == 1
    assert said.startswith("Return of 2025-26: 6 children.\n")
    assert "  4180  error        1  The sex is missing, or not M, F or U. Give M or F;" in said
    assert said.splitlines()[-1].endswith("queries.")


def test_each_fault_is_a_line_of_json_where_that_is_asked_for(cairn, file):
    _, said, _ = cairn("validate", "cin-census", str(file), "--json")
    found = [json.loads(line) for line in said.splitlines()]
    (sex,) = [one for one in found if one["rule"] == "4180"]
    assert (sex["child"], sex["element"], sex["found"]) == ("=FAULTY", "ChildIdentifiers/Sex", "X")
    assert sex["line"]


def test_every_fault_goes_into_a_table_that_only_its_owner_can_read_and_that_runs_nothing(
    cairn, file, tmp_path
):
    table = tmp_path / "faults.csv"
    cairn("validate", "cin-census", str(file), "--report", str(table))
    text = table.read_text("utf-8-sig")
    assert "'=FAULTY" in text
    assert ",=FAULTY" not in text
    assert stat.S_IMODE(table.stat().st_mode) == 0o600


def test_queries_alone_are_no_failure(cairn, tmp_path):
    path = tmp_path / "clean.xml"
    path.write_text(message(*CLEAN), "utf-8")
    status, said, _ = cairn("validate", "cin-census", str(path))
    assert (status, said.splitlines()[-1][:9]) == (0, "0 errors,")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<Return/>", "begins with Return"),
        (message(header="<Header></Header>"), "neither its reference date nor its year"),
        (message().replace(HEADER, "").replace("</Children>", f"</Children>{HEADER}"), ""),
        (f"<Message><Children>{CLEAN[0]}</Children>{HEADER}</Message>", "header does not come before"),
        (message(*CLEAN)[:-40], "breaks off"),
    ],
)
def test_what_cannot_be_judged_says_why(cairn, tmp_path, text, said):
    path = tmp_path / "other.xml"
    path.write_text(text, "utf-8")
    status, out, complained = cairn("validate", "cin-census", str(path))
    if said:
        assert (status, out) == (1, "")
        assert complained.startswith("Nothing was judged.")
        assert said in complained
    else:
        assert status == 0
