"""How the page of an act about several children is shown: as it is written, and as it is checked before signing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.drafting import open_draft
from cairn.application.family_records import OtherChild
from cairn.application.jointly import Child, JointPage, JointRequest, try_for
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.calendar.london import parse_roughly
from cairn.core.calendar.moment import Moment
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.components.base import TagTone
from cairn.interfaces.web.forms.act_form import summary_of
from cairn.interfaces.web.forms.joint_groups import GROUPS, grouped
from cairn.interfaces.web.forms.joint_kinds import kind_of
from cairn.interfaces.web.forms.jointly import LATE_REASON, JointForms, Part, State, shared_shown
from cairn.interfaces.web.forms.shown import answers_shown
from cairn.interfaces.web.forms.typed import is_empty
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.begun import Begun, as_uuid
from cairn.interfaces.web.views.decision_frame import signature
from cairn.interfaces.web.views.drafts import typed_in
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.joint_already import already
from cairn.interfaces.web.views.joint_family import not_seen_before_birth, waits_to_be_seen
from cairn.interfaces.web.views.joint_people import people_to_tick
from cairn.interfaces.web.views.joint_words import (
    Signing,
    could_meet,
    duty_notes,
    harm_at_once,
    what_signing_does,
)
from cairn.interfaces.web.views.plan_stands import plan_stands
from cairn.interfaces.web.views.record_frame import child_address, identity_bar, print_head
from cairn.interfaces.web.views.times import ReadAt

STATES: Mapping[State, tuple[str, TagTone, str]] = {
    "signed": ("Signed", "done", "done"),
    "complete": ("Complete", "done", "done"),
    "begun": ("Not complete yet", "soon", "part"),
    "not begun": ("Not started", "soon", "to_come"),
}
SEEN = "child_seen"
PAIR = 2
REVIEW = "hold-review"
# What the child said last is shown where it is asked again, and on no other page.
SAID = "child_said"
NOT_CLONED = (
    "The shared part is copied to each record you sign for, each with a copy of its own. A child’s own part goes "
    "on that child’s record only, and no record or report is ever copied whole from one child to another (3.10 to 3.12)."
)


def edit_page(
    request: HttpRequest, actor: Actor, forms: JointForms, draft: Begun, *, faulty: bool = False
) -> HttpResponse:
    """The page as it is written; where something is `faulty`, with what has to be put right."""
    found = forms.page
    context = {
        **_frame(found, draft),
        "parts": [_part(request, actor, forms, part, draft.id) for part in forms.parts],
        "shared": _shared(forms),
        "shared_groups": list(_groups(forms)),
        "when": forms.when.render() if forms.when.fields else "",
        "when_open": bool(forms.when.errors) or not is_empty(forms.when.typed),
        "shared_tag": _shared_tag(forms),
        "shared_missing": forms.as_signed is None and bool(forms.shared_missing()),
        "rail": list(_rail(forms)),
        "written": Mark("part", "Changed since"),
        "may_add": [one for one in found.others if one.may_be_added],
        "cannot_add": [_cannot(one) for one in found.others if not one.may_be_added],
        "does": _all_do(actor, forms, draft.id),
        "waits": _waits(forms),
        "errors": summary_of(*forms.all_forms) if faulty else None,
        "saved": draft.status,
        "shared_goes": _goes(found),
        "when_signed": words.moment_words(found.as_signed.happened_at) if found.as_signed else "",
        "beside": _beside(request, actor, forms),
        "not_cloned": c.Note(lines=(NOT_CLONED,)),
    }
    return _page(request, actor, found, "record/jointly.html", context, 422 if faulty else 200)


def check_page(
    request: HttpRequest,
    actor: Actor,
    forms: JointForms,
    draft: Begun,
    *,
    refused: Mapping[UUID, Refused] | None = None,
    status: int = 200,
) -> HttpResponse:
    """What signing will do, child by child, before it is done; whom to sign for is chosen here."""
    found = forms.page
    context = {
        **_frame(found, draft),
        "ready": [_to_sign(actor, forms, part, draft.id) for part in forms.ready],
        "shared": _shared_to_check(forms),
        "when": _when_to_check(forms),
        "not_ready": [_not_ready(part) for part in forms.waiting if part not in forms.ready],
        "gates": [gate(one) for one in (refused or {}).values()],
        "gate": next((gate(one) for one in (refused or {}).values()), None),
        "back": f"{request.path}?draft={draft.id}",
        "signature": signature(actor),
        "not_cloned": c.Note(lines=(NOT_CLONED,)),
    }
    return _page(request, actor, found, "record/jointly_check.html", context, status)


def _page(
    request: HttpRequest,
    actor: Actor,
    found: JointPage,
    template: str,
    context: Mapping[str, Any],
    status: int,
) -> HttpResponse:
    first = found.children[0].page.identity
    crumbs = [Crumb("My work", reverse("my-work")), Crumb(first.name, child_address(first.record))]
    with_them = tuple(f"{one.page.identity.name}, {one.page.identity.number}" for one in found.children[1:])
    head = replace(print_head(actor, first, ReadAt()), extra=with_them)
    return page(request, actor, template, {"print_head": head, **context}, crumbs=crumbs, status=status)


def _frame(found: JointPage, draft: Begun) -> dict[str, Any]:
    return {
        "act": found.act,
        "record": draft.record,
        "draft": draft,
        "title": f"{found.act.title}: {who_in_words(found)}",
        "several": len(found.children) > 1,
        "children": [
            (one.record, one.first_name, one.page.identity.name, bool(one.signed)) for one in found.children
        ],
        "kind": kind_of(found.act.name),
        "asks_of_each": bool(found.own),
        "partly_signed": found.as_signed is not None,
    }


def who_in_words(found: JointPage) -> str:
    """Amara, Theo and Leila Okafor-Reed: a surname that all have is said once."""
    names = [child.page.identity.name for child in found.children]
    first, lasts = zip(*((one.rpartition(" ")[0], one.rpartition(" ")[2]) for one in names), strict=True)
    if len(set(lasts)) == 1 and all(first):
        return f"{words.listed(list(first))} {lasts[0]}"
    return words.listed(names)


def _part(request: HttpRequest, actor: Actor, forms: JointForms, part: Part, draft: UUID) -> dict[str, Any]:
    child, who = part.child, part.child.page.identity
    return {
        "record": child.record,
        "id": f"part-{child.record}",
        "title": who.name
        if len({one.child.first_name for one in forms.parts}) < len(forms.parts)
        else child.first_name,
        "age": who.age,
        "tag": c.Tag(*_said_of(part)[:2]),
        "goes": f"Goes on {child.first_name}’s record{' only' if forms.page.own else ''}",
        "alerts": identity_bar(who).alerts,
        "last": _last_time(child) if any(one.name == SAID for one in forms.page.own) else None,
        "already": already(forms.page.act.name, child),
        "plan": plan_stands(child.page) if forms.page.act.name == REVIEW else None,
        "waits": _waits_for(part) if SEEN in forms.page.act.must else (),
        "notes": () if child.signed else _notes(forms, child),
        "strand": part.strand.render() if part.strand.fields else "",
        "fields": "" if child.signed else part.form.render(*_asked_of(forms.page, part)),
        "signed": _signed(child),
        "first_name": child.first_name,
    }


def _notes(forms: JointForms, child: Child) -> tuple[c.Note, ...]:
    """What the part is due for; on a review besides, that harm is said at once and does not wait for it."""
    due = duty_notes(forms.page.act, child, now())
    return (*due, harm_at_once(child)) if forms.page.act.name == REVIEW else due


def _waits_for(part: Part) -> tuple[Any, ...]:
    """What hangs on this child being seen; of one not born by then, why nobody is asked whether it was."""
    return (not_seen_before_birth(part.child),) if part.unborn else waits_to_be_seen(part.child)


def _asked_of(found: JointPage, part: Part) -> list[str]:
    """The fields in order; why it is late is asked only where it is."""
    late = any(duty.due and duty.due < now() for duty in could_meet(found.act, part.child))
    hidden = part.form.revealed_names()
    names = [name for name in part.form.fields if name not in hidden]
    if LATE_REASON in names:
        names.remove(LATE_REASON)
        asked = late or part.form.typed[LATE_REASON]
        names = [LATE_REASON, *names] if asked else names
    return names


def _said_of(part: Part) -> tuple[str, TagTone, str]:
    """How far a part is: the word, its tone and its mark. One that may stay empty and does is not called complete."""
    if part.state == "complete" and part.form.fields and is_empty(part.form.typed):
        return "Nothing written yet", "soon", "to_come"
    word, tone, mark = STATES[part.state]
    if part.state == "complete" and part.form.typed.get(SEEN) == "no":
        return "Complete, not seen", tone, mark
    return word, tone, mark


def _last_time(child: Child) -> dict[str, str] | None:
    """What the child said when last seen, to go on from."""
    seen = [one for one in child.page.view.standing.events if one.type == "child.seen" and one.data.get(SAID)]
    if not seen:
        return None
    last = max(seen, key=lambda one: one.happened_at.earliest)
    return {
        "day": words.day_words(last.happened_at.day),
        "said": str(last.data[SAID]),
        "href": reverse("entry", args=[child.record, last.id]),
    }


def _signed(child: Child) -> dict[str, str] | None:
    if not child.signed:
        return None
    return {"href": reverse("entry", args=[child.record, child.signed[0]]), "name": child.first_name}


def _shared(forms: JointForms) -> Any:
    if forms.as_signed is None:
        forms.shared.ticks = people_to_tick(forms.page, forms.booking)
        return "" if forms.page.act.name in GROUPS else forms.shared.render()
    return shared_shown(forms.page, None, forms.as_signed)


def _groups(forms: JointForms) -> Iterator[dict[str, Any]]:
    """The shared questions under their headings, where the act has headings and nothing is signed yet."""
    if forms.as_signed is not None:
        return
    form = forms.shared
    under = form.revealed_names() - form.elsewhere
    for number, group in enumerate(grouped(forms.page.act.name, form.fields), start=1):
        asked = [name for name in group.fields if name not in under]
        yield {
            "id": f"group-{number}",
            "title": group.title,
            "said": group.said,
            "with_time": group.with_time,
            "fields": form.render(*asked) if asked else "",
        }


def _shared_tag(forms: JointForms) -> c.Tag:
    if forms.as_signed is not None:
        return c.Tag("Signed", "done")
    return c.Tag("Not complete yet", "soon") if forms.shared_missing() else c.Tag("Complete", "done")


def _goes(found: JointPage) -> str:
    several = len(found.children)
    if several == 1:
        return f"Goes on {found.children[0].first_name}’s record"
    return "Goes on both records" if several == PAIR else f"Goes on all {several} records"


def _rail(forms: JointForms) -> Iterator[tuple[str, str, Mark]]:
    lacks = forms.as_signed is None and bool(forms.shared_missing())
    tag = _shared_tag(forms)
    yield "Shared part", "shared-part", Mark("part" if lacks else "done", tag.word)
    for part in forms.parts:
        word, tone, meaning = _said_of(part)
        mark = Mark(meaning, word, "soon" if meaning == "to_come" and tone == "soon" else None)
        yield part.child.first_name, f"part-{part.child.record}", mark


def _cannot(one: OtherChild) -> str:
    return f"**{one.name}** cannot be added: {_lower_first(one.why_not)}. {one.how_to_ask}".strip()


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _request_for(forms: JointForms, part: Part, draft: UUID) -> JointRequest | None:
    shown = [(form, form.errors) for form in (forms.shared, forms.when, *part.forms)]
    wanted = forms.request(draft, [part])
    for form, errors in shown:
        form.errors = errors
    return wanted


def _does(actor: Actor, forms: JointForms, part: Part, draft: UUID) -> Signing:
    """What signing will do for a part that can be signed; nothing where the shared part cannot be."""
    wanted = _request_for(forms, part, draft)
    if wanted is None:
        return Signing(())
    tried = try_for(actor, part.child, wanted.for_child(wanted.parts[0]))
    return what_signing_does(forms.page.act, part.child, tried)


def _all_do(actor: Actor, forms: JointForms, draft: UUID) -> list[tuple[str, Signing]]:
    """What signing will do for each child whose part is complete; nothing while the shared part is not."""
    if forms.as_signed is None and forms.shared_missing():
        return []
    return [(part.child.first_name, _does(actor, forms, part, draft)) for part in forms.ready]


def _waits(forms: JointForms) -> str:
    left = [part.child.first_name for part in forms.waiting if part.state != "complete"]
    if not left or len(forms.parts) == 1:
        return ""
    parts = f"{left[0]}’s part is" if len(left) == 1 else f"The parts of {words.listed(left)} are"
    return f"{parts} not complete. You can sign the others now and come back to the rest."


def _shared_to_check(forms: JointForms) -> c.SummaryList:
    """The shared part to be read once more: as it was written, or as it was signed before."""
    return answers_shown(forms.shared) if forms.as_signed is None else _shared(forms)


def _when_to_check(forms: JointForms) -> str:
    """The day and time that will be signed; '' where none is asked or it stands signed already."""
    read = forms.when.read()
    happened = str(read.get("happened") or "") if isinstance(read, dict) else ""
    found = parse_roughly(happened) if happened else None
    return words.moment_words(found) if isinstance(found, Moment) else ""


def _to_sign(actor: Actor, forms: JointForms, part: Part, draft: UUID) -> dict[str, Any]:
    return {
        "record": part.child.record,
        "name": part.child.first_name,
        "signing": _does(actor, forms, part, draft),
        "answers": answers_shown(part.form),
    }


def _not_ready(part: Part) -> dict[str, Any]:
    missing = () if part.state == "not begun" else part.missing()
    return {"name": part.child.first_name, "word": STATES[part.state][0], "missing": missing}


def _beside(request: HttpRequest, actor: Actor, forms: JointForms) -> Any:
    """What the same person wrote elsewhere at the same time, to be taken over by hand."""
    asked = as_uuid(request.GET.get("beside"))
    found = open_draft(actor, asked) if asked else None
    if found is None or isinstance(found, Refused) or found.act != forms.page.act.name:
        return None
    theirs = JointForms(forms.page, typed_in(found.answers))
    return [
        ("Shared part", shared_shown(forms.page, typed_in(found.answers))),
        *((part.child.first_name, answers_shown(part.form)) for part in theirs.parts),
    ]
