"""Why: a duty's date in words, from the provision, the event that started the clock and the sum."""

from __future__ import annotations

from cairn.core.calendar.london import say_date, say_instant, say_moment
from cairn.core.calendar.words import sum_in_words
from cairn.core.engine.duties import DutyView, london_day
from cairn.core.vocabulary.model import Vocabulary


def explain(duty: DutyView, vocabulary: Vocabulary) -> str:
    """One paragraph: what, by which provision, counted from what, with the sum and what became of it."""
    parts = [_what(duty), _counted(duty, vocabulary), *_others(duty), _became(duty)]
    return " ".join(part for part in parts if part)


def _what(duty: DutyView) -> str:
    source = duty.rule.source
    return f"{duty.rule.text.rstrip('.')} ({source.document}, paragraph {source.paragraph})."


def _counted(duty: DutyView, vocabulary: Vocabulary) -> str:
    started = duty.started_by
    title = vocabulary.events[started.type].title
    begun = f"The clock started with: {title}, {say_moment(started.happened_at)}."
    if duty.deadline is None:
        pace = f" The paragraph says: {duty.rule.pace}." if duty.rule.pace else ""
        return f"{begun}{pace} It gives no figure, so no date is set."
    return f"{begun} {sum_in_words(duty.deadline)}."


def _others(duty: DutyView) -> list[str]:
    return [
        f"Or {say_date(london_day(reading.due))} on the {reading.within} of paragraph {reading.source.paragraph}."
        for reading in duty.also
    ]


def _became(duty: DutyView) -> str:
    match duty.state:
        case "met" | "met_late":
            return _done(duty)
        case "cannot_tell":
            return f"It cannot be told: not known is {duty.missing}."
        case "departed":
            return _departed(duty)
        case "ended":
            return "It no longer applies."
        case "ended_unmet":
            return "It ended without being done in time."
        case _:
            return ""


def _done(duty: DutyView) -> str:
    when = say_moment(duty.met_by.happened_at) if duty.met_by else ""
    late = " late" if duty.state == "met_late" else ""
    return f"Done{late}, {when}. {_departed(duty)}".strip()


def _departed(duty: DutyView) -> str:
    if duty.departed is None:
        return ""
    return (
        f"Departed from by {duty.departed.by}, {say_instant(duty.departed.at.latest)}: {duty.departed.reason}"
    )
