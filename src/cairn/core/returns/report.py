"""What a take-over brought and what it did not: totals that add up, then every finding."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Final

from cairn.core.calendar.london import say_date
from cairn.core.returns.facts import Counts
from cairn.core.returns.reasons import NOT_TAKEN, NOTED, Finding, Severity
from cairn.core.returns.take_over import TakeOver

WIDTH: Final = 100
SHOWN_WITH_A_NOTE: Final = 20
LONGEST_FOUND: Final = 60
NO_NUMBER: Final = "(no number)"
COLUMNS: Final = ("outcome", "concerns", "child", "element", "line", "found", "reason", "what to do")
# A cell that begins with one of these may be run as a formula by a spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Group:
    """All findings with one reason, in the file's order."""

    severity: Severity
    reason: str
    remedy: str
    findings: tuple[Finding, ...]

    @property
    def children(self) -> tuple[str, ...]:
        """The authority numbers of the children concerned, each once; "" stands for none."""
        return tuple(dict.fromkeys(finding.child for finding in self.findings))


_Lister = Callable[[Group], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """A take-over in figures and findings. `events` counts the draft events by their type."""

    authority: str
    year: int
    reference_date: date
    counts: Counts
    events: Mapping[str, int]
    groups: tuple[Group, ...]
    left_out: Mapping[str, int]

    def with_severity(self, severity: Severity) -> tuple[Group, ...]:
        """The groups of one severity, the largest first."""
        return tuple(group for group in self.groups if group.severity == severity)


def report(take_over: TakeOver) -> Report:
    """The report of a take-over."""
    events = Counter(event.type for child in take_over.children for event in child.events)
    return Report(
        take_over.authority,
        take_over.year,
        take_over.reference_date,
        take_over.counts,
        dict(sorted(events.items())),
        _grouped(take_over.findings),
        take_over.left_out,
    )


def _grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """What was not taken first; the commonest reason first."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    groups = [
        Group(same[0].severity, same[0].reason, same[0].remedy, tuple(same)) for same in by_code.values()
    ]
    return tuple(
        sorted(groups, key=lambda group: (group.severity != NOT_TAKEN, -len(group.findings), group.reason))
    )


def as_text(report: Report) -> str:
    """The report for a terminal or an e-mail, at most 100 characters wide.

    What was not taken is listed whole; of what was taken with a note, the first children of each reason.
    """
    day = say_date(report.reference_date)
    lines = [
        f"Census return of authority {report.authority or '(not named)'}, reference date {day}",
        "",
        *_totals(report.counts),
        "",
        "Events",
        *(_line(number, name) for name, number in report.events.items()),
        *_left_out(report.left_out),
        *_section("Not taken", report.with_severity(NOT_TAKEN), _every_finding),
        *_section("Taken with a note", report.with_severity(NOTED), _some_children),
    ]
    return "\n".join(lines) + "\n"


def _line(number: int, words: str, indent: str = "  ") -> str:
    return f"{indent}{number:>7,}  {words}"


def _totals(counts: Counts) -> Iterator[str]:
    yield from (
        "Children",
        _line(counts.children, "in the file"),
        _line(counts.children_taken, "taken"),
        _line(counts.children_joined, "given again, and taken with the same child"),
        _line(counts.children_not_taken, "not taken"),
        "",
        "Episodes",
        _line(counts.episodes, "in the file"),
        _line(counts.episodes_open, "taken, open: to be allocated"),
        _line(counts.episodes_closed, "taken, closed: history"),
        _line(counts.no_further_action, "of these with no further action", indent="    "),
        _line(counts.episodes_repeated, "given again, and taken once"),
        _line(counts.episodes_not_taken, "not taken, those of children not taken among them"),
    )


def _left_out(left_out: Mapping[str, int]) -> Iterator[str]:
    if left_out:
        yield from ("", "Elements with no use in a take-over, left out")
        yield from (_line(number, path) for path, number in left_out.items())


def _section(title: str, groups: tuple[Group, ...], list_them: _Lister) -> Iterator[str]:
    yield from ("", f"{title}: {sum(len(group.findings) for group in groups):,}")
    for group in groups:
        yield _line(len(group.findings), group.reason)
        yield from wrap(group.remedy, WIDTH, initial_indent=" " * 11, subsequent_indent=" " * 11)
        yield from list_them(group)


def _every_finding(group: Group) -> Iterator[str]:
    for finding in group.findings:
        where = f"line {finding.line}, " if finding.line else ""
        yield f"             {finding.child or NO_NUMBER}: {where}{finding.element}"


def _some_children(group: Group) -> Iterator[str]:
    children = [child or NO_NUMBER for child in group.children]
    if group.children == ("",):
        return
    more = len(children) - SHOWN_WITH_A_NOTE
    said = ", ".join(children[:SHOWN_WITH_A_NOTE]) + (f" and {more:,} more" if more > 0 else "")
    yield from wrap(said, WIDTH, initial_indent=" " * 13, subsequent_indent=" " * 13)


def as_csv(report: Report) -> str:
    """Every finding, one a row, for a spreadsheet; no cell can be run as a formula.

    It quotes what stands in the file (`found`), so it is to be kept like the return itself.
    """
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for group in report.groups:
        table.writerows([cell(value) for value in _row(finding)] for finding in group.findings)
    return written.getvalue()


def _row(finding: Finding) -> tuple[str, ...]:
    line = str(finding.line or "")
    return (
        finding.severity,
        finding.of,
        finding.child,
        finding.element,
        line,
        finding.found[:LONGEST_FOUND],
        finding.reason,
        finding.remedy,
    )


def cell(text: str) -> str:
    """A text for a table: never a formula to a spreadsheet, for which blanks before the sign do not hide it."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
