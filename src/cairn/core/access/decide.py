"""Who may see a record: role gives the kind of act, relationship gives the record. Denied by default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from cairn.core.access.facts import BARS, RIGHT_OF_TIE, ActorFacts, Decision, RecordFacts, Tie

# The relationship of the manager to whose team a child may go, and what they may do on the record before it is theirs.
RECEIVING: Final = "manager of the receiving team"
RECEIVING_ACTS: Final = frozenset({"agree-transfer", "decline-transfer", "complete-transfer"})
OUT_OF_HOURS: Final = "covering duty team, out of hours"
AUDITING: Final = "auditor of a sample"
THROUGH_GLASS: Final = "broken glass"
WORDS_OF_TIE: Final = {
    "chair": "chair of the conference",
    "auditor": AUDITING,
    "named": "named on the restricted record",
    "break glass": THROUGH_GLASS,
}
# Alerts: what those who guard access are told.
CONFLICT, RESTRICTED_OPENED = "conflict of interest", "restricted record opened"
GLASS_BROKEN, WORKER_BARRED = "glass broken", "worker with a conflict"


def decide_view(actor: ActorFacts, record: RecordFacts) -> Decision:
    """May this person open this record?

    The allocated worker, whoever covers for them that day, the record's team and its managers, the chair, an auditor
    for as long as the sample is drawn, and the front door (contact centre, duty and emergency duty) for contacts and
    referrals that are not yet allocated; out of hours the emergency duty team, whatever is open. While a transfer is
    open, the manager of the team that may take over (Peterborough 9.2, 9.4, 9.6; docs/adr/0015). A restricted record is
    for its worker, the managers of its team, its chair and those named on it. Whoever has a conflict of interest has no
    such record. All else is refused with how to ask.
    """
    ties = actor.ties_to(record.id) if record.id else ()
    if any(tie.kind in BARS for tie in ties):
        return Decision(
            allowed=False,
            reason="Conflict of interest",
            how_to_ask="Nothing is shown of it.",
            hidden=True,
            alert=CONFLICT,
        )
    decision = next(_allowed(actor, record, ties), None)
    if decision is not None:
        return decision
    if not actor.rights & {"opens records", "audits"}:
        return _refused(f"Your role, {actor.role}, does not work with children's records")
    if record.restricted:
        return _refused("This record is restricted to those named on it")
    if "opens records" not in actor.rights:
        return _refused(
            f"Your role, {actor.role}, reads the records of a sample drawn for you, and no others"
        )
    return _refused("You are not working with this child, nor is your team")


def _allowed(actor: ActorFacts, record: RecordFacts, ties: tuple[Tie, ...]) -> Iterator[Decision]:
    """Every decision that lets this person in, the plainest relationship first."""
    for relied_on, opens_restricted in _relationships(actor, record):
        if opens_restricted or not record.restricted:
            yield Decision(allowed=True, relied_on=relied_on)
    for tie in ties:
        is_drawn = tie.kind == "auditor" and record.restricted
        if RIGHT_OF_TIE.get(tie.kind, "") in actor.rights and not is_drawn:
            yield Decision(
                allowed=True, relied_on=", ".join(filter(None, (WORDS_OF_TIE[tie.kind], tie.words)))
            )
    if "covers out of hours" in actor.rights and actor.office_is_closed and record.is_open:
        alert = RESTRICTED_OPENED if record.restricted else ""
        yield Decision(allowed=True, relied_on=OUT_OF_HOURS, alert=alert)


def _relationships(actor: ActorFacts, record: RecordFacts) -> Iterator[tuple[str, bool]]:
    """The relationships by allocation, cover, team and management, each with whether it opens a restricted record too."""
    if "opens records" not in actor.rights:
        return
    team = record.team is not None
    if record.worker is not None and record.worker == actor.id:
        yield "allocated worker", True
    yield from ((one.words, False) for one in actor.covers if one.worker == record.worker)
    if team and record.team == actor.team:
        yield "own team", False
    if team and "manages" in actor.rights and record.team in actor.manages:
        yield "manager of the team", True
    if record.at_front_door and actor.is_front_door:
        yield "front door", False
    if _receives(actor, record):
        yield RECEIVING, False


def _receives(actor: ActorFacts, record: RecordFacts) -> bool:
    """Whether they manage the team to which a transfer is open."""
    teams = {actor.team, *actor.manages} - {None}
    return "manages" in actor.rights and record.transfer_to in teams


def decide_team(actor: ActorFacts, team: str) -> Decision:
    """May this person see the work of a team as a whole: its numbers, and the names in its lists?

    Those of the team and its managers, as for each of its records; a role that does not work with children may not.
    """
    decision = decide_view(
        replace(actor, ties=(), office_is_closed=False),
        RecordFacts(worker=None, team=team, at_front_door=False),
    )
    if decision.allowed or "opens records" not in actor.rights:
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
    if decision.allowed or decision.hidden or not (actor.is_front_door and "opens records" in actor.rights):
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


def decide_break_glass(actor: ActorFacts, record: RecordFacts) -> Decision:
    """May this person open the record by breaking the glass? Not where they may open it anyhow, nor with a conflict."""
    decision = decide_view(actor, record)
    if decision.hidden:
        return decision
    if decision.allowed:
        return Decision(
            allowed=False,
            reason=f"You may open this record already: {decision.relied_on}",
            how_to_ask="Open it.",
        )
    if "breaks the glass" in actor.rights:
        return Decision(allowed=True, relied_on="breaks the glass")
    return _refused(f"Your role, {actor.role}, may not open a record in this way")


def decide_here(relied_on: str, act: str) -> Decision:
    """May this act be done by this relationship to the record?

    The receiving manager reads it, and takes part in the transfer; an auditor reads it.
    """
    if relied_on.startswith(AUDITING):
        return Decision(
            allowed=False,
            reason="An auditor reads, and writes nothing in a record",
            how_to_ask="Tell the child's team or its manager what you found.",
        )
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


def decide_right(actor: ActorFacts, right: str, roles: tuple[str, ...]) -> Decision:
    """May this person do what a right allows? `roles` are those that have it, for saying whom to ask."""
    if right in actor.rights:
        return Decision(allowed=True, relied_on=right)
    return decide_act(actor.role, tuple(sorted(roles)))
