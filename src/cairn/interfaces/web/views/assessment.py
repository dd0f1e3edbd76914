"""An assessment as a list of its parts: how far each is, what is in it or missing, whose views are there, and when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.assessing import Assessment, first_name, form_of, kind_title, named, open_assessment
from cairn.application.child import ChildPage
from cairn.application.doing import may_do
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.application.without_form import NoForm
from cairn.core.assessing.sections import SectionState, Status, first_words
from cairn.core.assessing.stage import Stage, assessments, stood
from cairn.core.assessing.told import Check, Heard
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.core.engine.gates import NeedJudged
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.protocol.forms import Form, FormPart
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.assessment_beside import offered, others, to_do
from cairn.interfaces.web.views.assessment_without_form import without_form_page
from cairn.interfaces.web.views.due import act_address, due_date
from cairn.interfaces.web.views.record_frame import identity_bar, record_page

HAND_IN, RETURN_TO = "submit-assessment", "approve-assessment"
MARKS: dict[Status, Mark] = {
    "not started": Mark("to_come", "Not yet started"),
    "cannot be completed yet": Mark("waits", "Not yet"),
    "in progress": Mark("part", "In progress"),
    "completed": Mark("done", "Completed"),
    "nothing new": Mark("done", "Completed"),
    "problem": Mark("gap", "Problem"),
}
STAGES: dict[Stage, str] = {
    "writing": "",
    "handed in": "Handed in by {who}, {when}. It waits for a manager, and nothing in it can be changed until it is returned or approved.",
    "returned": "Returned by {who}, {when}: {reason}",
    "approved": "Approved by {who}, {when}. What was signed stands in the timeline.",
}


@signed_in("GET")
def assessment(request: HttpRequest, actor: Actor, record: UUID, strand: UUID) -> HttpResponse:
    """The assessment as a task list: its sections in any order, and what has to be there before it is handed in."""
    it = open_assessment(actor, record, str(strand))
    if isinstance(it, NoForm):
        return without_form_page(request, actor, it)
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    domains = [part for part in it.form.parts if part.domain]
    context = {
        "identity": replace(identity_bar(it.page.identity), heading=False),
        "title": it.kind_title,
        "now": f"{words.weekday_words(it.page.as_at)}, {words.time_words(it.page.as_at)}",
        "sentence": _sentence(it),
        "stage": stage_note(it),
        "parts": [_part(it, part) for part in it.form.parts if not part.domain],
        "domains": [_part(it, part) for part in domains],
        "dimensions": _dimensions(it, domains),
        "clock": clock(it),
        "needs": list(_needs(it)),
        "to_do": list(to_do(it)),
        "lacking": _lacking(it),
        "seen": list(_seen(it)),
        "seen_apart": _seen_apart(it),
        "views": [_heard(it, number, one) for number, one in enumerate(it.facts.heard)],
        "checks": [_check(it, one) for one in it.facts.checks],
        "answered": f"{sum(bool(one.answered) for one in it.facts.checks)} of {len(it.facts.checks)} answered",
        "acts": _acts(actor, it),
        "others": others(it),
        "offered": offered(it) if it.stood.may_write else [],
        "first_name": first_name(it.page.identity.name),
        "ask": act_address(record, "ask-agency"),
        "visit": act_address(record, "record-visit"),
        "reading": reverse("assessment-reading", args=[record, strand]),
    }
    return record_page(request, actor, it.page, "assessment.html", context)


def _sentence(it: Assessment) -> str:
    begun = sum(one.status != "not started" and one.text is not None for one in it.sections)
    done = sum(one.is_done for one in it.sections)
    said = f"{begun} of {len(it.sections)} sections begun, {done} completed."
    problems = [
        named(one.section.title, it.page.identity.name) for one in it.sections if one.status == "problem"
    ]
    return f"{said} To settle: {words.listed(problems)}." if problems else said


def stage_note(it: Assessment) -> c.Note | None:
    """How far the assessment has come, once it was handed in; nothing while it is first written."""
    event = it.stood.event
    if event is None:
        return None
    said = STAGES[it.stood.stage].format(
        who=event.author.name,
        when=words.moment_words(event.happened_at),
        reason=event.data.get("reason") or "no reason is recorded",
    )
    return c.Note(lines=(said,))


def _part(it: Assessment, part: FormPart) -> dict[str, Any]:
    states = [one for one in it.sections if one.section.part == part.id]
    done = sum(one.is_done for one in states)
    return {
        "id": part.id,
        "title": named(part.title, it.page.identity.name),
        "count": f"{done} of {len(states)} completed",
        "rows": [_row(it, one) for one in states],
    }


def _row(it: Assessment, one: SectionState) -> dict[str, Any]:
    return {
        "title": named(one.section.title, it.page.identity.name),
        "href": section_address(it, one.section.id),
        "mark": MARKS[one.status],
        "line": one.line,
        "optional": "" if one.needed else "Not needed for this kind of assessment.",
    }


def go_on(found: ChildPage, actor: Actor | None = None) -> Iterator[dict[str, object]]:
    """The assessments of a record that are not approved, as things to do next: one click goes on with them.

    An `actor` who may decide one that is handed in is led to the decision.
    """
    for strand in assessments(found.view):
        opened = form_of(found.view, strand.id)
        stage = stood(found.view, strand).stage
        if stage == "approved" or (isinstance(opened, Refused) and not isinstance(opened, NoForm)):
            continue
        title, more = _titled(found, opened)
        begun = words.day_words(strand.opener.happened_at.day)
        decides = stage == "handed in" and actor is not None and may_do(actor, RETURN_TO)
        look = "Look at the assessment" if stage == "handed in" else "Go on with the assessment"
        page = f"{act_address(found.identity.record, RETURN_TO)}?strand={strand.id}"
        yield {
            "verb": "Decide the assessment" if decides else look,
            "href": page if decides else reverse("assessment", args=[found.identity.record, strand.id]),
            "why": f"{title}, begun {begun}. {more or GO_ON[stage]}",
        }


def _titled(found: ChildPage, opened: tuple[Strand, Form, str] | Refused) -> tuple[str, str]:
    """The kind of an assessment in words, and that the procedures have no form for it where they have none."""
    if isinstance(opened, NoForm):
        return opened.title, "The procedures have no form for it."
    return ("Assessment" if isinstance(opened, Refused) else kind_title(found.view, opened[2])), ""


GO_ON: dict[Stage, str] = {
    "writing": "It is being written.",
    "returned": "It was returned to be worked on.",
    "handed in": "It waits for a manager.",
}


def section_address(it: Assessment, section: str) -> str:
    """Where a section of the assessment is written."""
    return reverse("assessment-section", args=[it.page.identity.record, it.strand.id, section])


def address(it: Assessment) -> str:
    """Where the assessment stands as a whole."""
    return reverse("assessment", args=[it.page.identity.record, it.strand.id])


def _dimensions(it: Assessment, domains: list[FormPart]) -> dict[str, Any]:
    ids = {part.id for part in domains}
    states = [one for one in it.sections if one.section.part in ids]
    told = [
        (sum(one.is_done for one in states), "completed"),
        (sum(one.status == "in progress" for one in states), "in progress"),
        (sum(one.status == "problem" for one in states), "to settle"),
        (sum(one.status == "not started" for one in states), "not yet started"),
    ]
    said = ", ".join(f"{number} {word}" for number, word in told if number)
    return {"number": len(states), "mark": Mark("part", said), "sections": len(domains)}


def clock(it: Assessment) -> dict[str, Any] | None:
    """When the assessment is due, how far the count is, and where the date is explained; None where nothing is due."""
    duty = next((one for one in (*it.clocks, *it.other_clocks) if one.due is not None), None)
    if duty is None or duty.due is None:
        return None
    return {
        "date": due_date(duty.due),
        "why": reverse("why", args=[it.page.identity.record, duty.key]),
        "what": f"{duty.rule.title} ({duty.rule.source.paragraph})",
        "count": _count(duty, it.page.as_at),
        "late": Mark("late", "Overdue") if duty.state == "overdue" else None,
        "note": ""
        if duty in it.clocks
        else "This date ends with another kind of assessment, not with this one.",
    }


def _count(duty: DutyView, at: datetime) -> str:
    """Day 9 of 35 working days, 26 are left; nothing where hours are counted."""
    if duty.deadline is None or duty.deadline.within.in_hours:
        return ""
    today = at.astimezone(LONDON).date()
    within = duty.deadline.within
    passed = max((day.count or 0 for day in duty.deadline.counted_days() if day.day <= today), default=0)
    left = within.amount - passed
    if today > duty.deadline.due_day:
        return f"The {within} are over."
    if left <= 0:
        return f"Day {passed} of {within}: it ends today."
    return f"Day {passed} of {within}. {left} {'is' if left == 1 else 'are'} left."


def _needs(it: Assessment) -> Iterator[dict[str, Any]]:
    """The gates as facts: what is missing of each, or that it is met, or gone past with a reason."""
    by_gate: dict[str, list[NeedJudged]] = {}
    for one in it.needs:
        by_gate.setdefault(one.gate.id, []).append(one)
    for judged in by_gate.values():
        gate = judged[0].gate
        missing = [one for one in judged if one.answer.truth != "yes"]
        if not missing or gate_is_passed(judged):
            word = "Met" if not missing else "A reason is recorded"
            yield {
                "mark": Mark("done", word),
                "text": f"{gate.title.rstrip('.')}.",
                "paragraph": gate.source.paragraph,
            }
        else:
            yield from (_missing(it, one) for one in missing)


def gate_is_passed(judged: list[NeedJudged]) -> bool:
    """Whether somebody went past the gate with a recorded reason."""
    return any(one.departed for one in judged)


def _missing(it: Assessment, one: NeedJudged) -> dict[str, Any]:
    unknown = one.answer.truth == "unknown"
    more = f" Not known: {it.page.view.world.words(one.answer.missing)}." if unknown else ""
    mark = Mark("not_known", "Not known") if unknown else Mark("gap", "Missing")
    return {
        "mark": mark,
        "text": f"{one.need.missing.rstrip('.')}.{more}",
        "paragraph": one.gate.source.paragraph,
    }


def already_open(found: ChildPage) -> c.Note | None:
    """That an assessment is being written already, for whoever is about to begin one; None where none is."""
    open_now = list(go_on(found))
    if not open_now:
        return None
    link = c.Link("Go on with it instead", str(open_now[0]["href"]))
    return c.Note(lines=(f"**One is open already.** {open_now[0]['why']}",), link=link)


def _lacking(it: Assessment) -> dict[str, Any]:
    """The sections that are still to be completed, counted; they are named in the list itself."""
    number = len(it.blocking)
    if number == 0:
        return {"mark": Mark("done", "Met"), "text": "Every section it needs is completed."}
    return {
        "mark": Mark("to_come", "Later"),
        "text": f"{words.counted(number, 'section')} still to be completed.",
    }


def _seen(it: Assessment) -> Iterator[dict[str, Any]]:
    """Who has seen the child and when, the latest first; and when it was tried in vain."""
    for event in reversed(it.facts.seen):
        yield {
            "mark": Mark("done", _how_seen(event)),
            "text": f"By {event.data.get('seen_by') or event.author.name}, {words.moment_words(event.happened_at)}",
        }
    for event in reversed(it.facts.not_seen):
        reason = first_words(str(event.data.get("reason") or "no reason is recorded"))
        yield {"mark": Mark("no", "Not seen"), "text": f"{words.moment_words(event.happened_at)}: {reason}"}


def _seen_apart(it: Assessment) -> dict[str, Any] | None:
    """When the child was seen last though not in this assessment, so that nobody reads that they never were."""
    event = it.facts.seen_apart
    if event is None:
        return None
    return {
        "when": words.moment_words(event.happened_at),
        "started": reverse("entry", args=[it.page.identity.record, it.strand.id]),
    }


def _how_seen(event: Event) -> str:
    alone = event.data.get("seen_alone")
    return "Seen" if alone is None else "Seen alone" if alone is True else "Seen, not alone"


def _heard(it: Assessment, number: int, one: Heard) -> dict[str, Any]:
    field = it.page.view.procedures.vocabulary.events["relationship.recorded"].field("relation")
    views = [words.moment_words(event.happened_at) for event in one.views]
    return {
        "name": one.name,
        "relation": "" if number == 0 or field is None else in_words(field, one.relation).lower(),
        "when": "; ".join(views),
        "mark": None if one.views else Mark("gap", "Not heard"),
        "short": [
            first_words(str(event.data.get("text") or event.data.get("child_said"))) for event in one.views
        ][-2:],
        "act": f"{act_address(it.page.identity.record, 'record-views')}",
    }


def _check(it: Assessment, one: Check) -> dict[str, Any]:
    field = it.page.view.procedures.vocabulary.events["check.requested"].field("agency")
    asked = [words.day_words(event.happened_at.day) for event in one.asked]
    return {
        "agency": in_words(field, one.agency) if field else one.agency,
        "name": one.name,
        "asked": words.listed(asked) if asked else "Not asked by us",
        "mark": _check_mark(one, asked),
        "when": words.day_words(one.answered[-1].happened_at.day) if one.answered else "",
        "said": [_said(event) for event in one.answered],
        "again": _again(it, one),
        "again_words": "Ask again",
    }


def _said(answer: Event) -> str:
    """What an agency said in short; that it knows nothing is an answer."""
    said = first_words(str(answer.data.get("answer") or ""))
    return said or ("Nothing is known to them." if answer.data.get("nothing_known") is True else "")


def _again(it: Assessment, one: Check) -> str:
    """Where an agency is asked again that has not answered."""
    if one.answered or not one.asked:
        return ""
    return f"{act_address(it.page.identity.record, 'chase-agency')}?check={one.asked[0].id}"


def _check_mark(one: Check, asked: list[str]) -> Mark:
    if one.answered:
        return Mark("done", "Answered")
    return Mark("chased", "Chased") if len(asked) > 1 else Mark("waits", "Waits for an answer")


def _acts(actor: Actor, it: Assessment) -> list[c.Link]:
    """What may be done with the assessment as a whole: handed in, or looked at by who signs."""
    record, query = it.page.identity.record, f"?strand={it.strand.id}"
    by_stage = {"writing": HAND_IN, "returned": HAND_IN, "handed in": RETURN_TO}
    act = by_stage.get(it.stood.stage, "")
    titles = {HAND_IN: "Check it and hand it in", RETURN_TO: "Approve it or return it"}
    return [c.Link(titles[act], act_address(record, act) + query)] if act and may_do(actor, act) else []
