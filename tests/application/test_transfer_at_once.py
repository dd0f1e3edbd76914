"""Two managers agree one transfer at the same instant, and two hand a child over: one is taken, the other told who was first."""

from __future__ import annotations

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connections
from tests.application.test_transfer_acts import BOTH, SUMMARY, agreed, events, proposed
from tests.cases import open_to_priya
from tests.people import Staff, made_up_staff

from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused


@pytest.fixture
def people(committed_database) -> Staff:
    return made_up_staff()


def at_once(people: Staff, child: UUID, names: tuple[str, str], act: str, answers: dict[str, object]):
    """What each of two was answered who did the same at one instant."""
    start, told = threading.Barrier(2), dict[str, Recorded | Refused]()

    def do(name: str) -> None:
        actor = people.actor(name)
        start.wait(timeout=60)
        told[name] = record_act(actor, Request(act, answers, child, key=uuid4()))
        connections.close_all()

    threads = [threading.Thread(target=do, args=(name,)) for name in names]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    return [told[name] for name in names]


def test_of_two_managers_who_agree_at_once_one_is_told_who_was_first(people):
    child = open_to_priya(people)
    proposed(people, child)
    told = at_once(
        people,
        child,
        ("Joanne Whitlock", "Tunde Bright"),
        "agree-transfer",
        {"agreed_on": "2026-01-14", "attended": BOTH},
    )
    (refused,) = [one for one in told if isinstance(one, Refused)]
    assert "It was agreed already, by " in refused.reason
    assert len(events(child, "transfer.agreed")) == 1


def test_of_two_who_hand_over_at_once_one_does_and_the_other_has_no_rights_left_or_nothing_to_do(people):
    child = open_to_priya(people)
    agreed(people, child)
    over = {"to_worker": str(people.ids["Rosa Quill"]), **SUMMARY}
    told = at_once(people, child, ("Priya Shah", "Tunde Bright"), "complete-transfer", over)
    assert len([one for one in told if isinstance(one, Recorded)]) == 1
    assert len(events(child, "transfer.completed")) == 1
    assert len(events(child, "allocation.made")) == 2
