"""`cairn vocabulary`: every event type with its fields and options, and every act."""

from __future__ import annotations

import argparse
from typing import Any

from cairn.application.procedures import shipped_vocabulary
from cairn.core.roles import ROLES
from cairn.core.vocabulary.model import Act, EventType, Field, Vocabulary
from cairn.interfaces.cli.trying import print_json

HELP = "Print every event type with its fields and options, whether it is a fact or an authorisation, and every act."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form of the answer."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the vocabulary as it is used at the door."""
    vocabulary = shipped_vocabulary()
    if arguments.json:
        print_json(as_json(vocabulary))
    else:
        _print(vocabulary)
    return 0


def as_json(vocabulary: Vocabulary) -> dict[str, Any]:
    """The vocabulary as plain values."""
    return {
        "events": [_event(event) for event in vocabulary.events.values()],
        "acts": [_act(act, vocabulary) for act in vocabulary.acts.values()],
        "roles": list(ROLES),
    }


def _event(event: EventType) -> dict[str, Any]:
    return {
        "type": event.name,
        "title": event.title,
        "sort": event.sort,
        "opens": event.opens,
        "within": list(event.within),
        "ends": list(event.ends),
        "fields": [_field(field) for field in event.fields],
    }


def _field(field: Field) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": field.name, "label": field.label, "type": field.type, "must": field.must}
    if field.options:
        shown["options"] = [{"value": option.value, "label": option.label} for option in field.options]
    if field.fields:
        shown["fields"] = [_field(part) for part in field.fields]
    return shown


def _act(act: Act, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "name": act.name,
        "title": act.title,
        "roles": list(act.roles),
        "yields": [made.event for made in act.yields],
        "fields": [field.name for field in vocabulary.fields_of(act)],
    }


def _print(vocabulary: Vocabulary) -> None:
    for event in vocabulary.events.values():
        print(f"\n{event.name}: {event.title} ({event.sort})")
        for field in event.fields:
            options = ", ".join(str(value) for value in field.allowed())
            print(
                f"  {field.name} ({field.type}{', must be given' if field.must else ''}): {options or field.label}"
            )
    print("\nActs")
    for act in vocabulary.acts.values():
        print(f"  {act.name}: {', '.join(made.event for made in act.yields)}; by {', '.join(act.roles)}")
