"""`cairn gates`: whether an act on a case file would be refused, by which provision, and who may depart from it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from cairn.core.engine.gates import RecordedWithout, Refusal
from cairn.core.engine.view import Procedures, View, derive, gates
from cairn.core.history.case_file import CaseFile, read_event
from cairn.core.history.event import Event
from cairn.interfaces.cli import trying

HELP = "Say whether an act would be refused, by which provision, and who may depart from it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The case file, the protocol, and the act to be tried."""
    trying.add_case(parser)
    parser.add_argument(
        "--act", required=True, metavar="EVENT.json", help="the act: one event as in a case file"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what stands in the way. 0 whether or not it would be refused; 2 where nothing could be judged."""
    try:
        view, candidate = _asked(arguments)
    except trying.CannotRun as trial:
        return trying.refused(trial)
    found = gates(view, candidate)
    without = [] if found else _recorded_without(view, candidate)
    if arguments.json:
        trying.print_json(_document(view, candidate, found, without))
    else:
        trying.print_lines(_lines(view, candidate, found, without))
    return 0


def _asked(arguments: argparse.Namespace) -> tuple[View, Event]:
    procedures = trying.procedures_named(arguments.protocol)
    case = trying.case_named(arguments.case, procedures)
    candidate = read_event(trying.read_json(arguments.act), procedures.vocabulary)
    if not isinstance(candidate, Event):
        raise trying.CannotRun(tuple(str(fault) for fault in candidate))
    return _view(case, candidate, procedures), candidate


def _view(case: CaseFile, candidate: Event, procedures: Procedures) -> View:
    """All that the file holds is on the record when the act is tried; the act itself is judged at its own time."""
    times = [
        time for event in (*case.events, candidate) for time in (event.happened_at.latest, event.recorded_at)
    ]
    return derive(case.events, procedures, as_at=max(times), subject=case.subject)


def _recorded_without(view: View, candidate: Event) -> list[RecordedWithout]:
    """What a fact would be shown to have been recorded without: it is taken all the same."""
    times = {"as_at": view.world.as_at, "known_at": view.world.known_at}
    after = derive((*view.stream, candidate), view.procedures, subject=view.standing.subject, **times)
    return [one for one in after.recorded_without if one.event.id == candidate.id]


def _document(
    view: View, candidate: Event, found: list[Refusal], without: list[RecordedWithout]
) -> dict[str, Any]:
    return {
        "protocol": view.procedures.protocol.name,
        "event": candidate.id,
        "type": candidate.type,
        "sort": view.procedures.vocabulary.events[candidate.type].sort,
        "refused": bool(found),
        "refusals": [trying.refusal_of(one) for one in found],
        "recorded_without": [trying.refusal_of(one.refusal) for one in without],
    }


def _lines(
    view: View, candidate: Event, found: list[Refusal], without: list[RecordedWithout]
) -> Iterator[str]:
    title = view.procedures.vocabulary.events[candidate.type].title
    if not found:
        yield f"{title}: would be recorded."
    else:
        yield f"{title}: would be refused."
    yield from (f"  - {trying.refusal_in_words(one)}" for one in found)
    if without:
        yield "It would be shown as recorded without:"
    yield from (f"  - {trying.refusal_in_words(one.refusal)}" for one in without)
