"""A copy of the plan for one reader of the family: what may be in it, as a file, and that it was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cairn.application.acting import send_act
from cairn.application.actors import Actor
from cairn.application.door import refused_by_role
from cairn.application.planning import NO_PLAN, PlanOpened, open_plan
from cairn.application.ports import PrintedPart
from cairn.application.printing import Taken, document, lines_of, taken
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON
from cairn.core.planning.for_family import Around, Reader, Said, SheetPart, chosen_of, plain_text, sheet

GIVE = "hand-out"
# What becomes of each open duty of a plan in words for a family; what is not named here is for the staff.
COMING = {
    "record-visit": "We visit by {}.",
    "record-meeting": "We meet by {}.",
    "hold-review": "We go through the whole plan by {}.",
}


@dataclass(frozen=True)
class CopyOpened:
    """A copy about to be made: the plan, its reader, and the parts it may have."""

    it: PlanOpened
    reader: Reader
    parts: tuple[SheetPart, ...]

    @property
    def first(self) -> str:
        """By which name the child is spoken of."""
        who = self.it.page.identity
        return who.known_as or who.name.split(" ", maxsplit=1)[0]

    @property
    def at_first(self) -> frozenset[str]:
        """The lines that are in it unless somebody decides otherwise."""
        return frozenset(line.id for part in self.parts for line in part.lines if not line.held)


def open_copy(actor: Actor, record: UUID, plan: str, reader: Reader, *, page: str) -> CopyOpened | Refused:
    """Open a plan to make a copy of it for the family. The view is logged; who may not hand a plan out is refused."""
    refused = refused_by_role(actor, GIVE, record)
    if refused is not None:
        return refused
    it = open_plan(actor, record, plan, page=page)
    if isinstance(it, Refused):
        return it
    if it.plan is None:
        return NO_PLAN
    bare = CopyOpened(it, reader, ())
    around = Around(
        bare.first, it.page.identity.worker, it.today, tuple(_words(it, bare.first)), tuple(_coming(it))
    )
    return CopyOpened(it, reader, sheet(it.plan, around, reader))


def _words(it: PlanOpened, first: str) -> Iterator[Said]:
    for one in it.words:
        is_child = one.who == it.page.identity.name
        in_plan = it.plan is not None and one.event == it.plan.current.event
        yield Said(first if is_child else one.who, one.text, is_child, in_plan)


def _coming(it: PlanOpened) -> Iterator[str]:
    for duty in it.again:
        if duty.due is not None and duty.rule.act in COMING and duty.state != "overdue":
            yield COMING[duty.rule.act].format(say_date(duty.due.astimezone(LONDON).date()))


def opening(copy: CopyOpened) -> str:
    """What stands first unless somebody writes it otherwise."""
    if copy.it.plan is None:
        return ""
    made, *changed = [say_date(one.day) for one in copy.it.plan.versions]
    since = f" It was changed on {changed[-1]}." if changed else ""
    worker = copy.it.page.identity.worker or "us"
    return (
        f"This is what we have agreed to do for {copy.first}. The plan was made on {made}.{since}"
        f" If something here is wrong, tell {worker} and we will put it right."
    )


@dataclass(frozen=True, slots=True)
class Given:
    """A copy as it is given: to whom, how, what is said first, and the lines that are in it."""

    name: str
    how: str
    first: str
    chosen: frozenset[str]


def text_of(copy: CopyOpened, given: Given) -> str:
    """The whole copy as plain text."""
    return "\n\n".join(filter(None, (given.first.strip(), plain_text(copy.parts, given.chosen))))


def give(actor: Actor, copy: CopyOpened, given: Given, key: UUID) -> Recorded | Refused:
    """Record that the copy was given, with what it held, word for word."""
    plan = copy.it.plan
    if plan is None:
        return NO_PLAN
    answers = {
        "what": "plan",
        "copy_of": plan.current.event.id,
        "to": [copy.reader],
        "names": [given.name] if given.name else [],
        "how": given.how,
        "plain": text_of(copy, given),
    }
    filled = {name: value for name, value in answers.items() if value}
    request = Request(GIVE, filled, copy.it.page.identity.record, strand=plan.strand.id, key=key)
    return send_act(actor, request)


def as_file(copy: CopyOpened, given: Given) -> Taken:
    """The copy as a PDF to be printed, with nothing in it that was not chosen."""
    first = (PrintedPart("What this is", lines_of(given.first)),) if given.first.strip() else ()
    parts = (PrintedPart(title, lines) for title, lines in _printed(copy, given))
    made = document(
        copy.it.page.identity, f"{copy.first}’s plan", (), (*first, *parts), of="Plan for the family"
    )
    return taken(made, "pdf", f"{copy.it.page.identity.number}-plan")


def _printed(copy: CopyOpened, given: Given) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in chosen_of(copy.parts, given.chosen):
        title = ": ".join(filter(None, (part.title, part.under)))
        yield title, tuple(f"{line.lead} {line.text}".strip() for line in part.lines)
