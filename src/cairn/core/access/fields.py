"""What of an opened record a person may see: texts of a class that is not theirs to read are cut out of the stream.

The stream is cut before anything is derived from it, so that every page, list, file and copy inherits it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from cairn.core.history.event import Event
from cairn.core.history.history import CORRECTED, WITHDRAWN
from cairn.core.people.around import person_of
from cairn.core.vocabulary.model import IDENTITY, ClassWhere, EventType, Field, TextClass, Vocabulary

RIGHT_OF: Final[Mapping[TextClass, str]] = {
    "protected address": "sees protected addresses",
    "police text": "sees police text",
    "third party text": "sees third party text",
}
POLICE: Final[TextClass] = "police text"
SEES_WHO_REFERRED: Final = "sees who referred"
PUBLIC: Final = "Member of the public (identity withheld)"
PROFESSIONAL: Final = "Professional (identity withheld)"
# What says of somebody that they got in touch as one of the public.
OF_THE_PUBLIC: Final = ("individual_", "anonymous", "unknown")


class Withheld(str):
    """What stands in the place of a text that its reader may not see."""

    __slots__ = ()


def withheld(name: TextClass) -> Withheld:
    """The words in place of a text of a class."""
    return Withheld(f"Withheld: {name}")


IDENTITIES: Final = frozenset({PUBLIC, PROFESSIONAL})
TEXTS: Final = tuple(map(withheld, RIGHT_OF))


def holds_a_mark(value: Any) -> bool:
    """Whether an answer is, or holds, the words that stand for something withheld: it must never be written down."""
    if isinstance(value, str):
        return value.strip() in IDENTITIES or any(one in value for one in TEXTS)
    if isinstance(value, Mapping):
        return any(map(holds_a_mark, value.values()))
    return isinstance(value, list | tuple) and any(map(holds_a_mark, value))


def unmarked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without the words that stand for somebody who does not wish to be named."""
    return {name: one for name, one in data.items() if not isinstance(one, str) or one not in IDENTITIES}


def hidden_classes(rights: Iterable[str]) -> frozenset[TextClass]:
    """The classes of text that somebody with these rights may not see."""
    held = frozenset(rights)
    return frozenset(name for name, right in RIGHT_OF.items() if right not in held)


def is_withheld(kind: EventType, data: Mapping[str, Any]) -> bool:
    """Whether the answers of an event say that whoever got in touch is not named."""
    return any(holds(where, data) for where in kind.apart_where)


def holds(where: Mapping[str, tuple[str | bool, ...]], data: Mapping[str, Any]) -> bool:
    """Whether all the named answers are among those listed; true and 1 are not the same answer."""
    return all(
        any(data.get(name) == one and type(data.get(name)) is type(one) for one in values)
        for name, values in where.items()
    )


def cut(events: Sequence[Event], vocabulary: Vocabulary, rights: Iterable[str]) -> Sequence[Event]:
    """The stream as somebody with these rights may read it: the same events, some of their texts withheld.

    Who somebody is that does not wish to be named is withheld from everybody; the rest by class. Only texts are cut, never
    an answer that something is worked out from. Where nothing has to be cut the very same stream comes back.
    """
    hidden = hidden_classes(rights)
    named = any(vocabulary.events[one.type].apart_where for one in events if one.type in vocabulary.events)
    if not hidden and not named:
        return events
    stream = _Stream(events, vocabulary)
    shown = [stream.cut(event, hidden) for event in events]
    return events if all(one is was for one, was in zip(shown, events, strict=True)) else shown


def texts_of_class(
    events: Sequence[Event], vocabulary: Vocabulary, name: TextClass
) -> Iterator[tuple[Event, str, str]]:
    """Every answer of a class on a record, those corrected or withdrawn too: the entry it belongs to, its field, the text."""
    stream = _Stream(events, vocabulary)
    for event in events:
        told = stream.by_id.get(str(event.data.get("corrects"))) if event.type == CORRECTED else event
        kind = vocabulary.events.get(told.type) if told else None
        data = event.data.get("data") if event.type == CORRECTED else event.data
        if told is None or kind is None or not isinstance(data, Mapping):
            continue
        for field in kind.fields:
            if data.get(field.name) and stream.is_of(field, told, name):
                yield from ((told, field.name, text) for text in _texts(field, data[field.name]))


def _texts(field: Field, value: Any) -> Iterator[str]:
    if field.type == "rows":
        parts = [part.name for part in field.fields if part.type in ("text", "long_text")]
        yield from (str(row[name]) for row in value for name in parts if row.get(name))
    else:
        yield from map(str, value if isinstance(value, list | tuple) else [value])


class _Stream:
    """A stream with what its corrections say, by the entry that each of them corrects."""

    def __init__(self, events: Sequence[Event], vocabulary: Vocabulary) -> None:
        self.types = vocabulary.events
        self.by_id = {one.id: one for one in events}
        self.gone = {str(one.data.get("withdraws")) for one in events if one.type == WITHDRAWN}
        self.corrections: defaultdict[str, list[Event]] = defaultdict(list)
        for one in events:
            if one.type == CORRECTED:
                self.corrections[str(one.data.get("corrects"))].append(one)
        self._across: dict[tuple[str, str, str], bool] = {}
        self.events = events

    def cut(self, event: Event, hidden: frozenset[TextClass]) -> Event:
        """One event; a correction as the entry that it corrects."""
        told = self.by_id.get(str(event.data.get("corrects"))) if event.type == CORRECTED else event
        kind = self.types.get(told.type) if told is not None else None
        if told is None or kind is None:
            return event
        data = event.data.get("data") if event.type == CORRECTED else event.data
        if not isinstance(data, Mapping):
            return event
        shown = dict(self._marked(told, kind, data, hidden))
        if kind.apart_where and self._is_apart(told, kind):
            shown = _without_identity(kind, self._stands(told), shown, of_entry=event is told)
        if shown == data:
            return event
        return replace(event, data={**event.data, "data": shown} if event.type == CORRECTED else shown)

    def _marked(
        self, told: Event, kind: EventType, data: Mapping[str, Any], hidden: frozenset[TextClass]
    ) -> Iterator[tuple[str, Any]]:
        classed = {field.name: field for field in kind.fields if field.class_ != "ordinary"} if hidden else {}
        for name, value in data.items():
            field = classed.get(name)
            found = self._class_of(field, told, hidden) if field and value else None
            yield name, _in_place_of(field, value, found) if field and found else value

    def is_of(self, field: Field, told: Event, name: TextClass) -> bool:
        """Whether an answer of an entry is of a class."""
        return any(one.name == name and self._has(one, told) for one in field.classes())

    def _class_of(self, field: Field, told: Event, hidden: frozenset[TextClass]) -> TextClass | None:
        return next(
            (one.name for one in field.classes() if one.name in hidden and self._has(one, told)), None
        )

    def _has(self, one: ClassWhere, told: Event) -> bool:
        """Whether an entry, a correction of it, or another of those it belongs with has ever said so."""
        if one.across == "event" or not one.where:
            return self._says(one, told)
        key = (told.type if one.across == "record" else "", ",".join(one.where), _belongs(one, told))
        if key not in self._across:
            self._across[key] = any(
                self._says(one, other)
                for other in self.events
                if _belongs(one, other) == key[2] and (other.type == told.type or one.across == "person")
            )
        return self._across[key]

    def _says(self, one: ClassWhere, event: Event) -> bool:
        told = (event.data, *(each.data.get("data") or {} for each in self.corrections[event.id]))
        if len(told) == 1:
            return holds(one.where, event.data)
        return any(holds(one.where, {**event.data, **each}) for each in told)

    def _stands(self, event: Event) -> dict[str, Any]:
        """The answers of an entry as its corrections left them, but for those that were withdrawn."""
        stands = dict(event.data)
        for one in self.corrections[event.id]:
            if one.id not in self.gone:
                stands |= one.data.get("data") or {}
        return stands

    def _is_apart(self, event: Event, kind: EventType) -> bool:
        return is_withheld(kind, self._stands(event))


def _belongs(one: ClassWhere, event: Event) -> str:
    return person_of(event) if one.across == "person" else ""


def _in_place_of(field: Field, value: Any, name: TextClass) -> Any:
    """The same kind of answer with the words for what is withheld in it."""
    mark = withheld(name)
    if field.type == "rows":
        texts = {part.name for part in field.fields if part.type in ("text", "long_text")}
        return [
            {part: mark if part in texts and said else said for part, said in row.items()} for row in value
        ]
    return [mark] if field.type == "list" else mark


def _without_identity(
    kind: EventType, stands: Mapping[str, Any], data: Mapping[str, Any], *, of_entry: bool
) -> dict[str, Any]:
    """The answers without what says who it was; the entry itself says in its place that this is withheld."""
    rest = {name: value for name, value in data.items() if name not in kind.apart}
    known = stands.get(IDENTITY) or any(stands.get(name) for name in kind.apart)
    return {kind.apart[0]: in_place_of_name(stands), **rest} if of_entry and known else rest


def in_place_of_name(data: Mapping[str, Any]) -> Withheld:
    """How somebody is spoken of who does not wish to be named."""
    source = str(data.get("source") or "unknown")
    return Withheld(PUBLIC if source.startswith(OF_THE_PUBLIC) else PROFESSIONAL)
