"""Who acts: a member of staff in a capacity, for one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from cairn.core.access.decide import ActorFacts

FRONT_DOOR_TEAM = "contact_centre"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind one request. `request_id` joins its rows in the access log."""

    id: UUID
    name: str
    role: str
    team: UUID | None = None
    team_name: str = ""
    team_kind: str = ""
    manages: frozenset[UUID] = frozenset()
    request_id: UUID = field(default_factory=uuid4)

    @property
    def facts(self) -> ActorFacts:
        """What access is decided on."""
        return ActorFacts(
            str(self.id),
            self.role,
            str(self.team) if self.team else None,
            frozenset(str(team) for team in self.manages),
            takes_calls=self.team_kind == FRONT_DOOR_TEAM,
        )
