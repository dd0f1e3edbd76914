"""Breaking the glass: somebody opens a record without a relationship, for hours, with a reason, and somebody else looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.alerts import raise_alert
from cairn.application.door import facts_of, not_there, opened_through_glass, was_found, write_access
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.rights import limits, role_book
from cairn.application.ties import TieWanted, added, longest
from cairn.core.access.decide import GLASS_BROKEN, decide_break_glass
from cairn.core.access.facts import Decision
from cairn.core.access.limits import BreakGlass
from cairn.core.vocabulary.check import DataFault
from cairn.records import projections, register, submissions, ties
from cairn.records.ties import TieRow

PAGE: Final = "break-glass"
RIGHT: Final = "breaks the glass"
AGAIN = Refused(
    "not taken",
    "This form was sent before, and the record has been closed since",
    "If you need it once more, open this page anew and say why.",
)
SOMEBODY_ELSES = Refused(
    "not allowed", "This form was sent by somebody else", "Open the page again and send your own."
)
NOT_STRONG = Refused(
    "not taken", "Show again that it is you: it was longer ago than this needs", "What you wrote stays here."
)


@dataclass(frozen=True, slots=True)
class GlassPage:
    """What somebody reads before they break the glass: which record, until when, and who looks at it afterwards.

    The name is given only to whom a search showed it before.
    """

    record: UUID
    number: str
    name: str
    figures: BreakGlass
    until: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breaking:
    """What was sent: a reason of the short list and words of one's own; `strong` says that the sign-in is fresh."""

    reason_kind: str
    words: str
    key: UUID
    strong: bool


@dataclass(frozen=True, slots=True)
class OpenGlass:
    """A record that stands open in this way: until when (UTC), and why."""

    tie: UUID
    record: UUID
    number: str
    until: datetime
    reason: str
    words: str


def glass_page(actor: Actor, record: UUID) -> GlassPage | Refused | None:
    """The page before the glass is broken; None where the record is open to them already. That they asked is logged."""
    with transaction.atomic():
        row = register.record(record)
        if row is None:
            return not_there(actor, record, page=PAGE)
        decided = _decided(actor, record)
        if decided is None or isinstance(decided, Refused):
            return decided
        write_access(actor, [record], Decision(allowed=True, relied_on=RIGHT), page=PAGE, what="asked")
        line = projections.summary(record) if was_found(actor, record) else None
        until = longest("break glass", "", now())
        if until is None:
            raise TypeError("broken glass has an end")
        return GlassPage(
            record=record,
            number=row.number,
            name=line.name if line else "",
            figures=limits().break_glass,
            until=until,
            told=tuple(sorted(role_book().with_right("guards access"))),
        )


def break_glass(actor: Actor, record: UUID, asked: Breaking) -> TieRow | Refused:
    """Open a record for some hours. One row of the access log, one alert, and one tie that ends by itself.

    Refused: a role without the right, a conflict of interest (there is then no such record), a record that is open to
    them anyhow, a sign-in that is not fresh, no reason of the list, too few words, and a form that was sent before,
    unless what it opened is open still.
    """
    with transaction.atomic():
        if record not in register.lock([record]):
            return not_there(actor, record, page=PAGE)
        earlier = submissions.look(asked.key, actor.id)
        if earlier is not None:
            return _again(actor, record, earlier)
        decided = _decided(actor, record)
        if decided is None:
            return Refused("not taken", "You may open this record already", "Open it.")
        if isinstance(decided, Refused):
            return decided
        faulty = _faulty(asked)
        if faulty is not None:
            return faulty
        submissions.take(asked.key, actor.id, now(), {"record": str(record)})
        words = " ".join(asked.words.split())
        wanted = TieWanted(actor.id, record, "break glass", words, reason_kind=asked.reason_kind)
        tie = added(actor, wanted, RIGHT, purpose=reason_words(asked.reason_kind))
        raise_alert(actor, GLASS_BROKEN, record, tie.id)
        return tie


def open_glass(actor: Actor) -> tuple[OpenGlass, ...]:
    """What this request opened through broken glass: every page that shows something of it says so."""
    opened = opened_through_glass()
    if not opened:
        return ()
    at = now()
    return tuple(
        OpenGlass(one.id, one.record, one.number, one.until, reason_words(one.reason_kind), one.reason)
        for one in ties.in_force_for(actor.id, at)
        if one.kind == "break glass" and one.record in opened and one.is_in_force(at) and one.until
    )


def reason_words(kind: str) -> str:
    """A reason of the short list in words; as it is where the list has it no more."""
    return next((one.label for one in limits().break_glass.reasons if one.value == kind), kind)


def may_break(actor: Actor, record: UUID, line: projections.SummaryRow | None) -> bool:
    """Whether this person may open a record in this way, for pages that offer it."""
    return decide_break_glass(actor.facts, facts_of(record, line)).allowed


def _decided(actor: Actor, record: UUID) -> Refused | bool | None:
    """True where it may be done, None where the record is open to them anyhow, else why not."""
    decision = decide_break_glass(actor.facts, facts_of(record, projections.summary(record)))
    if decision.allowed:
        return True
    if decision.hidden:
        return not_there(actor, record, page=PAGE)
    if RIGHT in actor.rights:
        return None
    write_access(actor, [record], decision, page=PAGE, what="refused")
    return Refused("not allowed", decision.reason, decision.how_to_ask)


def _again(
    actor: Actor, record: UUID, earlier: submissions.Already | submissions.SomebodyElses
) -> TieRow | Refused:
    if isinstance(earlier, submissions.SomebodyElses):
        return SOMEBODY_ELSES
    at = now()
    standing = [
        one
        for one in ties.in_force_for(actor.id, at)
        if (one.record, one.kind) == (record, "break glass") and one.is_in_force(at)
    ]
    if standing and earlier.result.get("record") == str(record):
        return standing[0]
    refused = Decision(allowed=False, reason=AGAIN.reason)
    write_access(actor, [record], refused, page=PAGE, what="refused")
    return AGAIN


def _faulty(asked: Breaking) -> Refused | None:
    figures = limits().break_glass
    faults = []
    if asked.reason_kind not in {one.value for one in figures.reasons}:
        faults.append(DataFault("reason_kind", "Choose why it has to be now", ""))
    if len(" ".join(asked.words.split())) < figures.shortest_reason:
        said = (
            f"Say what happened and whom you tried to reach, in {figures.shortest_reason} characters or more"
        )
        faults.append(DataFault("words", said, ""))
    if faults:
        return Refused("not taken", "Something is missing", faults=tuple(faults))
    return None if asked.strong else NOT_STRONG
