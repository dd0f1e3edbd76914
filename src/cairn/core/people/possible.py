"""What cannot be, and what has to be asked about, in what one record says of a child and those around them.

A fact is refused only where its own time makes it impossible; what is unlikely is taken, and shown as a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cairn.core.calendar.ages import age_on
from cairn.core.people.around import Home, Someone, around, same_place
from cairn.core.people.births import LATEST_BIRTH
from cairn.core.people.names import long_date
from cairn.core.people.told import Told, day_in, recorded_on, text_in

PARENTS: Final = frozenset({"parent_mother", "parent_father", "parent_other", "adoptive_parent"})
YOUNGEST_PARENT: Final = 10
LONGEST_WAIT: Final = 294
BORN: Final = "child.born"
DESCRIBED: Final = "person.described"
ENDS: Final = {
    "address.recorded": ("from_day", "to_day"),
    "name.recorded": ("from_day", "to_day"),
    "legal_status.recorded": ("from_day", "to_day"),
    "relationship.recorded": ("from_day", "ended"),
}
# What an end names, and where that stands.
ENDED_BY: Final = {
    "risk.ended": "risk_id",
    "involvement.ended": "involvement_id",
    "relationship.ended": "person",
}
BEGIN: Final = frozenset({"risk.recorded", "involvement.recorded", "relationship.recorded"})
# The events that say anything judged here, and those that change what was said.
JUDGED: Final = frozenset(
    {*ENDS, *ENDED_BY, BORN, DESCRIBED, "adult.described", "event.corrected", "event.withdrawn"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong or unlikely. `entry` and `field` are the place, `says` what is wrong, `remedy` what to do.

    `impossible`: refused at the door; else it stands, and is shown as a question.
    """

    code: str
    entry: str
    field: str
    says: str
    remedy: str
    impossible: bool = False

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, as one text."""
        return f"{self.says}. {self.remedy}"


def faults(events: Iterable[Told], today: date) -> tuple[Fault, ...]:
    """Every fault of one record's events that stand, in the order they happened; `today` is a London day."""
    told = list(events)
    return (
        *_births(told),
        *_deaths(told),
        *_ends(told),
        *_parents(told, today),
        *_homes(told, today),
        *_expected(told, today),
    )


def _births(told: Sequence[Told]) -> Iterator[Fault]:
    """Two births of one child, and births that are still to come."""
    before: date | None = None
    for event in told:
        born = _born(event)
        if born is not None and born > recorded_on(event):
            yield Fault(
                "born-later", event.id, "born", f"{long_date(born)} is still to come",
                "If the baby is not born yet, give the day it is expected", impossible=True,
            )  # fmt: skip
        if event.type == BORN and before is not None:
            yield Fault(
                "second-birth", event.id, "born", f"The birth is recorded already, on {long_date(before)}",
                "If that day is wrong, correct that entry", impossible=True,
            )  # fmt: skip
        before = before or born


def _born(event: Told) -> date | None:
    if event.type == BORN:
        return day_in(event.data, "born") or event.happened_at.day
    return day_in(event.data, "born") if event.type == DESCRIBED else None


def _deaths(told: Sequence[Told]) -> Iterator[Fault]:
    """Deaths before the birth, and deaths still to come: of the child and of everybody around the child."""
    known: dict[str, date] = {}
    for event in told:
        if event.type not in (BORN, DESCRIBED, "relationship.recorded", "adult.described"):
            continue
        who = text_in(event.data, "person") or (
            event.id if event.type == "relationship.recorded" else "child"
        )
        born = _born(event) or day_in(event.data, "born") or known.get(who)
        if born:
            known[who] = born
        yield from _death(event, born)


def _death(event: Told, born: date | None) -> Iterator[Fault]:
    died = day_in(event.data, "died")
    if died is None:
        return
    if born is not None and died < born:
        yield Fault(
            "died-before-born", event.id, "died", f"They were born on {long_date(born)}, later than that",
            "Check both days with whoever gave them", impossible=True,
        )  # fmt: skip
    if died > recorded_on(event):
        yield Fault(
            "died-later", event.id, "died", f"{long_date(died)} is still to come",
            "Give the day of the death", impossible=True,
        )  # fmt: skip


def _ends(told: Sequence[Told]) -> Iterator[Fault]:
    """What ended before it began."""
    begun: dict[str, date] = {}
    for event in told:
        since = day_in(event.data, "from_day")
        if since is not None and event.type in BEGIN:
            begun[text_in(event.data, "person") or event.id] = begun[event.id] = since
        field = ENDS.get(event.type, ("", ""))[1]
        if event.type in ENDED_BY:
            since, field = begun.get(text_in(event.data, ENDED_BY[event.type])), "ended"
        until = day_in(event.data, field)
        if since is not None and until is not None and until < since:
            yield Fault(
                "ended-before-begun", event.id, field, f"It began on {long_date(since)}, later than that",
                "Give an end on or after that day", impossible=True,
            )  # fmt: skip


def _parents(told: Sequence[Told], today: date) -> Iterator[Fault]:
    """A parent not older than the child cannot be; one under ten years older has to be asked about."""
    child = _child(told)
    born = child.get("born") or child.get("expected")
    if born is None:
        return
    guessed = child.get("estimated") is True or child.get("born") is None
    for one in around(told, today).people:
        theirs = one.day("born")
        if one.text("relation") in PARENTS and theirs is not None:
            yield from _parent(one, theirs, born, guessed=guessed or one.says("estimated"))


def _parent(one: Someone, theirs: date, born: date, *, guessed: bool) -> Iterator[Fault]:
    name, entry = one.text("name") or "A parent", one.entries[-1]
    if theirs >= born:
        yield Fault(
            "parent-younger", entry, "born", f"{name} would have been born on or after the child's own birth",
            "Check both dates of birth, or the relation", impossible=not guessed,
        )  # fmt: skip
    elif (age_on(theirs, born) or 0) < YOUNGEST_PARENT:
        yield Fault(
            "parent-young", entry, "born", f"{name} would have been under {YOUNGEST_PARENT} when the child was born",
            "Ask, and correct the date of birth or the relation",
        )  # fmt: skip


def _child(told: Iterable[Told]) -> dict[str, Any]:
    """The child's own birth as it is known now: born, expected, and whether that is an estimate."""
    found: dict[str, Any] = {}
    for event in told:
        if event.type in (BORN, DESCRIBED):
            days = {"born": _born(event), "expected": day_in(event.data, "expected")}
            found |= {name: day for name, day in days.items() if day is not None}
            found["estimated"] = event.data.get("estimated", found.get("estimated"))
    return found


def _expected(told: Sequence[Told], today: date) -> Iterator[Fault]:
    """A baby that should long be born, or is expected later than any baby can be."""
    child = _child(told)
    expected = child.get("expected")
    if expected is None or child.get("born") is not None:
        return
    said = [event for event in told if day_in(event.data, "expected") == expected][-1]
    if (today - expected).days > LATEST_BIRTH:
        yield Fault(
            "not-born", said.id, "expected", f"The baby was expected on {long_date(expected)}, and no birth is recorded",
            "Ask the midwife or the parents, and record the birth, or what happened",
        )  # fmt: skip
    elif (expected - recorded_on(said)).days > LONGEST_WAIT:
        yield Fault(
            "expected-late", said.id, "expected",
            f"{long_date(expected)} is more than 42 weeks after it was recorded", "Check the day with the midwife",
        )  # fmt: skip


def _homes(told: Sequence[Told], today: date) -> Iterator[Fault]:
    """Main homes that overlap: nobody lives mainly in two places at once. Without a last day the next one ends it.

    Where no first day is said of the next one it is only asked about.
    """
    written = {event.id: (event.recorded_at, number) for number, event in enumerate(told)}
    dated = {event.id for event in told if day_in(event.data, "from_day")}
    lasting: Home | None = None
    for home in sorted((one for one in around(told, today).homes if one.is_main), key=lambda one: one.since):
        if lasting is not None and not same_place(lasting.address, home.address):
            after_is_new = written[home.entry] > written[lasting.entry]
            yield from _two_homes(lasting, home, after_is_new=after_is_new, certain=home.entry in dated)
        if home.until is not None and (lasting is None or home.until > (lasting.until or home.since)):
            lasting = home


def _two_homes(one: Home, after: Home, *, after_is_new: bool, certain: bool) -> Iterator[Fault]:
    """The earlier is said to have lasted beyond the day on which the next one begins.

    The place is the entry that was written down last: its first day where it begins later, else its last.
    """
    if one.until is None or one.until <= after.since:
        return
    if after_is_new:
        yield Fault(
            "two-homes", after.entry, "from_day",
            f"The main home before, since {long_date(one.since)}, is recorded until {long_date(one.until)}",
            "Say yes where it is asked whether that one ended the day before, correct a day, or record one of them as a second home",
            impossible=certain,
        )  # fmt: skip
    else:
        yield Fault(
            "two-homes", one.entry, "to_day", f"The next main home is recorded from {long_date(after.since)} on",
            "Give a last day no later than that, correct the other entry, or record one of them as a second home",
            impossible=certain,
        )  # fmt: skip


def impossible_since(before: Iterable[Told], after: Iterable[Told], today: date) -> tuple[Fault, ...]:
    """What cannot be and is new: in the events after an entry, its correction or its withdrawal was put in."""
    there = {_place(one) for one in faults(before, today)}
    return tuple(one for one in faults(after, today) if one.impossible and _place(one) not in there)


def _place(fault: Fault) -> tuple[str, str, str]:
    return (fault.code, fault.entry, fault.field)
