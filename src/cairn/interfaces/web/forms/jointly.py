"""The forms of an act about several children: what they share once, and each child's own part under their name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import QueryDict

from cairn.application.joint_drafts import prefix_of
from cairn.application.jointly import (
    Child,
    JointPage,
    JointRequest,
    OwnPart,
    shared_as_signed,
    time_as_signed,
)
from cairn.application.opened import says_what_opens
from cairn.core.calendar.london import parse_roughly
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web.components import SummaryList
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.joint_groups import ELSEWHERE
from cairn.interfaces.web.forms.joint_kinds import kind_of
from cairn.interfaces.web.forms.reveals import reveals_of
from cairn.interfaces.web.forms.shown import answers_shown
from cairn.interfaces.web.forms.typed import is_empty

State = Literal["signed", "complete", "begun", "not begun"]
LATE_REASON = "late_reason"
THE_CHILD = re.compile(r"(?<!around )\bthe child\b(?! in need)('s)?")


@dataclass(frozen=True)
class Part:
    """One child's own part: the form of their answers, and to which process it belongs where there is a choice.

    `unborn`: the child was not born by the day of the act, so some questions are not asked.
    """

    child: Child
    form: ActForm
    strand: ActForm
    unborn: bool = False

    @property
    def forms(self) -> tuple[ActForm, ...]:
        """The forms in the order of the page."""
        return (self.strand, self.form) if self.strand.fields else (self.form,)

    @property
    def state(self) -> State:
        """How far this part is, whatever mistakes the page shows."""
        if self.child.signed:
            return "signed"
        if not self.missing():
            return "complete"
        return "not begun" if is_empty(self.form.typed) else "begun"

    def missing(self) -> tuple[str, ...]:
        """What has to be put right before it can be signed. The page shows none of it yet."""
        return tuple(message for form in self.forms for message in _faults(form))

    def check(self) -> None:
        """Say at its fields what is missing."""
        for form in self.forms:
            form.read()


class JointForms:
    """All the forms of an act about several children, shown, read and shown again as one."""

    def __init__(
        self, page: JointPage, typed: QueryDict | None, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.page = page
        self.kind = kind_of(page.act.name)
        self.as_signed = shared_as_signed(page)
        asked = dict(initial or {})
        self.booking = str(asked.get("booking") or "")
        must = frozenset(page.act.must)
        own_must = must | (self.kind.own_must if len(page.children) > 1 else frozenset())
        shared = self.kind.shared(page.shared)
        self.shared = ActForm(
            () if self.as_signed is not None else shared,
            posted=typed,
            initial={**self.kind.begins_with(page, asked), **asked},
            must=must & {one.name for one in page.shared},
            reveals=reveals_of(page.act, shared),
            messages=self.kind.messages,
            mark_optional=self.kind.at_once,
        )
        self.shared.apart = frozenset(one.name for one in page.shared if one.type == "yes_no")
        self.shared.elsewhere = ELSEWHERE.get(page.act.name, frozenset())
        self.when = ActForm(
            () if self.as_signed is not None else [self.kind.when],
            posted=typed,
            initial={"happened": self.kind.begins_at(page, asked)},
            must=("happened",) if self.kind.when_missing else (),
            prefix="when",
            messages={"happened": self.kind.when_missing},
        )
        self.day = self._day()
        self.named_strand = str(asked.get("strand") or "")
        self.parts = tuple(self._part(child, typed, own_must) for child in page.children)

    def _day(self) -> date:
        """The day that the act is of, as far as it was said: it tells whether a child was born by then."""
        if self.page.as_signed is not None:
            return self.page.as_signed.happened_at.day
        read, self.when.errors = self.when.read(), ()
        at = parse_roughly(str(read.get("happened") or "")) if isinstance(read, dict) else None
        return (
            at.day if isinstance(at, Moment) else self.page.children[0].page.as_at.astimezone(LONDON).date()
        )

    def _part(self, child: Child, typed: QueryDict | None, must: frozenset[str]) -> Part:
        asked = [named(self._opening(one), child.first_name) for one in self.page.own_of(child, self.day)]
        form = ActForm(
            asked,
            posted=typed,
            must=must & {one.name for one in asked},
            messages=self.kind.messages,
            prefix=prefix_of(child.record),
            reveals=reveals_of(self.page.act, asked),
            mark_optional=self.kind.says_optional,
        )
        form.apart = frozenset(one.name for one in asked if one.type == "yes_no")
        strand = ActForm(
            _strand(child),
            posted=typed,
            initial={"strand": self.named_strand},
            must=("strand",),
            prefix=f"{prefix_of(child.record)}-in",
        )
        return Part(child, form, strand, child.is_unborn(self.day))

    def _opening(self, asked: Field) -> Field:
        """A question of which every answer opens something says beside each what it is."""
        event = self.kind.opens.get(asked.name)
        return says_what_opens(asked, event, self.day) if event else asked

    @property
    def waiting(self) -> tuple[Part, ...]:
        """The parts not signed yet."""
        return tuple(part for part in self.parts if not part.child.signed)

    @property
    def ready(self) -> tuple[Part, ...]:
        """The parts that can be signed, once the shared part can."""
        return tuple(part for part in self.waiting if part.state == "complete")

    def shared_missing(self) -> tuple[str, ...]:
        """What the shared part lacks. The page shows none of it yet."""
        shown = self.when.errors, self.shared.errors
        self.check_shared()
        missing = tuple(error.message for form in (self.when, self.shared) for error in form.errors)
        self.when.errors, self.shared.errors = shown
        return missing

    def check_shared(self) -> None:
        """Say at its fields what is missing or wrong in the shared part."""
        self.when.read()
        self.shared.read()
        if self.as_signed is None and not (self.when.errors or self.shared.errors):
            self.kind.check(self.shared, self.when, self.page.children[0].page.as_at)

    def check(self) -> tuple[ActForm, ...]:
        """Say what is missing in the shared part and in each part begun (in all where none is); the forms with mistakes.

        Where no part is left for later, in all.
        """
        self.check_shared()
        begun = [part for part in self.waiting if part.state != "not begun"]
        for part in self.waiting if self.kind.at_once else begun or self.waiting:
            part.check()
        return self.all_forms

    @property
    def all_forms(self) -> tuple[ActForm, ...]:
        """Every form in the order of the page."""
        return (self.when, self.shared, *(form for part in self.waiting for form in part.forms))

    def request(self, draft: UUID, parts: Iterable[Part]) -> JointRequest | None:
        """What is to be signed for these children; None where the shared part or one of theirs is not complete."""
        shared, at = self.as_signed, time_as_signed(self.page)
        if shared is None:
            read, when = self.shared.read(), self.when.read()
            if isinstance(read, tuple) or isinstance(when, tuple) or self.shared_missing():
                return None
            shared, at = read, str(when.get("happened") or "")
        own = [_own(part) for part in parts]
        whole = tuple(one for one in own if one is not None)
        if len(whole) != len(own):
            return None
        return JointRequest(self.page.act.name, draft, shared, at, whole)


def shared_shown(
    page: JointPage, typed: QueryDict | None, signed: Mapping[str, Any] | None = None
) -> SummaryList:
    """The shared part to be read: as it was typed, or as it was signed."""
    return answers_shown(ActForm(kind_of(page.act.name).shared(page.shared), posted=typed, initial=signed))


def _own(part: Part) -> OwnPart | None:
    answers = part.form.read()
    strand = part.strand.read() if part.strand.fields else {}
    if isinstance(answers, tuple) or isinstance(strand, tuple):
        return None
    return OwnPart(part.child.record, answers, strand.get("strand"))


def _faults(form: ActForm) -> tuple[str, ...]:
    """The mistakes of a form, which it does not show for that."""
    shown = form.errors
    read = form.read()
    form.errors = shown
    return tuple(error.message for error in read) if isinstance(read, tuple) else ()


def _strand(child: Child) -> list[Field]:
    if not child.strands:
        return []
    options = tuple(Option(value=value, label=label) for value, label in child.strands)
    label = f"What does {child.first_name}’s part belong to?"
    return [Field(name="strand", label=label, type="choice", options=options)]


def named(field: Field, first: str) -> Field:
    """A question about the child with the child's name in it."""
    options = tuple(one.model_copy(update={"label": _with_name(one.label, first)}) for one in field.options)
    said = {
        "label": _with_name(field.label, first),
        "hint": _with_name(field.hint, first),
        "options": options,
    }
    return field.model_copy(update=said)


def _with_name(text: str, first: str) -> str:
    """The child's name in place of “the child”; a child in need plan and a team around the child keep theirs."""
    return THE_CHILD.sub(lambda found: f"{first}’s" if found[1] else first, text)
