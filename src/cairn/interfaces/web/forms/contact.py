"""The form of a new contact: its parts in the order of the call, and how far each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.http import QueryDict

from cairn.core.vocabulary.model import Field, Vocabulary
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.looking import LookedFor, Typed
from cairn.interfaces.web.forms.reading import Place, read_fields
from cairn.interfaces.web.forms.typed import is_empty

State = Literal["complete", "begun", "not begun"]
RECEIVED = Field(
    name="received", label="When did it come in?", type="moment", must=True, hint="The clock runs from then."
)
# Of somebody new these are known from the search.
LOOKED_FOR = ("name", "forename", "surname", "born", "expected", "also_known_as")
WORRY = "worry_about_child"
MESSAGES = {
    "source": "Say who got in touch",
    "contact_type": "Say what it is about",
    "in_danger": "Say whether the child is in danger at this moment",
}


@dataclass(frozen=True)
class PartOfForm:
    """One part: its fields in one or two columns, rows `below` them, and what it wants to be complete."""

    id: str
    title: str
    columns: tuple[tuple[str, ...], ...]
    wants: tuple[str, ...]
    below: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All its fields, in order."""
        return tuple(name for column in (*self.columns, self.below) for name in column)


PARTS = (
    PartOfForm(
        "caller",
        "Who is calling",
        (
            ("source", "caller_name", "caller_role", "caller_organisation", "call_back", "may_name_caller"),
            ("received", "contact_type", "route"),
        ),
        ("received", "contact_type", "source", "caller_name", "may_name_caller"),
    ),
    PartOfForm("safe", "Is the child safe now?", (("in_danger", "how_known"),), ("in_danger", "how_known")),
    PartOfForm(
        "who",
        "Who is it about?",
        (
            ("known_as", "sex", "school", "gp", "nhs_number", "upn", "ethnicity", "language"),
            ("address", "postcode", "lives_with", "restricted"),
        ),
        (),
        ("people",),
    ),
    PartOfForm("told", "What we were told", (("concern",), ("facts", "opinions")), ("facts",)),
    PartOfForm(
        "parent",
        "What the parent knows, and what we said",
        (("parent_knows",), ("unsafe_ways", "told_caller")),
        ("parent_knows", "told_caller"),
    ),
    PartOfForm(
        "others",
        "The kind of worry, and other children",
        (("concern_kind", "affects_other_children", "about_open_case"),),
        ("concern_kind", "affects_other_children"),
        ("siblings", "also_about"),
    ),
)
# Rows that few calls have: folded away until something stands in them. Each with the words to open it by.
FOLDED = {
    "siblings": "Brothers and sisters: half and step too, and those who live elsewhere (3.6)",
    "also_about": "Other children it is about, who are not brothers or sisters",
}
NOT_ASKED = frozenset({"copied_from", *LOOKED_FOR})


def contact_form(
    vocabulary: Vocabulary, posted: QueryDict | None, initial: Mapping[str, Any], *, is_worry: bool
) -> ActForm:
    """The form of a new contact. Of a worry about a child it must be said whether the child is in danger."""
    asked = [
        field
        for field in vocabulary.fields_of(vocabulary.acts["record-contact"])
        if field.asked and field.name not in NOT_ASKED
    ]
    must = {*vocabulary.acts["record-contact"].must, *(("in_danger",) if is_worry else ())}
    return ActForm(
        [RECEIVED, *asked], posted=posted, initial=initial, must=must, messages=MESSAGES, mark_optional=False
    )


def fields_left(form: ActForm) -> tuple[str, ...]:
    """Fields of the act that no part shows by name: a vocabulary that grows loses nothing."""
    placed = {name for part in PARTS for name in part.fields}
    return tuple(name for name in form.fields if name not in placed)


def state_of(part: PartOfForm, form: ActForm) -> State:
    """How far a part is, by what stands in it."""
    answered = {name for name in part.fields if name in form.typed and not is_empty(form.typed[name])}
    if not answered - {"received"}:
        return "not begun"
    return "complete" if answered >= set(part.wants) else "begun"


def received_of(form: ActForm) -> str:
    """When it came in, as text; empty where it cannot be read."""
    data, errors = read_fields((RECEIVED,), form.typed, Place("", ""), (), {})
    return "" if errors else str(data.get("received", ""))


def of_somebody_new(typed: Typed, asked: LookedFor) -> dict[str, Any]:
    """What describes a new person, from what was looked for."""
    about = asked.asked
    said = {
        "name": typed.name,
        "forename": typed.first_name,
        "surname": typed.surname,
        "born": about.born.isoformat() if isinstance(about.born, date) else "",
        "expected": about.expected.isoformat() if about.expected else "",
        "also_known_as": list(about.aliases),
    }
    return {name: value for name, value in said.items() if value}


def taken_over(posted: QueryDict, asked: LookedFor) -> QueryDict:
    """The form with what was looked for put where it belongs, once somebody is added as new; nothing is written over."""
    about, filled = asked.asked, posted.copy()
    for name in ("sex", "school", "nhs_number", "upn", "address", "postcode"):
        if not filled.get(name):
            filled[name] = getattr(about, name)
    if about.parents and filled.get("people-count", "0") in ("", "0"):
        filled["people-count"] = str(len(about.parents))
        for number, parent in enumerate(about.parents):
            filled[f"people-{number}-name"] = parent
    return filled
