"""Named conditions: each declares what it reads, gives an example of each answer, and may say unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cairn.core.engine.facts import Facts
from cairn.core.engine.truth import NO, YES, Answer, unknown

Judge = Callable[[Facts], Answer]
AFFECTS_OTHERS = frozenset({"child_protection", "neglect", "domestic_violence"})


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition of a protocol: what it asks, the events and fields it reads, and an example of each answer.

    An example is a small case file; the event whose id is "here" is where it is judged from.
    """

    name: str
    asks: str
    reads: tuple[str, ...]
    judge: Judge
    examples: Mapping[str, Mapping[str, object]]


CONDITIONS: dict[str, NamedCondition] = {}


def _named(
    asks: str, reads: tuple[str, ...], examples: Mapping[str, Mapping[str, object]]
) -> Callable[[Judge], Judge]:
    def register(judge: Judge) -> Judge:
        name = judge.__name__
        CONDITIONS[name] = NamedCondition(name, asks, reads, judge, examples)
        return judge

    return register


def _case(child: Mapping[str, str], *events: tuple[str, str, Mapping[str, object]]) -> Mapping[str, object]:
    """An example: events as (id, type, data), an hour apart on 5 January 2026."""
    by = {"name": "A Worker", "role": "team manager"}
    return {
        "child": child,
        "events": [
            {"id": key, "type": kind, "at": f"2026-01-05T{9 + hour:02}:00", "by": by, "data": data}
            for hour, (key, kind, data) in enumerate(events)
        ],
    }


_BORN = {"born": "2016-05-04"}
_HERE: tuple[str, str, Mapping[str, object]] = ("here", "referral.received", {"source": "school"})


def years_old(born: date, on: date) -> int:
    """Whole years on a day; a child born on 29 February turns on 1 March in a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@_named(
    "Is the young person 16 or 17 years old?",
    ("person.described.born",),
    {
        "yes": _case({"born": "2009-05-04"}, _HERE),
        "no": _case(_BORN, _HERE),
        "unknown": _case({}, _HERE),
    },
)
def aged_16_or_17(facts: Facts) -> Answer:
    """Peterborough 3.18: on the day of the event judged from."""
    subject = facts.subject
    if subject.born is None:
        return NO if subject.expected else unknown("date of birth")
    return YES if years_old(subject.born, facts.start.happened_at.day) in (16, 17) else NO


@_named(
    "Is the child unborn?",
    ("person.described.born", "person.described.expected", "child.born"),
    {
        "yes": _case({"expected": "2026-03-03"}, _HERE),
        "no": _case(_BORN, _HERE),
        "unknown": _case({}, _HERE),
    },
)
def unborn(facts: Facts) -> Answer:
    """Peterborough 3.13: whether the child is not yet born on the day of the event judged from."""
    subject = facts.subject
    if subject.born is not None:
        return YES if facts.start.happened_at.day < subject.born else NO
    return YES if subject.expected else unknown("date of birth, or the date the baby is expected")


_LISTED: tuple[str, str, Mapping[str, object]] = (
    "s1",
    "sibling.listed",
    {"name": "Kene Fen", "household": "same"},
)


def _sibling(decision: str, sibling: str = "s1") -> tuple[str, str, Mapping[str, object]]:
    return (
        f"d-{sibling}",
        "sibling.decided",
        {"sibling": sibling, "decision": decision, "reason": "Made up."},
    )


@_named(
    "Has it been decided for each brother and sister whether to open a referral?",
    ("sibling.listed", "sibling.decided", "referral.decided.no_siblings"),
    {
        "yes": _case(_BORN, _HERE, _LISTED, _sibling("open")),
        "no": _case(_BORN, _HERE, _LISTED),
        "unknown": _case(_BORN, _HERE),
    },
)
def every_sibling_decided(facts: Facts) -> Answer:
    """Peterborough 3.6: nobody listed is unknown, until it is recorded that there are none or somebody is listed."""
    listed = facts.of_type("sibling.listed", "episode")
    if not listed:
        none = facts.start.data.get("no_siblings")
        return (
            YES
            if none is True
            else unknown("whether there are brothers or sisters, in this household or another")
        )
    decided = {event.data.get("sibling") for event in facts.of_type("sibling.decided", "episode")}
    return YES if all(event.id in decided for event in listed) else NO


def _concern(kind: str, reaches: bool | None) -> tuple[str, str, Mapping[str, object]]:
    data: dict[str, object] = {"source": "school", "concern_kind": [kind]}
    if reaches is not None:
        data["affects_other_children"] = reaches
    return ("here", "referral.received", data)


@_named(
    "Is the worry child protection, neglect or domestic violence, and does it reach other children?",
    ("referral.received.concern_kind", "referral.received.affects_other_children"),
    {
        "yes": _case(_BORN, _concern("neglect", True)),
        "no": _case(_BORN, _concern("learning_disability", True)),
        "unknown": _case(_BORN, _concern("neglect", None)),
    },
)
def concern_reaches_siblings(facts: Facts) -> Answer:
    """Peterborough 3.7 and 3.8: what is known of the referral the event judged from belongs to."""
    referral = facts.strand.opener if facts.strand else facts.start
    kinds = referral.data.get("concern_kind")
    if not kinds:
        return unknown("the kind of concern")
    if not set(kinds if isinstance(kinds, list | tuple) else [kinds]) & AFFECTS_OTHERS:
        return NO
    reaches = referral.data.get("affects_other_children")
    if not isinstance(reaches, bool):
        return unknown("whether the concern reaches other children")
    return YES if reaches else NO


@_named(
    "Has a referral been opened for each brother and sister whom the worry reaches?",
    ("sibling.listed", "sibling.decided.decision"),
    {
        "yes": _case(_BORN, _HERE, _LISTED, _sibling("open")),
        "no": _case(_BORN, _HERE, _LISTED, _sibling("do_not_open")),
        "unknown": _case(_BORN, _HERE, _LISTED, _sibling("ask_first")),
    },
)
def siblings_opened(facts: Facts) -> Answer:
    """Peterborough 3.7: the latest decision on each listed brother and sister."""
    latest = {event.data.get("sibling"): event.data for event in facts.of_type("sibling.decided", "episode")}
    for listed in facts.of_type("sibling.listed", "episode"):
        decision = latest.get(listed.id, {}).get("decision")
        if decision == "ask_first":
            return unknown(f"the answer about {listed.data.get('name')}")
        if decision != "open":
            return NO
    return YES


@_named(
    "Is the referrer someone who cannot be written to, because nobody knows who they are?",
    ("referral.received.source",),
    {
        "yes": _case(_BORN, ("here", "referral.received", {"source": "anonymous"})),
        "no": _case(_BORN, _HERE),
        "unknown": _case(_BORN, ("here", "referral.received", {"source": "unknown"})),
    },
)
def referrer_is_anonymous(facts: Facts) -> Answer:
    """Peterborough 3.24: a referrer is owed an answer unless the record says that they are anonymous."""
    source = facts.start.data.get("source")
    if source == "unknown":
        return unknown("who made the referral")
    return YES if source == "anonymous" else NO


@_named(
    "Has the child been the subject of two or more child protection enquiries?",
    ("enquiry.started", "referral.received.earlier_enquiries"),
    {
        "yes": _case(_BORN, ("here", "referral.received", {"source": "school", "earlier_enquiries": 2})),
        "no": _case(_BORN, ("here", "referral.received", {"source": "school", "earlier_enquiries": 1})),
        "unknown": _case(_BORN, _HERE),
    },
)
def two_or_more_enquiries(facts: Facts) -> Answer:
    """Peterborough 3.5: enquiries on the record, or as the status check gave their number."""
    on_record = len(facts.of_type("enquiry.started", "history"))
    found = facts.start.data.get("earlier_enquiries")
    if on_record >= 2 or (isinstance(found, int) and on_record + found >= 2):  # noqa: PLR2004  # the paragraph's own figure
        return YES
    return NO if isinstance(found, int) else unknown("how many child protection enquiries there have been")
