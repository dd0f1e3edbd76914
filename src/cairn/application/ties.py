"""What stands between one member of staff and one record beside allocation: given and ended by whoever has the right.

Who may give which kind is a right of their role (`procedures/access/roles.yaml`); how long each may last, a figure of
`limits.yaml`. Both are decided before anything is written, and whatever is given, ended or refused is in the access log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.door import NOT_FOUND, facts_of, not_there, was_found, write_access
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.rights import limits, role_book
from cairn.core.access.decide import WORDS_OF_TIE, decide_right, decide_view
from cairn.core.access.facts import BARS, OPENS, RIGHT_OF_TIE, Decision, Tie, TieKind
from cairn.core.access.roles import Right
from cairn.core.calendar.moment import LONDON
from cairn.core.vocabulary.check import DataFault
from cairn.records import projections, register, staff, ties
from cairn.records.sight import barred
from cairn.records.ties import TieRow

# The right by which each kind is given, and ended before its time.
GIVEN_BY: Final[dict[str, Right]] = {
    "chair": "names chairs",
    "auditor": "guards access",
    "named": "restricts",
    "break glass": "guards access",
    "own": "guards access",
    "family": "guards access",
    "neighbour": "guards access",
}
# What the access log has as the page; of a conflict it does not say which.
PAGES: Final = {kind: f"tie:{'conflict' if kind in BARS else kind.replace(' ', '-')}" for kind in GIVEN_BY}
GIVEN, ENDED = "tie given", "tie ended"
# Those who guard access open no records, and yet keep these.
WITHOUT_OPENING = frozenset({"auditor", "own", "family", "neighbour", "break glass"})


@dataclass(frozen=True, slots=True)
class TieWanted:
    """A tie to be given: to whom, to which record, of which kind, and why.

    `since` and `until` (UTC) are now and the longest that the kind may last where they are not given; what bars then
    has no end. `reason_kind` is one of a short list, where the kind has one.
    """

    staff: UUID
    record: UUID
    kind: TieKind
    reason: str
    until: datetime | None = None
    since: datetime | None = None
    reason_kind: str = ""


def give_tie(actor: Actor, wanted: TieWanted, *, of_family: bool = False) -> TieRow | Refused:
    """Give a tie. Refused without the right, for oneself (but a conflict of one's own), to a role that it opens
    nothing for, beyond the longest time, and where the record is not the giver's to open.

    `of_family` says that a conflict of one's own was declared of a record of the same family, which they need not have
    come across. Given twice it stands once: the one that is there is returned.
    """
    with transaction.atomic():
        declares = wanted.staff == actor.id
        refused = (
            None
            if of_family and declares and wanted.kind in BARS
            else _may_not(actor, wanted.record, wanted.kind, declares=declares)
        )
        if refused is not None:
            return refused
        person = staff.hold([wanted.staff]).get(wanted.staff)
        refused = _cannot(actor, wanted, person)
        if refused is not None:
            return refused
        standing = _standing(wanted)
        if standing is not None:
            return standing
        return added(actor, wanted, _right(actor, wanted))


def end_tie(actor: Actor, tie: UUID) -> TieRow | Refused:
    """End a tie before its time. A conflict of interest is ended by somebody else than whom it bars."""
    with transaction.atomic():
        found = ties.tie(tie)
        if found is None or found.record in barred():
            return NOT_FOUND
        closes_own = found.kind == "break glass" and found.staff == actor.id
        if not closes_own:
            refused = _may_not(actor, found.record, found.kind)
            if refused is None and found.kind in BARS and found.staff == actor.id:
                refused = Refused(
                    "not allowed", "Your own conflict of interest is ended by somebody else", "Ask them to."
                )
            if refused is not None:
                return refused
        if not ties.end(tie, actor.id, now()):
            return Refused("not taken", f"It was ended already, by {found.ended_by_name}")
        right = "broken glass" if closes_own else GIVEN_BY[found.kind]
        write_access(
            actor,
            [found.record],
            Decision(allowed=True, relied_on=right),
            page=PAGES[found.kind],
            what=ENDED,
        )
        return ties.tie(tie) or found


def added(actor: Actor, wanted: TieWanted, relied_on: str, *, purpose: str = "") -> TieRow:
    """Write a tie that was decided on, and that it was given into the access log."""
    at = now()
    since = wanted.since or at
    made = ties.add(
        ties.NewTie(
            staff=wanted.staff,
            record=wanted.record,
            kind=wanted.kind,
            since=since,
            until=wanted.until or longest(wanted.kind, wanted.reason_kind, since),
            reason=wanted.reason.strip(),
            given_by=actor.id,
            given_at=at,
            reason_kind=wanted.reason_kind,
        )
    )
    write_access(
        actor,
        [wanted.record],
        Decision(allowed=True, relied_on=relied_on),
        page=PAGES[wanted.kind],
        what=GIVEN,
        purpose=purpose,
    )
    row = ties.tie(made)
    if row is None:
        raise TypeError("a tie that was given is there")
    return row


def longest(kind: TieKind, reason_kind: str, since: datetime) -> datetime | None:
    """When a tie of a kind ends at the latest (UTC); None for what bars."""
    figures = limits()
    lasts = {
        "chair": timedelta(days=figures.chair.longest_days),
        "auditor": timedelta(days=figures.audit.longest_days),
        "named": timedelta(
            days=figures.named.task_days if reason_kind == "task" else figures.named.involved_days
        ),
        "break glass": figures.break_glass.lasts,
    }.get(kind)
    return since + lasts if lasts else None


def last_day(kind: TieKind) -> date:
    """The last whole day (London) until which a tie that is given now may be given; for what has an end."""
    ends = longest(kind, "", now())
    if ends is None:
        raise TypeError(f"a tie of the kind {kind} has no end")
    return ends.astimezone(LONDON).date() - timedelta(days=1)


def may_give(actor: Actor, kind: TieKind) -> bool:
    """Whether this person's role gives ties of a kind at all."""
    return GIVEN_BY[kind] in actor.rights


def _may_not(actor: Actor, record: UUID, kind: TieKind, *, declares: bool = False) -> Refused | None:
    """Why this person gives and ends no ties of this kind to this record. That they tried is in the access log."""
    if register.record(record) is None:
        return not_there(actor, record, page=PAGES[kind])
    right = GIVEN_BY[kind]
    if declares and kind in BARS and right not in actor.rights:
        decision = _came_across(actor, record)
    else:
        decision = decide_right(actor.facts, right, tuple(role_book().with_right(right)))
    if decision.allowed and kind not in WITHOUT_OPENING and "guards access" not in actor.rights:
        decision = decide_view(actor.facts, facts_of(record, projections.summary(record)))
    if decision.allowed:
        return None
    write_access(actor, [record], decision, page=PAGES[kind], what="refused")
    return Refused("not allowed", decision.reason, decision.how_to_ask)


def _came_across(actor: Actor, record: UUID) -> Decision:
    """A record that somebody may open, or that a search showed them, is one that they can say they know."""
    if was_found(actor, record):
        return Decision(allowed=True, relied_on="search")
    return decide_view(actor.facts, facts_of(record, projections.summary(record)))


def _cannot(actor: Actor, wanted: TieWanted, person: staff.StaffRow | None) -> Refused | None:
    if person is None or not person.is_active:
        return _at("staff", "Choose somebody who works here")
    if not wanted.reason.strip():
        return _at("reason", "Enter why")
    if wanted.kind not in BARS:
        if person.id == actor.id:
            return _at("staff", "Nobody opens a record for themselves. Ask somebody else who may")
        if RIGHT_OF_TIE[wanted.kind] not in role_book().rights_of(person.role):
            return _at("staff", f"{person.name} is {person.role}: it would open nothing for them")
        if _is_barred(wanted):
            return _at("staff", f"{person.name} cannot work with this child. Choose somebody else")
    return _time_cannot(wanted)


def _is_barred(wanted: TieWanted) -> bool:
    return wanted.record in conflicts_of(wanted.staff)


@dataclass(frozen=True, slots=True)
class OpenToMe:
    """A record that a tie opens to the reader beside their own work: its name, why it is open, and until when (UTC)."""

    record: UUID
    name: str
    number: str
    why: str
    until: datetime | None


def open_to(actor: Actor) -> tuple[OpenToMe, ...]:
    """What ties open to this person now, what ends first at the top: chairs and auditors find their records here. Logged."""
    at, facts = now(), actor.facts
    mine = [
        one
        for one in actor.ties
        if one.kind in OPENS
        and one.is_in_force(at)
        and one.record not in facts.barred
        and RIGHT_OF_TIE[one.kind] in facts.rights
    ]
    lines = projections.summaries({UUID(one.record) for one in mine}) if mine else {}
    # A record of a sample that was restricted meanwhile is no more of it.
    mine = [one for one in mine if one.record in facts.tied_to or _is_of_sample(one, lines)]
    lines = {record: line for record, line in lines.items() if str(record) in {one.record for one in mine}}
    if lines:
        write_access(
            actor, sorted(lines), Decision(allowed=True, relied_on="own work"), page="my-work", what="list"
        )
    rows = register.records(list(lines)) if lines else {}
    found = [
        OpenToMe(
            UUID(one.record),
            lines[UUID(one.record)].name or "Name not known",
            rows[UUID(one.record)].number,
            WORDS_OF_TIE[one.kind],
            one.until,
        )
        for one in mine
        if UUID(one.record) in lines
    ]
    return tuple(sorted(found, key=lambda one: (one.until or at, one.number)))


def _is_of_sample(tie: Tie, lines: Mapping[UUID, projections.SummaryRow]) -> bool:
    line = lines.get(UUID(tie.record))
    return tie.kind == "auditor" and line is not None and not line.restriction


def conflicts_of(person: UUID) -> frozenset[UUID]:
    """The records that for this person do not exist now."""
    at = now()
    return frozenset(
        one.record for one in ties.in_force_for(person, at) if one.kind in BARS and one.is_in_force(at)
    )


def _time_cannot(wanted: TieWanted) -> Refused | None:
    since = wanted.since or now()
    latest = longest(wanted.kind, wanted.reason_kind, since)
    if wanted.until is not None and wanted.until <= since:
        return _at("until", "The end is before the beginning")
    if wanted.until is not None and latest is not None and wanted.until > latest:
        return _at("until", f"It lasts {(latest - since).days} days at most. Choose an earlier day")
    return None


def _standing(wanted: TieWanted) -> TieRow | None:
    at = now()
    return next(
        (
            one
            for one in ties.in_force_for(wanted.staff, at)
            if (one.record, one.kind) == (wanted.record, wanted.kind) and one.is_in_force(at)
        ),
        None,
    )


def _right(actor: Actor, wanted: TieWanted) -> str:
    declares = wanted.kind in BARS and wanted.staff == actor.id
    return "their own declaration" if declares else GIVEN_BY[wanted.kind]


def _at(field: str, reason: str) -> Refused:
    return Refused("not taken", reason, faults=(DataFault(field, reason, ""),))
