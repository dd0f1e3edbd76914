"""`cairn gates`: would an act be refused on a case, by which provision, and who may depart from it."""

from __future__ import annotations

import argparse
from typing import Any

from cairn.core.engine.gates import Refusal
from cairn.core.engine.view import gates
from cairn.core.history.case_file import read_event
from cairn.core.vocabulary.check import DataFault
from cairn.interfaces.cli import trying

HELP = (
    "Say whether an authorisation would be refused on a case, by which provision, and who may depart from it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As all commands that try a protocol, and the act to be tried."""
    trying.add_case_arguments(parser)
    parser.add_argument(
        "--act", required=True, metavar="EVENT.json", help="one event, written as in a case file"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what is missing. 0 where the act would be taken, 1 where it would be refused, 2 where a file is faulty.

    The case is read as it stood when the act happens, unless a time is given.
    """
    document = trying.read_json(arguments.act)
    if isinstance(document, DataFault):
        return trying.say_faults([document])
    if not arguments.as_at and isinstance(document, dict) and isinstance(document.get("at"), str):
        arguments.as_at = document["at"]
    tried = trying.read(arguments)
    if isinstance(tried, list):
        return trying.say_faults(tried)
    candidate = read_event(document, tried.procedures.vocabulary)
    if isinstance(candidate, list):
        return trying.say_faults(candidate)
    refused = gates(tried.view, candidate)
    if arguments.json:
        trying.print_json({"refused": bool(refused), "refusals": [_refusal(one) for one in refused]})
    else:
        _print(refused)
    return 1 if refused else 0


def _refusal(refusal: Refusal) -> dict[str, Any]:
    source = refusal.source
    return {
        "code": refusal.code,
        "provision": refusal.provision or None,
        "title": refusal.title,
        "missing": refusal.missing,
        "field": refusal.field or None,
        "source": {"document": source.document, "paragraph": source.paragraph} if source else None,
        "may_depart": list(refusal.may_depart),
    }


def _print(refused: list[Refusal]) -> None:
    if not refused:
        print("This would be taken.")
        return
    print("This would be refused:")
    for one in refused:
        cited = f" ({one.source.document}, paragraph {one.source.paragraph})" if one.source else ""
        depart = (
            f" With a recorded reason it may be passed by: {', '.join(one.may_depart)}."
            if one.may_depart
            else ""
        )
        print(f"- {one.title}{cited}: {one.missing}.{depart}")
