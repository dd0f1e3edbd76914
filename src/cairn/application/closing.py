"""Closing a case: what has to be in order, the closing summary as the manager reads it, and what is owed after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cairn.application.acting import ActPage, open_for_act, strand_in_words
from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.calendar.london import say_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.closing.stage import (
    CLOSED,
    Closing,
    Dissent,
    closings,
    dissents,
    open_referrals,
    sent_back,
    waiting,
)
from cairn.core.engine.duties import DutyView
from cairn.core.engine.four_eyes import wrote
from cairn.core.engine.gates import NeedJudged, needs_before
from cairn.core.engine.view import View
from cairn.core.history.event import Author, Event
from cairn.core.history.history import Strand
from cairn.core.history.shown import digest_of
from cairn.core.people.around import around
from cairn.core.planning.plans import OVER, Action, plans

SIGN, RETURN, PROPOSE = "sign-closure", "return-closure", "propose-closure"
TRIAL = "not-yet-closed"
SIGNATURE = "closing_was_signed"


@dataclass(frozen=True)
class ClosingPage:
    """What stands about closing on a record. `referral` is the one to be closed, None where nothing is open.

    `needs` is what has to be there before it closes, `actions` those of its plans that are open; `waits` the summary
    that a manager has, `returned` the one that was sent back last; `owed` what is still to be done after a closing.
    """

    page: ChildPage
    referral: Strand | None
    worked_on: bool
    needs: tuple[NeedJudged, ...]
    actions: tuple[Action, ...]
    waits: Closing | None
    returned: Closing | None
    dissents: tuple[Dissent, ...]
    ended: Event | None
    signed: Closing | None
    owed: tuple[DutyView, ...]


@dataclass(frozen=True)
class SeveralToClose:
    """Several could be meant: each with its id and words."""

    page: ChildPage
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToClose:
    """A closing summary that waits for a manager, whose digest the signature is bound to.

    `before` are those of the same referral handed in earlier; `involved` whose involvement ends, from the record.
    """

    found: ActPage
    closing: Closing
    shown: str
    before: tuple[Closing, ...]
    needs: tuple[NeedJudged, ...]
    dissents: tuple[Dissent, ...]
    involved: tuple[Mapping[str, str], ...]
    is_own: bool

    @property
    def page(self) -> ChildPage:
        """The record."""
        return self.found.page

    @property
    def proposed(self) -> Event:
        """The summary as it stands."""
        return self.closing.proposed


def open_closing(actor: Actor, record: UUID, strand: str | None) -> ClosingPage | SeveralToClose | Refused:
    """Open a record to see how far its closing is: of the referral named, or the only open one. The view is logged."""
    found = open_child(actor, record, page="closing")
    if isinstance(found, Refused):
        return found
    referrals = open_referrals(found.view)
    named = [one for one in referrals if one.id == _root(found.view, strand)]
    if len(referrals) > 1 and not named:
        return SeveralToClose(found, tuple((one.id, strand_in_words(one)) for one in referrals))
    return closing_page(actor, found, next(iter(named or referrals), None))


def closing_page(actor: Actor, found: ChildPage, referral: Strand | None) -> ClosingPage:
    """How far the closing of a referral is, on a record that is open already; of none, what was closed last."""
    view = found.view
    before = closings(view, referral)
    wait = waiting(view, referral) if referral else ()
    ended = next((one for one in reversed(view.standing.events) if one.type == CLOSED), None)
    needs = needs_to_close(actor, view, referral) if referral else ()
    return ClosingPage(
        page=found,
        referral=referral,
        worked_on=any(one.need.function == SIGNATURE for one in needs),
        needs=needs,
        actions=open_actions(view, referral) if referral else (),
        waits=wait[-1] if wait else None,
        returned=sent_back(view, referral) if referral else None,
        dissents=dissents(view, referral),
        ended=ended if referral is None else None,
        signed=next((one for one in reversed(before) if one.stage == "signed"), None),
        owed=found.open_duties if referral is None else (),
    )


def needs_to_close(actor: Actor, view: View, referral: Strand) -> tuple[NeedJudged, ...]:
    """What has to be there before a referral is closed, met or not, by every rule that applies or may."""
    return tuple(needs_before(view.world, _trial(actor, referral)))


def open_actions(view: View, referral: Strand) -> tuple[Action, ...]:
    """The actions of a referral's plans that are neither done nor given up."""
    today = now().astimezone(LONDON).date()
    return tuple(
        action
        for plan in plans(view.standing)
        if referral.id in plan.strand.path
        for action in plan.actions
        if action.state(today) not in OVER
    )


def _trial(actor: Actor, referral: Strand) -> Event:
    at = now()
    return Event(
        id=TRIAL,
        type=CLOSED,
        happened_at=Moment.exact(at),
        recorded_at=at,
        author=Author(actor.name, actor.role, str(actor.id)),
        data={},
        strand=referral.id,
    )


def to_close(actor: Actor, record: UUID, strand: str | None, act: str) -> ToClose | SeveralToClose | Refused:
    """Open a record to decide a closing summary: the one named, or the only one that waits. The view is logged.

    One that was decided meanwhile is refused with who decided it and when.
    """
    found = open_for_act(actor, record, act)
    if isinstance(found, Refused):
        return found
    view = found.page.view
    wait = waiting(view)
    named = [one for one in wait if one.id == strand]
    if not named and (strand or not wait):
        return nothing_waits(view, strand)
    if not named and len(wait) > 1:
        return SeveralToClose(found.page, tuple((one.id, strand_in_words(one.strand)) for one in wait))
    return _to_close(actor, found, (named or list(wait))[0])


def nothing_waits(view: View, strand: str | None) -> Refused:
    """Why no closing summary can be decided: the one named was, by whom and when; or none was handed in."""
    found = [one for one in closings(view) if strand in (None, one.id)]
    last = found[-1] if found else None
    if last is None or last.decided is None:
        return Refused("not found", "No closing summary waits for a decision on this record")
    did = "signed it, and the case is closed" if last.stage == "signed" else "sent it back"
    who, when = last.decided.author.name, say_moment(last.decided.happened_at)
    return Refused("not found", f"This closing summary is decided: {who} {did}, {when}")


def _to_close(actor: Actor, found: ActPage, closing: Closing) -> ToClose:
    view = found.page.view
    referral = view.standing.strands[closing.strand.path[0]]
    judged = needs_to_close(actor, view, referral)
    return ToClose(
        found=found,
        closing=closing,
        shown=digest_of(closing.proposed),
        before=tuple(one for one in closings(view, referral) if one.id != closing.id),
        needs=tuple(one for one in judged if one.need.function != SIGNATURE),
        dissents=dissents(view, referral),
        involved=tuple(whose_involvement_ends(view)),
        is_own=wrote(Author(actor.name, actor.role, str(actor.id)), closing.proposed),
    )


def whose_involvement_ends(view: View) -> Iterator[Mapping[str, str]]:
    """Who is involved by the record: the worker, the services that run, and the professionals around the child (10.10)."""
    last: dict[str, Event] = {}
    for event in view.standing.events:
        if event.type == "allocation.made" and event.data.get("worker"):
            last[str(event.data["worker"])] = event
        elif event.type == "allocation.ended":
            last.pop(str(event.data.get("worker")), None)
    yield from ({"who": name, "as_what": "Social worker"} for name in last)
    yield from ({"who": name, "as_what": "Service"} for name in _services(view))
    there = around(view.standing.events, now().astimezone(LONDON).date())
    for one in there.involved:
        if one.ended is None:
            yield {
                "who": ", ".join(filter(None, (one.name, one.organisation))) or one.what,
                "as_what": one.what,
            }


def _services(view: View) -> list[str]:
    """The services that started and have not ended, by what they are called."""
    running: dict[str, None] = {}
    for event in view.standing.events:
        name = str(event.data.get("service") or event.data.get("provider") or "")
        if event.type == "service.started" and name:
            running[name] = None
        elif event.type == "service.ended":
            running.pop(name, None)
    return list(running)


def was_shown(it: ToClose, shown: str) -> bool:
    """Whether the summary still is the one that was shown when the page was made; none was shown before the first."""
    return not shown or shown == it.shown


def referral_named(found: ChildPage, strand: str | None) -> Strand | None:
    """The open referral that is named, or the only open one; None where it is not told."""
    referrals = open_referrals(found.view)
    only = referrals[0] if len(referrals) == 1 else None
    return next((one for one in referrals if one.id == _root(found.view, strand)), only)


def _root(view: View, strand: str | None) -> str | None:
    """The referral that a process hangs on: a step of the procedures may lead here from a plan."""
    named = view.standing.strands.get(strand) if strand else None
    return named.path[0] if named else None


def waits_for(found: ChildPage, referral: Strand) -> Closing | None:
    """The closing summary of a referral that a manager has, or None."""
    return next(iter(waiting(found.view, referral)), None)


def begin_with(found: ChildPage, strand: str | None) -> dict[str, Any]:
    """What a closing summary begins with: the one sent back, else the agencies on the record; and every open action."""
    referral = referral_named(found, strand)
    if referral is None:
        return {}
    back = sent_back(found.view, referral)
    said: dict[str, Any] = dict(back.proposed.data) if back else {}
    said.setdefault("agencies", [{"agency": name} for name in agencies_of(found.view)])
    kept = {str(row.get("action")): row for row in said.get("actions_left") or ()}
    said["actions_left"] = [
        {**kept.get(one.key, {}), "action": one.key, "what": one.what}
        for one in open_actions(found.view, referral)
    ]
    return said


def agencies_of(view: View) -> list[str]:
    """The agencies that work with the child by the record: each that gives a service is asked before closing (10.1)."""
    there = around(view.standing.events, now().astimezone(LONDON).date())
    named = [one.organisation or one.what for one in there.involved if one.ended is None]
    return list(dict.fromkeys(filter(None, (*_services(view), *named))))
