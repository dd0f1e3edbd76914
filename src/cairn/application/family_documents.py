"""What must not be in anything that a family is given: words of the police that were not released, who referred, and where
somebody lives whose address is protected.

A text keeps its origin however it gets there: typed again, pasted, copied from another child's record or by a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.referrers import is_kept_apart, may_see
from cairn.application.refused import Refused
from cairn.core.access.fields import POLICE, texts_of_class
from cairn.core.access.passages import Run, holds_words_of, runs_of, texts_in, words_of
from cairn.core.history.event import Event
from cairn.core.letters.addresses import gives_away
from cairn.core.vocabulary.check import DataFault
from cairn.core.vocabulary.model import EventType
from cairn.records import access_log, identities, ledger

RELEASED: Final = "police_text.released"
# What somebody may have copied from: the records that they opened lately.
LATELY, AT_MOST = timedelta(days=14), 25
# Shorter names are words of every day.
SHORTEST_NAME: Final = 5
OF_POLICE: Final = "It holds words that came from the police"
ASK_POLICE: Final = "your own words, or text that the police released: a manager records who at the police agreed to it, by name"
NAMES_REFERRER: Final = "It says who it was that does not wish to be named"
OF_ADDRESS: Final = "It has an address in it that is protected"
WHERE: Final = ("address", "postcode")
LEAVE_OUT: Final = "a text that leaves it out"


def faults_of(actor: Actor, record: UUID | None, kind: EventType, data: Mapping[str, Any]) -> list[DataFault]:
    """What stands in an event that the family is given to read and must not, by the field it stands in."""
    if not kind.family_reads or record is None:
        return []
    texts = {field.name: list(texts_in(data.get(field.name))) for field in kind.fields if field.asked}
    wanted = {name: found for name, found in texts.items() if any(len(words_of(one)) > 1 for one in found)}
    if not wanted:
        return []
    kept = _kept(actor, record)
    return [
        DataFault(f"data.{name}", *fault) for name, found in wanted.items() for fault in kept.problems(found)
    ]


def refused(actor: Actor, record: UUID, texts: Iterable[str]) -> Refused | None:
    """Why a document with these texts may not be printed for a family; None where it may."""
    found = next(iter(_kept(actor, record).problems(list(texts))), None)
    return Refused("not taken", found[0], f"What can go is {found[1]}.") if found else None


@dataclass(frozen=True)
class _Kept:
    """What must not stand in a text: runs of words of the police, names and numbers of referrers, addresses."""

    police: frozenset[Run]
    names: frozenset[Run]
    addresses: tuple[str, ...]

    def problems(self, texts: list[str]) -> Iterator[tuple[str, str]]:
        """What stands in these texts that must not, each with what may stand there instead."""
        if any(holds_words_of(one, self.police) for one in texts):
            yield OF_POLICE, ASK_POLICE
        if any(holds_words_of(one, self.names) for one in texts):
            yield NAMES_REFERRER, LEAVE_OUT
        if any(gives_away(one, self.addresses) for one in texts):
            yield OF_ADDRESS, LEAVE_OUT


def _kept(actor: Actor, record: UUID) -> _Kept:
    lately = access_log.opened_lately(actor.id, now() - LATELY, AT_MOST)
    streams = ledger.read_streams({record, *lately})
    police = frozenset(run for stream in streams.values() for run in _of_police(stream))
    of_homes = texts_of_class(streams[record], in_use().vocabulary, "protected address")
    addresses = tuple({text for _, name, text in of_homes if name in WHERE})
    return _Kept(police, _names(actor, streams[record]), addresses)


def _of_police(stream: Sequence[Event]) -> Iterator[Run]:
    """The words of the police on a record, without those that were released."""
    released = _released(stream)
    for event, _, text in texts_of_class(stream, in_use().vocabulary, POLICE):
        if event.id not in released:
            yield from runs_of(text)


def _released(stream: Iterable[Event]) -> set[str]:
    return {str(one.data.get("police_entry")) for one in stream if one.type == RELEASED}


def _names(actor: Actor, stream: Sequence[Event]) -> frozenset[Run]:
    """By which names and numbers those are known who do not wish to be named; looked for only for who may see them.

    For anybody else a refusal would be an answer to a guess.
    """
    if not may_see(actor):
        return frozenset()
    kept = [one for one in stream if one.data.get("identity_of") and is_kept_apart(one)]
    entries = {str(one.data["identity_of"]) for one in kept}
    said = [text for entry in sorted(entries) for text in identities.of_event(UUID(entry)).values()]
    return frozenset(words_of(one) for one in said if len(one) >= SHORTEST_NAME)
