"""What bears on a duty: the types of events that may change what becomes of it, so that the others can be passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cairn.core.engine.conditions import CONDITIONS
from cairn.core.engine.departures import DEPARTED
from cairn.core.history.history import BORN, CORRECTED, DESCRIBED, WITHDRAWN
from cairn.core.protocol.model import Duty, EventPattern, Protocol, Rule
from cairn.core.vocabulary.model import Vocabulary

# These reach every rule: whose record it is, what is departed from, and what is put right.
BEAR_ON_ALL = frozenset({DESCRIBED, BORN, DEPARTED, CORRECTED, WITHDRAWN})


def types_judged(rule: Rule) -> set[str]:
    """The types of events that the conditions of a rule read."""
    judged: set[str] = set()
    for condition in rule.when:
        if condition.event is not None:
            judged.add(condition.event.event)
        elif condition.function is not None:
            judged |= {".".join(name.split(".")[:2]) for name in CONDITIONS[condition.function].reads}
    return judged


def bearing(protocol: Protocol, vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """For each duty, by its provision, every type of event that may change what becomes of it, in any version.

    What opens or ends a process bears on all of them, for with it other events may belong elsewhere.
    """
    placing = {kind.name for kind in vocabulary.events.values() if kind.opens or kind.ends}
    return {
        provision: frozenset(
            BEAR_ON_ALL | placing | {kind for version in versions for kind in _of(version, vocabulary)}
        )
        for provision, versions in protocol.duties.items()
    }


def _of(duty: Duty, vocabulary: Vocabulary) -> Iterator[str]:
    yield from types_judged(duty)
    yield from (pattern.event for pattern in _patterns(duty))
    if duty.as_often_as:
        yield from (kind.name for kind in vocabulary.events.values() if kind.field(duty.as_often_as))


def _patterns(duty: Duty) -> Iterator[EventPattern]:
    yield from (*duty.starts, *duty.met_by, *duty.ends)
    if duty.departure is not None:
        yield from duty.departure.given_by
