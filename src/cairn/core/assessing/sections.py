"""What stands in each section of an assessment, and what is missing: one answer for the task list, the handing-in and the manager."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from cairn.core.assessing.stage import Before
from cairn.core.assessing.told import Told
from cairn.core.calendar.london import say_date
from cairn.core.engine.truth import is_answered
from cairn.core.protocol.forms import Form, FormPart, Section

Status = Literal[
    "not started", "cannot be completed yet", "in progress", "completed", "nothing new", "problem"
]
DONE: frozenset[Status] = frozenset({"completed", "nothing new"})
LONGEST_LINE = 90


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as somebody saved it. `data` has the form's fields, `completed`, `nothing_new` and `passages`;
    `apart` counts the texts beside it that wait to be put together with it. `saved_at` in UTC.
    """

    section: str
    version: int
    data: Mapping[str, Any]
    writers: tuple[str, ...] = ()
    saved_by: str = ""
    saved_at: datetime | None = None
    apart: int = 0


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section: how far it is, and in one line what is in it or what is wrong with it."""

    section: Section
    status: Status
    line: str
    needed: bool
    text: SectionText | None
    before: Before | None

    @property
    def is_done(self) -> bool:
        """Completed, or looked at again with nothing new."""
        return self.status in DONE


@dataclass(frozen=True, slots=True)
class Lack:
    """Something the assessment is without: a section (its id, '' for what is no section), in words, with the paragraph.

    `blocks` says that it may not be handed in without it; what doesn't block is shown to whoever signs.
    """

    what: str
    paragraph: str
    section: str = ""
    blocks: bool = True


def section_states(
    form: Form, kind: str, texts: Mapping[str, SectionText], before: Mapping[str, Before], facts: Told
) -> tuple[SectionState, ...]:
    """Every section of the form in its order, as an assessment of that kind has it."""
    return tuple(_state(form, kind, one, texts, before.get(one.id), facts) for one in form.sections)


def _state(
    form: Form,
    kind: str,
    section: Section,
    texts: Mapping[str, SectionText],
    before: Before | None,
    facts: Told,
) -> SectionState:
    text = texts.get(section.id)
    waits = any(not _begun(form, part, texts) for part in form.parts if part.id in section.after)
    status = _status(section, text, waits=waits)
    line = _line(section, status, text, before, facts, waits=waits)
    return SectionState(section, status, line, section.is_needed_by(kind), text, before)


def _begun(form: Form, part: FormPart, texts: Mapping[str, SectionText]) -> bool:
    return any(one.id in texts and is_written(one, texts[one.id].data) for one in form.of_part(part))


def is_written(section: Section, data: Mapping[str, Any]) -> bool:
    """Whether anything stands in a section."""
    return (
        any(is_answered(data.get(name)) for name in (*section.asks, "passages"))
        or data.get("nothing_new") is True
    )


def cannot_complete(
    section: Section, data: Mapping[str, Any], *, has_before: bool, apart: int = 0
) -> Iterator[tuple[str, str]]:
    """Why a section cannot be marked as completed: the field, and what to do. Nothing where it can."""
    if apart:
        yield "text", "Two texts of this section stand side by side. Put them together first"
    if is_answered(data.get("to_settle")):
        yield "to_settle", "Say which account is right, or that it is not known, and empty this box"
    if data.get("nothing_new") is True:
        if not has_before:
            yield "nothing_new", "There is no earlier answer to look at again. Write what you know"
        return
    yield from (
        (name, "Answer this before you mark the section as completed")
        for name in section.needs
        if not is_answered(data.get(name))
    )


def _status(section: Section, text: SectionText | None, *, waits: bool) -> Status:
    if text is not None and (text.apart or is_answered(text.data.get("to_settle"))):
        return "problem"
    if text is not None and text.data.get("completed") is True and not waits:
        return "nothing new" if text.data.get("nothing_new") is True else "completed"
    if waits:
        return "cannot be completed yet"
    return "in progress" if text is not None and is_written(section, text.data) else "not started"


def _line(
    section: Section,
    status: Status,
    text: SectionText | None,
    before: Before | None,
    facts: Told,
    *,
    waits: bool,
) -> str:
    """What is in the section or what is wrong with it; never who saved it last."""
    if text is not None and text.apart:
        return "Two texts of it stand side by side: put them together."
    if status == "problem" and text is not None:
        return first_words(str(text.data.get("to_settle")))
    if status == "nothing new":
        return (
            f"Nothing new since {say_date(before.on)}, looked at again."
            if before
            else "Nothing new, looked at again."
        )
    missing = "" if status in DONE else _not_there(section, facts)
    written = _written(section, text)
    if waits and not written:
        return "It can be completed once each domain has been begun. You may write notes now."
    if not written and not missing and before is not None:
        return f"Last time: {_written(section, SectionText(section.id, 0, before.data))}"
    return missing or written


def _written(section: Section, text: SectionText | None) -> str:
    if text is None:
        return ""
    fields = (*section.needs, *section.asks)
    return next((first_words(str(text.data[name])) for name in fields if _is_prose(text.data.get(name))), "")


def _is_prose(value: object) -> bool:
    return isinstance(value, str) and value.strip() not in ("", "yes", "no", "not_known")


def _not_there(section: Section, facts: Told) -> str:
    """What the record lacks for this section: voices not heard, agencies that are silent."""
    if section.sort == "voice" and set(section.views) & {"child"}:
        return "" if facts.heard and facts.heard[0].views else "The child’s own view is not recorded yet."
    if section.sort == "voice":
        carers = facts.heard[1:]
        silent = [one.name for one in carers if not one.views]
        return (
            f"{len(carers) - len(silent)} of {len(carers)} heard. Missing: {', '.join(silent)}."
            if silent
            else ""
        )
    if section.part == "start" and section.agencies:
        asked = [one for one in facts.checks if one.asked]
        return f"{len(asked) - len(facts.unanswered)} of {len(asked)} answered." if facts.unanswered else ""
    return ""


def first_words(text: str) -> str:
    """The first sentence of a text, cut at a word where it is long."""
    line = " ".join(text.split())
    for end in (". ", "! ", "? "):
        line = line.partition(end)[0] + end.strip() if end in line else line
    if len(line) <= LONGEST_LINE:
        return line
    return f"{line[:LONGEST_LINE].rsplit(' ', maxsplit=1)[0]} …"


def lacks(states: Sequence[SectionState], facts: Told) -> tuple[Lack, ...]:
    """What an assessment is without: sections it needs, texts not put together, voices and agencies not heard."""
    return (*_sections_lacking(states), *_voices_lacking(facts))


def _sections_lacking(states: Sequence[SectionState]) -> Iterator[Lack]:
    for one in states:
        paragraph = one.section.source.paragraph
        if one.text is not None and one.text.apart:
            yield Lack(f"{one.section.title}: two texts are not put together", paragraph, one.section.id)
        elif one.status == "problem":
            yield Lack(f"{one.section.title}: {one.line}", paragraph, one.section.id)
        elif one.needed and not one.is_done:
            yield Lack(f"{one.section.title}: {one.status}", paragraph, one.section.id)


def _voices_lacking(facts: Told) -> Iterator[Lack]:
    for number, one in enumerate(facts.heard):
        if not one.views:
            paragraph = "4.16" if number == 0 else "4.10"
            yield Lack(f"{one.name}’s own view is not recorded", paragraph, blocks=False)
    for check in facts.unanswered:
        yield Lack(f"{check.name or check.agency} has not answered", "4.15", blocks=False)
