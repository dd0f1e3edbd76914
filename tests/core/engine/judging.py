"""A named condition judged on a small made-up record, in the tests of conditions."""

from __future__ import annotations

from datetime import date

from tests.core.made_up_procedures import event, instant

from cairn.application.procedures import in_use
from cairn.core.engine.conditions import CONDITIONS
from cairn.core.engine.view import derive
from cairn.core.history.event import Event
from cairn.core.history.history import Subject

CHILD = Subject(born=date(2016, 5, 4))
R1 = event("r1", "referral.received", "2026-01-05T10:00", {"source": "school"})


def judged(name: str, *events: Event, child: Subject = CHILD) -> str:
    """What it says from the event called "here"; where it is unknown, what is missing after a colon."""
    view = derive(events, in_use(), as_at=instant("2027-01-01"), subject=child)
    here = next(one for one in view.standing.events if one.id == "here")
    answer = CONDITIONS[name].judge(view.world.facts(here))
    return f"{answer.truth}: {answer.missing}" if answer.missing else answer.truth
