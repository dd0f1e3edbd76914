"""What the pages of a decision share: whom it is about, its clock, what was seen when it was begun, and what stops it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.deciding import Several, ToDecide
from cairn.application.ports import now
from cairn.application.recording import Request
from cairn.application.refused import Refused
from cairn.core.engine.duties import DutyView
from cairn.core.protocol.model import Gate
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.begun import Begun, as_number
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.record_frame import identity_bar, record_page

KEPT_FACTS = frozenset({"Age", "Expected", "Address", "Lives with", "Worker"})


def decision_bar(deciding: ToDecide, heading: str, *more: c.Fact) -> c.IdentityBar:
    """Whom the decision is about: the page's own heading, what matters to it, and dangers first."""
    whole = identity_bar(deciding.page.identity)
    facts = tuple(fact for fact in whole.facts if fact.term in KEPT_FACTS and fact.value != "Nobody yet")
    return replace(whole, name=heading, tags=(), subnav=None, facts=(*facts, *more, *_clock_facts(deciding)))


def _clock_facts(deciding: ToDecide) -> Iterator[c.Fact]:
    for duty in deciding.clocks[:1]:
        if duty.due is not None:
            yield c.Fact("Decide by", "", mark=_mark(duty), link=why_link(deciding, duty))


def _mark(duty: DutyView) -> Mark:
    if duty.met_by is not None:
        return Mark("done", "Decided")
    if duty.due is None:
        return Mark("to_come", "As soon as possible")
    if now() > duty.due:
        return Mark("late", f"{due_date(duty.due)}, overdue")
    return Mark("soon", due_date(duty.due))


def why_link(deciding: ToDecide, duty: DutyView) -> c.Link:
    """The link that explains a date."""
    href = reverse("why", args=[deciding.page.identity.record, duty.key])
    return c.Link("Why?", href, f"Explain this date: {duty.rule.title}")


def request_of(
    deciding: ToDecide, draft: Begun, answers: Mapping[str, Any], departures: Mapping[str, str]
) -> Request:
    """What is sent: on which strand, seen up to which entry, with the reasons for what is departed from."""
    posted = draft.posted
    return Request(
        act=draft.act,
        answers=answers,
        record=deciding.page.identity.record,
        strand=deciding.strand.id,
        seen=as_number(posted.get("seen")) if posted is not None else None,
        departures=departures,
        key=draft.id,
    )


def departure_form(gates: tuple[Gate, ...], draft: Begun) -> ActForm:
    """The reasons for going past a rule, one for each that this person may depart from."""
    fields = [
        Field(
            name=past(gate.id),
            label=f"Your reason for going past “{gate.title}”",
            type="long_text",
            hint=f"Paragraph {gate.source.paragraph}: {gate.text} The reason stays on the record.",
        )
        for gate in gates
    ]
    return ActForm(fields, posted=draft.posted, mark_optional=False)


def departures_of(form: ActForm, gates: tuple[Gate, ...]) -> dict[str, str]:
    """The reasons given, by provision."""
    return {
        gate.id: str(form.typed[past(gate.id)]) for gate in gates if str(form.typed[past(gate.id)]).strip()
    }


def asked_departures(form: ActForm, gates: tuple[Gate, ...], refused: Refused | None) -> Any:
    """Asked only once a rule stood in the way, or where a reason is typed already."""
    met = {one.provision for one in refused.refusals} if refused else set()
    names = [past(gate.id) for gate in gates if gate.id in met or form.typed[past(gate.id)]]
    return form.render(*names) if names else ""


def past(provision: str) -> str:
    """The name of the field for a departure's reason."""
    return f"past_{provision.replace('-', '_')}"


def strand_named(request: HttpRequest, draft: Begun) -> str | None:
    """Which contact or referral is meant: as the page, its address or the draft says; None where nothing does."""
    return named(request, draft, "strand")


def named(request: HttpRequest, draft: Begun, what: str) -> str | None:
    """What a page was opened for: said by its form, by its address, or by the draft that it goes on with."""
    kept = draft.posted.get(what) if draft.posted is not None else None
    return request.POST.get(what) or request.GET.get(what) or kept or None


def which_one(request: HttpRequest, actor: Actor, several: Several, title: str) -> HttpResponse:
    """Several wait: the page that asks which."""
    choices = [(name, f"{request.path}?strand={id_}") for id_, name in several.choices]
    return record_page(
        request, actor, several.found.page, "which_one.html", {"title": title, "choices": choices}
    )


def signature(actor: Actor) -> str:
    """The line under the button."""
    return f"Signed as {actor.name}, {actor.role}, {words.weekday_words(now())}. It can be corrected, not undone."
