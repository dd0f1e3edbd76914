"""Who acts: a member of staff in a capacity, for one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from cairn.application.ports import now
from cairn.application.rights import is_office_closed, role_book
from cairn.core.access.facts import ActorFacts, Covering, Tie
from cairn.core.calendar.london import say_date
from cairn.records.sight import Sight

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
    """The person behind one request. `request_id` joins its rows in the access log; `covers` is for whom they stand in.

    `ties` are what stands between them and single records beside allocation.
    """

    id: UUID
    name: str
    role: str
    team: UUID | None = None
    team_name: str = ""
    team_kind: str = ""
    manages: frozenset[UUID] = frozenset()
    request_id: UUID = field(default_factory=uuid4)
    covers: tuple[CoverFor, ...] = ()
    ties: tuple[Tie, ...] = ()

    @property
    def rights(self) -> frozenset[str]:
        """What their role may do at all."""
        return role_book().rights_of(self.role)

    @property
    def sight(self) -> Sight:
        """Which records this person's request may come across at all, now."""
        facts = self.facts
        return Sight(
            staff=self.id,
            barred=frozenset(map(UUID, facts.barred)),
            manages=self.manages if "manages" in facts.rights else frozenset(),
            tied_to=frozenset(map(UUID, facts.tied_to)),
            works="opens records" in facts.rights,
            sampled=frozenset(map(UUID, facts.sampled)),
        )

    @property
    def facts(self) -> ActorFacts:
        """What access is decided on, now."""
        at = now()
        return ActorFacts(
            str(self.id),
            self.role,
            str(self.team) if self.team else None,
            at,
            self.rights,
            frozenset(str(team) for team in self.manages),
            takes_calls=self.team_kind == FRONT_DOOR_TEAM,
            covers=tuple(Covering(str(one.worker), one.words) for one in self.covers),
            ties=self.ties,
            office_is_closed="covers out of hours" in self.rights and is_office_closed(at),
        )
