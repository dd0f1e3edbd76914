"""Why: a duty's date in words, from the provision, the event that started the clock and the sum."""

from __future__ import annotations

from cairn.core.calendar.london import say_date, say_moment
from cairn.core.calendar.moment import Moment
from cairn.core.calendar.words import sum_in_words
from cairn.core.engine.clocks import time_set
from cairn.core.engine.duties import AlsoDue, DutyView, london_day
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
    chosen = time_set(duty.rule, started)
    if chosen is not None and (duty.deadline is None or chosen < duty.deadline.due_latest):
        begun = f"{begun} The time was set with it: {say_moment(Moment.exact(chosen))}."
    if duty.deadline is not None:
        return " ".join(filter(None, (begun, _how_often(duty), f"{sum_in_words(duty.deadline)}.")))
    if chosen is not None:
        return begun
    if duty.rule.within is not None or duty.rule.every is not None:
        return begun
    pace = f" The paragraph says: {duty.rule.pace.rstrip('.')}." if duty.rule.pace else ""
    return f"{begun}{pace} It gives no figure, so no date is set."


def _how_often(duty: DutyView) -> str:
    """What people set, where they set it to be more often than the rule says."""
    longest = {duty.rule.within, duty.rule.every}
    often = duty.deadline is not None and duty.rule.as_often_as and duty.deadline.within not in longest
    return f"People have set it to be every {duty.deadline.within}." if often and duty.deadline else ""


def _others(duty: DutyView) -> list[str]:
    return [_other(duty, reading) for reading in duty.also]


def _other(duty: DutyView, reading: AlsoDue) -> str:
    paragraph = reading.source.paragraph
    if duty.deadline is not None and reading.due == duty.deadline.due_latest:
        return f"Paragraph {paragraph} gives the same."
    return f"Or {say_date(london_day(reading.due))} on the {reading.within} of paragraph {paragraph}."


def _became(duty: DutyView) -> str:
    words = {
        "met": _done(duty, ""),
        "met_late": _done(duty, " late"),
        "cannot_tell": f"It cannot be told: not known is {duty.missing}.",
        "ended": _over("It no longer applies", duty),
        "ended_unmet": _over("It ended without being done in time", duty),
    }
    return " ".join(filter(None, (words.get(duty.state, ""), _departed(duty))))


def _done(duty: DutyView, late: str) -> str:
    return f"Done{late}, {say_moment(duty.met_by.happened_at)}." if duty.met_by else ""


def _over(words: str, duty: DutyView) -> str:
    since = f", since {say_moment(duty.ended_by.happened_at)}" if duty.ended_by else ""
    return f"{words}{since}."


def _departed(duty: DutyView) -> str:
    departed = duty.departed
    if departed is None:
        return ""
    when = f"by {departed.by}, {say_moment(departed.at)}: {departed.reason.rstrip('.')}."
    if departed.new_day is not None:
        return f"The date was moved to {say_date(departed.new_day)} {when}"
    return f"Departed from {when}"
