"""A transfer in words: how far it has come, each of its steps with its paragraph, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from cairn.application.actors import Actor
from cairn.application.child import ChildPage
from cairn.application.left_open import LeftOpen, Unsent
from cairn.application.procedures import in_use
from cairn.application.timeline import in_words
from cairn.application.transferring import may_here
from cairn.core.history.event import Event
from cairn.core.transfer.steps import COMPLETE, TransferStep
from cairn.core.transfer.transfers import Transfer, open_transfer
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.provisions import roles_in_words
from cairn.interfaces.web.views.refusals import source_words

MARKS = {
    "done": Mark("done", "Done"),
    "late": Mark("late", "Overdue"),
    "missing": Mark("gap", "Missing"),
    "asked": Mark("to_come", "To come"),
    "without": Mark("gap", "Left out"),
}
STAGES = {
    "proposed": Mark("to_come", "Proposed"),
    "agreed": Mark("part", "Agreed"),
    "completed": Mark("done", "Complete"),
    "ended": Mark("no", "Over"),
}
UNTITLED = "Something else"


def stage_line(one: Transfer) -> str:
    """How far a transfer has come, in a sentence: what happened last, by whom, and the meeting it is for."""
    if one.completed is not None:
        return f"**Complete.** The child went to {one.to_name} on {_day(one.completed)}, recorded by {one.completed.author.name}."
    if one.ended is not None:
        title = in_use().vocabulary.events[one.ended.type].title
        return f"**Over.** {title}, {_day(one.ended)}, by {one.ended.author.name}. The child did not go to {one.to_name}."
    if one.agreed is not None:
        at = f" at the allocation meeting of {words.day_words(one.meeting)}" if one.meeting else ""
        return f"**Agreed**{at}: the child goes to {one.to_name}. Recorded by {one.agreed.author.name}, {_day(one.agreed)}."
    at = f", for the allocation meeting of {words.day_words(one.meeting)}" if one.meeting else ""
    return f"**Proposed** to {one.to_name} by {one.proposed.author.name}, {_day(one.proposed)}{at}."


def _day(event: Event) -> str:
    return words.day_words(event.happened_at.day)


def tier_words(value: str) -> str:
    """What support is needed, in the words of its question; '' where nothing was said."""
    field = in_use().vocabulary.events["transfer.proposed"].field("tier")
    return in_words(field, value) if field and value else ""


def step_rows(actor: Actor, page: ChildPage, steps: Iterable[TransferStep]) -> c.CheckList:
    """The steps as lines of a check: the mark, what is asked and its paragraph, and the act one click away."""
    return c.CheckList(rows=tuple(_row(actor, page, step) for step in steps))


def _row(actor: Actor, page: ChildPage, step: TransferStep) -> c.CheckRow:
    said = [f"{step.text} ({source_words(step.source)})."]
    if step.by is not None and step.key:
        said.append(f"{step.by.author.name}, {words.moment_words(step.by.happened_at)}.")
    elif step.due is not None and step.is_missing:
        said.append(f"Due by {due_date(step.due)}.")
    link = _link(actor, page, step)
    if link is None and step.stands in ("late", "missing"):
        early = step.act == COMPLETE and not _is_agreed(page)
        said.append("Once it is agreed." if early else _who_does(step))
    return c.CheckRow(MARKS[step.stands], step.title, " ".join(_tidied(said)), link)


def _tidied(said: Iterable[str]) -> Iterator[str]:
    """A rule's sentence ends before its paragraph."""
    return (one.replace(". (", " (") for one in said)


def plain_step_rows(steps: Iterable[TransferStep]) -> c.CheckList:
    """The steps without their acts, to be read beside a form."""
    return c.CheckList(
        rows=tuple(
            c.CheckRow(
                MARKS[step.stands], step.title, next(_tidied([f"{step.text} ({source_words(step.source)})."]))
            )
            for step in steps
        )
    )


def _link(actor: Actor, page: ChildPage, step: TransferStep) -> c.Link | None:
    act = in_use().vocabulary.acts.get(step.act)
    if act is None or step.stands in ("done", "without", "asked") or not may_here(actor, page, step.act):
        return None
    if step.act == COMPLETE and not _is_agreed(page):
        return None
    query = f"?{urlencode(step.answers)}" if step.answers else ""
    return c.Link(act.verb, act_address(page.identity.record, step.act) + query, f": {step.title}")


def _is_agreed(page: ChildPage) -> bool:
    one = open_transfer(page.view)
    return one is not None and one.agreed is not None


def _who_does(step: TransferStep) -> str:
    """Who does what the reader may not."""
    act = in_use().vocabulary.acts.get(step.act)
    return f"Done by: {roles_in_words(act.roles)}." if act else ""


def left_rows(page: ChildPage, left: LeftOpen) -> c.CheckList | None:
    """What stands open, each with the way to it; None where nothing does."""
    rows = (*_visits(page, left), *_bookings(page, left), *draft_rows(left.drafts))
    return c.CheckList(rows=rows) if rows else None


def _visits(page: ChildPage, left: LeftOpen) -> Iterator[c.CheckRow]:
    for duty in left.visits:
        late = duty.state == "overdue"
        mark = Mark("late", "Overdue") if late else Mark("soon", "Due")
        when = f"By {due_date(duty.due)}." if duty.due else "As soon as possible."
        link = c.Link(
            "Why?", reverse("why", args=[page.identity.record, duty.key]), f" Explain: {duty.title}"
        )
        yield c.CheckRow(mark, duty.title, when, link)


def _bookings(page: ChildPage, left: LeftOpen) -> Iterator[c.CheckRow]:
    for one in left.bookings:
        asks = one.state(page.as_at) == "did it happen"
        mark = Mark("not_known", "Did it happen?") if asks else Mark("to_come", "Booked")
        place = f", {one.place}" if one.place else ""
        link = c.Link(
            "Move it or call it off", reverse("bookings", args=[page.identity.record]), f": {one.what}"
        )
        yield c.CheckRow(mark, one.what, f"{words.moment_words(one.when)}{place}.", link)


def draft_rows(drafts: Iterable[Unsent]) -> Iterator[c.CheckRow]:
    """Drafts by their writers. What is in them is their writers' alone, so nothing of it is shown."""
    acts = in_use().vocabulary.acts
    for one in drafts:
        title = acts[one.act].title if one.act in acts else UNTITLED
        saved = f"{one.writer} began it and has not sent it. Saved {words.moment_words(one.saved_at)}."
        yield c.CheckRow(Mark("part", "Draft"), title, saved)


def record_address(record: UUID) -> str:
    """Where the transfer of a child is."""
    return reverse("transfer", args=[record])
