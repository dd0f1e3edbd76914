"""What must not be in anything that a family is given: words of the police that were not released, and who referred.

A text keeps its origin however it gets there: typed again, pasted, copied from another child's record or by a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.referrers import is_kept_apart, may_see
from cairn.application.refused import Refused
from cairn.core.access.fields import POLICE, texts_of_class
from cairn.core.access.passages import holds_words_of, runs_of, texts_in, words_of
from cairn.core.history.event import Event
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
LEAVE_OUT: Final = "a text that leaves it out"


def faults_of(actor: Actor, record: UUID | None, kind: EventType, data: Mapping[str, Any]) -> list[DataFault]:
    """What stands in an event that the family is given to read and must not, by the field it stands in."""
    if not kind.family_reads or record is None:
        return []
    texts = {field.name: list(texts_in(data.get(field.name))) for field in kind.fields if field.asked}
    wanted = {name: found for name, found in texts.items() if any(len(words_of(one)) > 1 for one in found)}
    if not wanted:
        return []
    police, names = _runs(actor, record), _names(actor, record)
    return [
        DataFault(f"data.{name}", *fault)
        for name, found in wanted.items()
        for fault in _problems(found, police, names)
    ]


def refused(actor: Actor, record: UUID, texts: Iterable[str]) -> Refused | None:
    """Why a document with these texts may not be printed for a family; None where it may."""
    found = next(iter(_problems(list(texts), _runs(actor, record), _names(actor, record))), None)
    return Refused("not taken", found[0], f"What can go is {found[1]}.") if found else None


def _problems(
    texts: list[str], police: frozenset[tuple[str, ...]], names: frozenset[tuple[str, ...]]
) -> Iterable[tuple[str, str]]:
    if any(holds_words_of(one, police) for one in texts):
        yield OF_POLICE, ASK_POLICE
    if any(holds_words_of(one, names) for one in texts):
        yield NAMES_REFERRER, LEAVE_OUT


def _runs(actor: Actor, record: UUID) -> frozenset[tuple[str, ...]]:
    """The words of the police on this record and on those that this person opened lately, without what was released."""
    lately = access_log.opened_lately(actor.id, now() - LATELY, AT_MOST)
    streams = ledger.read_streams({record, *lately})
    vocabulary = in_use().vocabulary
    return frozenset(
        run
        for stream in streams.values()
        for event, text in texts_of_class(stream, vocabulary, POLICE)
        if event.id not in _released(stream)
        for run in runs_of(text)
    )


def _released(stream: Iterable[Event]) -> set[str]:
    return {str(one.data.get("police_entry")) for one in stream if one.type == RELEASED}


def _names(actor: Actor, record: UUID) -> frozenset[tuple[str, ...]]:
    """By which names and numbers those are known who do not wish to be named; looked for only for who may see them.

    For anybody else a refusal would be an answer to a guess.
    """
    if not may_see(actor):
        return frozenset()
    kept = [one for one in ledger.read_stream(record) if one.data.get("identity_of") and is_kept_apart(one)]
    entries = {str(one.data["identity_of"]) for one in kept}
    said = [text for entry in sorted(entries) for text in identities.of_event(UUID(entry)).values()]
    return frozenset(words_of(one) for one in said if len(one) >= SHORTEST_NAME)
