"""Who may see a record: role gives the kind of act, relationship gives the record. Denied by default."""

from __future__ import annotations

from dataclasses import dataclass, field

FRONT_DOOR = frozenset({"contact centre", "duty manager", "emergency duty"})
MANAGERS = frozenset({"team manager", "duty manager", "service manager"})
# The relationship of the manager to whose team a child may go, and what they may do on the record before it is theirs.
RECEIVING = "manager of the receiving team"
RECEIVING_ACTS = frozenset({"agree-transfer", "decline-transfer", "complete-transfer"})
PRACTITIONERS = frozenset(
    {
        "contact centre",
        "social work assistant",
        "social worker",
        "consultant social worker",
        "team manager",
        "duty manager",
        "service manager",
        "business support",
        "emergency duty",
    }
)


@dataclass(frozen=True, slots=True)
class Covering:
    """Whose work somebody does while they are away, and the words that the access log has for it."""

    worker: str
    words: str


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """Who asks: ids of the person and their team, the role they act in, and the teams they manage.

    `takes_calls` says that their team is the authority's front door, whatever their own role there. `covers` are
    those whose work they do on the day of asking.
    """

    id: str
    role: str
    team: str | None
    manages: frozenset[str] = frozenset()
    takes_calls: bool = False
    covers: tuple[Covering, ...] = ()

    @property
    def is_front_door(self) -> bool:
        """Whether contacts and referrals come in through them."""
        return self.role in FRONT_DOOR or self.takes_calls


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What the decision rests on: who works with the record, and whether it still is at the front door.

    `transfer_to` is the team to which a transfer is proposed or agreed, and not complete yet.
    """

    worker: str | None
    team: str | None
    at_front_door: bool
    started_by: frozenset[str] = field(default_factory=frozenset)
    transfer_to: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not, by which relationship, or why not and how to ask."""

    allowed: bool
    relied_on: str = ""
    reason: str = ""
    how_to_ask: str = ""


def decide_view(actor: ActorFacts, record: RecordFacts) -> Decision:
    """May this person open this record?

    The allocated worker, whoever covers for them that day, the record's team and its managers, and the front door (contact centre,
    duty and emergency duty) for contacts and referrals that are not yet allocated. While a transfer is open, the
    manager of the team that may take over (Peterborough 9.2, 9.4, 9.6; docs/adr/0015). All else is refused with how to ask.
    """
    if actor.role not in PRACTITIONERS:
        return _refused(f"Your role, {actor.role}, does not work with children's records")
    relied_on = _relationship(actor, record)
    if relied_on:
        return Decision(allowed=True, relied_on=relied_on)
    return _refused("You are not working with this child, nor is your team")


def _relationship(actor: ActorFacts, record: RecordFacts) -> str:
    """The first of the relationships to the record that this person has, or ''."""
    if record.worker is not None and record.worker == actor.id:
        return "allocated worker"
    covering = next((one for one in actor.covers if one.worker == record.worker), None)
    if covering is not None:
        return covering.words
    if record.team is not None and record.team == actor.team:
        return "own team"
    if record.team is not None and actor.role in MANAGERS and record.team in actor.manages:
        return "manager of the team"
    if record.at_front_door and actor.is_front_door:
        return "front door"
    receives = actor.role in MANAGERS and record.transfer_to in {actor.team, *actor.manages} - {None}
    return RECEIVING if receives else ""


def decide_team(actor: ActorFacts, team: str) -> Decision:
    """May this person see the work of a team as a whole: its numbers, and the names in its lists?

    Those of the team and its managers, as for each of its records; a role that does not work with children may not.
    """
    decision = decide_view(actor, RecordFacts(worker=None, team=team, at_front_door=False))
    if decision.allowed or actor.role not in PRACTITIONERS:
        return decision
    return Decision(
        allowed=False,
        reason="This is not a team of yours",
        how_to_ask="Ask the team's manager, or whoever keeps the list of teams if you manage it.",
    )


def decide_add(actor: ActorFacts, record: RecordFacts, *, was_found: bool) -> Decision:
    """May this person add a contact or a referral to this record?

    Whoever may open it; and the front door to any record that a search showed them, which opens nothing.
    """
    decision = decide_view(actor, record)
    if decision.allowed or not (actor.is_front_door and actor.role in PRACTITIONERS):
        return decision
    if was_found:
        return Decision(allowed=True, relied_on="front door")
    return _refused("No search of yours has found this record: look the person up first")


def _refused(reason: str) -> Decision:
    return Decision(
        allowed=False,
        reason=reason,
        how_to_ask="Ask the team that works with the child, or your own manager, to open it with you or to "
        "allocate it to you. Out of hours ring the emergency duty team.",
    )


def decide_here(relied_on: str, act: str) -> Decision:
    """May this act be done by this relationship to the record? The receiving manager reads it, and takes part in the transfer."""
    if relied_on != RECEIVING or act in RECEIVING_ACTS:
        return Decision(allowed=True, relied_on=relied_on)
    return Decision(
        allowed=False,
        reason="The child is not your team’s before the transfer is complete",
        how_to_ask="Ask the team that works with the child to record it, or complete the transfer first.",
    )


def decide_act(role: str, allowed: tuple[str, ...]) -> Decision:
    """May this role do this act? The vocabulary names the roles of each act."""
    if role in allowed:
        return Decision(allowed=True, relied_on="role")
    return Decision(
        allowed=False,
        reason=f"This is done by: {', '.join(allowed)}. You are signed in as {role}",
        how_to_ask="Ask one of them to do it.",
    )
