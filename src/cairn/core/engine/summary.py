"""A record in one line: who it is about, who works with it, and how far its episode has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cairn.core.calendar.moment import LONDON
from cairn.core.engine.open_work import OpenWork, open_work, plan_made
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.people.around import around
from cairn.core.people.called import described

Stage = Literal["", "contact", "referral", "to be allocated", "allocated", "allocated, new contact", "closed"]
ENDS_WITHOUT_WORK = frozenset({"no_further_action", "advice_to_referrer"})


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists show of a record. `worker` and `team` are ids; `service` is where a referral is routed.

    `allocated` is since when its worker works with it, or the last one did where the child waits for another: the team
    keeps a child whose worker has left. A case that closed stays with its last team, and with its worker
    while something is owed on it.
    """

    name: str
    known_as: str
    born: date | None
    expected: date | None
    sex: str
    address: str
    restricted: bool
    worker: str | None
    worker_name: str
    team: str | None
    service: str
    stage: Stage
    episode_opened: datetime | None
    episode_closed: datetime | None
    open_work: OpenWork
    plan_made: datetime | None
    allocated: datetime | None


def summarise(view: View) -> Summary:
    """The summary of a record as the view stands."""
    known = described(view.standing.events)
    address = _merged(view.standing.events, "address.recorded")
    opened, closed = _episode(view)
    allocation = _allocation(view)
    stage = _stage(view, opened, closed, allocation)
    # Whoever had a case that closed has what is owed after it: letters, notices, the place of the file.
    held = _last_held(view) if stage == "closed" and allocation is None else allocation
    owes = held if stage != "closed" or view.open_duties else None
    kept = held or (_kept(view) if stage != "closed" else None)
    subject = view.standing.subject
    return Summary(
        name=str(known.get("name", "")),
        known_as=str(known.get("known_as", "")),
        born=subject.born,
        expected=subject.expected,
        sex=str(known.get("sex", "")),
        address=_address(view) or str(address.get("address", "")),
        restricted=address.get("restricted") is True,
        worker=_text(owes, "worker_id"),
        worker_name=_text(owes, "worker") or "",
        team=_text(kept, "team_id"),
        service=_service(view),
        stage=stage,
        episode_opened=opened,
        episode_closed=closed,
        open_work=open_work(view),
        plan_made=plan_made(view),
        allocated=kept.happened_at.latest if kept and stage != "closed" else None,
    )


def _address(view: View) -> str:
    """Where the child lives: a second home, or where they are staying, does not take its place."""
    day = view.world.as_at.astimezone(LONDON).date()
    home = around(view.standing.events, day).home
    return home.address if home else ""


def _merged(events: Iterable[Event], kind: str) -> dict[str, object]:
    """The fields of all events of a kind laid over each other, the latest on top."""
    merged: dict[str, object] = {}
    for event in events:
        if event.type == kind:
            merged |= event.data
    return merged


def _text(event: Event | None, field: str) -> str | None:
    value = event.data.get(field) if event else None
    return str(value) if value else None


def _allocation(view: View) -> Event | None:
    """The allocation in force: the latest one made and not ended since, by itself or with the last referral."""
    current: Event | None = None
    for event in view.standing.events:
        if event.type == "allocation.made":
            current = event
        elif event.type == "allocation.ended" or (event.type == "case.closed" and _ends_all(view, event)):
            current = None
    return current


def _kept(view: View) -> Event | None:
    """The last allocation of a case that is open, whether or not its worker has left since."""
    last: Event | None = None
    for event in view.standing.events:
        if event.type == "allocation.made":
            last = event
        elif event.type == "case.closed" and _ends_all(view, event):
            last = None
    return last


def _ends_all(view: View, closing: Event) -> bool:
    """Whether no referral goes on after a closing: of two, the other one may."""
    place = view.standing.place_of
    return not any(
        place[one.id] < place[closing.id]
        and (one.ended is None or place[one.ended.id] > place[closing.id])
        and not _decided_away(view, one)
        for one in _referrals(view)
    )


def _decided_away(view: View, strand: Strand) -> bool:
    decision = decision_on(view, strand)
    return decision is not None and closes_without_work(decision)


def _last_held(view: View) -> Event | None:
    """The allocation that stood when the case closed; None where there was none."""
    current: Event | None = None
    for event in view.standing.events:
        if event.type == "allocation.made":
            current = event
        elif event.type == "allocation.ended":
            current = None
    return current


def _referrals(view: View) -> list[Strand]:
    return [strand for strand in view.standing.strands.values() if strand.kind == "referral"]


def closes_without_work(decision: Event) -> bool:
    """Whether a referral's decision ends it: every outcome is one after which nothing is opened."""
    outcome = decision.data.get("outcome")
    given = set(outcome if isinstance(outcome, list | tuple) else [outcome])
    return bool(given) and given <= ENDS_WITHOUT_WORK


def decision_on(view: View, strand: Strand) -> Event | None:
    """The latest decision on a referral, or None."""
    decisions = [event for event in view.standing.scope(strand) if event.type == "referral.decided"]
    return decisions[-1] if decisions else None


def _awaits_decision(view: View, strand: Strand) -> bool:
    """Still to be decided here. One taken over from a source that does not tell of decisions was decided there."""
    decided_elsewhere = "referral.decided" in (strand.opener.data.get("not_known") or ())
    return not decided_elsewhere and decision_on(view, strand) is None


def _ended(view: View, strand: Strand) -> datetime | None:
    if strand.ended is not None:
        return strand.ended.happened_at.latest
    decision = decision_on(view, strand)
    return decision.happened_at.latest if decision and closes_without_work(decision) else None


def _episode(view: View) -> tuple[datetime | None, datetime | None]:
    """The latest episode: from its first referral to the end of its last. A referral on an open case opens none."""
    opened: datetime | None = None
    closed: datetime | None = None
    for strand in _referrals(view):
        start = strand.opener.happened_at.earliest
        if opened is None or (closed is not None and closed <= start):
            opened, closed = start, _ended(view, strand)
        else:
            end = _ended(view, strand)
            closed = max(closed, end) if closed and end else None
    return opened, closed


def _service(view: View) -> str:
    """The service that the latest referral, or else the latest contact, is meant for."""
    for event in reversed(view.standing.events):
        if event.type in ("referral.received", "contact.decided") and event.data.get("recommended_service"):
            return str(event.data["recommended_service"])
    return "referral_and_assessment" if _referrals(view) else "contact_centre"


def _stage(view: View, opened: datetime | None, closed: datetime | None, allocation: Event | None) -> Stage:
    contact = any(strand.kind == "contact" for strand in view.open_strands)
    if opened is not None and closed is None:
        if allocation is not None:
            return "allocated, new contact" if contact else "allocated"
        undecided = any(_awaits_decision(view, one) for one in _referrals(view) if one.ended is None)
        return "referral" if undecided else "to be allocated"
    if contact:
        return "contact"
    return "closed" if view.standing.strands else ""
