"""Three-valued answers: yes, no, or unknown with the fact that is missing. Unknown is never taken for no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cairn.core.history.event import Event
from cairn.core.history.history import Subject
from cairn.core.protocol.model import EventPattern, Values
from cairn.core.vocabulary.model import Birth


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, no or unknown; `missing` names the fact that would settle it."""

    truth: Literal["yes", "no", "unknown"]
    missing: str = ""

    def turned(self) -> Answer:
        """No for yes and yes for no; unknown stays."""
        return {"yes": NO, "no": YES}.get(self.truth, self)


class Unanswered(str):
    """A missing fact that is a field nobody answered; as text it names field and event by their codes."""

    __slots__ = ("event", "field")

    event: Event
    field: str

    @classmethod
    def of(cls, field: str, event: Event) -> Unanswered:
        """The field of that event."""
        made = cls(f"{field.replace('_', ' ')} of {say_event(event)}")
        made.event, made.field = event, field
        return made


YES = Answer("yes")
NO = Answer("no")


def unknown(missing: str) -> Answer:
    """Unknown, for want of this fact."""
    return Answer("unknown", missing)


def every(answers: Iterable[Answer]) -> Answer:
    """Yes where all are yes; no where one is no; else the first unknown."""
    result = YES
    for answer in answers:
        if answer.truth == "no":
            return NO
        if answer.truth == "unknown" and result is YES:
            result = answer
    return result


def compare(event: Event, where: Mapping[str, Values]) -> Answer:
    """An event's fields compared with listed values; a field that was not answered is unknown."""
    return every(_one(event, name, values) for name, values in where.items())


def _one(event: Event, name: str, values: Values) -> Answer:
    value = event.data.get(name)
    if not is_answered(value):
        return unknown(Unanswered.of(name, event))
    return YES if is_one_of(value, values) else NO


def is_answered(value: object) -> bool:
    """Whether anything was said: false and 0 are answers, blanks are none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and not (isinstance(value, list | tuple) and not value)


def is_one_of(value: object, values: Iterable[object]) -> bool:
    """Whether an answer, or one of several, is among the listed values; 1 is not true."""
    given = value if isinstance(value, list | tuple) else (value,)
    return any(type(one) is type(allowed) and one == allowed for allowed in values for one in given)


def matches(pattern: EventPattern, event: Event) -> Answer:
    """Whether the event is one of the pattern's."""
    if event.type != pattern.event:
        return NO
    return compare(event, pattern.where) if pattern.where else YES


def unborn_on(subject: Subject, day: date) -> Answer:
    """Whether the child was not born yet on a day; unknown once it was expected and nobody has said that it is born."""
    if not subject.is_unborn(day):
        return NO
    overdue = subject.born is None and subject.expected is not None and day > subject.expected
    return unknown("whether the baby is born") if overdue else YES


def _is_child(wanted: Birth, event: Event, subject: Subject | None) -> Answer:
    unborn = unborn_on(subject, event.happened_at.day) if subject else unknown("whose record it is")
    return unborn if wanted == "unborn" else unborn.turned()


def matches_any(
    patterns: Iterable[EventPattern],
    event: Event,
    began: Event | None = None,
    subject: Subject | None = None,
) -> Answer:
    """Whether the event is one of any of the patterns'.

    `began` is what the rule began with, for what must be the same; `subject` whose record it is, for a pattern that
    asks whether the child was born.
    """
    result = NO
    for pattern in patterns:
        answer = matches(pattern, event)
        if pattern.child and answer.truth != "no":
            answer = every((answer, _is_child(pattern.child, event, subject)))
        if pattern.same and began is not None and answer.truth != "no":
            answer = every((answer, *(_same(name, event, began) for name in pattern.same)))
        if answer.truth == "yes":
            return YES
        if answer.truth == "unknown":
            result = answer
    return result


def _same(name: str, event: Event, began: Event) -> Answer:
    """Whether both give one answer to a field; capitals and spaces around it make no other answer."""
    theirs, ours = (_folded(one.data.get(name)) for one in (event, began))
    for value, one in ((theirs, event), (ours, began)):
        if not is_answered(value):
            return unknown(Unanswered.of(name, one))
    return YES if theirs == ours else NO


def _folded(value: object) -> object:
    return value.strip().casefold() if isinstance(value, str) else value


def say_event(event: Event) -> str:
    """The event in words for a sentence about what is missing."""
    return f"{event.type.replace('.', ' ').replace('_', ' ')} on {event.happened_at.day.isoformat()}"
