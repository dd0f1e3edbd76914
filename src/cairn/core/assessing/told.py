"""What the history tells an assessment: who has seen the child, whose views are there and whose are not, what agencies said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cairn.core.engine.checks import checks
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand

# Whose views an assessment has to have (4.10): those who are the child's parents or care for it.
CARERS = frozenset(
    {"parent_mother", "parent_father", "parent_other", "adoptive_parent"}
    | {"step_parent", "partner_at_home", "guardian", "carer", "foster_carer"}
)


@dataclass(frozen=True, slots=True)
class Check:
    """One agency: every time it was asked (none where it told us unasked), and what it said, if it did."""

    agency: str
    name: str
    asked: tuple[Event, ...]
    answered: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody whose view belongs in the assessment: the events in which it stands, none where it is missing."""

    name: str
    relation: str
    views: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the record holds that an assessment rests on. Each in the order it happened.

    `seen_apart` is the last time the child was seen outside this assessment, which does not count for it.
    """

    seen: tuple[Event, ...]
    seen_apart: Event | None
    not_seen: tuple[Event, ...]
    heard: tuple[Heard, ...]
    checks: tuple[Check, ...]

    @property
    def missing_views(self) -> tuple[Heard, ...]:
        """Whose views are not there."""
        return tuple(one for one in self.heard if not one.views)

    @property
    def unanswered(self) -> tuple[Check, ...]:
        """The agencies that were asked and have not answered."""
        return tuple(one for one in self.checks if one.asked and not one.answered)


def told(view: View, strand: Strand, child: str) -> Told:
    """What the history tells this assessment. `child` is the name by which the child is shown."""
    of_type = view.standing.by_type(strand)
    seen = of_type.get("child.seen", ())
    apart = [event for event in view.standing.by_type().get("child.seen", ()) if event not in seen]
    return Told(
        seen=seen,
        seen_apart=max(apart, key=lambda event: event.happened_at.earliest, default=None),
        not_seen=of_type.get("child.not_seen", ()),
        heard=tuple(_heard(view, of_type, child)),
        checks=tuple(_checks(view, strand)),
    )


def _heard(view: View, of_type: Mapping[str, tuple[Event, ...]], child: str) -> Iterator[Heard]:
    """The child first, then each parent and carer who is recorded and has not left."""
    views = of_type.get("views.recorded", ())
    said = [event for event in of_type.get("child.seen", ()) if event.data.get("child_said")]
    own = [event for event in views if event.data.get("whose") == "child"]
    yield Heard(child, "", (*own, *said))
    for name, relation in _carers(view).items():
        yield Heard(name, relation, tuple(event for event in views if _same(event.data.get("name"), name)))


def _carers(view: View) -> dict[str, str]:
    """Name and relation of each parent and carer as last recorded."""
    last: dict[object, Event] = {}
    for event in view.standing.events:
        key = event.data.get("person") or str(event.data.get("name", "")).casefold()
        if event.type == "relationship.recorded":
            last[key] = event
        elif event.type == "relationship.ended":
            last.pop(key, None)
    return {
        str(event.data.get("name")): str(event.data.get("relation"))
        for event in last.values()
        if event.data.get("relation") in CARERS and not event.data.get("ended") and not event.data.get("died")
    }


def _same(one: object, other: str) -> bool:
    return isinstance(one, str) and one.strip().casefold() == other.strip().casefold()


def _checks(view: View, strand: Strand) -> Iterator[Check]:
    """What was asked and answered for this assessment, or for the referral it belongs to."""
    for one in checks(view):
        asked = (one.asked, *one.again) if one.asked else ()
        first = (*asked, *one.answers)[0]
        if set(view.standing.path_of[first.id]) & set(strand.path) or view.standing.sees(strand, first):
            yield Check(one.agency, one.name, asked, one.answers)
