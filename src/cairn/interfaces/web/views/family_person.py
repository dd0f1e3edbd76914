"""Adding somebody to one child or to several at once, and telling several records what is known of an adult."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from cairn.application.actors import Actor
from cairn.application.door import refused_by_role
from cairn.application.family import FamilyChild, FamilyPage, open_family
from cairn.application.family_acts import Done, ForChild, ForSeveral, record_for_several
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.people.family import SHARED, Person
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm, summary_of
from cairn.interfaces.web.forms.typed import is_empty
from cairn.interfaces.web.frame import STATUS, refused_page, say_next
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views import family_words as said_of
from cairn.interfaces.web.views.acts import key_of
from cairn.interfaces.web.views.drafts import Drafted, drafted
from cairn.interfaces.web.views.gates import gate
from cairn.interfaces.web.views.record_frame import record_page

ADD = "record-relationship"
OF_THE_PERSON = (
    "name",
    "sex",
    "born",
    "estimated",
    "contact",
    "unsafe_ways",
    "address",
    "address_restricted",
)
OF_EACH_CHILD = ("relation", "parental_responsibility", "household")
# What is asked at once of somebody new; the rest stands folded under it.
AT_ONCE = ("name", "sex", "born", "estimated")
MESSAGES = {"name": "Enter the name, as they write it"}


@dataclass(frozen=True)
class PersonForm:
    """What is asked: of the person once, then for each child. `person` is somebody known already."""

    found: FamilyPage
    person: Person | None
    about: ActForm
    each: Mapping[UUID, ActForm]

    @property
    def parts(self) -> tuple[ActForm, ...]:
        """The forms in the order of the page."""
        return (self.about, *self.each.values())


@signed_in("GET", "POST")
def add_person(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Add somebody to the children of a family: who they are once, and what they are to each child."""
    refused = refused_by_role(actor, ADD, record)
    found = refused or open_family(actor, record, page=f"act:{ADD}")
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    draft = drafted(request, actor, ADD, record)
    form = _form(request, found, draft.typed)
    if request.method == "GET":
        return _shown(request, actor, form, draft)
    wanted = _read(request, form)
    if wanted is None:
        return _shown(request, actor, form, draft, status=422)
    done = record_for_several(actor, wanted, draft.id)
    if isinstance(done, Done):
        to = words.listed([said_of.first_name(one) for one in found.children if one.record in done.records])
        say_next(request, f"{wanted.shared['name']} is recorded for {to}.")
        return redirect("family", record)
    if done.code in ("not allowed", "not found"):
        return refused_page(request, actor, done)
    _refuse(form, done)
    return _shown(request, actor, form, draft, refused=done, status=STATUS[done.code])


def _form(request: HttpRequest, found: FamilyPage, typed: QueryDict | None) -> PersonForm:
    posted = request.POST if request.method == "POST" else typed
    known = request.POST.get("person") or request.GET.get("person") or ""
    person = next((one for one in found.family.people if known in one.keys), None)
    has_them = {tie.child for tie in person.ties} if person else set()
    children = [one for one in found.children if str(one.record) not in has_them]
    about = ActForm(
        [] if person else [*_fields(OF_THE_PERSON), _own_record(found)],
        posted=posted,
        must=() if person else ("name",),
        messages=MESSAGES,
        initial=request.GET.dict(),
    )
    each = {
        one.record: ActForm(
            _fields(OF_EACH_CHILD), posted=posted, prefix=str(one.record), mark_optional=False
        )
        for one in children
    }
    return PersonForm(found, person, about, each)


def _fields(names: tuple[str, ...]) -> list[Field]:
    event = in_use().vocabulary.events["relationship.recorded"]
    return [field for name in names if (field := event.field(name)) is not None]


def _own_record(found: FamilyPage) -> Field:
    """A parent who is a child themselves, or a brother or sister: one of the family with a record."""
    options = tuple(Option(value=str(one.record), label=f"{one.name}, {one.age}") for one in found.children)
    return Field(name="record", label="Is it one of these children?", type="choice", options=options)


def _read(request: HttpRequest, form: PersonForm) -> ForSeveral | None:
    """What was written, as the door takes it; None where something has to be put right first."""
    about = form.about.read()
    read = {record: one.read() for record, one in form.each.items()}
    parts = tuple(
        ForChild(one, said) for one, said in read.items() if isinstance(said, dict) and said.get("relation")
    )
    if isinstance(about, tuple) or any(isinstance(one, tuple) for one in read.values()):
        return None
    if not _is_whole(form, read, parts):
        return None
    shared = _shared(form.person) if form.person else about
    key = key_of(request)
    shared = {"person": str(uuid5(key, "person")), **shared}
    return ForSeveral(ADD, shared, parts, key)


def _is_whole(form: PersonForm, read: Mapping[UUID, Any], parts: tuple[ForChild, ...]) -> bool:
    """Every child of whom anything is said has a relation, and one child at least."""
    for record, said in read.items():
        if said and not said.get("relation"):
            child = form.found.of(record)
            name = said_of.first_name(child) if child else "the child"
            form.each[record].refuse("relation", f"Choose what they are to {name}, or leave all of it empty")
    if not parts and form.each and not any(one.errors for one in form.each.values()):
        first = next(iter(form.each.values()))
        first.refuse("relation", "Choose what they are to one child at least")
    return bool(parts) and not any(one.errors for one in form.each.values())


def _shared(person: Person) -> dict[str, Any]:
    """What is known of somebody whichever child is looked at, as the record of one more child takes it."""
    event = in_use().vocabulary.events["relationship.recorded"]
    said = {
        name: person.about.said[name] for name in SHARED if name in person.about.said and event.field(name)
    }
    return {"person": person.key, **said, **({"record": person.record} if person.record else {})}


def _refuse(form: PersonForm, refused: Refused) -> None:
    """Put what the door found wrong beside the fields it is about: a child's own beside that child's."""
    told = [
        (one.place.removeprefix("data."), f"{one.problem}: expected {one.expected}") for one in refused.faults
    ]
    # What has no field stands in the box above the form, with its link.
    told += [(one.field, one.missing) for one in refused.refusals if one.field]
    for name, message in told:
        if name in form.about.fields:
            form.about.refuse(name, message)
        elif form.each:
            part = (form.each.get(refused.on) if refused.on else None) or next(iter(form.each.values()))
            part.refuse(name if name in part.fields else "relation", message)


def _shown(
    request: HttpRequest,
    actor: Actor,
    form: PersonForm,
    draft: Drafted,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    known = form.person
    context = {
        "act": in_use().vocabulary.acts[ADD],
        "person": known.key if known else "",
        "known": known.name if known else "",
        "known_as": said_of.who_words(form.found, known) if known else "",
        "about": "" if known else form.about.render(*AT_ONCE),
        "more": ""
        if known
        else form.about.render(*(name for name in form.about.fields if name not in AT_ONCE)),
        "more_open": _is_written(form.about, but=AT_ONCE),
        "each": [_part(form, child) for child in form.found.children if child.record in form.each],
        "errors": summary_of(*form.parts),
        "gate": gate(refused) if refused and refused.code != "not taken" else None,
        "draft": draft,
        "key": key_of(request),
        "seen": form.found.child.version,
    }
    return record_page(request, actor, form.found.child, "record/add_person.html", context, status=status)


def _part(form: PersonForm, child: FamilyChild) -> dict[str, object]:
    return {
        "id": str(child.record),
        "name": child.name,
        "age": child.age,
        "first": said_of.first_name(child),
        "fields": form.each[child.record].render(),
        "open": child.record == form.found.child.identity.record or _is_written(form.each[child.record]),
    }


def _is_written(form: ActForm, but: tuple[str, ...] = ()) -> bool:
    """Whether anything is written in a form, or something there has to be put right: it is then not folded away."""
    wrong = {error.place for error in form.errors}
    return any(name in wrong or not is_empty(form.typed[name]) for name in form.fields if name not in but)
