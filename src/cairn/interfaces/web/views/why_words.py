"""The question and the answer at the head of "Why is this due?", in one or two sentences."""

from __future__ import annotations

from cairn.application.child import ChildPage
from cairn.application.procedures import in_use
from cairn.core.calendar.london import say_moment
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.interfaces.web import words
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.lateness import late_by, length


def question(duty: DutyView) -> str:
    """What the panel answers, by the state of the duty."""
    if duty.state == "cannot_tell":
        return "Why can this not be told?"
    if duty.due is None:
        return "Why is this due as soon as possible?" if duty.is_open else "Why was this to be done?"
    verb = "is" if duty.is_open else "was"
    return f"Why {verb} this due by {due_date(duty.due)}?"


def answer(found: ChildPage, duty: DutyView) -> str:
    """The answer in a sentence or two."""
    return " ".join(part for part in (_clock(duty), _moved(duty), _became(found, duty)) if part)


def _clock(duty: DutyView) -> str:
    title = in_use().vocabulary.events[duty.started_by.type].title
    began = f"The clock started with “{title}”, **{say_moment(duty.started_by.happened_at)}**."
    if duty.deadline is None:
        pace = f" The paragraph says: “{duty.rule.pace.rstrip('.')}”." if duty.rule.pace else ""
        return f"{began}{pace} It gives no figure, so no date is set and none is borrowed."
    within = duty.deadline.within
    after = "by the end of **the same day**" if str(within) == "same day" else f"within **{within}**"
    return f"{began} It has to be done {after}: by **{due_date(duty.deadline.due_latest)}**."


def _moved(duty: DutyView) -> str:
    departed = duty.departed
    if departed is None:
        return ""
    why = f"by {departed.by}, {say_moment(departed.at)}: “{departed.reason.rstrip('.')}”."
    if departed.new_day is not None:
        return f"The date was moved to **{words.day_words(departed.new_day)}** {why}"
    return f"Going past the date was agreed {why}"


def _became(found: ChildPage, duty: DutyView) -> str:
    told = {
        "upcoming": _left,
        "due_today": _today,
        "overdue": _overdue,
        "met": _met,
        "met_late": _met,
        "cannot_tell": _cannot_tell,
        "ended": _over,
        "ended_unmet": _over,
    }.get(duty.state)
    return told(found, duty) if told else ""


def _today(found: ChildPage, duty: DutyView) -> str:
    return f"**It is due today**: {_left(found, duty)}"


def _met(_: ChildPage, duty: DutyView) -> str:
    done = f"on **{say_moment(duty.met_by.happened_at)}**" if duty.met_by else ""
    if duty.state == "met_late":
        return f"It was done {done}: **{late_by(duty)}**. That stays on the record."
    return f"It was done {done}{', **on time**' if duty.due else ''}."


def _cannot_tell(_: ChildPage, duty: DutyView) -> str:
    missing = duty.missing.rstrip(".")
    return f"It cannot be told, because this is not known: **{missing}**. Once it is recorded, this is worked out at once."


def _over(_: ChildPage, duty: DutyView) -> str:
    undone = (
        "It was not done in time, and is no longer due"
        if duty.state == "ended_unmet"
        else "It is no longer due"
    )
    return f"{undone}{_ended(duty)}."


def _left(found: ChildPage, duty: DutyView) -> str:
    if duty.due is None:
        return ""
    left = length(duty, found.as_at, duty.due)
    one = left.startswith("1 ")
    return f"{_day_of_count(found, duty)}**{left} {'is' if one else 'are'} left.**"


def _day_of_count(found: ChildPage, duty: DutyView) -> str:
    today = found.as_at.astimezone(LONDON).date()
    counted = {day.day: day.count for day in duty.deadline.counted_days()} if duty.deadline else {}
    count = counted.get(today)
    return f"Today is day {count}: " if count is not None else ""


def _overdue(found: ChildPage, duty: DutyView) -> str:
    return f"It is **{length(duty, duty.due, found.as_at)} overdue.**" if duty.due else ""


def _ended(duty: DutyView) -> str:
    if duty.ended_by is None:
        return ""
    title = in_use().vocabulary.events[duty.ended_by.type].title
    return f" since “{title}”, {say_moment(duty.ended_by.happened_at)}"
