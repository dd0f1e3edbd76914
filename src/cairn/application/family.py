"""A family's page: every child of it that the reader may open, and everybody around them, each once.

Each child has a record of their own; nothing is copied from one to another. The page puts side by side what the
records that may be opened say, and shows no more of a record that may not than what stands on those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, page_of
from cairn.application.door import OpenRecord, OpenTogether, open_together
from cairn.application.names import FAMILY, LONGEST_KEY, family_keys
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.application.work import instants_of
from cairn.core.access.decide import decide_act
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.instants import State, state_of
from cairn.core.engine.summary import summarise
from cairn.core.engine.view import View
from cairn.core.people.around import Around, around
from cairn.core.people.called import described
from cairn.core.people.family import Child, Family, family_of
from cairn.core.people.names import age_in_words
from cairn.core.people.possible import Fault, faults
from cairn.records import projections, search, staff
from cairn.records.projections import DutyRowData

UNNAMED = "Name not known"


@dataclass(frozen=True, slots=True)
class NextDate:
    """What is due next for a child, and the state it is in."""

    record: UUID
    key: str
    title: str
    state: State
    due: datetime | None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a child said, and when."""

    text: str
    at: Moment


@dataclass(frozen=True)
class FamilyChild:
    """A child of the family whose record the reader may open.

    `asks` is what their record says that does not fit; `referral` is the latest that is still open; `running` are the
    kinds of its plans that run, and "enquiry" and "assessment" where one is under way.
    """

    record: UUID
    number: str
    kind: str
    name: str
    age: str
    born: date | None
    expected: date | None
    stage: str
    worker: str
    team: str
    next: NextDate | None
    overdue: int
    last_seen: Moment | None
    said: OwnWords | None
    around: Around
    school: str
    health_alert: str
    asks: tuple[Fault, ...]
    referral: str = ""
    sex: str = ""
    running: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether we work with them now."""
        return self.stage not in ("", "closed")


@dataclass(frozen=True)
class FamilyPage:
    """A family as it stands today, and its households on `day`.

    `child` is whose page it is, and the first of `children`; `closed` are the records that may not be opened,
    `may` the acts that this person's role may do.
    """

    day: date
    today: date
    child: ChildPage
    children: tuple[FamilyChild, ...]
    family: Family
    then: Family
    closed: frozenset[UUID]
    may: frozenset[str]

    def of(self, record: UUID | str) -> FamilyChild | None:
        """A child of the family, by record."""
        return next((one for one in self.children if str(one.record) == str(record)), None)


def open_family(
    actor: Actor, record: UUID, *, page: str = "family", day: date | None = None
) -> FamilyPage | Refused:
    """Open a child's record and those of the family that the reader may open; `day` (London) is today where not given.

    One row of the access log names every record shown.
    """
    with transaction.atomic():
        opened = open_together(actor, record, reach, page=page)
        if isinstance(opened, Refused):
            return opened
        return _page(actor, opened, day)


def reach(views: Mapping[UUID, View]) -> set[UUID]:
    """The records of the family of these: those they name, those that name them, those that share somebody with them."""
    keys = {key for view in views.values() for key in family_keys(view)}
    keys |= {f"{FAMILY}{record}" for record in views}
    found = {record for records in search.records_under(keys).values() for record in records}
    return found | {named for key in keys if (named := _record_of(key)) is not None}


def _record_of(key: str) -> UUID | None:
    """The record a key may name; ids of people are none, and lead nowhere."""
    try:
        return UUID(key[len(FAMILY) : LONGEST_KEY])
    except ValueError:
        return None


def _page(actor: Actor, opened: OpenTogether, day: date | None) -> FamilyPage:
    today = now().astimezone(LONDON).date()
    everybody = [opened.first, *opened.others]
    due = projections.duties_by_record([one.row.id for one in everybody])
    teams = {team.id: team.name for team in staff.teams()}
    children = [_child(one, today, due.get(one.row.id, {}), teams) for one in everybody]
    family = family_of([_known(one, one.around) for one in children])
    on = min(day or today, today)
    then = [around(one.view.standing.events, on) for one in everybody]
    return FamilyPage(
        day=on,
        today=today,
        child=page_of(actor, opened.first, opened.first.view),
        children=(children[0], *sorted(children[1:], key=_eldest_first)),
        family=family,
        then=family
        if on == today
        else family_of([_known(*both) for both in zip(children, then, strict=True)]),
        closed=opened.closed,
        may=frozenset(
            act.name for act in in_use().vocabulary.acts.values() if decide_act(actor.role, act.roles).allowed
        ),
    )


def _eldest_first(child: FamilyChild) -> tuple[date, str]:
    return (child.born or child.expected or date.max, child.name)


def _child(
    opened: OpenRecord, day: date, due: Mapping[str, DutyRowData], teams: Mapping[UUID, str]
) -> FamilyChild:
    view = opened.view
    summary, events = summarise(view), view.standing.events
    known = described(events)
    open_now = sorted(_open(due.values(), opened), key=lambda one: (one.due is None, one.due or now()))
    return FamilyChild(
        record=opened.row.id,
        number=opened.row.number,
        kind=opened.row.kind,
        name=summary.name or UNNAMED,
        age=age_in_words(summary.born, day, summary.expected),
        born=summary.born,
        expected=summary.expected,
        stage=summary.stage,
        worker=summary.worker_name,
        team=teams.get(opened.summary.team_id, "") if opened.summary.team_id else "",
        next=open_now[0] if open_now else None,
        overdue=sum(one.state == "overdue" for one in open_now),
        last_seen=max(
            (one.happened_at for one in events if one.type == "child.seen"), default=None, key=_latest
        ),
        said=_said(view),
        around=around(events, day),
        school=str(known.get("school", "")),
        health_alert=str(known.get("health_alert", "")),
        asks=faults(events, day),
        referral=next((one.id for one in reversed(view.open_strands) if one.kind == "referral"), ""),
        sex=summary.sex,
        running=tuple(dict.fromkeys(_running(view))),
    )


def _running(view: View) -> Iterator[str]:
    """What the family would say is under way: the plans first, then what is being found out."""
    yield from (str(one.opener.data.get("kind", "")) for one in view.open_strands if one.kind == "plan")
    yield from (
        kind for kind in ("enquiry", "assessment") if any(one.kind == kind for one in view.open_strands)
    )


def _latest(moment: Moment) -> datetime:
    return moment.latest


def _open(due: Iterable[DutyRowData], opened: OpenRecord) -> Iterator[NextDate]:
    for duty in due:
        if duty.met_at is None and duty.ended_at is None:
            state, _ = state_of(instants_of(duty), now())
            yield NextDate(opened.row.id, duty.key, duty.title, state, duty.due_latest)


def _said(view: View) -> OwnWords | None:
    """What the child said last, in their own words."""
    found: OwnWords | None = None
    for event in view.standing.events:
        if event.type == "child.seen":
            text = event.data.get("child_said")
        elif event.type == "views.recorded" and event.data.get("whose") == "child":
            text = event.data.get("text")
        else:
            continue
        found = OwnWords(str(text), event.happened_at) if text else found
    return found


def _known(child: FamilyChild, there: Around) -> Child:
    return Child(
        record=str(child.record),
        name=child.name,
        around=there,
        born=child.born,
        expected=child.expected,
    )
