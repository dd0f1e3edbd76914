"""How the plan goes: every outcome and action on one page, and only what is answered is written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.acting import ActPage, open_for_act, send_act
from cairn.application.actors import Actor
from cairn.application.recording import Recorded, Request
from cairn.application.refused import Refused
from cairn.core.calendar.moment import LONDON
from cairn.core.planning.plans import OVER, Action, Outcome, Plan, plans
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.forms.typed import is_empty
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.act_forms import TOP, WHEN
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.drafts import Drafted, drafted
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.not_now import not_now
from cairn.interfaces.web.views.plan_words import action_row, outcome_mark
from cairn.interfaces.web.views.record_frame import record_page

ACT = "record-progress"
ACTIONS, OUTCOMES = "action_rows", "outcome_rows"
NONE = Refused(
    "not found",
    "No plan goes on on this record",
    "Make a plan first. Of one that has ended nothing more is reported.",
)


class ProgressForms:
    """The forms of the page: one for each outcome and each action, by its number, and when it was."""

    def __init__(self, found: ActPage, plan: Plan, posted: QueryDict | None) -> None:
        self.plan = plan
        self.today = found.page.as_at.astimezone(LONDON).date()
        fields = {field.name: field.fields for field in found.fields}
        self.outcomes = {
            one.key: _form(_of_outcome(fields[OUTCOMES], one), f"outcome-{one.key}", posted)
            for one in plan.outcomes
        }
        self.actions = {
            one.key: _form(_inner(fields[ACTIONS], "action"), f"action-{one.key}", posted)
            for one in plan.actions
        }
        self.when = ActForm([WHEN], posted=posted, prefix="when")

    @property
    def parts(self) -> tuple[ActForm, ...]:
        """The forms in the order of the page."""
        whole = []
        for outcome in self.plan.outcomes:
            whole += [self.outcomes[outcome.key], *(self.actions[one.key] for one in outcome.actions)]
        return (*whole, *(self.actions[one.key] for one in self.plan.loose), self.when)

    def read(self) -> dict[str, Any] | None:
        """The answers of the act, of what is answered alone; None where something has to be put right."""
        rows = {
            OUTCOMES: list(self._rows(self.outcomes, "outcome")),
            ACTIONS: list(self._rows(self.actions, "action")),
        }
        when = self.when.read()
        if any(form.errors for form in self.parts) or isinstance(when, tuple):
            return None
        return {**rows, "at": str(when.get("happened", ""))}

    def _rows(self, forms: dict[str, ActForm], name: str) -> Iterator[dict[str, Any]]:
        for key, form in forms.items():
            if is_empty(form.typed):
                continue
            read = form.read()
            if isinstance(read, tuple):
                continue
            if name == "action" and "state" not in read:
                form.refuse("state", "Say how far it is, or empty what you wrote about it")
            elif str(read.get("done_on", "")) > self.today.isoformat():
                form.refuse("done_on", "That day has not come yet")
            else:
                yield {name: key, **read}


def _form(fields: list[Field], prefix: str, posted: QueryDict | None) -> ActForm:
    reveals = {"state": {"done": ["done_on"]}} if any(one.name == "done_on" for one in fields) else {}
    return ActForm(fields, posted=posted, prefix=prefix, reveals=reveals, mark_optional=False)


def _inner(fields: tuple[Field, ...], name: str) -> list[Field]:
    """What is asked of one row: all but which one it is."""
    return [field for field in fields if field.name != name]


def _of_outcome(fields: tuple[Field, ...], one: Outcome) -> list[Field]:
    """What is asked of an outcome; how many only where something is counted, and then by its name."""
    found = []
    for field in _inner(fields, "outcome"):
        if field.name != "count":
            found.append(field)
        elif one.counted or one.wanted is not None:
            kept = "1 where it was kept, 0 where it was missed" if one.is_kept_or_missed else ""
            found.append(field.model_copy(update={"label": one.counted or field.label, "hint": kept}))
    return found


@signed_in("GET", "POST")
def record_progress(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Report how the plan goes. What is left empty is left as it stands."""
    found = open_for_act(actor, record, ACT)
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    every = [one for one in plans(found.page.view.standing) if one.is_open]
    asked = request.POST.get("strand") or request.GET.get("strand")
    named = [one for one in every if one.strand.id == asked] if asked else every
    if not named:
        return not_now(request, actor, record, NONE)
    if len(named) > 1:
        choices = [
            (f"Plan of {words.day_words(one.made_on)}", f"{request.path}?strand={one.strand.id}")
            for one in named
        ]
        return record_page(
            request, actor, found.page, "which_one.html", {"title": "Record progress", "choices": choices}
        )
    draft = drafted(request, actor, ACT, record)
    forms = ProgressForms(found, named[0], request.POST if request.method == "POST" else draft.typed)
    if request.method == "GET":
        return _shown(request, actor, found, forms, draft)
    return _sent(request, actor, found, forms, draft)


def _sent(
    request: HttpRequest, actor: Actor, found: ActPage, forms: ProgressForms, draft: Drafted
) -> HttpResponse:
    answers = forms.read()
    if answers is None:
        return _shown(request, actor, found, forms, draft, status=422)
    at = answers.pop("at")
    if not any(answers.values()):
        nothing = c.Fault("Nothing is answered yet: say of one action or outcome how it goes", TOP)
        return _shown(request, actor, found, forms, draft, besides=(nothing,), status=422)
    record = found.page.identity.record
    wanted = Request(ACT, answers, record, at=at, strand=forms.plan.strand.id, key=key_of(request))
    done = send_act(actor, wanted, draft.id)
    if isinstance(done, Recorded):
        number = sum(len(rows) for rows in answers.values())
        say_next(request, f"Recorded: {words.counted(number, 'report')} of how the plan goes.")
        return redirect("plan", record)
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    besides = tuple(c.Fault(f"{fault.problem}: expected {fault.expected}", TOP) for fault in done.faults)
    return _shown(
        request, actor, found, forms, draft, besides=besides, refused=done, status=STATUS[done.code]
    )


def _shown(
    request: HttpRequest,
    actor: Actor,
    found: ActPage,
    forms: ProgressForms,
    draft: Drafted,
    *,
    besides: tuple[c.Fault, ...] = (),
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = summary_of(*forms.parts)
    faults = (*(wrong.faults if wrong else ()), *besides)
    context = {
        "act": found.act,
        "outcomes": [_outcome(forms, one) for one in forms.plan.outcomes],
        "loose": [_action(forms, one) for one in forms.plan.loose],
        "when": forms.when.render(),
        "errors": c.ErrorSummary(faults=faults) if faults else None,
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "draft": draft,
        "key": key_of(request),
        "seen": found.page.version,
        "named_strand": forms.plan.strand.id,
        "back": reverse("plan", args=[found.page.identity.record]),
    }
    return record_page(
        request, actor, found.page, "record/plan_progress.html", context, current="plan", status=status
    )


def _outcome(forms: ProgressForms, one: Outcome) -> dict[str, Any]:
    last = one.judged[-1] if one.judged else None
    return {
        "key": one.key,
        "text": one.text,
        "mark": outcome_mark(one),
        "last": words.day_words(last.happened_at.day) if last else "",
        "form": forms.outcomes[one.key].render(),
        "actions": [_action(forms, action) for action in one.actions],
    }


def _action(forms: ProgressForms, one: Action) -> dict[str, Any]:
    form = forms.actions[one.key]
    over = one.state(forms.today) in OVER and is_empty(form.typed)
    return {**action_row(one, forms.today), "form": form.render(), "folded": over}
