"""Who and what one record says is around the child on a day: people, homes, names, risks, agencies.

A day said to be the last ("to") still counts; from a day said to be the first without ("no longer so since") it does
not. What gives no first day holds from the day it happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from cairn.core.people.told import Told, began, day_in, plain, text_in

LISTED: Final = "sibling.listed"
RELATED: Final = "relationship.recorded"
# How a brother or sister is listed, in the words of a relationship.
LISTED_AS: Final = {
    "half": "half_brother_or_sister",
    "step": "step_brother_or_sister",
    "unborn": "brother_or_sister",
}
# A main home that says yes to this ended the one before it the day before it began.
ENDS_HOME: Final = "ends_home_before"
ABOUT_A_PERSON: Final = frozenset(
    {"relationship.ended", "household.recorded", "responsibility.recorded", "adult.described"}
)
DATED: Final = {
    "household.recorded": ("household", "address", "address_restricted"),
    "responsibility.recorded": ("parental_responsibility", "responsibility_by"),
}


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody around one child, as that child's record tells of them on a day.

    `key` is the same wherever the same person is meant; `entries` are the events that tell of them, the first one first;
    `listed` is the listing as a brother or sister, and `decision` what was decided about a referral for them.
    """

    key: str
    said: Mapping[str, Any]
    entries: tuple[str, ...]
    ended: date | None = None
    listed: str = ""
    decision: str = ""
    recorded: tuple[str, str] = ("", "")

    def text(self, name: str) -> str:
        """One answer about them; '' where nothing was said."""
        return text_in(self.said, name)

    def day(self, name: str) -> date | None:
        """One day about them; None where none was said."""
        return day_in(self.said, name)

    def says(self, name: str) -> bool:
        """Whether a yes was said."""
        return self.said.get(name) is True


@dataclass(frozen=True, slots=True)
class Home:
    """An address of the child, from a day to a day (None: still)."""

    entry: str
    kind: str
    address: str
    lives_with: str
    restricted: bool
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether it is theirs on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def is_main(self) -> bool:
        """Whether the child lives there, and does not only stay."""
        return self.kind in ("", "home")


@dataclass(frozen=True, slots=True)
class Risk:
    """A person who may be a risk: who says so, since when, what is known; `ended` and `why_ended` where it is over."""

    entry: str
    person: str
    name: str
    said_by: str
    known: str
    contact: str
    since: date | None
    ended: date | None = None
    why_ended: str = ""


@dataclass(frozen=True, slots=True)
class Involved:
    """A professional or an agency, and until when."""

    entry: str
    name: str
    what: str
    organisation: str
    contact: str
    with_whom: str
    lead: bool
    since: date | None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its sort and days."""

    kind: str
    name: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Around:
    """All of it on one day. `safe` and `unsafe` are for the whole household."""

    people: tuple[Someone, ...] = ()
    homes: tuple[Home, ...] = ()
    home: Home | None = None
    risks: tuple[Risk, ...] = ()
    involved: tuple[Involved, ...] = ()
    names: tuple[Named, ...] = ()
    safe: str = ""
    unsafe: str = ""


def around(events: Iterable[Told], day: date) -> Around:
    """Who and what is around the child on `day` (a London day), from the events that stand, in order."""
    told = list(events)
    addresses = [event for event in told if event.type == "address.recorded"]
    # Once one address has to be kept from people, the others might lead to it.
    kept = any(event.data.get("restricted") is True for event in addresses)
    homes = _ended_by_the_next([_home(event, restricted=kept) for event in addresses], addresses)
    whole = [one for one in told if one.type == "safe_contact.recorded" and not text_in(one.data, "person")]
    return Around(
        people=_people(told, day),
        homes=homes,
        home=home_on(homes, day),
        risks=_risks(told, day),
        involved=_involved(told, day),
        names=tuple(_named(event) for event in told if event.type == "name.recorded"),
        safe=text_in(whole[-1].data, "safe_ways") if whole else "",
        unsafe=text_in(whole[-1].data, "unsafe_ways") if whole else "",
    )


def home_on(homes: Iterable[Home], day: date) -> Home | None:
    """Where the child lives on a day: of several main homes the one begun last; of those begun on one day the last said.

    None where none is known.
    """
    there = [home for home in homes if home.is_main and home.holds(day)]
    # Of equals `max` takes the first it meets, and it is the last that counts.
    return max(reversed(there), key=lambda home: home.since, default=None)


def _home(event: Told, *, restricted: bool) -> Home:
    data = event.data
    return Home(
        entry=event.id,
        kind=text_in(data, "kind"),
        address=text_in(data, "address"),
        lives_with=text_in(data, "lives_with"),
        restricted=restricted,
        since=began(event),
        until=day_in(data, "to_day"),
    )


def _ended_by_the_next(homes: Sequence[Home], told: Sequence[Told]) -> tuple[Home, ...]:
    """The homes with their ends: a main home that ended the one before it did so on the day before it began."""
    ends = [
        home.since
        for home, event in zip(homes, told, strict=True)
        if home.is_main and event.data.get(ENDS_HOME) is True
    ]
    return tuple(_until(home, [day for day in ends if day > home.since]) for home in homes)


def _until(home: Home, ended: Sequence[date]) -> Home:
    last = min(ended, default=None)
    if last is None or not home.is_main or (home.until is not None and home.until < last):
        return home
    return replace(home, until=last - timedelta(days=1))


def _named(event: Told) -> Named:
    data = event.data
    return Named(
        text_in(data, "kind"), text_in(data, "name"), day_in(data, "from_day"), day_in(data, "to_day")
    )


@dataclass
class _Gathered:
    """What is gathered of one person, event by event."""

    said: dict[str, Any] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    dated: dict[str, tuple[date, Mapping[str, Any]]] = field(default_factory=dict)
    listed: str = ""
    decision: str = ""
    recorded: tuple[str, str] = ("", "")


def _people(told: Sequence[Told], day: date) -> tuple[Someone, ...]:
    found: dict[str, _Gathered] = {}
    for event in told:
        key = person_of(event)
        if event.type in (RELATED, LISTED):
            _introduce(found.setdefault(key, _Gathered()), event, day)
        elif key in found:
            _add(found[key], event, day)
    return tuple(_someone(key, one) for key, one in found.items())


def person_of(event: Told) -> str:
    """The key of the person an event is about; '' where it is about nobody of those around the child."""
    if event.type in (RELATED, LISTED):
        return text_in(event.data, "person") or event.id
    return text_in(event.data, "sibling" if event.type == "sibling.decided" else "person")


def _introduce(one: _Gathered, event: Told, day: date) -> None:
    data = {name: value for name, value in event.data.items() if value not in (None, "")}
    if event.type == LISTED:
        one.listed = event.id
        data["relation"] = LISTED_AS.get(text_in(data, "relation"), "brother_or_sister")
    for type_, names in DATED.items():
        held = {name: data.pop(name) for name in names if name in data}
        if held:
            _hold(one, type_, began(event), held, day)
    _lay(one, event, data)


def _add(one: _Gathered, event: Told, day: date) -> None:
    if event.type in DATED:
        held = {name: event.data[name] for name in DATED[event.type] if name in event.data}
        _hold(one, event.type, began(event), held, day)
        _lay(one, event, {})
    elif event.type == "sibling.decided":
        one.decision = text_in(event.data, "decision")
        _lay(one, event, {"record": event.data["record"]} if event.data.get("record") else {})
    elif event.type in ABOUT_A_PERSON or event.type == "safe_contact.recorded":
        taken = ("reason",) if event.type == "relationship.ended" else ()
        _lay(one, event, {name: value for name, value in event.data.items() if name not in taken})


def _lay(one: _Gathered, event: Told, data: Mapping[str, Any]) -> None:
    one.said |= data
    one.entries.append(event.id)
    one.recorded = max(one.recorded, (event.recorded_at.isoformat(), event.id))


def _hold(one: _Gathered, type_: str, since: date, held: Mapping[str, Any], day: date) -> None:
    """What holds on the day: of several the one begun last; of those begun on one day the last said."""
    before = one.dated.get(type_)
    if since <= day and (before is None or before[0] <= since):
        one.dated[type_] = (since, {**(before[1] if before else {}), **held})


def _someone(key: str, one: _Gathered) -> Someone:
    said = dict(one.said)
    for _, held in one.dated.values():
        said |= held
    if "household.recorded" in one.dated:
        said["household_since"] = one.dated["household.recorded"][0].isoformat()
    return Someone(
        key=key,
        said=said,
        entries=tuple(one.entries),
        ended=day_in(said, "ended"),
        listed=one.listed,
        decision=one.decision,
        recorded=one.recorded,
    )


def _risks(told: Sequence[Told], day: date) -> tuple[Risk, ...]:
    over = {text_in(one.data, "risk_id"): one.data for one in told if one.type == "risk.ended"}
    return tuple(_risk(event, over.get(event.id, {}), day) for event in told if event.type == "risk.recorded")


def _risk(event: Told, over: Mapping[str, Any], day: date) -> Risk:
    data, ended = event.data, day_in(over, "ended")
    is_over = ended is not None and ended <= day
    return Risk(
        entry=event.id,
        person=text_in(data, "person"),
        name=text_in(data, "name"),
        said_by=text_in(data, "said_by"),
        known=text_in(data, "known"),
        contact=text_in(data, "contact_with_child"),
        since=day_in(data, "from_day"),
        ended=ended if is_over else None,
        why_ended=text_in(over, "reason") if is_over else "",
    )


def _involved(told: Sequence[Told], day: date) -> tuple[Involved, ...]:
    over = {text_in(one.data, "involvement_id"): one.data for one in told if one.type == "involvement.ended"}
    return tuple(
        _involvement(event, over.get(event.id, {}), day)
        for event in told
        if event.type == "involvement.recorded" and began(event) <= day
    )


def _involvement(event: Told, over: Mapping[str, Any], day: date) -> Involved:
    data, ended = event.data, day_in(over, "ended")
    return Involved(
        entry=event.id,
        name=text_in(data, "name"),
        what=text_in(data, "what"),
        organisation=text_in(data, "organisation"),
        contact=text_in(data, "contact"),
        with_whom=text_in(data, "with_whom"),
        lead=data.get("lead") is True,
        since=day_in(data, "from_day"),
        ended=ended if ended is not None and ended <= day else None,
    )


def same_place(one: str, other: str) -> bool:
    """Whether two addresses are written alike, but for case, commas and spaces."""
    return bool(one) and plain(one) == plain(other)
