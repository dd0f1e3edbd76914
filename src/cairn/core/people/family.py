"""A family on a day, from what the records of its children say: who is who, who lives with whom, and what does not fit.

Each child's own text stays on that child's record: nothing but who people are is put together here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cairn.core.people.around import Around, Risk, Someone
from cairn.core.people.descent import ABOVE, BELOW
from cairn.core.people.joined import Joined
from cairn.core.people.names import long_date
from cairn.core.people.possible import PARENTS, Fault
from cairn.core.people.told import plain

SIBLINGS: Final = frozenset({"brother_or_sister", "half_brother_or_sister", "step_brother_or_sister"})
# What is known of a person and not of their relation to one child: of several records the latest word counts.
SHARED: Final = (
    "name", "sex", "born", "estimated", "died", "address", "address_restricted", "contact", "safe_ways", "unsafe_ways",
    "language", "interpreter", "communication", "disability", "ethnicity", "religion", "organisation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Child:
    """A child whose record is open to the reader: as that record says on the day."""

    record: str
    name: str
    around: Around
    sex: str = ""
    born: date | None = None
    expected: date | None = None
    died: date | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What one person is to one child: the relation, parental responsibility, and whether they live together."""

    child: str
    relation: str
    responsibility: str
    responsibility_by: str
    household: str
    household_since: date | None
    ended: date | None
    entries: tuple[str, ...]
    looks_after: bool = False
    in_care: bool = False
    risk: str = ""

    @property
    def is_parent(self) -> bool:
        """Whether they are a parent by birth or adoption."""
        return self.relation in PARENTS


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the family, once, however many records tell of them.

    `about` is what is known of them whichever child is looked at; `record` is their own record, open or not;
    `other_names` and `other_births` are what some record says differently.
    """

    key: str
    about: Someone
    ties: tuple[Tie, ...]
    risks: tuple[Risk, ...] = ()
    record: str = ""
    keys: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    other_births: tuple[date, ...] = ()

    @property
    def name(self) -> str:
        """Their name as it was recorded last."""
        return self.about.text("name")

    @property
    def is_sibling(self) -> bool:
        """Whether they are a brother or sister of a child of the family."""
        return any(tie.relation in SIBLINGS for tie in self.ties)


@dataclass(frozen=True, slots=True)
class Household:
    """Those who live together on the day: records of children and keys of people. A restricted address is left out."""

    address: str
    restricted: bool
    children: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """What one child of the family is to another: `child` says that `other` is their `relation`."""

    child: str
    other: str
    relation: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family on a day."""

    children: tuple[Child, ...]
    people: tuple[Person, ...]
    bonds: tuple[Bond, ...]
    households: tuple[Household, ...]
    faults: tuple[Fault, ...]


def family_of(children: Sequence[Child]) -> Family:
    """Put together what the records of a family say. The first child is the one whose page it is."""
    people = _people(children)
    bonds = tuple(_bonds(children))
    return Family(
        children=tuple(children),
        people=people,
        bonds=bonds,
        households=tuple(_households(children, people, bonds)),
        faults=tuple(_faults(children, people)),
    )


def _people(children: Sequence[Child]) -> tuple[Person, ...]:
    """Everybody who is not one of these children, each once: by the key they share, or by their own record."""
    own = {child.record for child in children}
    joined = Joined()
    told: dict[str, list[tuple[Child, Someone]]] = {}
    for child in children:
        for one in child.around.people:
            record = one.text("record")
            if record not in own:
                told.setdefault(one.key, []).append((child, one))
                if record:
                    joined.join(one.key, f"record {record}")
    groups: dict[str, list[tuple[Child, Someone]]] = {}
    for key, said in told.items():
        groups.setdefault(joined.root(key), []).extend(said)
    return tuple(_person(said) for said in groups.values())


def _person(said: Sequence[tuple[Child, Someone]]) -> Person:
    latest = sorted((one for _, one in said), key=lambda one: one.recorded)
    known = {
        name: one.said[name] for one in latest for name in SHARED if one.said.get(name) not in (None, "")
    }
    keys = tuple(dict.fromkeys(one.key for one in latest))
    names = dict.fromkeys(one.text("name") for one in latest)
    births = dict.fromkeys(born for one in latest if (born := one.day("born")))
    risks = {risk.entry: risk for child, _ in said for risk in child.around.risks if risk.person in keys}
    first = said[0][1]
    name = str(known.get("name", ""))
    return Person(
        key=first.key,
        about=Someone(first.key, known, first.entries, listed=first.listed, decision=first.decision),
        ties=tuple(_tie(child, one) for child, one in said),
        risks=tuple(risks.values()),
        record=next((record for one in latest if (record := one.text("record"))), ""),
        keys=keys,
        other_names=tuple(other for other in names if other and other != name),
        other_births=tuple(births)[:-1],
    )


def _tie(child: Child, one: Someone) -> Tie:
    return Tie(
        child=child.record,
        relation=one.text("relation"),
        responsibility=one.text("parental_responsibility"),
        responsibility_by=one.text("responsibility_by"),
        household=one.text("household"),
        household_since=one.day("household_since"),
        ended=one.ended,
        entries=one.entries,
        looks_after=one.says("looks_after"),
        in_care=one.says("in_care"),
        risk=one.text("risk"),
    )


def _bonds(children: Sequence[Child]) -> Iterator[Bond]:
    own = {child.record for child in children}
    for child in children:
        for one in child.around.people:
            other = one.text("record")
            if other in own and other != child.record and one.ended is None:
                yield Bond(child.record, other, one.text("relation"))


def _households(
    children: Sequence[Child], people: Sequence[Person], bonds: Iterable[Bond]
) -> Iterator[Household]:
    """Who lives with whom: at one address, or said to live with one of the children."""
    joined = Joined()
    for child in children:
        home = child.around.home
        if home is not None and home.address:
            joined.join(f"child {child.record}", f"home {plain(home.address)}")
        for one in child.around.people:
            if one.text("household") == "same" and one.ended is None:
                other = one.text("record")
                joined.join(f"child {child.record}", f"person {one.key}")
                if other:
                    joined.join(f"person {one.key}", f"child {other}")
    for person in people:
        for other in (*(f"person {key}" for key in person.keys), *_said_to_live(person)):
            joined.join(f"person {person.key}", other)
    yield from _grouped(joined, children, [person for person in people if not person.about.day("died")])


def _said_to_live(person: Person) -> Iterator[str]:
    """The address of somebody who lives with none of the children."""
    address = person.about.text("address")
    if address and all(tie.household != "same" or tie.ended for tie in person.ties):
        yield f"home {plain(address)}"


def _grouped(joined: Joined, children: Sequence[Child], people: Sequence[Person]) -> Iterator[Household]:
    groups: dict[str, tuple[list[Child], list[Person]]] = {}
    for child in children:
        groups.setdefault(joined.root(f"child {child.record}"), ([], []))[0].append(child)
    for person in people:
        groups.setdefault(joined.root(f"person {person.key}"), ([], []))[1].append(person)
    for there, others in groups.values():
        household = _household(there, others)
        if there or household.address or household.restricted:
            yield household


def _household(children: Sequence[Child], people: Sequence[Person]) -> Household:
    homes = [child.around.home for child in children if child.around.home is not None]
    theirs = [one.about for one in people if one.about.text("address")]
    restricted = any(home.restricted for home in homes) or any(
        one.says("address_restricted") for one in theirs
    )
    said = [home.address for home in homes] or [one.text("address") for one in theirs if not children]
    return Household(
        address="" if restricted else next(iter(said), ""),
        restricted=restricted,
        children=tuple(child.record for child in children),
        people=tuple(person.key for person in people),
    )


def _faults(children: Sequence[Child], people: Sequence[Person]) -> Iterator[Fault]:
    names = {child.record: child.name or "a child whose name is not known" for child in children}
    for person in people:
        yield from _born_twice(person)
    yield from _maybe_one(people)
    yield from _in_a_circle(children, names)


def _born_twice(person: Person) -> Iterator[Fault]:
    """One person said to be born on different days."""
    for born in person.other_births:
        yield Fault(
            "told-differently", person.key, "born", f"{person.name} was born on {long_date(born)} by another record",
            "Ask which is right, and correct the other entry",
        )  # fmt: skip


def _maybe_one(people: Sequence[Person]) -> Iterator[Fault]:
    """Two people of one name whose dates of birth do not differ: perhaps one, recorded twice."""
    by_name: dict[str, list[Person]] = {}
    for person in people:
        by_name.setdefault(plain(person.name), []).append(person)
    for name, several in by_name.items():
        born = {person.about.day("born") for person in several} - {None}
        if name and len(several) > 1 and len(born) < 2:  # noqa: PLR2004 - two days are two people
            yield Fault(
                "maybe-one", several[1].key, "name", f"{several[0].name} is recorded {len(several)} times",
                "If it is one person, add them again to the other children from this page and withdraw the double",
            )  # fmt: skip


def _in_a_circle(children: Sequence[Child], names: Mapping[str, str]) -> Iterator[Fault]:
    """Descent that comes back to where it began: each such child once, with the entry that leads to the next of them."""
    above = _above(children)
    circles = circular({child: list(others) for child, others in above.items()})
    for record in circles:
        entry = next((said for other, said in above[record].items() if other in circles), "")
        if record in names and entry:
            yield Fault(
                "circle", entry, "relation", f"By what is recorded, {names[record]} would be their own forebear",
                "Look at who is said to be whose parent, and correct or withdraw the entry that is wrong",
            )  # fmt: skip


def _above(children: Sequence[Child]) -> dict[str, dict[str, str]]:
    """For each record those of the child's forebears who have one, each with the entry that says so."""
    found: dict[str, dict[str, str]] = {child.record: {} for child in children}
    for child in children:
        for one in child.around.people:
            other, relation = one.text("record"), one.text("relation")
            if other and relation in PARENTS | ABOVE:
                found[child.record].setdefault(other, one.entries[0])
            elif other and relation in BELOW:
                found.setdefault(other, {}).setdefault(child.record, one.entries[0])
    return found


def circular(parents: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Everybody who is their own forebear, in the order given. However long a line is, it is followed to its end."""
    return tuple(one for one in parents if one in _forebears(one, parents))


def _forebears(one: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(parents.get(one, ()))
    while ahead:
        other = ahead.pop()
        if other not in found:
            found.add(other)
            ahead += parents.get(other, ())
    return found
