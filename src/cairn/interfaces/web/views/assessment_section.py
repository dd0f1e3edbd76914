"""One section of an assessment: last time's answer beside it, what others said, saved as one types, and two texts put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.assessing import Assessment, Beside, SectionOpened, first_name, named, open_section
from cairn.application.passages_offered import FromSibling
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.section_writing import Merge, SectionDiverged, SectionSaved, save_section
from cairn.core.vocabulary.check import DataFault
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.forms.act_form import ActForm, summary_of
from cairn.interfaces.web.frame import STATUS, page, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.assessment import MARKS, address, clock, section_address, stage_note
from cairn.interfaces.web.views.begun import as_number, as_uuid
from cairn.interfaces.web.views.record_frame import child_address, print_head
from cairn.interfaces.web.views.times import ReadAt

TAGS: dict[str, c.Tag] = {
    "not started": c.Tag("Not yet started", "plain"),
    "cannot be completed yet": c.Tag("Not yet", "plain"),
    "in progress": c.Tag("In progress", "info"),
    "completed": c.Tag("Completed", "done"),
    "nothing new": c.Tag("Nothing new, looked at again", "done"),
    "problem": c.Tag("Something to settle", "soon"),
}


@signed_in("GET", "POST")
def assessment_section(
    request: HttpRequest, actor: Actor, record: UUID, strand: UUID, section: str
) -> HttpResponse:
    """Write in one section. A script posts to the same address as one types, and is answered in JSON."""
    if request.method == "POST":
        return _posted(request, actor, record, str(strand), section)
    it = open_section(actor, record, str(strand), section)
    return refused_page(request, actor, it) if isinstance(it, Refused) else _shown(request, actor, it)


def _posted(request: HttpRequest, actor: Actor, record: UUID, strand: str, section: str) -> HttpResponse:
    done = save_section(
        actor,
        record,
        strand,
        section,
        _typed(request.POST),
        as_number(request.POST.get("version")) or 0,
        _merge(request.POST),
    )
    here = reverse("assessment-section", args=[record, strand, section])
    if request.headers.get("Accept") == "application/json":
        return _told(done, here)
    if isinstance(done, SectionDiverged):
        say_next(
            request,
            f"{done.theirs_by} saved this section while you were writing. Both texts are kept: put them together below.",
        )
        return redirect(here)
    if isinstance(done, Refused):
        return _not_kept(request, actor, done, record, strand, section)
    return _kept(request, actor, done, record, strand, section)


def _typed(posted: QueryDict) -> dict[str, Any]:
    """What a section holds, as it is kept: its texts and answers, its marks, and the passages that stand in it."""
    fields = {field.name for form in in_use().protocol.forms for field in form.fields}
    typed: dict[str, Any] = {name: text for name in fields if (text := _text(posted, name))}
    passages = [key for key in posted.getlist("passage") if key != posted.get("drop")]
    if posted.get("use"):
        passages.append(posted.get("use", ""))
    typed["passages"] = passages
    do = posted.get("do", "")
    typed["completed"] = do == "complete" or (posted.get("completed") == "yes" and do != "open")
    typed["nothing_new"] = posted.get("nothing_new") == "yes"
    return typed


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n")


def _merge(posted: QueryDict) -> Merge:
    settles = posted.getlist("settles") if posted.get("do") == "settle" else []
    return Merge(
        own=as_uuid(posted.get("apart")),
        takes=as_uuid(posted.get("take")),
        settles=tuple(found for one in settles if (found := as_uuid(one))),
        changes=as_uuid(posted.get("change")),
        dismisses=as_uuid(posted.get("dismiss")),
    )


def _told(done: SectionSaved | SectionDiverged | Refused, here: str) -> JsonResponse:
    """The answer to the script: the version to go on from, or where both texts stand."""
    if isinstance(done, Refused):
        told = {"refused": done.reason, "text": done.reason, "more": done.how_to_ask, "merge": here}
        return JsonResponse(told, status=STATUS[done.code])
    if isinstance(done, SectionDiverged):
        text = f"Saved at {words.time_words(done.at)}, beside what {done.theirs_by} wrote"
        return JsonResponse({"merge": here, "apart": str(done.apart), "text": text}, status=409)
    return JsonResponse(
        {"version": done.version, "saved_at": words.time_words(done.at), "more": _who_else(done.others)}
    )


def _who_else(others: tuple[str, ...]) -> str:
    if not others:
        return "On Cairn’s server. Nobody else has this section open."
    return f"On Cairn’s server. {words.listed(others)} {'has' if len(others) == 1 else 'have'} this section open too."


def _kept(
    request: HttpRequest, actor: Actor, done: SectionSaved, record: UUID, strand: str, section: str
) -> HttpResponse:
    """Where the button leads: on to the next section, back to the list, or here again."""
    do = request.POST.get("do", "")
    it = open_section(actor, record, strand, section)
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    if done.faults:
        return _shown(request, actor, it, faults=done.faults, status=422)
    title = named(it.section.title, it.assessment.page.identity.name)
    if do == "next":
        following = _next(it)
        say_next(request, f"{title}: saved at {words.time_words(done.at)}.")
        return redirect(following[1] if following else address(it.assessment))
    if do == "complete":
        say_next(request, f"{title} is marked as completed.")
        return redirect(address(it.assessment))
    return redirect(
        section_address(it.assessment, section) + ("#passages" if request.POST.get("use") else "")
    )


def _not_kept(
    request: HttpRequest, actor: Actor, refused: Refused, record: UUID, strand: str, section: str
) -> HttpResponse:
    if refused.code in ("not allowed", "not found"):
        return refused_page(request, actor, refused)
    it = open_section(actor, record, strand, section)
    if isinstance(it, Refused):
        return refused_page(request, actor, it)
    return _shown(request, actor, it, faults=refused.faults, refused=refused, status=STATUS[refused.code])


def _shown(
    request: HttpRequest,
    actor: Actor,
    it: SectionOpened,
    *,
    faults: tuple[DataFault, ...] = (),
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    found, child = it.assessment, it.assessment.page.identity
    form = _form(request, it, faults)
    context = {
        "title": named(it.section.title, child.name),
        "question": named(it.section.question, child.name),
        "guidance": named(it.section.guidance, child.name),
        "think": [named(one, child.name) for one in it.section.think],
        "paragraph": it.section.source.paragraph,
        "who": f"{child.name}, {child.age}" if child.age else child.name,
        "which": _which(found, it),
        "clock": clock(found),
        "tag": TAGS[it.state.status],
        "mark": MARKS[it.state.status],
        "may_write": found.stood.may_write,
        "stage": stage_note(found),
        "back": address(found),
        "next": _next(it),
        "saved": _saved(it),
        **_texts(form, it),
        **_before(it),
        "said": [one for one in it.offer if one.kind in ("check", "view")],
        "from_siblings": [_from_sibling(one) for one in it.from_siblings],
        "pass_on": _pass_on(it),
        "silent": _silent(it),
        "passages": [_passage(one) for one in it.data.get("passages", ())],
        "completed": it.data.get("completed") is True,
        "nothing_new": it.data.get("nothing_new") is True,
        "version": it.version,
        "beside": [_side(form, it, one) for one in it.beside],
        "saved_by": it.state.text.saved_by if it.state.text else "",
        "errors": summary_of(form),
        "gate": _gate(refused),
        "print_head": print_head(actor, child, ReadAt()),
        "here": section_address(found, it.section.id),
    }
    crumbs = [
        Crumb("My work", reverse("my-work")),
        Crumb(child.name, child_address(child.record)),
        Crumb(found.kind_title, address(found)),
    ]
    return page(request, actor, "assessment_section.html", context, crumbs=crumbs, status=status)


def _form(request: HttpRequest, it: SectionOpened, faults: tuple[DataFault, ...]) -> ActForm:
    child = it.assessment.page.identity.name
    fields = [
        _named(field, child) for field in it.assessment.form.fields_of(it.section) if _is_asked(field, it)
    ]
    posted = request.POST if faults and request.method == "POST" else None
    form = ActForm(fields, posted=posted, initial=it.data, mark_optional=False)
    for fault in faults:
        name = fault.place.rpartition(".")[2]
        message = f"{fault.problem}: {fault.expected}" if fault.expected else fault.problem
        form.refuse(name if name in form.fields else it.section.asks[0], message)
    return form


def _is_asked(field: Field, it: SectionOpened) -> bool:
    """What has changed is asked where there is something it could have changed from, or where it is a question of its own."""
    return (
        field.name != "changed"
        or it.state.before is not None
        or "changed" in it.section.labels
        or bool(it.data.get("changed"))
    )


def _named(field: Field, child: str) -> Field:
    return field.model_copy(update={"label": named(field.label, child), "hint": named(field.hint, child)})


def _texts(form: ActForm, it: SectionOpened) -> dict[str, Any]:
    """The section's fields: the first beside last time's answer, then texts, then the coded questions, then what is to settle."""
    first, *rest = list(form.fields)
    coded = [name for name in rest if form.fields[name].type == "choice"]
    texts = [name for name in rest if name not in coded and name != "to_settle"]
    return {
        "first": form.render(first),
        "texts": form.render(*texts) if texts else "",
        "coded": [form.render(name) for name in coded],
        "to_settle": form.render("to_settle") if "to_settle" in rest else "",
        "unsettled": str(it.data.get("to_settle", "")),
    }


def _which(found: Assessment, it: SectionOpened) -> str:
    domains = {part.id for part in found.form.parts if part.domain}
    dimensions = [one.id for one in found.form.sections if one.part in domains]
    if it.section.id in dimensions:
        return f"{found.kind_title}, dimension {dimensions.index(it.section.id) + 1} of {len(dimensions)}."
    return f"{found.kind_title}."


def _next(it: SectionOpened) -> tuple[str, str] | None:
    """The section after this one: its title and address; None after the last."""
    every = [one.id for one in it.assessment.form.sections]
    after = it.assessment.form.sections[every.index(it.section.id) + 1 :]
    if not after:
        return None
    return named(after[0].title, it.assessment.page.identity.name), section_address(
        it.assessment, after[0].id
    )


def _saved(it: SectionOpened) -> c.Saved:
    text = it.state.text
    if text is None or text.saved_at is None:
        return c.Saved(more=_who_else(it.others) if it.others else "“Save” keeps what you write.")
    return c.Saved(text=f"Saved {words.moment_words(text.saved_at)}", more=_who_else(it.others), saved=True)


def _before(it: SectionOpened) -> dict[str, Any]:
    """Last time's answer with its date, passage by passage."""
    before = it.state.before
    if before is None:
        return {"before": None}
    return {
        "before": {
            "on": words.day_words(before.on),
            "by": f"{before.author}. Approved by {before.approved_by}, {words.day_words(before.on)}.",
            "passages": [one for one in it.offer if one.kind == "before"],
            "entry": reverse("entry", args=[it.assessment.page.identity.record, before.event]),
        }
    }


def _passage(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "written": words.day_words(date.fromisoformat(str(row["written_on"])))}


def _from_sibling(one: FromSibling) -> dict[str, Any]:
    """A passage that waits, with where it is from and whose words it is in."""
    whose = f"{first_name(one.whose)}’s assessment" if one.record else "The assessment of a brother or sister"
    how = "word for word" if one.word_for_word else f"in words that {one.offered_by} chose for it"
    return {
        "id": one.id,
        "key": one.passage.key,
        "text": one.passage.text,
        "origin": f"{whose}, this section as saved {words.day_words(one.passage.written_on)}, {how}. "
        f"Offered by {one.offered_by}, {words.moment_words(one.offered_at)}.",
    }


def _pass_on(it: SectionOpened) -> str:
    """Where a passage is offered to a brother's or sister's assessment; nothing where there is nobody or no text."""
    found = it.assessment
    if it.state.text is None or not found.has_family:
        return ""
    return reverse("assessment-passage", args=[found.page.identity.record, found.strand.id, it.section.id])


def _silent(it: SectionOpened) -> list[dict[str, str]]:
    """The agencies that this section would hear from and that have not answered."""
    field = it.assessment.page.view.procedures.vocabulary.events["check.requested"].field("agency")
    labels = {str(option.value): option.label for option in field.options} if field else {}
    return [
        {
            "name": one.name or labels.get(one.agency, one.agency),
            "asked": words.listed([words.day_words(event.happened_at.day) for event in one.asked]),
        }
        for one in it.assessment.facts.unanswered
        if one.agency in it.section.agencies
    ]


def _side(form: ActForm, it: SectionOpened, one: Beside) -> dict[str, Any]:
    """A text that stands apart: field by field, where it differs from what is saved."""
    who = "You" if one.mine else one.by
    return {
        "id": one.id,
        "title": f"{who} wrote at the same time, {words.moment_words(one.saved_at)}",
        "rows": list(_differing(form, it, one)),
    }


def _differing(form: ActForm, it: SectionOpened, one: Beside) -> Iterator[dict[str, str]]:
    for name, field in form.fields.items():
        theirs, saved = str(one.data.get(name, "")), str(it.data.get(name, ""))
        if theirs != saved:
            yield {"label": field.label, "saved": saved or "Nothing", "text": theirs or "Nothing"}


def _gate(refused: Refused | None) -> c.Gate | None:
    if refused is None:
        return None
    return c.Gate(
        title=refused.reason,
        text=refused.how_to_ask or "Nothing of it was saved yet. Put it right and save again.",
    )
