"""Who acts: a member of staff in a capacity, for one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from cairn.core.access.decide import ActorFacts, Covering
from cairn.core.calendar.london import say_date

FRONT_DOOR_TEAM = "contact_centre"
LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class CoverFor:
    """Somebody whose work is done while they are away, and until which day."""

    worker: UUID
    name: str
    until: date
    reason: str

    @property
    def words(self) -> str:
        """As the access log has it, within its width."""
        said = f", until {say_date(self.until)}"
        return f"covering for {self.name[:LONGEST_NAME]}{said}"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind one request. `request_id` joins its rows in the access log; `covers` is for whom they stand in."""

    id: UUID
    name: str
    role: str
    team: UUID | None = None
    team_name: str = ""
    team_kind: str = ""
    manages: frozenset[UUID] = frozenset()
    request_id: UUID = field(default_factory=uuid4)
    covers: tuple[CoverFor, ...] = ()

    @property
    def facts(self) -> ActorFacts:
        """What access is decided on."""
        return ActorFacts(
            str(self.id),
            self.role,
            str(self.team) if self.team else None,
            frozenset(str(team) for team in self.manages),
            takes_calls=self.team_kind == FRONT_DOOR_TEAM,
            covers=tuple(Covering(str(one.worker), one.words) for one in self.covers),
        )
