"""One record with something for every page that a record has, in whoever's hands; and its words in every text it can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.assessments import approve, begin, hand_in, past
from tests.attacks.everything import answers
from tests.attacks.house import BORN, CANARIES, House
from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL, due_key, event
from tests.people import Staff
from tests.plans import changed, planned

from cairn.application.filing import Offered, looked_through, record_with_documents
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request
from cairn.application.section_writing import save_section
from cairn.core.vocabulary.model import ClassWhere, Field

# What says who works with the record, or changes what it stands for: it comes by its own acts, or not at all.
SHAPES = (
    "record.restricted", "record.moved", "restriction.", "contact.", "referral.received", "referral.decided",
    "allocation.", "transfer.", "case.closed", "closure.", "event.", "child.born", "person.", "name.", "assessment.approved",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The child's surname, the word in all that is written about them, who called, and where the child lives."""

    name: str
    text: str
    caller: str
    address: str


def whole(
    people: Staff, words: Words, *, worker: str | None = "Priya Shah", team: str = "Referral and Assessment"
) -> House:
    """A house in which every child is this one: of that surname, and with that word in all that is written about them.

    Without a worker it is a contact that waits for its decision, and holds nothing that others hold.
    """
    text, child = words.text, _contact(people, words)
    if worker is None:
        _everything(people, child, words, "Beth Lomas")
        return _house(people, child)
    record(
        people, ("Sheila Knowles", "decide-contact", {**REFERRAL, **_said("decide-contact", text)}), on=child
    )
    record(
        people,
        ("Martin Oyelaran", "decide-referral", {**DECISION, **_said("decide-referral", text)}),
        on=child,
    )
    allocated = {
        "worker": worker,
        "worker_id": str(people.ids[worker]),
        "team": team,
        "team_id": str(people.teams[team]),
    }
    record(people, ("Joanne Whitlock", "allocate", allocated), on=child)
    approved = _assessed(people, child, text, worker)
    plan = _planned(people, child, text, worker)
    _everything(people, child, words, worker)
    document = _filed(people, child, text, worker)
    assessment = begin(people, child, who=worker)
    save_section(people.actor(worker), child, assessment, "health", {"text": f"{text} is well."}, 0)
    return _house(
        people,
        child,
        document=document,
        assessment=assessment,
        approved=approved,
        plan=plan,
        referral=event(child, "referral.received").id,
        due=due_key(child, "assessment-complete"),
    )


def _house(people: Staff, child: UUID, **made: str) -> House:
    """What was not made is asked for by ids that are nobody's."""
    nobodys = {one.name: uuid4() for one in fields(House)}
    known = {
        "people": people,
        "children": dict.fromkeys(CANARIES, child),
        "note": event(child, "note.added").id,
    }
    return House(**{**nobodys, **known, **made})


def _said(act: str, text: str) -> dict[str, Any]:
    """The word in every text that an act takes."""
    vocabulary = in_use().vocabulary
    texts: dict[str, Field] = {}
    for made in vocabulary.acts[act].yields:
        for name in made.fields:
            found = vocabulary.events[made.event].field(name)
            if found is not None and found.type in ("text", "long_text") and found.personal:
                texts[(made.rename or {}).get(name, name)] = found
    plain = [one for one in texts.values() if not one.check and one.asked]
    return {name: text for name, one in texts.items() if one in plain}


def _contact(people: Staff, words: Words) -> UUID:
    """The contact, from somebody who does not wish to be named."""
    names = {"name": f"Wren {words.name}", "forename": "Wren", "surname": words.name, "born": BORN}
    callers = ("caller_name", "caller_role", "caller_organisation", "call_back")
    said = {
        **_said("record-contact", words.text),
        **dict.fromkeys(callers, words.caller),
        "may_name_caller": "no",
    }
    known = {"known_as", "also_known_as", "name", "forename", "surname", "upn", "nhs_number"}
    texts = {one: value for one, value in said.items() if one not in known}
    return record(people, ("Beth Lomas", "record-contact", {**CONTACT, **texts, **names}))


def _assessed(people: Staff, child: UUID, text: str, worker: str) -> str:
    """An assessment that was approved, and another that is handed in; the id of the first."""
    first = begin(people, child, who=worker)
    save_section(people.actor(worker), child, first, "health", {"text": f"{text} is well."}, 0)
    approve(people, child, first, hand_in(people, child, first, worker))
    return first


def _planned(people: Staff, child: UUID, text: str, worker: str) -> str:
    """A plan that was changed once; the id of its making."""
    if worker != "Priya Shah":
        return past(people, child, None, "plan.made", {"kind": "child_in_need", "child_words": text}, worker)
    planned(people, child, child_words=text)
    changed(people, child, child_words=text)
    return event(child, "plan.made").id


def _everything(people: Staff, child: UUID, words: Words, who: str) -> None:
    """One event of each type that leaves the record where it is, with the word of its class in each of its texts."""

    def said(field: Field) -> str:
        return words.address if is_address(field) else words.text

    for kind in in_use().vocabulary.events.values():
        if not kind.name.startswith(SHAPES) and not kind.opens and not kind.ends:
            past(people, child, None, kind.name, answers(tuple(_typed(kind.fields)), said), who)
    record(people, (who, "add-note", {"text": f"{words.text} rang."}), on=child)


def is_address(field: Field) -> bool:
    """Whether it is where somebody lives who must not be found."""
    return isinstance(field.class_, ClassWhere) and field.class_.name == "protected address"


def _typed(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields that hold what somebody said of somebody: no ids of people, of entries or of places in a form."""
    for one in fields:
        if one.type == "rows":
            yield one.model_copy(update={"fields": tuple(_typed(one.fields))})
        elif one.personal or one.type not in ("text", "long_text", "list"):
            yield one


def _filed(people: Staff, child: UUID, text: str, worker: str) -> str:
    """A letter with a document in it; its id."""
    offered = Offered(f"{text}.txt", SimpleUploadedFile("x", f"{text} was late again.".encode()))
    asked = Request("record-correspondence", {"from_whom": text, "text": text}, child)
    done = record_with_documents(people.actor(worker), asked, looked_through([offered]))
    assert isinstance(done, Recorded), done
    return str(event(child, "correspondence.received").data["documents"][0]["document"])
