"""What the manager's page of a closing summary shows: the checks, the summary, what was asked before, and what signing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.closing import ToClose, was_shown
from cairn.application.refused import Refused
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.views.begun import Begun
from cairn.interfaces.web.views.closing_checks import dissent_row, manager_list, missing_tag
from cairn.interfaces.web.views.closing_words import summary_list
from cairn.interfaces.web.views.decision_frame import past, signature
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import identity_bar


@dataclass(frozen=True)
class Deciding:
    """A decision being written: what it is about, its draft, its form, and the reasons for what is gone past."""

    it: ToClose
    draft: Begun
    form: ActForm
    past: ActForm


def context_of(actor: Actor, its: Deciding, refused: Refused | None) -> dict[str, Any]:
    """Everything the template needs."""
    it, form = its.it, its.form
    checks = manager_list(actor, it)
    posted = its.draft.posted
    return {
        "identity": _bar(it),
        "checks": checks,
        "missing": missing_tag(checks),
        "summary": summary_list(it.proposed),
        "changed": not was_shown(it, posted.get("shown", "") if posted is not None else ""),
        "asked": list(_asked(it)),
        "dissents": [dissent_row(one) for one in it.dissents],
        "disagreements": reverse("disagreements", args=[it.page.identity.record]),
        "decision": form.render("decision"),
        "departures": _departures(its, refused),
        "after": list(_after()),
        "errors": summary_of(form, its.past),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "signature": signature(actor),
        "draft": its.draft,
        "act": its.draft.act,
        "strand": it.closing.id,
        "seen": it.page.version,
        "approves": it.proposed.id,
        "shown": it.shown,
    }


def _after() -> Iterator[str]:
    yield "The case closes with your signature, in one step."
    yield "The letters, the notice to the administrators and the place of the file stand on work lists until they are done."


def _departures(its: Deciding, refused: Refused | None) -> Any:
    """The reasons for going past a rule: asked as soon as something is missing that this person may go past."""
    open_ = {one.gate.id for one in its.it.needs if one.answer.truth != "yes" and not one.departed}
    open_ |= {one.provision for one in refused.refusals} if refused else set()
    gates = its.it.found.gates
    names = [past(one.id) for one in gates if one.id in open_ or its.past.typed[past(one.id)]]
    return its.past.render(*names) if names else ""


def _asked(it: ToClose) -> Iterator[dict[str, str]]:
    """What was asked each time an earlier summary was sent back."""
    for one in it.before:
        if one.stage == "sent back" and one.decided is not None:
            when = words.moment_words(one.decided.happened_at)
            yield {
                "by": one.decided.author.name,
                "when": when,
                "what": str(one.decided.data.get("reason") or ""),
            }


def _bar(it: ToClose) -> c.IdentityBar:
    who = identity_bar(it.page.identity)
    kept = tuple(fact for fact in who.facts if fact.term in ("Age", "Expected", "Worker"))
    told = (
        c.Fact("Handed in by", it.proposed.author.name),
        c.Fact("Sent to you", words.moment_words(it.proposed.happened_at)),
    )
    heading = f"Close {it.page.identity.name}’s case"
    return replace(who, name=heading, tags=(), subnav=None, facts=(*kept, *told))
