"""`cairn duties`: every duty of a case file under a protocol, each explained."""

from __future__ import annotations

import argparse
from typing import Any

from rich.console import Console
from rich.table import Table

from cairn.core.calendar.moment import Moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.explain import explain
from cairn.core.engine.gates import RecordedWithout
from cairn.core.engine.lateness import LatenessGone
from cairn.core.protocol.model import Source
from cairn.interfaces.cli import trying

HELP = "Print every duty of a case file: its state, when it is due, and why."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As all commands that try a protocol."""
    trying.add_case_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the duties, the soonest due first, and what was recorded without what."""
    tried = trying.read(arguments)
    if isinstance(tried, list):
        return trying.say_faults(tried)
    if arguments.json:
        trying.print_json(as_json(tried))
    else:
        _print(tried)
    return 0


def as_json(tried: trying.Tried) -> dict[str, Any]:
    """The whole answer as plain values."""
    view = tried.view
    return {
        "protocol": tried.procedures.protocol.name,
        "as_at": trying.iso(view.world.as_at),
        "known_at": trying.iso(view.world.known_at),
        "duties": [_duty(duty, tried) for duty in view.duties],
        "recorded_without": [_without(one) for one in view.recorded_without],
        "lateness_gone": [_gone(one) for one in view.lateness_gone],
    }


def _duty(duty: DutyView, tried: trying.Tried) -> dict[str, Any]:
    return {
        "provision": duty.rule.id,
        "title": duty.rule.title,
        "state": duty.state,
        "due": trying.iso(duty.due),
        "also": [
            {"within": one.within, "due": trying.iso(one.due), "source": _source(one.source)}
            for one in duty.also
        ],
        "met_at": _moment(duty.instants.met),
        "who": duty.rule.who,
        "source": _source(duty.rule.source),
        "explanation": explain(duty, tried.procedures.vocabulary),
        "key": duty.key,
        "started_by": duty.started_by.id,
        "met_by": duty.met_by.id if duty.met_by else None,
        "missing": duty.missing or None,
        "provisional": duty.deadline.provisional if duty.deadline else False,
        "departure": _departure(duty),
    }


def _departure(duty: DutyView) -> dict[str, Any] | None:
    if duty.departed is None:
        return None
    return {"reason": duty.departed.reason, "by": duty.departed.by, "at": _moment(duty.departed.at)}


def _moment(moment: Moment | None) -> str | None:
    """A time with its offset; a bare date where only the day is known."""
    if moment is None:
        return None
    return moment.day.isoformat() if moment.is_day else trying.iso(moment.earliest)


def _source(source: Source | None) -> dict[str, str] | None:
    return {"document": source.document, "paragraph": source.paragraph} if source else None


def _without(one: RecordedWithout) -> dict[str, Any]:
    return {
        "event": one.event.id,
        "type": one.event.type,
        "provision": one.refusal.provision,
        "title": one.refusal.title,
        "missing": one.refusal.missing,
        "source": _source(one.refusal.source),
    }


def _gone(one: LatenessGone) -> dict[str, Any]:
    return {
        "title": one.title,
        "key": one.key,
        "was_due": trying.iso(one.was_due),
        "cause": one.cause,
        "event": one.event.id if one.event else None,
        "holidays": [holiday.title for holiday in one.holidays],
    }


def _print(tried: trying.Tried) -> None:
    console = Console(highlight=False, soft_wrap=True)
    table = Table("State", "Due", "What", "Who", "Paragraph", box=None, pad_edge=False)
    for duty in tried.view.duties:
        due = trying.iso(duty.due) or "no date"
        table.add_row(
            duty.state.replace("_", " "),
            due[:16].replace("T", " "),
            duty.rule.title,
            duty.rule.who,
            duty.rule.source.paragraph,
        )
    console.print(table)
    for duty in tried.view.duties:
        console.print(
            f"\n{duty.rule.title} ({duty.rule.id})\n  {explain(duty, tried.procedures.vocabulary)}",
            markup=False,
        )
    for one in tried.view.recorded_without:
        console.print(
            f"\n{one.event.id} was recorded without: {one.refusal.missing} ({one.refusal.title})",
            markup=False,
        )
