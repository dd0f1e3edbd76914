"""What an act made to be done is done, once, whatever fails and whoever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from tests.application.made_up import NOW, a_case, a_worker, record_case

from cairn.application import delivery
from cairn.application.delivery import Delivered, deliver
from cairn.records import outbox, register
from cairn.records.models import Outbox, Record

pytestmark = pytest.mark.usefixtures("clock")


def put(*kinds: str) -> None:
    outbox.put(*(outbox.Errand(kind=kind, deduplication=str(uuid4()), made_at=NOW) for kind in kinds))


def effect(_claimed=None) -> None:
    """Something that can be counted."""
    register.open_record("contact", NOW)


def effects() -> int:
    return Record.objects.count()


def failing(_claimed) -> None:
    effect()
    raise RuntimeError("made to fail")


def test_each_errand_goes_to_the_handler_of_its_kind(db):
    seen = []
    put("letter", "notice", "letter")
    told = deliver({"letter": lambda one: seen.append(one.errand.kind), "notice": effect})
    assert told == Delivered(done=3)
    assert (seen, effects()) == (["letter", "letter"], 1)
    assert deliver({"letter": failing, "notice": failing}) == Delivered()


def test_a_kind_that_nobody_handles_has_nothing_to_do_and_does_not_wait(db):
    put("something.unheard_of")
    assert deliver({}) == Delivered(nothing_to_do=1)
    assert outbox.waiting_since(NOW) == (0, None)


def test_every_event_that_an_act_writes_is_taken_from_the_outbox(db, made_up):
    record_case(a_case(), a_worker())
    assert deliver() == Delivered(nothing_to_do=3)
    assert outbox.waiting_since(NOW)[0] == 0


def test_what_fails_leaves_no_effect_and_comes_again_after_growing_pauses(db, clock):
    put("letter")
    pauses = []
    for _ in range(3):
        assert deliver({"letter": failing}) == Delivered(failed=1)
        due = Outbox.objects.get().not_before
        pauses.append(due - clock.at)
        clock.at = due - timedelta(seconds=1)
        assert deliver({"letter": effect}) == Delivered()
        clock.at = due
    assert effects() == 0
    assert pauses == sorted(set(pauses))
    assert deliver({"letter": effect}) == Delivered(done=1)
    assert effects() == 1


def test_the_pause_has_a_longest():
    assert delivery.pause_after(1) == timedelta(minutes=1)
    assert delivery.pause_after(10_000) == timedelta(hours=6)


def test_one_that_fails_holds_up_no_other(db):
    put("bad", "letter", "bad", "letter")
    assert deliver({"bad": failing, "letter": effect}) == Delivered(done=2, failed=2)
    assert effects() == 2


def test_it_goes_on_until_nothing_is_due_but_not_for_ever(db, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    put(*["letter"] * 7)
    assert deliver({"letter": effect}, batches=2) == Delivered(done=4)
    assert deliver({"letter": effect}, may_go_on=lambda: False) == Delivered(done=2)
    assert deliver({"letter": effect}) == Delivered(done=1)


def test_an_errand_that_makes_more_of_its_kind_is_bounded(db):
    put("letter")
    told = deliver({"letter": lambda _: put("letter")}, batches=5)
    assert told == Delivered(done=5)


def test_those_tried_least_come_first(db, clock, monkeypatch):
    """A worker that dies on one errand each time gets through with the others."""
    put("deadly")
    outbox.claim(1, NOW)
    put("letter")
    Outbox.objects.update(not_before=NOW)
    seen = []
    note = lambda one: seen.append(one.errand.kind)  # noqa: E731 - two kinds, one handler
    deliver({"deadly": note, "letter": note})
    assert seen == ["letter", "deadly"]


def test_of_two_workers_at_one_errand_one_leaves_its_effect(committed_database, clock):
    """The lease ran out while the first was still at it: the second does it too, and one of them is taken back."""
    put("letter")
    reached, go_on = threading.Event(), threading.Event()

    def slow(_claimed):
        effect()
        reached.set()
        go_on.wait(30)

    def first_worker():
        deliver({"letter": slow})
        connections.close_all()

    first = threading.Thread(target=first_worker)
    first.start()
    assert reached.wait(30)
    clock.at = NOW + outbox.LEASE
    assert deliver({"letter": effect}) == Delivered(done=1)
    go_on.set()
    first.join(30)
    assert effects() == 1


KILLED = """
import signal
import django
django.setup()
from cairn.application.delivery import deliver
from cairn.records import register
from cairn.application.ports import now

def effect(claimed):
    register.open_record("contact", now())
    print("in the middle", flush=True)
    signal.pause()

deliver({"letter": effect})
"""


@pytest.mark.faults
def test_a_worker_killed_in_the_middle_is_followed_by_another_and_the_effect_happens_once(
    committed_database, clock
):
    put("letter")
    surroundings = {
        **os.environ,
        "CAIRN_APP_DATABASE_URL": committed_database.url("cairn_app"),
        "CAIRN_NOW": NOW.isoformat(),
    }
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], env=surroundings, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout.readline() == "in the middle\n"
        worker.send_signal(signal.SIGKILL)
    assert worker.returncode == -signal.SIGKILL
    assert (effects(), deliver({"letter": effect})) == (0, Delivered())
    clock.at = NOW + outbox.LEASE
    assert deliver({"letter": effect}) == Delivered(done=1)
    assert deliver({"letter": effect}) == Delivered()
    assert effects() == 1
    assert Outbox.objects.get().attempts == 2
