"""What signing one child's part will do, said before it is done: which duties are met, which come next, which stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cairn.application.jointly import Child
from cairn.application.refused import Refused
from cairn.core.engine.duties import DutyView
from cairn.core.engine.gates import Refusal
from cairn.core.engine.met import HELD, same_day
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Act
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.lateness import how_done


@dataclass(frozen=True, slots=True)
class Signing:
    """What signing a part will do, in sentences; what stands in its way or speaks against it; what it is recorded without."""

    does: tuple[str, ...]
    alerts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def what_signing_does(act: Act, child: Child, tried: View | Refused) -> Signing:
    """The dates that are met first. Of a part that would be refused, why."""
    if isinstance(tried, Refused):
        return Signing(tuple(_why_not(child, tried)))
    told = [*_met(child, tried), *_seen(child, tried), *_next(child, tried), *_stays(act, child, tried)]
    return Signing(
        tuple(told or [f"It goes on {child.first_name}’s record. No date changes."]),
        tuple(_twice(child, tried)),
        tuple(dict.fromkeys(_without(child, tried))),
    )


def _why_not(child: Child, refused: Refused) -> Iterator[str]:
    yield f"**{child.first_name}’s part cannot be signed:** {refused.reason}."
    yield from (f"{one.missing}." for one in refused.refusals)
    yield from (f"{one.problem}: expected {one.expected}." for one in refused.faults)


def _new(child: Child, tried: View) -> set[str]:
    return {event.id for event in tried.stream[len(child.page.view.stream) :]}


def _met(child: Child, tried: View) -> Iterator[str]:
    new = _new(child, tried)
    for duty in tried.duties:
        if duty.state in ("met", "met_late") and duty.met_by is not None and duty.met_by.id in new:
            how = f", {how_done(duty)}" if duty.due else ""
            yield f"**{duty.rule.title}** is met{how}."


def _seen(child: Child, tried: View) -> Iterator[str]:
    types = {event.type for event in tried.stream[len(child.page.view.stream) :]}
    if "child.seen" in types:
        yield f"{child.first_name} is shown as seen."
    if "child.not_seen" in types:
        yield (
            f"**{child.first_name} is shown as not seen.** The team manager has to record whether they agree, "
            "and why (4.12, 4.17)."
        )


def _next(child: Child, tried: View) -> Iterator[str]:
    before = {duty.key for duty in child.page.duties}
    for duty in tried.duties:
        # What an answer that was not given would decide is named among what is missing, not as what comes next.
        if duty.is_open and duty.key not in before and duty.state != "cannot_tell":
            yield f"Next: **{duty.rule.title}**, due {_by(duty.due)}."


def _stays(act: Act, child: Child, tried: View) -> Iterator[str]:
    """What the act could have met and does not, as a visit at which the child was not seen."""
    still = {duty.key for duty in tried.duties if duty.is_open}
    for duty in could_meet(act, child):
        if duty.key in still:
            yield f"It does not count for **{duty.rule.title}**, which stays due {_by(duty.due)}."


def could_meet(act: Act, child: Child) -> tuple[DutyView, ...]:
    """The open duties of a child that an act of this kind may meet."""
    types = {made.event for made in act.yields}
    return tuple(
        duty for duty in child.page.open_duties if any(one.event in types for one in duty.rule.met_by)
    )


def _without(child: Child, tried: View) -> Iterator[str]:
    new = _new(child, tried)
    for one in tried.recorded_without:
        if one.event.id in new:
            yield f"{one.refusal.missing}{_cited(one.refusal)}."


def _cited(refusal: Refusal) -> str:
    return f" ({refusal.source.paragraph})" if refusal.source else ""


def _twice(child: Child, tried: View) -> Iterator[str]:
    """Whether a meeting of the same kind is on the record for the day already, so that nobody records it twice unknowing."""
    new = _new(child, tried)
    for event in tried.standing.events:
        if event.id in new and event.type in HELD:
            yield from (_already(child, other) for other in same_day(tried, event) if other.id not in new)


def _already(child: Child, other: Event) -> str:
    recorded = f"recorded by {other.author.name}, {words.moment_words(other.recorded_at)}"
    return (
        f"**One of this kind is on the record already for that day,** {recorded}. "
        f"Sign only if {child.first_name} had two that day, or if this one is to stand beside it."
    )


def _by(due: datetime | None) -> str:
    return f"by **{due_date(due)}**" if due else "as soon as possible"


def duty_notes(act: Act, child: Child, at: datetime) -> tuple[c.Note, ...]:
    """What the child's part is due for, with the way to its explanation; late ones say so."""
    return tuple(_duty_note(child, duty, duty.due, at) for duty in could_meet(act, child) if duty.due)


def _duty_note(child: Child, duty: DutyView, due: datetime, at: datetime) -> c.Note:
    word = "was due" if due < at else "is due"
    why = reverse("why", args=[child.record, duty.key])
    return c.Note(
        lines=(f"**{duty.rule.title} {word} by {due_date(due)}** (paragraph {duty.rule.source.paragraph}).",),
        link=c.Link("Why?", why, f"Explain {child.first_name}’s date"),
    )


def harm_at_once(child: Child) -> c.Note:
    """Where a review meets significant harm: it is said at once, and does not wait until the review is written (8.4)."""
    first = child.first_name
    link = c.Link("Say that you are worried", act_address(child.record, "raise-harm"), f"about {first}")
    said = (
        f"Could {first} be suffering significant harm? Say so at once; the review can be written after (8.4)."
    )
    return c.Note(lines=(said,), link=link)
