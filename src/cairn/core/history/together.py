"""What one act wrote belongs together: what of its other entries goes with a correction of one of them.

The vocabulary says which answers an act asked, which entry holds each, and under which answer an entry was
written at all. So a visit that turns out to have found nobody at home takes back that the child was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Event
from cairn.core.vocabulary.model import Act, Field, Vocabulary, Yield
from cairn.core.vocabulary.yields import wanted


@dataclass(frozen=True, slots=True)
class Copy:
    """An entry that holds what was corrected too: the answers it takes over by its own field, and whether the time."""

    event: Event
    answers: Mapping[str, Any]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class GoesWith:
    """What a correction does to the other entries of the act.

    `withdrawn` are no longer yielded; `corrected` copy what was corrected; `to_record` are types of events
    that the right answers would have yielded: what they would say has to be asked (`asked_anew`) first.
    """

    withdrawn: tuple[Event, ...] = ()
    corrected: tuple[Copy, ...] = ()
    to_record: tuple[str, ...] = ()


@dataclass(frozen=True)
class Together:
    """The standing entries of the act that wrote `event`, itself among them, each with what yielded it (None: unknown)."""

    event: Event
    act: Act | None = None
    made: Mapping[str, Yield] = field(default_factory=dict)
    others: tuple[Event, ...] = ()

    @property
    def leads(self) -> bool:
        """Whether another entry of the act was written because of an answer that this one holds."""
        own = self.made.get(self.event.id)
        held = _names(own) if own else {}
        return any(
            set(self.made[one.id].when or ()) & held.keys() for one in self.others if one.id in self.made
        )

    @property
    def hangs_on(self) -> Event | None:
        """The entry of the act that holds the answer under which this one was written, if any."""
        own = self.made.get(self.event.id)
        asked = set((own.when if own else None) or ())
        held = (
            one for one in self.others if one.id in self.made and asked & _names(self.made[one.id]).keys()
        )
        return next(held, None)


def written_together(
    vocabulary: Vocabulary, stream: Iterable[Event], standing: Sequence[Event], event: Event
) -> Together:
    """What the act that wrote an entry wrote besides; an entry without an act stands alone.

    The act is told from the types of all it wrote, the withdrawn ones too: of the acts that yield them all, the
    one that yields the fewest.
    """
    others = tuple(one for one in standing if event.act and one.act == event.act and one.id != event.id)
    types = {one.type for one in stream if event.act and one.act == event.act} | {event.type}
    types -= {"departure.recorded"}
    acts = [act for act in vocabulary.acts.values() if types <= {made.event for made in act.yields}]
    if not acts:
        return Together(event, others=others)
    act = min(acts, key=lambda one: (len(one.yields), one.name))
    made = {one.id: found for one in (event, *others) if (found := _yield_of(act, one)) is not None}
    return Together(event, act, made, others)


def goes_with(
    vocabulary: Vocabulary, together: Together, answers: Mapping[str, Any], at: Moment | None = None
) -> GoesWith:
    """What a correction of `together.event` by `answers` (by its fields) and, where it was wrong, `at` takes along."""
    own = together.made.get(together.event.id)
    if own is None or together.act is None:
        return GoesWith()
    changed = {name: answers[field] for name, field in _names(own).items() if field in answers}
    now = {**_answers(together), **changed}
    gone = tuple(one for one in together.others if _is_gone(together.made.get(one.id), changed, now))
    copies = (_copy(vocabulary, together, one, changed, at) for one in together.others if one not in gone)
    stands = [made for one, made in together.made.items() if one not in {event.id for event in gone}]
    return GoesWith(
        gone,
        tuple(one for one in copies if one.answers or one.moved),
        tuple(_newly(together.act, stands, changed, now)),
    )


def asked_anew(vocabulary: Vocabulary, together: Together, goes: GoesWith) -> tuple[Field, ...]:
    """What the act asks for the entries that a correction makes it yield, and no entry that stays holds already."""
    if together.act is None or not goes.to_record:
        return ()
    gone = {one.id for one in goes.withdrawn}
    held = {name for one, made in together.made.items() if one not in gone for name in _names(made)}
    names = {name for made in together.act.yields if made.event in goes.to_record for name in _names(made)}
    return tuple(field for field in vocabulary.fields_of(together.act) if field.name in names - held)


def answers_anew(
    together: Together, corrected: Mapping[str, Any], besides: Mapping[str, Any]
) -> dict[str, Any]:
    """The act's answers as they are once an entry is corrected (by its own fields), with what was asked besides."""
    own = together.made.get(together.event.id)
    changed = {
        name: corrected[field] for name, field in (_names(own) if own else {}).items() if field in corrected
    }
    return {**_answers(together), **changed, **besides}


def _yield_of(act: Act, event: Event) -> Yield | None:
    """What of the act yielded an entry; an entry from a row of an answer hangs on that row alone."""
    found = [made for made in act.yields if made.event == event.type and made.each is None]
    fixed = [
        made for made in found if all(event.data.get(name) == to for name, to in (made.set or {}).items())
    ]
    return next(iter((*fixed, *found)), None)


def _names(made: Yield) -> dict[str, str]:
    """The answers that an entry holds, each with the entry's own field for it."""
    return {(made.rename or {}).get(name, name): name for name in made.fields if name not in (made.set or {})}


def _answers(together: Together) -> dict[str, Any]:
    """The act's answers as its entries say them now; the entry that is corrected has the last word."""
    said: dict[str, Any] = {}
    for event in (*together.others, together.event):
        made = together.made.get(event.id)
        held = _names(made) if made else {}
        said |= {name: event.data[own] for name, own in held.items() if own in event.data}
    return said


def _is_gone(made: Yield | None, changed: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    return made is not None and bool((made.when or {}).keys() & changed.keys()) and not wanted(made, now)


def _copy(
    vocabulary: Vocabulary, together: Together, other: Event, changed: Mapping[str, Any], at: Moment | None
) -> Copy:
    """What another entry takes over: what reads there as it did here before; what was put right there stays."""
    own, made = _names(together.made[together.event.id]), together.made.get(other.id)
    held = _names(made) if made else {}
    answers = {
        held[name]: value
        for name, value in changed.items()
        if name in held and other.data.get(held[name]) == together.event.data.get(own[name])
    }
    return Copy(other, answers, at is not None and _at_one_time(vocabulary, together.event, other))


def _at_one_time(vocabulary: Vocabulary, first: Event, second: Event) -> bool:
    """Whether two entries of an act have one time: a decision has that of the decision, whatever it is about."""
    facts = all(vocabulary.events[one.type].sort == "fact" for one in (first, second))
    return facts and first.happened_at == second.happened_at


def _newly(
    act: Act, stands: Sequence[Yield], changed: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[str]:
    for made in act.yields:
        hangs = made.each is None and (made.when or {}).keys() & changed.keys()
        if hangs and made not in stands and wanted(made, now):
            yield made.event
