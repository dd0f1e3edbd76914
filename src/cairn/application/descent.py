"""Nobody is their own forebear: a line of descent that comes back to where it began is refused at the one door.

It is followed over the records that the writer may open, however many they are, and each that was read stands in the
access log. Of a record that may not be opened nothing is read, so a circle through it is taken; the family page asks
whoever may open them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.door import open_beside
from cairn.application.names import FAMILY, LONGEST_KEY
from cairn.application.refused import Refused
from cairn.application.timeline import in_words
from cairn.core.engine.gates import Refusal
from cairn.core.engine.summary import summarise
from cairn.core.engine.view import View
from cairn.core.people.around import RELATED
from cairn.core.people.descent import Ancestry, Line, descent_of, node_of_record
from cairn.records import search

RELATION = "relation"
UNNAMED = "A child whose name is not known"


def descent_refused(actor: Actor, record: UUID, before: View, after: View, *, page: str) -> Refused | None:
    """Why what is new on a record cannot be by descent: the child would be their own forebear, or their own relative.

    `before` and `after` are the record without and with what is about to be written. None where all of it can be.
    """
    was, told = (descent_of(str(record), view.standing.events) for view in (before, after))
    title = after.procedures.vocabulary.events[RELATED].title
    if any(one not in was.same for one in told.same if one[1] == node_of_record(str(record))):
        says = "This is the child’s own record. Choose another person"
        return _refused([Refusal("impossible", "", title, says, field=RELATION)])
    new = [line for line in told.lines if line not in was.lines]
    if not new:
        return None
    told_of, closed = {str(record): told}, set[UUID]()
    names = {str(record): summarise(after).name}
    while True:
        ancestry = Ancestry(list(told_of.values()))
        for line in new:
            if circle := ancestry.circle(line):
                return _refused(_sentences(after, line, circle, names))
        above = _records_of(ancestry.over(new)) - {UUID(one) for one in told_of} - closed
        opened, shut = open_beside(actor, above, page=page, relied_on="family")
        closed |= shut
        if not opened:
            return None
        told_of |= {
            str(one): descent_of(str(one), beside.view.standing.events) for one, beside in opened.items()
        }
        names |= {str(one): beside.summary.name for one, beside in opened.items()}


def _records_of(nodes: frozenset[str]) -> set[UUID]:
    """The records that may tell more of these: their own, and those that name them."""
    keys = {f"{FAMILY}{node.partition(' ')[2]}"[:LONGEST_KEY] for node in nodes}
    naming = {record for found in search.records_under(keys).values() for record in found}
    return naming | {record for node in nodes if (record := _own(node)) is not None}


def _own(node: str) -> UUID | None:
    """The record a node stands for; None for a person without one."""
    if not node.startswith(node_of_record("")):
        return None
    try:
        return UUID(node.removeprefix(node_of_record("")))
    except ValueError:
        return None


def _refused(refusals: Sequence[Refusal]) -> Refused:
    return Refused("gates", "This cannot be, by what is recorded", refusals=tuple(refusals))


def _sentences(view: View, line: Line, circle: Sequence[Line], names: Mapping[str, str]) -> list[Refusal]:
    """What cannot be, at its field; then every other entry of the circle, each to be looked at."""
    kind = view.procedures.vocabulary.events[RELATED]
    field = kind.field(RELATION)
    child = names[line.record] or UNNAMED
    says = (
        f"{child} would be their own forebear. Choose another relation, or put right the entry that is wrong"
    )
    found = [Refusal("impossible", "", kind.title, says, field=RELATION)]
    for one in (one for one in circle if one != line):
        relation = in_words(field, one.relation).lower() if field else one.relation
        says = f"{names[one.record] or UNNAMED}’s record says: {relation}, {one.name}"
        found.append(Refusal("impossible", "", kind.title, says, against=(one.record, one.entry)))
    return found
