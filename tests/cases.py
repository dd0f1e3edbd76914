"""Made-up cases for tests, recorded through the same door as everything else, by people who may."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.people import Staff

from cairn.application.recording import Recorded, Request, record_act

Step = tuple[str, str, dict[str, Any]]


def record(people: Staff, *steps: Step, on: UUID | None = None) -> UUID:
    """Record acts one after the other, on a new record or `on` one: who, which act, with which answers."""
    for who, act, answers in steps:
        done = record_act(people.actor(who), Request(act=act, answers=answers, record=on))
        assert isinstance(done, Recorded), done
        on = done.record
    assert on is not None
    return on
