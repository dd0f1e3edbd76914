"""Correcting an entry, withdrawing one, and moving one that went on the wrong child. Nothing is removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.entries import Correction, what_goes_with
from cairn.application.joint_corrections import Offer, offer_of
from cairn.application.mending import DateChanged, EntryPage, Mended, correct, is_done, open_to_mend, withdraw
from cairn.application.refused import Refused
from cairn.core.calendar.london import parse_roughly, text_of
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.history.together import GoesWith
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.forms import ActForm, summary_of
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.entries import summary, when
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.mending_together import anew_form, done_with_it, mark_of, together, told
from cairn.interfaces.web.views.record_frame import record_page
from cairn.interfaces.web.words import moment_words

HAPPENED = Field(name="happened", label="When did it really happen?", type="moment")
REASON = Field(
    name="reason",
    label="Why do you correct it?",
    type="long_text",
    hint="It stays beside the entry for good.",
)
NOT_EMPTIED = frozenset({"choice", "yes_no", "date", "moment", "number", "choices", "rows", "fields"})


@signed_in("GET", "POST")
def correct_it(request: HttpRequest, actor: Actor, record: UUID, entry: str) -> HttpResponse:
    """Correct what an entry says, or when it happened. Its old answers stay in the history."""
    found = open_to_mend(actor, record, entry, "correct-entry")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    if request.method == "POST" and is_done(actor, key_of(request)):
        return redirect("entry", record, entry)
    forms = _Correcting(found, request)
    correction = forms.read() if request.method == "POST" and not forms.answers.is_asking_for_more else None
    if correction is None:
        return _correcting(request, actor, forms)
    goes = what_goes_with(found.page.view, found.event, correction)
    anew = anew_form(request, actor, found, goes)
    told_of_it = request.POST.get("together", "") == mark_of(goes)
    besides = anew.read() if told_of_it and anew is not None else None
    if not told_of_it or isinstance(besides, tuple):
        return _correcting(request, actor, forms, goes=goes, anew=anew)
    correction = replace(correction, besides=besides)
    done = correct(actor, record, correction, key_of(request))
    if isinstance(done, Refused):
        return _correcting(request, actor, forms, done, goes, anew)
    said = (
        f"Corrected: {found.kind.title}.",
        done_with_it(found, goes, anew=anew is not None),
        dates_in_words(done),
    )
    say_next(request, " ".join(filter(None, said)))
    offered = isinstance(offer_of(actor, record, entry), Offer)
    return redirect("correct-others" if offered else "entry", record, entry)


class _Correcting:
    """The forms of a correction: what the entry asks, prefilled, when it happened, and why it is corrected."""

    def __init__(self, found: EntryPage, request: HttpRequest) -> None:
        self.found = found
        posted = request.POST if request.method == "POST" else None
        self.answers = ActForm(found.fields, posted=posted, initial=found.event.data)
        self.when = ActForm(
            [HAPPENED.model_copy(update={"check": "roughly"}) if found.kind.dated_roughly else HAPPENED],
            posted=posted,
            initial={"happened": typed_moment(found.event.happened_at)},
            prefix="when",
        )
        self.why = ActForm([REASON], posted=posted, must=("reason",), prefix="mend")

    @property
    def parts(self) -> tuple[ActForm, ...]:
        return (self.answers, self.when, self.why)

    def read(self) -> Correction | None:
        """The correction: only what differs; None where something has to be put right first."""
        answers, when_, why = (part.read() for part in self.parts)
        if isinstance(answers, tuple) or isinstance(when_, tuple) or isinstance(why, tuple):
            return None
        changed = dict(self._changed(answers))
        at = str(when_.get("happened", ""))
        moved = at if at and not _same(at, self.found.event.happened_at) else ""
        if not changed and not moved and not any(part.errors for part in self.parts):
            self.why.refuse("reason", "Change what is wrong: the entry reads as it did")
        if any(part.errors for part in self.parts):
            return None
        return Correction(self.found.entry.id, changed, str(why["reason"]), moved)

    def _changed(self, answers: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        stands = self.found.event.data
        for field in self.found.fields:
            was, said = stands.get(field.name), answers.get(field.name)
            if said is None and was not in (None, "", [], ()):
                yield from self._emptied(field)
            elif said is not None and said != was:
                yield field.name, said

    def _emptied(self, field: Field) -> Iterator[tuple[str, Any]]:
        """A text may be emptied; any other answer can only be replaced."""
        if field.type in NOT_EMPTIED:
            self.answers.refuse(
                field.name,
                "An answer given cannot be taken away, only changed: choose what is right, or withdraw the entry",
            )
        else:
            yield field.name, [] if field.type == "list" else ""


def typed_moment(at: Moment) -> str:
    """A time as a form begins with it: the day alone where no more is known."""
    if at.is_day:
        return text_of(at)
    return at.latest.astimezone(LONDON).isoformat(timespec="minutes")


def _same(text: str, stands: Moment) -> bool:
    """Whether a time typed to the minute is the one that stands."""
    at = parse_roughly(text)
    if isinstance(at, Moment) and at.is_day:
        return at == stands
    if not isinstance(at, Moment) or at.is_day != stands.is_day:
        return False
    return at.earliest.replace(second=0) == stands.earliest.replace(second=0)


def _correcting(
    request: HttpRequest,
    actor: Actor,
    forms: _Correcting,
    refused: Refused | None = None,
    goes: GoesWith | None = None,
    anew: ActForm | None = None,
) -> HttpResponse:
    found = forms.found
    for fault in refused.faults if refused else ():
        name = fault.place.removeprefix("data.").split("[")[0]
        if name in forms.answers.fields:
            forms.answers.refuse(name, f"{fault.problem}: expected {fault.expected}")
    for one in refused.refusals if refused else ():
        if one.field in forms.answers.fields:
            forms.answers.refuse(one.field, one.missing)
    errors = summary_of(*([anew] if anew else []), *forms.parts)
    context = {
        **about(found),
        "fields": forms.answers.render() if found.fields else "",
        "when_field": forms.when.render(),
        "why": forms.why.render(),
        "errors": errors,
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "going": told(found, goes, actor, anew=anew is not None) if goes else [],
        "anew": anew.render() if anew else "",
        "told": mark_of(goes) if goes else "",
        "key": key_of(request),
    }
    status = STATUS[refused.code] if refused else 422 if errors else 200
    return record_page(request, actor, found.page, "record/correct.html", context, status=status)


def about(found: EntryPage) -> dict[str, Any]:
    """What every page that mends an entry says of it."""
    return {
        "entry": found.entry,
        "when": when(found.entry),
        "answers": summary(found.entry.answers),
        "resting": [_resting(found, event.type, event.happened_at) for event in found.resting],
        "seen": found.page.version,
        "together": together(found),
    }


def _resting(found: EntryPage, type_: str, at: Moment) -> str:
    title = found.page.view.procedures.vocabulary.events[type_].title
    return f"{title}, {moment_words(at)}"


def dates_in_words(done: Mended) -> str:
    """Which dates are others now, a sentence each."""
    return " ".join(map(_date_in_words, done.changed)) or "No date changed."


def _date_in_words(changed: DateChanged) -> str:
    if changed.again:
        due = f": it {'was' if changed.overdue else 'is'} due {due_date(changed.now)}" if changed.now else ""
        late = " and is overdue" if changed.overdue else ""
        return f"“{changed.title}” is open again{due}{late}."
    if changed.now is None:
        was = f"was due {due_date(changed.was)}" if changed.was else "was due"
        return f"“{changed.title}” {was}; it is not due now."
    if changed.was is None:
        return f"“{changed.title}” is due {due_date(changed.now)}; it was not before."
    return f"“{changed.title}” was due {due_date(changed.was)}; is due {due_date(changed.now)}."


@signed_in("GET", "POST")
def withdraw_it(request: HttpRequest, actor: Actor, record: UUID, entry: str) -> HttpResponse:
    """Withdraw an entry that should never have been made. It stays to be read, with the reason."""
    if request.method == "POST" and is_done(actor, key_of(request)):
        return redirect("entry", record, entry)
    found = open_to_mend(actor, record, entry, "withdraw-entry")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    why = why_form(request, "Why should it never have been made?")
    read = why.read() if request.method == "POST" else None
    if not isinstance(read, dict):
        return _withdrawing(request, actor, found, why)
    others = found.together.others if request.POST.get("others") else ()
    done = withdraw(actor, record, entry, str(read["reason"]), key_of(request), others=bool(others))
    if isinstance(done, Refused):
        return _withdrawing(request, actor, found, why, done)
    said = (f"Withdrawn: {found.kind.title}.", done_with_it(found, GoesWith(others)), dates_in_words(done))
    say_next(request, " ".join(filter(None, said)))
    return redirect("entry", record, entry)


def why_form(request: HttpRequest, label: str) -> ActForm:
    """The one question of a withdrawal or a move."""
    posted = request.POST if request.method == "POST" else None
    return ActForm(
        [REASON.model_copy(update={"label": label})], posted=posted, must=("reason",), prefix="mend"
    )


def _withdrawing(
    request: HttpRequest, actor: Actor, found: EntryPage, why: ActForm, refused: Refused | None = None
) -> HttpResponse:
    context = {
        **about(found),
        "why": why.render(),
        "tick": bool(request.POST.get("others")) if why.posted is not None else found.together.leads,
        "errors": why.error_summary(),
        "gate": gate(refused),
        "key": key_of(request),
    }
    status = STATUS[refused.code] if refused else 422 if why.errors else 200
    return record_page(request, actor, found.page, "record/withdraw.html", context, status=status)
