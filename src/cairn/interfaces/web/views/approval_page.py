"""What the manager's page of an assessment shows: the checks, what changed, the text whole, and what signing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.approving import ToSign, would_follow
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.assessing.changes import Changes
from cairn.core.assessing.stage import APPROVED
from cairn.core.engine.duties import DutyView
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.approval_checks import check_list, missing_tag
from cairn.interfaces.web.views.assessment_text import last_words, read, read_changes
from cairn.interfaces.web.views.begun import Begun
from cairn.interfaces.web.views.decision_frame import past, signature
from cairn.interfaces.web.views.due import due_date, due_word
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import identity_bar

CONCLUDES = ("analysis", "outcome")


@dataclass(frozen=True)
class Approving:
    """A decision being written: what it is about, its draft, its form, and the reasons for what is gone past."""

    it: ToSign
    draft: Begun
    form: ActForm
    past: ActForm
    says_why: bool = False


def context_of(
    actor: Actor, its: Approving, refused: Refused | None, earlier: Event | None
) -> dict[str, Any]:
    """Everything the template needs. `earlier` is the text the decision was written about, where it is another now."""
    it, form = its.it, its.form
    checks = check_list(actor, it)
    whole = read(it.submitted, it.form)
    return {
        "identity": _bar(it),
        "checks": checks,
        "missing": missing_tag(checks),
        "since_opened": _changed(it.since(earlier)) if earlier else None,
        "changed": _changed(it.changed) if it.changed else None,
        "asked": _asked(it),
        "last_words": last_words(it.submitted),
        "whole": whole,
        "concludes": [one for one in whole if one.sort in CONCLUDES],
        "writer": it.submitted.author.name,
        "handed_in": words.moment_words(it.submitted.happened_at),
        "summary": str(it.submitted.data.get("summary") or ""),
        "decision": form.render("decision"),
        "reason": form.render("reason"),
        "factors": form.render("factors"),
        "departures": _departures(its, refused),
        "late": form.render("late_reason") if its.says_why else "",
        "consequences": list(_when_approved(actor, it)),
        "when_returned": list(_when_returned(it)),
        "errors": summary_of(form, its.past),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "is_own": it.is_own,
        "signature": signature(actor),
        "draft": its.draft,
        "act": its.draft.act,
        "strand": it.strand.id,
        "seen": it.page.version,
        "approves": it.submitted.id,
        "shown": it.shown,
        "pdf": reverse("assessment-pdf", args=[it.page.identity.record, it.strand.id]),
    }


def _departures(its: Approving, refused: Refused | None) -> Any:
    """The reasons for going past a rule: asked as soon as something is missing that this person may go past."""
    open_ = {one.gate.id for one in its.it.needs if one.answer.truth != "yes" and not one.departed}
    open_ |= {one.provision for one in refused.refusals} if refused else set()
    gates = its.it.found.gates
    names = [past(one.id) for one in gates if one.id in open_ or its.past.typed[past(one.id)]]
    return its.past.render(*names) if names else ""


def _bar(it: ToSign) -> c.IdentityBar:
    who = identity_bar(it.page.identity)
    kept = tuple(fact for fact in who.facts if fact.term in ("Age", "Expected"))
    heading = f"Approve {it.page.identity.name}’s assessment"
    return replace(who, name=heading, tags=(), subnav=None, facts=(*kept, *_facts(it)))


def _facts(it: ToSign) -> Iterator[c.Fact]:
    yield c.Fact("Kind", _option(it.kind, "kind"))
    yield c.Fact("Handed in by", it.submitted.author.name)
    times = len(it.before) + 1
    nth = {1: "", 2: "second time", 3: "third time"}.get(times, f"{times} times")
    yield c.Fact("Sent to you", words.moment_words(it.submitted.happened_at), small=nth)
    for duty in it.clocks[:1]:
        if duty.due is not None:
            why = c.Link(
                "Why?",
                reverse("why", args=[it.page.identity.record, duty.key]),
                f"Explain this date: {duty.rule.title}",
            )
            yield c.Fact("Due", "", mark=_due(it, duty, duty.due), link=why)


def _due(it: ToSign, duty: DutyView, due: datetime) -> Mark:
    word, tone = due_word(duty.state, due, it.page.as_at)
    return Mark({"late": "late", "soon": "soon"}.get(tone, "to_come"), f"{due_date(due)}. {word}")


def _option(value: str, field: str) -> str:
    return next((one.label for one in _options(field) if one.value == value), value)


def _options(field: str) -> tuple[Option, ...]:
    found = in_use().vocabulary.events[APPROVED].field(field)
    return found.options if found else ()


def _changed(found: Changes) -> dict[str, Any]:
    return {
        "sections": read_changes(found),
        "same": found.unchanged,
        "same_words": words.counted(
            len(found.unchanged), "section has not changed", "sections have not changed"
        ),
    }


def _asked(it: ToSign) -> dict[str, str] | None:
    """What was asked when it was returned, by whom and when."""
    if it.returned is None:
        return None
    return {
        "who": it.returned.author.name,
        "when": words.day_words(it.returned.happened_at.day),
        "what": str(it.returned.data.get("reason") or ""),
    }


def _when_approved(actor: Actor, it: ToSign) -> Iterator[str]:
    """What each outcome starts, in a line; what all of them start is said once."""
    found = {option.label: _starts(actor, it, str(option.value)) for option in _options("outcome")}
    common = [
        one for one in next(iter(found.values()), []) if all(one in starts for starts in found.values())
    ]
    if common:
        yield f"{'. '.join(common)}."
    for label, starts in found.items():
        own = [one for one in starts if one not in common]
        if own:
            yield f"**{label.partition(':')[0]}:** {'. '.join(own)}."


def _starts(actor: Actor, it: ToSign, outcome: str) -> list[str]:
    found = would_follow(actor, it, [outcome])
    dates = [f"{duty.rule.title.rstrip('.')}{_by(duty)}" for duty in found.duties]
    return [*dates, *(one.rule.title for one in found.steps if not one.missing)]


def _by(duty: DutyView) -> str:
    return (
        f" by {due_date(duty.due)} ({duty.rule.source.paragraph})"
        if duty.due
        else f" ({duty.rule.source.paragraph})"
    )


def _when_returned(it: ToSign) -> Iterator[str]:
    for duty in it.clocks[:1]:
        if duty.due is not None:
            late = " The record will show it late." if duty.due < it.page.as_at else ""
            yield f"The due date stays {due_date(duty.due)}.{late}"
    yield f"{it.submitted.author.name} finds it under My work, with what you ask."
