"""What the form of an act asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from cairn.application import acting
from cairn.application.actors import Actor
from cairn.application.procedures import in_use
from cairn.core.engine.view import derive

AT = datetime(2026, 1, 12, 10, tzinfo=UTC)
PRIYA = Actor(uuid4(), "Priya Shah", "social worker")


def asked(act, procedures=None):
    found = procedures or in_use()
    view = derive((), found, as_at=AT)
    return {field.name for field in acting.asked_fields(PRIYA, found.vocabulary.acts[act], view)}


def test_nobody_is_asked_for_what_a_page_fills_in():
    assert {"worker", "role"} <= asked("allocate")
    assert {"worker_id", "team_id"}.isdisjoint(asked("allocate"))


def test_the_vocabulary_says_which_that_is(monkeypatch):
    before = in_use()
    event = before.vocabulary.events["note.added"]
    fields = tuple(one.model_copy(update={"asked": one.name != "with_whom"}) for one in event.fields)
    events = {**before.vocabulary.events, event.name: event.model_copy(update={"fields": fields})}
    changed = replace(before, vocabulary=before.vocabulary.model_copy(update={"events": events}))
    act = next(
        one.name
        for one in before.vocabulary.acts.values()
        if "note.added" in {made.event for made in one.yields}
    )
    assert "with_whom" in asked(act)
    monkeypatch.setattr(acting, "in_use", lambda: changed)
    assert "with_whom" not in asked(act, changed)
