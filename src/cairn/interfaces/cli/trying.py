"""What the commands that try a protocol on a case file share: reading their arguments, refusing, and printing."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cairn.application import procedures as shipped
from cairn.application.ports import now
from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.gates import Refusal
from cairn.core.engine.view import Procedures, View, derive
from cairn.core.history.case_file import CaseFile, read_case
from cairn.core.protocol.load import ProceduresFaulty
from cairn.core.protocol.model import Source
from cairn.core.vocabulary.check import DataFault

REFUSED = 2
A_JSON_FILE = "a file with one JSON document, or - for standard input"


@dataclass(frozen=True)
class CannotRun(Exception):
    """What was given cannot be used; every fault with its place and what was expected."""

    faults: tuple[str, ...]


def add_case(parser: argparse.ArgumentParser) -> None:
    """The arguments every trial takes: the case file, and the protocol it is run under."""
    parser.add_argument("case", metavar="CASE.json", help="the case file; - reads it from standard input")
    parser.add_argument("--protocol", required=True, metavar="NAME", help="the procedures to run it under")
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def add_times(parser: argparse.ArgumentParser) -> None:
    """The two times of a view."""
    said = "a London time such as 2026-01-05T09:00; a date is the end of that day"
    parser.add_argument("--as-at", metavar="T", help=f"how the case stood then (now if left out): {said}")
    parser.add_argument("--known-at", metavar="T", help=f"as it was known then (as-at if left out): {said}")


def refused(trial: CannotRun) -> int:
    """Say on standard error why nothing was done; the exit status for it."""
    for fault in trial.faults:
        print(f"cairn: {fault}", file=sys.stderr)
    return REFUSED


def read_json(path: str) -> Any:
    """A JSON document from a file or standard input. A name given twice in one object is refused, as is NaN."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8")
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        raise _cannot(f"{path}, line {fault.lineno}, column {fault.colno}", fault.msg, "JSON") from fault
    except OSError as fault:
        raise _cannot(path, fault.strerror or "cannot be read", A_JSON_FILE) from fault
    except (ValueError, RecursionError) as fault:
        raise _cannot(path, str(fault), A_JSON_FILE) from fault


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is given twice in one object")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _cannot(place: str, problem: str, expected: str) -> CannotRun:
    return CannotRun((f"{place}: {problem}; expected {expected}",))


def raise_faults(found: Sequence[DataFault]) -> None:
    """Refuse what was read where it has faults."""
    if found:
        raise CannotRun(tuple(str(fault) for fault in found))


def procedures_named(name: str) -> Procedures:
    """The procedures of that name; refused with the names there are."""
    try:
        found = shipped.procedures(name)
    except ProceduresFaulty as faulty:
        raise CannotRun(tuple(str(fault) for fault in faulty.faults)) from faulty
    if found is None:
        names = ", ".join(shipped.protocol_names())
        raise _cannot("--protocol", f"no protocol is called {name!r}", f"one of {names}")
    return found


def case_named(path: str, procedures: Procedures) -> CaseFile:
    """The case file, checked against the vocabulary."""
    case = read_case(read_json(path), procedures.vocabulary)
    if isinstance(case, CaseFile):
        return case
    raise CannotRun(tuple(str(fault) for fault in case))


def view_asked(arguments: argparse.Namespace) -> View:
    """The view that the arguments ask for: case, protocol and the two times."""
    found = procedures_named(arguments.protocol)
    case = case_named(arguments.case, found)
    as_at = _time("--as-at", arguments.as_at) or now()
    known_at = _time("--known-at", arguments.known_at) or as_at
    return derive(case.events, found, as_at=as_at, known_at=known_at, subject=case.subject)


def _time(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    read = parse_moment(text)
    if isinstance(read, TimeFault):
        raise _cannot(name, read.reason, read.expected)
    return read.latest


def iso(instant: datetime | None) -> str | None:
    """An instant in London, with its offset."""
    return instant.astimezone(LONDON).isoformat() if instant else None


def iso_moment(moment: Moment | None) -> str | None:
    """A moment as it is known: an instant in London with its offset, or a date."""
    if moment is None:
        return None
    return moment.day.isoformat() if moment.is_day else iso(moment.latest)


def source_of(source: Source | None) -> Mapping[str, str] | None:
    """Where a rule rests."""
    return {"document": source.document, "paragraph": source.paragraph} if source else None


def refusal_of(refusal: Refusal) -> dict[str, Any]:
    """A refusal, or what something was recorded without, for programs."""
    return {
        "code": refusal.code,
        "provision": refusal.provision,
        "title": refusal.title,
        "missing": refusal.missing,
        "field": refusal.field,
        "source": source_of(refusal.source),
        "may_depart": list(refusal.may_depart),
    }


def refusal_in_words(refusal: Refusal) -> str:
    """One line: what is missing, by which paragraph, and who may go past it with a reason."""
    cited = (
        f" ({refusal.source.document} {refusal.source.paragraph}, {refusal.provision})"
        if refusal.source
        else ""
    )
    may = (
        f" With a recorded reason, past it may go: {', '.join(refusal.may_depart)}."
        if refusal.may_depart
        else ""
    )
    return f"{refusal.title}: {refusal.missing}{cited}.{may}"


def print_json(document: Mapping[str, Any]) -> None:
    """One JSON document, readable by people too."""
    print(json.dumps(document, indent=2, ensure_ascii=False))


def print_lines(lines: Iterable[str]) -> None:
    """Plain lines."""
    for line in lines:
        print(line)
