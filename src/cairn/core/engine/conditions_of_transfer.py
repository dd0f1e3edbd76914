"""Named conditions about going over to another worker or team."""

from __future__ import annotations

from collections.abc import Mapping

from cairn.core.engine.conditions_of_closing import not_told
from cairn.core.engine.facts import Facts
from cairn.core.engine.naming import BORN, REFERRED, Step, example, named
from cairn.core.engine.truth import NO, YES, Answer, unknown


def _agreed(**data: object) -> Mapping[str, object]:
    proposal: Step = ("t1", "transfer.proposed", {"to_team": "Made up."})
    return example(BORN, REFERRED, proposal, ("here", "transfer.agreed", {"to_team": "Made up.", **data}))


@named(
    "Were the managers of both teams at the allocation meeting?",
    ("transfer.agreed.attended",),
    {
        "yes": _agreed(attended=["outgoing_manager", "receiving_manager"]),
        "no": _agreed(attended=["outgoing_manager"]),
        "unknown": _agreed(),
    },
)
def both_managers_were_there(facts: Facts) -> Answer:
    """Peterborough 9.4: the managers of both teams always attend."""
    attended = facts.start.data.get("attended")
    if not isinstance(attended, list | tuple):
        return unknown("who was at the allocation meeting")
    return YES if {"outgoing_manager", "receiving_manager"} <= set(attended) else NO


_LEAVES: Step = ("here", "allocation.ended", {"worker": "A Worker"})


@named(
    "Did the worker who leaves visit the family together with the one who takes over?",
    ("visit.made.handover",),
    {
        "yes": example(BORN, REFERRED, ("v1", "visit.made", {"handover": True}), _LEAVES),
        "no": example(BORN, REFERRED, ("v1", "visit.made", {"handover": False}), _LEAVES),
        "unknown": example(
            BORN,
            ("r1", "referral.received", {"not_known": ["visit.made"], "imported_from": "a file"}),
            _LEAVES,
        ),
    },
)
def joint_visit_was_made(facts: Facts) -> Answer:
    """Peterborough 9.7 and 9.8: a joint visit when the case goes to another worker, since it last did."""
    place_of = facts.standing.place_of
    here = place_of.get(facts.start.id, len(place_of))
    ended = [place_of[one.id] for one in facts.of_type("allocation.ended", "history")]
    last = max((place for place in ended if place < here), default=-1)
    visits = [one for one in facts.of_type("visit.made", "history") if last < place_of[one.id]]
    if any(one.data.get("handover") is True for one in visits):
        return YES
    silent = not_told(facts, "visit.made")
    return unknown(silent) if silent else NO
