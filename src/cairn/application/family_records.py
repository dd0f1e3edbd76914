"""The children around a child who have a record of their own: whom an act may be about too, and who not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, PersonLine
from cairn.application.door import OpenBeside, decisions_on, open_beside, write_access
from cairn.application.family import reach
from cairn.application.names import FAMILY
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.timeline import in_words
from cairn.core.access.facts import Decision
from cairn.core.calendar.moment import LONDON
from cairn.core.people.family import SIBLINGS
from cairn.core.people.names import age_in_words
from cairn.records import projections, search

NO_RECORD = "no record has been opened for them"
SOMEBODY = "A child of the family"


@dataclass(frozen=True, slots=True)
class OtherChild:
    """Somebody an act may be about too. With `why_not` they cannot be added; `how_to_ask` says how to go on."""

    name: str
    age: str
    record: UUID | None
    why_not: str = ""
    how_to_ask: str = ""

    @property
    def may_be_added(self) -> bool:
        """Whether this person may record on their record."""
        return self.record is not None and not self.why_not


def other_children(actor: Actor, page: ChildPage) -> tuple[OtherChild, ...]:
    """The children of the family, each once, those whom the actor may open first. That they were shown is logged.

    Of a record that may not be opened nothing is shown but what this one says of that child.
    """
    own = page.identity.record
    told = {line.record: line.name for line in page.people if line.record}
    there = projections.summaries((reach({own: page.view}) | set(told)) - {own})
    decisions = decisions_on(actor, sorted(there))
    may = [record for record, found in decisions.items() if found.allowed]
    if may:
        write_access(actor, may, Decision(allowed=True, relied_on="family"), page="family", what="list")
    closed = [
        OtherChild(told.get(record, SOMEBODY), "", record, found.reason, found.how_to_ask)
        for record, found in decisions.items()
        if not found.allowed
    ]
    return (*_by_age(may), *closed, *_without_record(page))


def siblings_elsewhere(actor: Actor, page: ChildPage) -> tuple[PersonLine, ...]:
    """Brothers and sisters whom this record does not name, but whose own record names this child, by name.

    Those that may be opened are read, all at once, and stand in the row of the access log of this page. Of one
    that may not be opened nothing is told but that there is a child.
    """
    own = page.identity.record
    told = {own, *(line.record for line in page.people if line.record)}
    key = f"{FAMILY}{own}"
    there = set(search.records_under([key]).get(key, ())) - told
    opened, closed = open_beside(actor, there, page="child", relied_on=page.relied_on)
    found = [line for one, beside in opened.items() if (line := _sibling(own, one, beside)) is not None]
    others = [PersonLine(SOMEBODY, "", (), kind="sibling", record=one) for one in sorted(closed)]
    return (*sorted(found, key=lambda line: line.name), *others)


def _sibling(own: UUID, record: UUID, opened: OpenBeside) -> PersonLine | None:
    """Somebody whose own record names that child as a brother or sister; None where it says another relation."""
    for event in reversed(opened.view.standing.events):
        relation = str(event.data.get("relation") or "")
        listed = event.type == "sibling.listed"
        if event.data.get("record") == str(own) and (listed or relation in SIBLINGS):
            field = in_use().vocabulary.events[event.type].field("relation")
            said = in_words(field, relation) if field and relation else "Brother or sister"
            name = opened.summary.name or "Name not known"
            age = _age(opened.summary)
            return PersonLine(name, said, (), kind="sibling", age=age, record=record, may_open=True)
    return None


def _age(row: projections.SummaryRow) -> str:
    today = now().astimezone(LONDON).date()
    return age_in_words(row.born, today, row.expected) if row.born or row.expected else ""


def _by_age(records: list[UUID]) -> Iterator[OtherChild]:
    """The eldest first, as their own records call them."""
    today = now().astimezone(LONDON).date()
    rows = projections.summaries(records).items() if records else ()
    for record, row in sorted(rows, key=lambda one: (one[1].born or today, one[1].name)):
        yield OtherChild(row.name or "Name not known", _age(row), record)


def _without_record(page: ChildPage) -> Iterator[OtherChild]:
    seen = {line.name for line in page.people if line.record}
    for line in page.people:
        if line.kind == "sibling" and line.record is None and line.name not in seen:
            seen.add(line.name)
            yield OtherChild(line.name, line.age, None, NO_RECORD, "Decide about a referral for them first.")
