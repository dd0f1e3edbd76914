"""`cairn next`: what may or must come next in a case, and where it stands on the flow chart."""

from __future__ import annotations

import argparse
from typing import Any

from cairn.core.engine.next_steps import OpenStep
from cairn.interfaces.cli import trying

HELP = "Print what may come next in a case, which team takes it, and where it stands on the flow chart."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As all commands that try a protocol."""
    trying.add_case_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the open next steps in the order they arose, and the boxes the case is in."""
    tried = trying.read(arguments)
    if isinstance(tried, list):
        return trying.say_faults(tried)
    answer = as_json(tried)
    if arguments.json:
        trying.print_json(answer)
        return 0
    for box in answer["now"]:
        print(f"Now: {box}")
    for step in answer["next"]:
        to = f", to: {step['to']}" if step["to"] else ""
        print(f"- {step['title']}{to} (paragraph {step['source']['paragraph']})")
    return 0


def as_json(tried: trying.Tried) -> dict[str, Any]:
    """The whole answer as plain values."""
    position = tried.view.position
    return {
        "now": [stand.node.title for stand in position.now] if position else [],
        "next": [_step(step) for step in tried.view.next_steps],
    }


def _step(step: OpenStep) -> dict[str, Any]:
    return {
        "provision": step.rule.id,
        "title": step.rule.title,
        "text": step.rule.text,
        "act": step.rule.act or None,
        "to": step.rule.to or None,
        "after": step.after.id,
        "missing": step.missing or None,
        "source": {"document": step.rule.source.document, "paragraph": step.rule.source.paragraph},
    }
