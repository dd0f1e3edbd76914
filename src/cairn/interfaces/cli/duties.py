"""`cairn duties`: every duty of a case file under a protocol, with its date, its state and why."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import Any

from cairn.core.calendar.london import say_instant, say_moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.explain import explain
from cairn.core.engine.gates import RecordedWithout
from cairn.core.engine.lateness import LatenessGone
from cairn.core.engine.view import View
from cairn.core.vocabulary.model import Vocabulary
from cairn.interfaces.cli import trying

HELP = "Print every duty of a case file: what is due, by when, for whom, whether it was done, and why."
STATES = {
    "upcoming": "To do",
    "due_today": "Due today",
    "overdue": "Overdue",
    "met": "Done",
    "met_late": "Done late",
    "departed": "Departed from",
    "ended": "No longer applies",
    "ended_unmet": "Ended, not done in time",
    "undated": "To do, no date",
    "cannot_tell": "Cannot be told",
}
WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The case file, the protocol, and the two times."""
    trying.add_case(parser)
    trying.add_times(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the duties. 2 where the case file or the protocol cannot be used."""
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
    vocabulary = view.procedures.vocabulary
    return {
        "protocol": view.procedures.protocol.name,
        "as_at": trying.iso(view.world.as_at),
        "known_at": trying.iso(view.world.known_at),
        "duties": [_duty(duty, vocabulary) for duty in view.duties],
        "recorded_without": [_without(one) for one in view.recorded_without],
        "lateness_gone": [_gone(one) for one in view.lateness_gone],
    }


def _duty(duty: DutyView, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "key": duty.key,
        "provision": duty.rule.id,
        "kind": duty.rule.kind,
        "title": duty.rule.title,
        "state": duty.state,
        "due": trying.iso(duty.due),
        "also": [
            {"within": one.within, "due": trying.iso(one.due), "source": trying.source_of(one.source)}
            for one in duty.also
        ],
        "met_at": trying.iso_moment(duty.met_by.happened_at if duty.met_by else None),
        "met_by": duty.met_by.id if duty.met_by else None,
        "started_by": duty.started_by.id,
        "occurrence": duty.occurrence,
        "late": duty.late,
        "who": duty.rule.who,
        "to": duty.rule.to,
        "source": trying.source_of(duty.rule.source),
        "explanation": explain(duty, vocabulary),
        "missing": duty.missing,
        "departure": _departure(duty),
    }


def _departure(duty: DutyView) -> dict[str, Any] | None:
    if duty.departed is None:
        return None
    new_day = duty.departed.new_day
    return {
        "reason": duty.departed.reason,
        "by": duty.departed.by,
        "at": trying.iso_moment(duty.departed.at),
        "new_date": new_day.isoformat() if new_day else None,
    }


def _without(one: RecordedWithout) -> dict[str, Any]:
    return {"event": one.event.id, "type": one.event.type, **trying.refusal_of(one.refusal)}


def _gone(one: LatenessGone) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "was_due": trying.iso(one.was_due),
        "cause": one.cause,
        "event": one.event.id if one.event else None,
        "holidays": [holiday.date.isoformat() for holiday in one.holidays],
    }


def _lines(view: View) -> Iterator[str]:
    yield f"{view.procedures.protocol.title}. As at {say_instant(view.world.as_at)}."
    if view.world.known_at != view.world.as_at:
        yield f"As it was known at {say_instant(view.world.known_at)}."
    for duty in view.duties:
        yield from _duty_lines(duty, view.procedures.vocabulary)
    if not view.duties:
        yield "Nothing is due."
    yield from _section(
        "Recorded without",
        [
            f"{view.procedures.vocabulary.events[one.event.type].title}, {say_moment(one.event.happened_at)}. "
            f"{trying.refusal_in_words(one.refusal)}"
            for one in view.recorded_without
        ],
    )
    yield from _section(
        "Late once, and no longer",
        [f"{one.title}, due {say_instant(one.was_due)}: {one.cause}." for one in view.lateness_gone],
    )


def _duty_lines(duty: DutyView, vocabulary: Vocabulary) -> Iterator[str]:
    due = say_instant(duty.due) if duty.due else "no date"
    yield ""
    yield f"{STATES[duty.state]:<24}{due:<32}{duty.title}"
    yield f"    {duty.rule.who}; {duty.rule.source.document} {duty.rule.source.paragraph}; {duty.rule.id}"
    yield from textwrap.wrap(
        explain(duty, vocabulary), WIDTH, initial_indent="    ", subsequent_indent="    "
    )


def _section(title: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield ""
        yield title
    for row in rows:
        yield from textwrap.wrap(row, WIDTH, initial_indent="  - ", subsequent_indent="    ")
