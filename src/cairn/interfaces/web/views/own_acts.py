"""Pages made for one act: the form of the generic page, with what stands beside it, what is fixed and what more is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as filled
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from cairn.application.acting import ActPage, open_for_act, send_act
from cairn.application.actors import Actor
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.views.act_forms import ActForms, Read, typed_words
from cairn.interfaces.web.views.acts import key_of, request_of, was_sent
from cairn.interfaces.web.views.drafts import Drafted, drafted, typed_in
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import record_page

Sender = Callable[[Actor, Request, UUID], Recorded | Refused]


@dataclass(frozen=True)
class Named:
    """What an act is about, chosen on the page before: its field, its id, and what it is called.

    `answers` are known by it and not asked; `initial` and the time `at` stand in the form to begin with.
    """

    field: str
    id: str
    words: str
    answers: Mapping[str, Any] = filled(default_factory=dict)
    initial: Mapping[str, Any] = filled(default_factory=dict)
    at: str = ""


def _fields(page: ActPage) -> tuple[Field, ...]:
    return page.fields


def _nothing(*_args: object) -> None:
    return None


def _no_more(_page: ActPage) -> Mapping[str, Any]:
    return {}


def _nobody_to_tick(_page: ActPage, _named: Named | None) -> Mapping[str, tuple[Option, ...]]:
    return {}


def _of_no_form(_forms: OwnForms) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Own:
    """How the page of one act differs from the generic one.

    `ask` gives the fields as this page asks them; `named` what the act is about, where the page before chose
    it (it is then not asked); `initial` what is known already; `check` puts more mistakes at their fields;
    `ticks` are the people that can be ticked in a list; `beside` gives the template what stands beside the form, `of_form` what hangs on what was typed; `when` asks for the time, and stands first where
    `when_first`; afterwards the page called `to` says `said`.
    """

    act: str
    said: str
    to: str = "child"
    template: str = "record/own_act.html"
    title: str = ""
    send: str = "Record it"
    ask: Callable[[ActPage], tuple[Field, ...]] = _fields
    named: Callable[[ActPage, str], Named | None] = _nothing
    named_by: str = ""
    initial: Callable[[ActPage], Mapping[str, Any]] = _no_more
    must: tuple[str, ...] = ()
    messages: Mapping[str, str] = filled(default_factory=dict)
    check: Callable[[OwnForms, Mapping[str, Any]], None] = _nothing
    ticks: Callable[[ActPage, Named | None], Mapping[str, tuple[Option, ...]]] = _nobody_to_tick
    beside: Callable[[ActPage], Mapping[str, Any]] = _no_more
    of_form: Callable[[OwnForms], Mapping[str, Any]] = _of_no_form
    when: Field | None = None
    when_first: bool = False


class OwnForms(ActForms):
    """The forms of such a page."""

    def __init__(self, page: ActPage, request: HttpRequest, typed: QueryDict | None, own: Own) -> None:
        given = _given(request, typed, own.named_by)
        self.named = own.named(page, given) if given else None
        fields = [one for one in own.ask(page) if not self.named or one.name not in self._known]
        super().__init__(replace(page, fields=tuple(fields)), request, typed)
        self.own, self.typed = own, typed
        posted = self.answers.posted
        self.answers = ActForm(
            fields,
            posted=posted,
            initial={**own.initial(page), **(self.named.initial if self.named else {}), **request.GET.dict()},
            must=(*page.act.must, *own.must),
            reveals=self.answers.reveals,
            messages=own.messages,
        )
        self.answers.ticks = own.ticks(page, self.named)
        if own.when is not None:
            begun = {"happened": self.named.at} if self.named else {}
            self.when = ActForm(
                [own.when], posted=posted, initial=begun, prefix="when", messages=own.messages
            )

    @property
    def in_order(self) -> tuple[ActForm, ...]:
        """The time stands before the answers where it is asked first."""
        if not self.own.when_first:
            return self.parts
        return (self.strand, self.departures, self.when, self.answers)

    @property
    def _known(self) -> frozenset[str]:
        return frozenset({self.named.field, *self.named.answers}) if self.named else frozenset()

    def read(self) -> Read | None:
        """Everything as the door takes it, with what is known; None where something has to be put right first."""
        found = super().read()
        if found is None:
            return None
        self.own.check(self, found.answers)
        if any(form.errors for form in self.parts):
            return None
        known = {self.named.field: self.named.id, **self.named.answers} if self.named else {}
        return replace(found, answers={**found.answers, **known})


def _given(request: HttpRequest, typed: QueryDict | None, name: str) -> str:
    """The id of what the act is about: as sent with the form, asked for in the address, or kept in the draft."""
    places = (request.POST, request.GET, typed or QueryDict())
    return next((given for place in places if name and (given := place.get(name))), "")


def do(request: HttpRequest, actor: Actor, record: UUID, own: Own, send: Sender = send_act) -> HttpResponse:
    """Show the page of an act, or take what was sent: recorded, or shown again with what is wrong and nothing lost."""
    found = open_for_act(actor, record, own.act)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    if was_sent(request, actor):
        return redirect(own.to, record)
    draft = _its_draft(drafted(request, actor, own.act, record), request.GET.get(own.named_by) or "", own)
    forms = OwnForms(found, request, draft.typed, own)
    forms.named_strand = request.POST.get("strand") or request.GET.get("strand") or None
    if not forms.is_sent or forms.is_asking_for_more:
        return shown(request, actor, forms, draft)
    read = forms.read()
    if read is None:
        return shown(request, actor, forms, draft, status=422)
    return sent(request, actor, forms, draft, send(actor, request_of(request, found, read), draft.id))


def _its_draft(draft: Drafted, asked: str, own: Own) -> Drafted:
    """The draft, unless it is about something else than was asked for: then a new one, and the other stays."""
    if draft.typed is None or not asked or draft.typed.get(own.named_by) == asked:
        return draft
    return Drafted(uuid4(), 0, None, c.Saved())


def sent(
    request: HttpRequest,
    actor: Actor,
    forms: OwnForms,
    draft: Drafted,
    done: Recorded | Refused,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """What follows once the door has answered; `more` goes to the page where it is shown again."""
    if isinstance(done, Recorded):
        say_next(request, forms.own.said)
        return redirect(forms.own.to, done.record)
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    forms.refuse(done)
    return shown(request, actor, forms, draft, refused=done, status=STATUS[done.code], more=more)


def shown(
    request: HttpRequest,
    actor: Actor,
    forms: OwnForms,
    draft: Drafted,
    *,
    refused: Refused | None = None,
    status: int = 200,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page, with what was typed and what is wrong with it."""
    found, own = forms.page, forms.own
    context = {
        "act": found.act,
        "title": own.title or found.act.title,
        "send": own.send,
        "forms": forms.rendered(refused),
        "when_first": own.when_first,
        "named": forms.named,
        "errors": summary(forms.errors(), (more or {}).get("more_errors")),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "draft": draft,
        "beside": typed_words(found.fields, typed_in(draft.beside.answers)) if draft.beside else None,
        "key": key_of(request),
        "seen": found.page.version,
        "named_strand": "" if forms.strand.fields else forms.named_strand or "",
        "back": own.to,
        **own.beside(found),
        **own.of_form(forms),
        **(more or {}),
    }
    return record_page(request, actor, found.page, own.template, context, status=status)


def summary(*parts: c.ErrorSummary | None) -> c.ErrorSummary | None:
    """Several lists of mistakes as one, in their order."""
    faults = tuple(fault for part in parts if part for fault in part.faults)
    return c.ErrorSummary(faults=faults) if faults else None
