"""The report of a take-over: figures that add up, and a place and a remedy for every finding."""

import csv
import io

from tests.core.returns.made_up_returns import assessment, child, episode, taken

from cairn.core.returns.report import Report, as_csv, as_text, report

FORMULA = "=HYPERLINK(1)"


def made() -> Report:
    return report(
        taken(
            child(episode(assessment("2025-06-03")), number="A1"),
            child(episode(closed="2025-09-30", reason="RC7"), episode(referred=None), number="A2"),
            child(episode(nfa="1", need=""), number="A3", ethnicity=f"<Ethnicity>{FORMULA}</Ethnicity>"),
            child(episode(), episode(referred="2025-08-01"), number="A4", birth=""),
            child(episode(), number=None),
        )
    )


def test_the_totals_add_up():
    counts = made().counts
    assert (counts.children, counts.children_taken, counts.children_not_taken) == (5, 3, 2)
    assert (counts.episodes, counts.episodes_open, counts.episodes_closed, counts.episodes_not_taken) == (
        7,
        1,
        2,
        4,
    )
    assert counts.no_further_action == 1


def test_events_are_counted_by_type():
    assert made().events == {
        "assessment.started": 1,
        "case.closed": 2,
        "person.described": 3,
        "referral.received": 3,
    }


def test_findings_are_grouped_by_reason_what_was_not_taken_first():
    groups = made().groups
    assert [group.severity for group in groups] == ["not taken"] * 3 + ["taken with a note"]
    by_reason = {group.reason: group.children for group in groups}
    assert by_reason["The referral date is missing"] == ("A2",)
    assert by_reason["The child has no authority number"] == ("",)
    assert all(group.remedy for group in groups)


def test_the_text_has_the_totals_and_every_finding_of_what_was_not_taken():
    text = as_text(made())
    assert text.startswith("Census return of authority 299, reference date 31 March 2026\n")
    assert "      1  taken, open: to be allocated" in text
    assert "Not taken: 3" in text
    assert "A2: line " in text
    assert "(no number): line " in text
    assert "CINdetails/CINreferralDate" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_a_long_list_of_children_is_cut_short_in_the_text_and_whole_in_the_table():
    many = report(taken(*(child(episode(), number=f"A{n}", ethnicity="") for n in range(30))))
    text = as_text(many)
    assert "and 10 more" in text.replace("\n             ", " ")
    rows = list(csv.DictReader(io.StringIO(as_csv(many))))
    assert len({row["child"] for row in rows}) == 30


def test_each_row_of_the_table_has_child_element_line_reason_and_remedy():
    rows = list(csv.DictReader(io.StringIO(as_csv(made()))))
    assert len(rows) == 4
    for row in rows:
        assert row["element"]
        assert int(row["line"]) > 0
        assert row["reason"]
        assert row["what to do"]
    (lost,) = [row for row in rows if row["child"] == "A2"]
    assert (lost["outcome"], lost["concerns"]) == ("not taken", "episode")


def test_no_cell_of_the_table_can_be_run_as_a_formula():
    rows = list(csv.DictReader(io.StringIO(as_csv(made()))))
    assert f"'{FORMULA}" in [row["found"] for row in rows]


def test_the_text_quotes_no_value_of_the_return():
    assert FORMULA not in as_text(made())
    assert FORMULA not in repr(made())


def test_a_return_without_faults_says_so():
    text = as_text(report(taken(child(episode()))))
    assert "Not taken: 0" in text
    assert "Taken with a note: 0" in text
