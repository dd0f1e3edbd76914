"""What the commands that try a protocol on a case file share: reading it, the times, and saying faults."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cairn.application.ports import now
from cairn.application.procedures import procedures, protocol_names
from cairn.core.calendar.london import TimeFault, parse_moment
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.view import Procedures, View, derive
from cairn.core.history.case_file import read_case
from cairn.core.vocabulary.check import DataFault

REFUSED = 2


@dataclass(frozen=True)
class Tried:
    """A case file read under a protocol at a time."""

    view: View
    procedures: Procedures


def add_case_arguments(parser: argparse.ArgumentParser) -> None:
    """The case file, the protocol, the two times and the form of the answer."""
    parser.add_argument("case", metavar="CASE.json", help="a case file")
    parser.add_argument("--protocol", required=True, metavar="NAME", help="the procedures to read it under")
    parser.add_argument("--as-at", metavar="T", help="as the case stood then: 2026-01-05T09:30, or a day")
    parser.add_argument(
        "--known-at", metavar="T", help="as it was known then; the same as --as-at if left out"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def read(arguments: argparse.Namespace) -> Tried | list[DataFault]:
    """Read the case file and derive its view, or every fault with its place."""
    under = procedures(arguments.protocol)
    if under is None:
        known = ", ".join(protocol_names())
        return [DataFault("--protocol", f"no protocol is called {arguments.protocol!r}", f"one of {known}")]
    times = _times(arguments)
    if isinstance(times, list):
        return times
    document = read_json(arguments.case)
    if isinstance(document, DataFault):
        return [document]
    case = read_case(document, under.vocabulary)
    if isinstance(case, list):
        return case
    as_at, known_at = times
    view = derive(case.events, under, as_at=as_at, known_at=known_at, subject=case.subject)
    return Tried(view, under)


def read_json(path: str) -> Any | DataFault:
    """A JSON document from a file (`-` is standard input), or why it cannot be read."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8")
        return json.loads(text)
    except OSError as fault:
        return DataFault(path, f"cannot be read: {fault.strerror}", "a file with a case in it")
    except UnicodeDecodeError:
        return DataFault(path, "is not written in UTF-8", "JSON in UTF-8")
    except json.JSONDecodeError as fault:
        return DataFault(f"{path}, line {fault.lineno}", f"is not JSON: {fault.msg}", "a JSON document")
    except RecursionError:
        return DataFault(path, "is nested too deeply", "a case file")


def _times(arguments: argparse.Namespace) -> tuple[datetime, datetime] | list[DataFault]:
    as_at = _time(arguments.as_at, "--as-at") if arguments.as_at else now()
    known_at = _time(arguments.known_at, "--known-at") if arguments.known_at else as_at
    if isinstance(as_at, DataFault) or isinstance(known_at, DataFault):
        return [fault for fault in (as_at, known_at) if isinstance(fault, DataFault)]
    return as_at, known_at


def _time(text: str, place: str) -> datetime | DataFault:
    """A time; a day means its end, so that everything of that day counts."""
    read_as = parse_moment(text)
    if isinstance(read_as, TimeFault):
        return DataFault(place, read_as.reason, read_as.expected)
    return read_as.latest


def say_faults(faults: Iterable[DataFault]) -> int:
    """Print each fault to standard error; the exit status of a refusal."""
    for fault in faults:
        print(f"cairn: {fault}", file=sys.stderr)
    return REFUSED


def print_json(value: Any) -> None:
    """Print a JSON document for other programs."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def iso(instant: datetime | None) -> str | None:
    """An instant with London's offset of its day, to the second."""
    return instant.astimezone(LONDON).isoformat(timespec="seconds") if instant else None
