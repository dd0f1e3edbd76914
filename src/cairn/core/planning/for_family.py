"""A plan as the family is given it: in plain words, made for one reader, and what stays out of it until somebody decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cairn.core.calendar.london import say_date
from cairn.core.engine.conditions_of_plans import rows
from cairn.core.planning.plans import Action, Outcome, Plan

Reader = Literal["parents", "child"]
# What these words stand in may be told by the police or another agency: it stays out until somebody has looked.
NOT_WITHOUT_LOOKING = ("police", "crime", "arrest", "court", "probation", "marac")
GOES_WELL, WORRIES = frozenset({"reached", "some"}), frozenset({"none", "worse"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may go into the copy. `held` says why it is left out at first; `done` ticks it; `lead` stands in bold."""

    id: str
    text: str
    held: str = ""
    done: bool | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of the copy under its heading; `under` is a heading within it, of which it has several."""

    title: str
    lines: tuple[Line, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's own words: whose, whether they are the child's, and whether they stand in the plan itself."""

    whose: str
    text: str
    is_child: bool
    in_plan: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What the copy needs beside the plan: the child, who to tell, what comes next, and words that were said."""

    child: str
    worker: str
    today: date
    words: tuple[Said, ...]
    coming: tuple[str, ...]


def sheet(plan: Plan, around: Around, reader: Reader) -> tuple[SheetPart, ...]:
    """The parts of a copy for this reader, in their order, empty ones left out.

    Nobody else's words are in the child's copy; what a child said, or anybody outside the plan itself, stands in a
    parent's only where somebody ticks it. Who sees something differently, and who said so, is in none (Peterborough 6.6 asks for the plan, not for this).
    """
    worries = "" if reader == "parents" else "It may weigh on a child. Read it first."
    parts = (
        SheetPart("What you told us", tuple(_words(around, reader))),
        SheetPart("What is going well", tuple(_judged(plan.outcomes, GOES_WELL, "well", ""))),
        SheetPart("What still worries us", tuple(_judged(plan.outcomes, WORRIES, "worry", worries))),
        *_who_does_what(plan, around.today),
        SheetPart("If things go wrong", tuple(_contingency(plan))),
        SheetPart("What happens next", tuple(_next(plan, around))),
        SheetPart("If you do not agree", tuple(_disagree(around))),
    )
    return tuple(part for part in parts if part.lines)


def _words(around: Around, reader: Reader) -> Iterator[Line]:
    for number, one in enumerate(around.words):
        if reader == "child" and not one.is_child:
            continue
        held = ""
        if reader == "parents" and one.is_child:
            held = f"Ask {around.child} first: it was said to you."
        elif reader == "parents" and not one.in_plan:
            held = "It was said to you. Put it in for whoever said it, or where they agree."
        yield Line(f"words-{number}", f"“{one.text.strip('“”')}”", held, lead=f"{one.whose}:")


def _judged(outcomes: Iterable[Outcome], wanted: frozenset[str], name: str, held: str) -> Iterator[Line]:
    for one in outcomes:
        if one.progress in wanted:
            yield _line(f"{name}-{one.key}", _how(one), held)


def _how(one: Outcome) -> str:
    """How an outcome goes in a sentence or two: what it is, what was counted, and what shows it."""
    said = [f"{one.text}."]
    if one.counts and not one.is_kept_or_missed:
        said.append(
            f"{one.counts[-1][1]}{f' of {one.wanted}' if one.wanted else ''} when we last counted, on {say_date(one.counts[-1][0])}."
        )
    evidence = next(
        (str(event.data["evidence"]) for event in reversed(one.judged) if event.data.get("evidence")), ""
    )
    return " ".join([*said, evidence]).strip()


def _who_does_what(plan: Plan, today: date) -> Iterator[SheetPart]:
    for one in plan.outcomes:
        lines = tuple(_action(action, today) for action in one.actions if action.state(today) != "not needed")
        yield SheetPart("Who does what", lines, f"{one.key}. {one.text}")


def _action(one: Action, today: date) -> Line:
    done = one.state(today) in ("done", "done late")
    by = f" By {say_date(one.by_when)}." if one.by_when and not done else ""
    often = f" {one.going_on.rstrip('.')}." if one.going_on and not done else ""
    who = f"{one.who}: " if one.who else ""
    line = _line(f"action-{one.key}", f"{who}{one.what.rstrip('.')}.{by}{often}", "")
    return Line(line.id, line.text, line.held, done, "Done." if done else "")


def _contingency(plan: Plan) -> Iterator[Line]:
    for number, row in enumerate(rows(plan.data, "contingency")):
        yield _line(f"change-{number}", str(row.get("action", "")), "", lead=f"{row.get('change', '')}:")


def _next(plan: Plan, around: Around) -> Iterator[Line]:
    for number, text in enumerate(around.coming):
        yield Line(f"next-{number}", text)
    yield Line("next-end", "The plan ends when it is not needed any more. Most plans end within a year.")


def _disagree(around: Around) -> Iterator[Line]:
    yield Line("disagree-tell", f"Tell {around.worker or 'your social worker'}, or ask for their manager.")
    yield Line("disagree-complain", "You can complain, and it will not be held against you.")
    yield Line("disagree-read", "Ask us if you want this read to you, or in another language.")


def _line(id_: str, text: str, held: str, lead: str = "") -> Line:
    lower = f"{lead} {text}".lower()
    if any(word in lower for word in NOT_WITHOUT_LOOKING):
        held = held or "It speaks of the police or of other people. Look at it before it goes."
    return Line(id_, text, held, lead=lead)


def chosen_of(parts: Iterable[SheetPart], chosen: frozenset[str]) -> tuple[SheetPart, ...]:
    """The parts with the lines that are in the copy; those without any are left out, and a heading stands once."""
    found: list[SheetPart] = []
    title = ""
    for part in parts:
        lines = tuple(one for one in part.lines if one.id in chosen)
        if lines:
            found.append(SheetPart("" if part.title == title else part.title, lines, part.under))
            title = part.title
    return tuple(found)


def plain_text(parts: Iterable[SheetPart], chosen: frozenset[str]) -> str:
    """The copy as plain text, of the lines that are in it: what is kept of it on the record."""
    told = (
        "\n".join([*filter(None, (part.title, part.under)), *map(_ticked, part.lines)])
        for part in chosen_of(parts, chosen)
    )
    return "\n\n".join(told)


def _ticked(one: Line) -> str:
    return _said(one) if one.done is None else f"{'☑' if one.done else '☐'} {_said(one)}"


def _said(one: Line) -> str:
    return f"{one.lead} {one.text}".strip()
