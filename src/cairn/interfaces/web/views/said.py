"""What was said when somebody got in touch: facts beside opinions, who called, and the rest of their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cairn.application.procedures import in_use
from cairn.application.timeline import FieldShown, answers_in_words
from cairn.core.history.event import Event
from cairn.interfaces.web import components as c

APART = frozenset({"facts", "opinions", "also_about"})


def facts_and_opinions(contact: Event | None) -> c.FactsAndOpinions | None:
    """Facts and opinions side by side, each with its source; None where neither was written down."""
    if contact is None or not (contact.data.get("facts") or contact.data.get("opinions")):
        return None
    return c.FactsAndOpinions(
        facts=tuple(_said(row, "who", "when") for row in contact.data.get("facts") or ()),
        opinions=tuple(_said(row, "whose") for row in contact.data.get("opinions") or ()),
    )


def _said(row: Mapping[str, Any], *sources: str) -> c.Said:
    return c.Said(str(row.get("text", "")), ", ".join(str(row[one]) for one in sources if row.get(one)))


def rest_of_it(event: Event, *left_out: str) -> c.SummaryList:
    """The other answers of a contact or referral, as they were given."""
    kind = in_use().vocabulary.events[event.type]
    apart = {field.label for field in kind.fields if field.name in APART | set(left_out)}
    rows = (_row(shown) for shown in answers_in_words(kind, event.data) if shown.label not in apart)
    return c.SummaryList(rows=tuple(rows))


def _row(shown: FieldShown) -> c.SummaryRow:
    return c.SummaryRow(shown.label, shown.value)


def who_said_it(event: Event) -> str:
    """Whom it came from: "Hannah Pryce, St Botolph’s Primary School"; else the kind of source."""
    return ", ".join(_named(event.data)) or _source(event)


def _named(data: Mapping[str, Any]) -> Iterator[str]:
    for names in (("caller_name", "referrer_name"), ("caller_organisation", "referrer_organisation")):
        said = next((str(data[name]) for name in names if data.get(name)), "")
        if said:
            yield said


def _source(event: Event) -> str:
    field = in_use().vocabulary.events[event.type].field("source")
    options = field.options if field else ()
    return next((one.label for one in options if one.value == event.data.get("source")), "Source not known")
