"""`cairn next`: what may or must come next in a case file, which team takes it, and where the case stands."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from cairn.core.engine.next_steps import OpenStep, Position, Stand
from cairn.core.engine.view import View
from cairn.interfaces.cli import trying

HELP = "Print what may come next in a case file, which team takes it, and where the case stands."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The case file, the protocol, and the two times."""
    trying.add_case(parser)
    trying.add_times(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the next steps and the position. 2 where the case file or the protocol cannot be used."""
    try:
        view = trying.view_asked(arguments)
    except trying.CannotRun as trial:
        return trying.refused(trial)
    if arguments.json:
        trying.print_json(_document(view))
    else:
        trying.print_lines(_lines(view))
    return 0


def _document(view: View) -> dict[str, Any]:
    return {
        "protocol": view.procedures.protocol.name,
        "as_at": trying.iso(view.world.as_at),
        "known_at": trying.iso(view.world.known_at),
        "next": [_step(step) for step in view.next_steps],
        # The first chart is the way of a case from its beginning; the others are beside it.
        "position": _position(view.positions[0]) if view.positions else None,
        "positions": [_position(one) for one in view.positions],
    }


def _step(step: OpenStep) -> dict[str, Any]:
    return {
        "provision": step.rule.id,
        "title": step.rule.title,
        "text": step.rule.text,
        "act": step.rule.act,
        "to": step.rule.to,
        "after": step.after.id,
        "strand": step.strand.id if step.strand else None,
        "missing": step.missing,
        "source": trying.source_of(step.rule.source),
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "chart": position.id,
        "title": position.title,
        "matters": position.matters,
        "nodes": [_stand(stand) for stand in position.stands],
        "taken": [list(edge) for edge in sorted(position.taken)],
    }


def _stand(stand: Stand) -> dict[str, Any]:
    return {
        "id": stand.node.id,
        "title": stand.node.title,
        "place": stand.place,
        "reached": stand.reached.id if stand.reached else None,
        "left": stand.left.id if stand.left else None,
    }


def _lines(view: View) -> Iterator[str]:
    for step in view.next_steps:
        to = f" To: {step.rule.to}." if step.rule.to else ""
        doubt = f" Cannot be told without: {step.missing}." if step.missing else ""
        yield f"{step.rule.title} ({step.rule.source.document} {step.rule.source.paragraph}).{to}{doubt}"
    if not view.next_steps:
        yield "No next step is open."
    for position in view.positions:
        if position.matters:
            yield ""
            yield f"{position.title}:"
            yield from (f"  {stand.place:<10} {stand.node.title}" for stand in position.stands)
