"""What a decision on access rests on: who asks, in which role, with which ties; and what is so of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

# What opens one record for one member of staff beside allocation and teams, for as long as it lasts.
Opening = Literal["chair", "auditor", "named", "break glass"]
# What bars it: their own record, that of their family, that of somebody they live beside or know.
Barring = Literal["own", "family", "neighbour"]
TieKind = Literal["chair", "auditor", "named", "break glass", "own", "family", "neighbour"]
BARS: Final[frozenset[str]] = frozenset({"own", "family", "neighbour"})
OPENS: Final[frozenset[str]] = frozenset({"chair", "auditor", "named", "break glass"})
# Which right a tie asks of the role: what it opens for another is nothing.
RIGHT_OF_TIE: Final = {
    "chair": "chairs",
    "auditor": "audits",
    "named": "opens records",
    "break glass": "breaks the glass",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """What stands between one member of staff and one record, from an instant to another (UTC; the last is not in it).

    `words` is what the access log has for it. Only what bars may go on without an end.
    """

    record: str
    kind: TieKind
    since: datetime
    until: datetime | None = None
    words: str = ""

    def is_in_force(self, at: datetime) -> bool:
        """Whether it holds at an instant: it ends by itself."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Covering:
    """Whose work somebody does while they are away, and the words that the access log has for it."""

    worker: str
    words: str


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """Who asks: ids of the person and their team, the role they act in with its rights, and the teams they manage.

    `at` is the instant of asking (UTC), by which ties hold or not. `takes_calls` says that their team is the authority's
    front door, whatever their own role there. `covers` are those whose work they do on the day of asking.
    """

    id: str
    role: str
    team: str | None
    at: datetime
    rights: frozenset[str] = frozenset()
    manages: frozenset[str] = frozenset()
    takes_calls: bool = False
    covers: tuple[Covering, ...] = ()
    ties: tuple[Tie, ...] = ()
    office_is_closed: bool = False

    @property
    def is_front_door(self) -> bool:
        """Whether contacts and referrals come in through them."""
        return "takes calls" in self.rights or ("opens records" in self.rights and self.takes_calls)

    @property
    def barred(self) -> frozenset[str]:
        """The records that are none for this person at the instant of asking."""
        return frozenset(self._records(BARS))

    @property
    def tied_to(self) -> frozenset[str]:
        """The restricted records that a tie opens to this role at the instant of asking; a sample holds none."""
        kinds = {kind for kind in OPENS - {"auditor"} if RIGHT_OF_TIE[kind] in self.rights}
        return frozenset(self._records(frozenset(kinds))) - self.barred

    @property
    def sampled(self) -> frozenset[str]:
        """The records of a sample that this person audits at the instant of asking; a restricted one it does not open."""
        return (
            frozenset(self._records(frozenset({"auditor"}))) - self.barred
            if "audits" in self.rights
            else frozenset()
        )

    def ties_to(self, record: str) -> tuple[Tie, ...]:
        """The ties to a record that are in force at the instant of asking."""
        return tuple(one for one in self.ties if one.record == record and one.is_in_force(self.at))

    def _records(self, kinds: frozenset[str]) -> Iterable[str]:
        return (one.record for one in self.ties if one.kind in kinds and one.is_in_force(self.at))


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What is so of the record: who works with it, whether it still is at the front door, whether it is restricted.

    `transfer_to` is the team to which a transfer is proposed or agreed, and not complete yet. `is_open` says that
    there is an open episode or contact.
    """

    worker: str | None
    team: str | None
    at_front_door: bool
    id: str = ""
    started_by: frozenset[str] = field(default_factory=frozenset)
    transfer_to: str | None = None
    restricted: bool = False
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not, by which relationship, or why not and how to ask.

    `hidden` says that for this person there is no such record. `alert` names what those who guard access are told,
    or is ''.
    """

    allowed: bool
    relied_on: str = ""
    reason: str = ""
    how_to_ask: str = ""
    hidden: bool = False
    alert: str = ""
