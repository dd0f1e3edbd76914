"""In what is given out for a spreadsheet no cell is worked out, whoever wrote it: it is text there as it was (IN-4)."""

from __future__ import annotations

import csv
import io

import pytest
from tests.attacks.source import calls, imports, modules
from tests.attacks.test_in_5_letters import document, letter, of_pdf, of_word, signs

from cairn.adapters.letters import TypstLetters
from cairn.adapters.word import WordLetters
from cairn.core.returns.report import cell as cell_of_report
from cairn.interfaces.web.csv_file import csv_response, safe

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELLS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    ',=cmd|"/c calc"!A1',
    "\n=1+1",
    "＝1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＠SUM(1)",
)
SHEETS = ("openpyxl", "xlsxwriter", "xlwt", "odf", "ezodf", "pandas", "tablib", "pyexcel")


def writes_sheets(text):
    """What a module would write a table for a spreadsheet with."""
    found = [one for one in imports(text) if one.split(".")[0] in SHEETS]
    written = [called for called, _ in calls(text) if called == "DictWriter"]
    return (
        found
        + written
        + (["csv.writer"] if "csv.writer(" in text else [])
        + (["text/csv"] if "text/csv" in text else [])
    )


# Who writes a table, and by which function each cell of it goes.
WRITERS = {
    "interfaces/web/csv_file.py": "safe(",
    "core/returns/report.py": "cell(",
    "interfaces/cli/validate.py": "cell(",
}


def test_whoever_writes_one_writes_each_cell_by_one_of_two_functions():
    assert {name for name, text in modules().items() if writes_sheets(text)} == set(WRITERS)
    for name, function in WRITERS.items():
        assert f"[{function}" in modules()[name], name


@pytest.mark.parametrize("made_safe", [safe, cell_of_report])
def test_no_cell_begins_as_a_formula_does(made_safe):
    """Nor behind a blank, a quotation mark, a comma or a line break: as a spreadsheet reads the file it is one cell, and text."""
    for cell in CELLS:
        written = io.StringIO(newline="")
        csv.writer(written).writerow([made_safe(cell), "next"])
        read = next(csv.reader(io.StringIO(written.getvalue(), newline="")))
        assert len(read) == 2
        assert read[0].removeprefix("'") == cell, "what was written comes back"
        assert not read[0].strip(' \u00a0"').startswith(FORMULA), cell
    for plain in ("Wren", "3 Hidden Court", "1-1", "a=b", ""):
        assert made_safe(plain) == plain


def test_quotation_marks_alone_would_not_do():
    """The twin: as it was written, a formula is what a spreadsheet finds."""
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow(["=1+1"])
    assert next(csv.reader(io.StringIO(written.getvalue())))[0].startswith(FORMULA)


def test_the_file_is_taken_away_and_not_opened_in_the_page():
    given = csv_response("looked.csv", ["Who"], [["=1+1"]])
    assert given["Content-Disposition"].startswith("attachment")
    assert (given["X-Content-Type-Options"], given["Cache-Control"]) == ("nosniff", "no-store")
    assert b'"\'=1+1"' in given.content


@pytest.mark.parametrize(
    "text",
    [
        "import openpyxl",
        "from xlsxwriter import Workbook",
        "csv.writer(file)",
        "csv.DictWriter(file, names)",
        "x = 'text/csv'",
    ],
)
def test_the_check_sees_one_that_does(text):
    assert writes_sheets(text)


def test_and_none_that_reads_one():
    assert writes_sheets("import csv\nrows = csv.DictReader(lines)") == []


@pytest.mark.parametrize("cell", CELLS)
def test_in_what_is_given_out_it_is_text(cell):
    for made_of in (letter, document):
        for read, printer in ((of_pdf, TypstLetters()), (of_word, WordLetters())):
            assert signs(cell) in signs(read(getattr(printer, made_of.__name__)(made_of(cell))))
