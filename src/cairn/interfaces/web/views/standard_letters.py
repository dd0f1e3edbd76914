"""The procedures' letters: one is chosen, what is missing is asked, its text is gone over, taken away and recorded as sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.drafting import open_draft
from cairn.application.letter_recipients import Recipient
from cairn.application.letter_writing import (
    SEND,
    Draft,
    Sending,
    Sheet,
    asked,
    faults,
    open_letters,
    open_sheet,
    printed,
    send,
    standard_letters,
    take,
    written,
)
from cairn.application.ports import PrintedLetter
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded
from cairn.application.refused import Refused
from cairn.core.letters.blocks import blocks
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web.chrome import PrintHead
from cairn.interfaces.web.components.people import Alert
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.drafts import Drafted, as_uuid, drafted, typed_in
from cairn.interfaces.web.views.files import file_response
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import print_head, record_page
from cairn.interfaces.web.views.times import ReadAt

ELSE = "other"
AUDIENCES = {
    "family": "To the family",
    "child": "To the child",
    "professionals": "To those who work with the family",
    "referrer": "To whoever made the referral",
}
HOW_TO_WRITE = "A line that begins with # is a heading, lines that begin with - are a list. Leave a line empty between paragraphs."
KEPT = "Their address has to be kept from people, so it is not on the letter: write the envelope by hand, or give the letter over."


@signed_in("GET")
def choose(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Choose one of the procedures' letters; a draft that was begun leads to its own."""
    found = open_letters(actor, record)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    begun = as_uuid(request.GET.get("draft"))
    draft = open_draft(actor, begun) if begun else None
    if draft is not None and not isinstance(draft, Refused):
        name = typed_in(draft.answers).get("letter", "")
        if any(one.id == name for one in standard_letters()):
            return redirect(f"{reverse('letter', args=[record, name])}?draft={begun}")
    groups = [
        (
            title,
            [(one, reverse("letter", args=[record, one.id])) for one in standard_letters() if one.to == to],
        )
        for to, title in AUDIENCES.items()
    ]
    context = {"groups": [(title, letters) for title, letters in groups if letters]}
    return record_page(request, actor, found, "record/choose_letter.html", context)


def standard_letter(request: HttpRequest, actor: Actor, record: UUID, name: str) -> HttpResponse:
    """Write one of them: first to whom and what is missing, then its text."""
    sheet = open_sheet(actor, record, name)
    if isinstance(sheet, Refused):
        return refused_page(request, actor, sheet)
    page = _Writing(request, actor, sheet)
    if sheet.problem or page.does == "ask":
        return page.ask()
    if not page.answered:
        return page.ask(status=422)
    return page.fill() if page.does == "fill" else page.go_on()


class _Writing:
    """The two forms of a letter: to whom and what is missing; then its subject and its text."""

    def __init__(self, request: HttpRequest, actor: Actor, sheet: Sheet) -> None:
        self.request, self.actor, self.sheet = request, actor, sheet
        self.kept = self._drafted()
        self.typed = request.POST if request.method == "POST" else self.kept.typed
        self.does = request.POST.get("do", "ask") if request.method == "POST" else self._gone_on_with()
        self.asked = asked(actor, sheet)
        self.whom = self._whom_form()
        self.facts = self._facts_form()
        self.answered = self._read() if self.does != "ask" else False
        self.text = self._text_form(self.typed)

    def _drafted(self) -> Drafted:
        """The draft of this letter; one of another letter is let alone."""
        found = drafted(self.request, self.actor, SEND, self.sheet.page.identity.record)
        other = found.typed is not None and found.typed.get("letter") != self.sheet.letter.id
        return Drafted(uuid4(), 0, None, c.Saved()) if other else found

    def _gone_on_with(self) -> str:
        return "show" if self.typed is not None and self.typed.get("text") else "ask"

    def _whom_form(self) -> ActForm:
        options = tuple(
            Option(value=one.key, label=one.name, hint=" ".join(_about(one))) for one in self.sheet.whom
        )
        other = Option(value=ELSE, label="Somebody else", hint="Somebody who is not on the record yet")
        return ActForm(
            [
                Field(name="to", label="Who is it to?", type="choice", options=(*options, other)),
                Field(name="to_name", label="Their name", type="text"),
                Field(
                    name="to_address",
                    label="Their address, if it is to stand on the letter",
                    type="long_text",
                ),
            ],
            posted=self.typed,
            initial={"to": options[0].value} if len(options) == 1 else {},
            must=("to", "to_name"),
            reveals={"to": {ELSE: ["to_name", "to_address"]}},
            messages={"to": "Choose who the letter is to", "to_name": "Enter who the letter is to"},
            mark_optional=False,
        )

    def _facts_form(self) -> ActForm:
        return ActForm(
            [
                Field(
                    name=one.name,
                    label=one.asks,
                    type="long_text" if one.long else "text",
                    hint=f"On the record: {beside}" if beside else "",
                )
                for one, beside in self.asked
            ],
            posted=self.typed,
            must=[one.name for one, _ in self.asked],
            prefix="fact",
            messages={one.name: f"Answer the question: {one.asks}" for one, _ in self.asked},
            mark_optional=False,
        )

    def _text_form(self, typed: QueryDict | None, initial: Mapping[str, Any] | None = None) -> ActForm:
        ways = in_use().vocabulary.events["letter.sent"].field("how")
        unsafe = self._unsafe()
        fields = [
            Field(name="subject", label="What it is about", type="text"),
            Field(name="text", label="The letter", type="long_text", hint=HOW_TO_WRITE),
            Field(name="how", label="How does it go?", type="choice", options=ways.options if ways else ()),
            Field(name="safe", label="How do you know that this way is safe for them?", type="long_text", hint=f"Not safe: {unsafe}."),
        ]  # fmt: skip
        sends = self.does == "sent"
        return ActForm(
            fields if unsafe else fields[:-1],
            posted=typed,
            initial=initial,
            must=("subject", "text", *(("how", "safe") if sends else ())),
            messages={
                "subject": "Enter what the letter is about",
                "text": "Enter what the letter says",
                "how": "Choose how it goes",
                "safe": "Say how you know that this way is safe for them",
            },
            mark_optional=False,
        )

    def _unsafe(self) -> str:
        one = self._chosen()
        return one.unsafe if one else ""

    def _chosen(self) -> Recipient | None:
        return self.sheet.recipient(str(self.typed.get("to", ""))) if self.typed is not None else None

    def _read(self) -> bool:
        """Whether it is said to whom the letter goes, and whatever was missing."""
        whom, facts = self.whom.read(), self.facts.read()
        if not isinstance(whom, dict) or not isinstance(facts, dict):
            return False
        self.answers = {name: str(value) for name, value in facts.items()}
        one = self.sheet.recipient(str(whom["to"]))
        self.name = one.name if one else str(whom.get("to_name", ""))
        lines = str(whom.get("to_address", "")).split("\n")
        self.address = one.address if one else tuple(line.strip() for line in lines if line.strip())
        said = faults(self.sheet, Draft(self.name, self.address, "", ""))
        for name, message in said.items():
            self.whom.refuse("to_address" if name == "to" else "to", message)
        return not said

    def ask(self, status: int = 200) -> HttpResponse:
        """To whom, and what is missing; the letter beside it with what is known."""
        one = self._chosen()
        name = one.name if one else ""
        subject, text = written(self.actor, self.sheet, name, {})
        context = {
            "whom": self.whom.render(),
            "facts": self.facts.render() if self.asked else "",
            "missing": [one.asks for one, _ in self.asked],
            "has_text": bool(self.typed is not None and self.typed.get("text")),
            "errors": summary_of(self.whom, self.facts),
            "carried": self._carried(("subject", "text", "how", "safe")),
            "sheet": _sheet(printed(self.actor, self.sheet, Draft(name, (), subject, text))),
        }
        return self._page("record/letter_ask.html", context, status)

    def go_on(self) -> HttpResponse:
        """With the text as it was gone over: show it, take it away, or record that it went."""
        draft = self.draft()
        if draft is None:
            return self.write(status=422)
        if self.does in ("pdf", "word"):
            made = take(self.actor, self.sheet, draft, "word" if self.does == "word" else "pdf")
            if isinstance(made, Refused):
                return refused_page(self.request, self.actor, made)
            return file_response(made)
        return self.sent(draft) if self.does == "sent" else self.write()

    def fill(self) -> HttpResponse:
        """The text, filled from the procedures' own."""
        subject, text = written(self.actor, self.sheet, self.name, self.answers)
        self.text = self._text_form(None, {"subject": subject, "text": text})
        draft = Draft(self.name, self.address, subject, text)
        self._refuse(draft)
        return self._written(draft, 200)

    def draft(self) -> Draft | None:
        """The letter as it was gone over; None where something in it has to be put right."""
        read = self.text.read()
        told = read if isinstance(read, dict) else self.text.typed
        draft = Draft(self.name, self.address, str(told["subject"]), str(told["text"]))
        refused = self._refuse(draft)
        return None if refused or not isinstance(read, dict) else draft

    def _refuse(self, draft: Draft) -> bool:
        said = faults(self.sheet, draft)
        for name, message in said.items():
            self.text.refuse(name, message)
        return bool(said)

    def write(self, status: int = 200, refused: Refused | None = None) -> HttpResponse:
        """The text as it was typed, and the letter as it will look."""
        typed = self.typed if self.typed is not None else QueryDict()
        draft = Draft(self.name, self.address, typed.get("subject", ""), typed.get("text", ""))
        return self._written(draft, status, refused)

    def _written(self, draft: Draft, status: int, refused: Refused | None = None) -> HttpResponse:
        one = self._chosen()
        context = {
            "form": self.text.render(),
            "to": draft.name,
            "address": draft.address,
            "alerts": _alerts(one) if one else [],
            "safe_ways": one.safe if one else "",
            "errors": self.text.error_summary(),
            "gate": gate(refused),
            "carried": self._carried(("to", "to_name", "to_address"), "fact"),
            "sheet": _sheet(printed(self.actor, self.sheet, draft)),
        }
        return self._page("record/letter_write.html", context, status)

    def sent(self, draft: Draft) -> HttpResponse:
        """Record that it went."""
        typed = self.typed if self.typed is not None else QueryDict()
        way = Sending(typed.get("how", ""), typed.get("safe", ""), key_of(self.request))
        done = send(self.actor, self.sheet, draft, way, self.kept.id)
        if not isinstance(done, Recorded):
            return self.write(STATUS[done.code], done)
        say_next(self.request, f"Recorded as sent to {draft.name}: {self.sheet.letter.title}.")
        return redirect("documents", done.record)

    def _carried(self, names: tuple[str, ...], prefix: str = "") -> list[tuple[str, str]]:
        """What was answered on the other form, to go with this one."""
        typed = self.typed if self.typed is not None else QueryDict()
        return [
            (name, value)
            for name, values in typed.lists()
            for value in values
            if name in names or (prefix and name.startswith(prefix))
        ]

    def _page(self, template: str, context: Mapping[str, Any], status: int) -> HttpResponse:
        sheet = self.sheet
        whole = {
            "act": in_use().vocabulary.acts[SEND],
            "letter": sheet.letter,
            "problem": c.Gate(title="This letter cannot be written yet", text=sheet.problem, heading_level=2)
            if sheet.problem
            else None,
            "about": sheet.strand_words,
            "sent": sheet.sent,
            "draft": self.kept,
            "key": key_of(self.request),
            "seen": sheet.page.version,
            "print_head": _print_head(self.actor, sheet),
            "choose": reverse(SEND, args=[sheet.page.identity.record]),
            **context,
        }
        if context["errors"] and status == HTTPStatus.OK:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        return record_page(self.request, self.actor, sheet.page, template, whole, status=status)


def _print_head(actor: Actor, sheet: Sheet) -> PrintHead | None:
    """The head of each sheet that a browser prints: no more than the letter itself may say."""
    whole = print_head(actor, sheet.page.identity, ReadAt())
    return replace(whole, born="") if sheet.letter.names_child else None


def _about(one: Recipient) -> list[str]:
    """What the writer has to know of somebody before the letter is to them."""
    said = [f"{one.what}."]
    if one.kept:
        said.append("Address kept from people: it is not printed.")
    elif one.address:
        said.append(f"{', '.join(one.address)}.")
    if one.unsafe:
        said.append(f"Do not write to this address before you have read: {one.unsafe.rstrip('.')}.")
    if one.risk:
        said.append("Recorded as a person who may be a risk.")
    return said


def _alerts(one: Recipient) -> list[Alert]:
    found = []
    if one.unsafe:
        found.append(
            Alert(
                f"**Not safe: {one.unsafe.rstrip('.')}.** Do not write to this address unless you know that it is safe."
            )
        )
    if one.kept:
        found.append(Alert(f"**No address is printed.** {KEPT}"))
    if one.risk:
        found.append(
            Alert("**This person is recorded as one who may be a risk.** Ask your manager before it goes.")
        )
    return found


def _sheet(letter: PrintedLetter) -> dict[str, Any]:
    """The letter as the page shows it: the same as its PDF says."""
    return {
        "letter": letter,
        "blocks": [one for paragraph in letter.paragraphs for one in blocks(paragraph)],
        "signed": letter.signed.split("\n"),
    }
