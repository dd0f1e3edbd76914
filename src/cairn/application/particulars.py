"""Who the child is, as one list: names, birth, homes, needs, numbers, legal status; what is not recorded too, and by which act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cairn.application.timeline import in_words
from cairn.core.calendar.london import say_date
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.view import View
from cairn.core.people.around import Around, around
from cairn.core.people.called import DESCRIBED, described
from cairn.core.people.told import Told, day_in, text_in

RESTRICTED = "Address protected"
LEGAL = "legal_status.recorded"
ADDRESS = "address.recorded"
NAMED = "name.recorded"
# What a child may have several of: the act adds one, and an entry that is wrong is corrected where it stands.
ADDING = frozenset({"record-name", "record-address", "record-legal-status"})


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing that is known of the child, each of `values` a line; none where nothing is recorded.

    `act` is how it is recorded or changed; of what there may be several at once it adds one more.
    """

    label: str
    values: tuple[str, ...]
    act: str

    @property
    def is_added(self) -> bool:
        """Whether the act adds a line, and changes none that stands."""
        return not self.values or self.act in ADDING


@dataclass(frozen=True)
class _Known:
    """What the record says of the child on the day: the description, what is around the child, the events."""

    view: View
    said: Mapping[str, Any]
    there: Around
    events: tuple[Told, ...]

    def words(self, name: str, event: str = DESCRIBED, said: Mapping[str, Any] | None = None) -> str:
        """One answer in the words of its form; '' where nothing was said."""
        value = (self.said if said is None else said).get(name)
        field = self.view.procedures.vocabulary.events[event].field(name)
        return in_words(field, value) if field is not None and value not in (None, "", []) else ""


def particulars_of(view: View) -> tuple[Particular, ...]:
    """Who the record is about, as it stood: every particular in the order of the page."""
    events = view.standing.events
    day = view.world.as_at.astimezone(LONDON).date()
    known = _Known(view, described(events), around(events, day), events)
    return (
        *_who(known),
        Particular("Homes", tuple(_homes(known)), "record-address"),
        Particular("Safe contact", tuple(_contact(known)), "record-safe-contact"),
        *_needs(known),
        *_numbers(known),
        Particular("Legal status", tuple(_legal(known)), "record-legal-status"),
    )


def _who(known: _Known) -> Iterator[Particular]:
    called = known.words("known_as")
    yield Particular("Name", _lines(known.words("name"), _after("Known as ", called)), "describe-person")
    yield Particular("Other names", tuple(_names(known)), "record-name")
    yield Particular("Birth", _birth(known), "describe-person")
    died = day_in(known.said, "died")
    if died is not None:
        told = _after("Told by ", known.words("death_known_from"))
        yield Particular("Death", _lines(f"Died on {say_date(died)}", told), "record-death")
    yield Particular("Sex", _lines(known.words("sex")), "describe-person")


def _birth(known: _Known) -> tuple[str, ...]:
    """Born, or expected, on a day; an estimate says that it is one."""
    subject = known.view.standing.subject
    guessed = " (an estimate)" if known.said.get("estimated") is True else ""
    if subject.born is not None:
        return (f"Born on {say_date(subject.born)}{guessed}",)
    return (f"Not born yet, expected on {say_date(subject.expected)}{guessed}",) if subject.expected else ()


def _names(known: _Known) -> Iterator[str]:
    """Each other name with its sort, and from when to when."""
    also = known.said.get("also_known_as")
    yield from (f"Also known as: {name}" for name in also or () if isinstance(also, list | tuple))
    for one in known.there.names:
        sort = known.words("kind", NAMED, {"kind": one.kind})
        yield f"{sort}: {one.name}{_span(one.since, one.until)}"


def _homes(known: _Known) -> Iterator[str]:
    """Every home with its days. Of a restricted one its name only (and of the others then too, which might lead to it)."""
    for home in known.there.homes:
        sort = known.words("kind", ADDRESS, {"kind": home.kind or "home"})
        place = RESTRICTED if home.restricted else home.address
        with_whom = "" if home.restricted else _after("; lives with: ", home.lives_with)
        yield f"{sort}: {place}{with_whom}{_span(home.since, home.until)}"


def _contact(known: _Known) -> tuple[str, ...]:
    return _lines(_after("Safe: ", known.there.safe), _after("Not safe: ", known.there.unsafe))


def _needs(known: _Known) -> Iterator[Particular]:
    helped = {True: "An interpreter, signer or other aid is needed", False: "No interpreter is needed"}
    needed = known.said.get("interpreter")
    interpreter = helped[needed] if isinstance(needed, bool) else ""
    if interpreter and known.words("interpreter_for"):
        interpreter = f"{interpreter}: {known.words('interpreter_for')}"
    yield Particular("Language and interpreter", _lines(known.words("language"), interpreter), "record-needs")
    yield Particular("How the child communicates", _lines(known.words("communication")), "record-needs")
    yield Particular("Disability", _lines(known.words("disabilities")), "record-needs")
    yield Particular("Ethnicity", _lines(known.words("ethnicity")), "record-background")
    yield Particular("Religion", _lines(known.words("religion")), "record-background")
    yield Particular("In an emergency", _lines(known.words("health_alert")), "record-alerts")
    yield Particular("Before a visit", _lines(known.words("staff_safety")), "record-alerts")


def _numbers(known: _Known) -> Iterator[Particular]:
    none = _after("None: ", known.words("upn_unknown"))
    yield Particular("NHS number", _lines(known.words("nhs_number")), "record-numbers")
    yield Particular("UPN", _lines(known.words("upn") or none), "record-numbers")
    yield Particular("School or nursery", _lines(known.words("school")), "record-school-and-gp")
    yield Particular("GP practice", _lines(known.words("gp")), "record-school-and-gp")


def _legal(known: _Known) -> Iterator[str]:
    """Each status in the order recorded, with its days, its court and what it says."""
    for event in (one for one in known.events if one.type == LEGAL):
        said = event.data
        span = _span(day_in(said, "from_day"), day_in(said, "to_day"))
        more = "".join(_after(". ", text_in(said, name)) for name in ("court", "terms"))
        yield f"{known.words('status', LEGAL, said)}{span}{more}"


def _span(since: date | None, until: date | None) -> str:
    """From when to when, as the end of a line."""
    begun = f", from {say_date(since)}" if since else ""
    return begun + (
        f" to {say_date(until)}" if since and until else f", until {say_date(until)}" if until else ""
    )


def _after(before: str, text: str) -> str:
    return f"{before}{text}" if text else ""


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
