"""`cairn vocabulary`: every event with its fields and options, whether it is a fact or an authorisation; acts; roles."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from cairn.application import procedures as shipped
from cairn.core.protocol.load import ProceduresFaulty
from cairn.core.roles import ROLES
from cairn.core.vocabulary.model import EventType, Field, Vocabulary
from cairn.interfaces.cli import trying

HELP = "Print every event with its fields and options, and whether it is a fact or an authorisation."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Only the form of what is printed."""
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the vocabulary. 2 where the procedures in use are faulty."""
    try:
        vocabulary = shipped.shipped_vocabulary()
    except ProceduresFaulty as faulty:
        return trying.refused(trying.CannotRun(tuple(str(fault) for fault in faulty.faults)))
    if arguments.json:
        trying.print_json(_document(vocabulary))
    else:
        trying.print_lines(_lines(vocabulary))
    return 0


def _document(vocabulary: Vocabulary) -> dict[str, Any]:
    dumped = vocabulary.model_dump(mode="json")
    return {
        "events": [dumped["events"][name] for name in sorted(dumped["events"])],
        "acts": [dumped["acts"][name] for name in sorted(dumped["acts"])],
        "roles": list(ROLES),
    }


def _lines(vocabulary: Vocabulary) -> Iterator[str]:
    for name in sorted(vocabulary.events):
        yield from _event(vocabulary.events[name])
    yield "Acts"
    for name in sorted(vocabulary.acts):
        act = vocabulary.acts[name]
        yield f"  {name}: {act.verb}. Yields {', '.join(made.event for made in act.yields)}."
        yield f"      by: {', '.join(act.roles)}"
    yield ""
    yield f"Roles: {', '.join(ROLES)}"


def _event(event: EventType) -> Iterator[str]:
    yield f"{event.name} ({event.sort}): {event.title}"
    if event.opens:
        yield f"    opens a strand: {event.opens}"
    if event.within:
        yield f"    belongs to: {', '.join(event.within)}"
    if event.ends:
        yield f"    ends: {', '.join(event.ends)}"
    yield from _fields(event.fields, "    ")
    yield ""


def _fields(fields: tuple[Field, ...], indent: str) -> Iterator[str]:
    for field in fields:
        must = ", must be there" if field.must else ""
        yield f"{indent}{field.name} ({field.type.replace('_', ' ')}{must}): {field.label}"
        if field.options:
            yield f"{indent}    {', '.join(str(option.value) for option in field.options)}"
        yield from _fields(field.fields, indent + "    ")
