"""Each errand of the outbox handed over two to five times, out of order, after seven days, by two workers: done once (CO-7)."""

from __future__ import annotations

import random
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from tests.attacks.house import house as build
from tests.people import made_up_staff

from cairn.application import delivery
from cairn.application.delivery import deliver
from cairn.records import outbox, register
from cairn.records.models import Outbox, Record

SEED = 20261123
ERRANDS = 60


@pytest.fixture
def made(committed_database, clock):
    return clock


def put(number, clock):
    outbox.put(
        *(
            outbox.Errand(
                kind=f"kind.{one % 3}",
                deduplication=f"errand:{one}",
                made_at=clock.at + timedelta(seconds=one),
            )
            for one in range(number)
        )
    )


def both(work):
    """Two workers at once, each with its own connection; what each did."""
    together, done = threading.Barrier(2), []

    def run(mine):
        try:
            together.wait(30)
            done.append(work(mine))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(done) == 2
    return done


def test_put_again_and_again_each_is_kept_once(made):
    both(lambda _: [put(ERRANDS, made) for _ in range(3)])
    assert Outbox.objects.count() == ERRANDS


def test_handed_over_two_to_five_times_out_of_order_each_takes_effect_once(made):
    """Whoever has an errand in hand when its lease ends is followed by another: both do it, one effect stays."""
    chance = random.Random(SEED)
    put(ERRANDS, made)
    made.at += timedelta(seconds=ERRANDS)
    handed = []
    for _ in range(5):
        claimed = outbox.claim(ERRANDS, made.at)
        chance.shuffle(claimed)
        handed.append(claimed)
        made.at += outbox.LEASE
    assert [len(one) for one in handed] == [ERRANDS] * 5
    times = {one.id: chance.randint(2, 5) for one in handed[0]}
    effects = Record.objects.count()
    deliveries = [one for number, round_ in enumerate(handed) for one in round_ if number < times[one.id]]
    chance.shuffle(deliveries)
    both(lambda mine: [_hand_over(one, made) for one in deliveries[mine::2] + deliveries[1 - mine :: 2]])
    assert len(deliveries) > 2 * ERRANDS
    assert Record.objects.count() - effects == ERRANDS
    assert not Outbox.objects.filter(acknowledged_at__isnull=True).exists()


def _hand_over(claimed, clock):
    return delivery._done(claimed, lambda _: register.open_record("contact", clock.at), clock.at)


def test_after_seven_days_it_is_still_there_and_is_done_once(made):
    put(ERRANDS, made)
    outbox.claim(ERRANDS, made.at + timedelta(minutes=2))
    made.at += timedelta(days=7)
    effects = Record.objects.count()
    handlers = {f"kind.{one}": lambda _: register.open_record("contact", made.at) for one in range(3)}
    done = both(lambda _: deliver(handlers))
    again = both(lambda _: deliver(handlers))
    assert Record.objects.count() - effects == ERRANDS
    assert sum(one.done for one in done) == ERRANDS
    assert sum(one.taken for one in again) == 0


def test_what_real_acts_made_is_taken_once_and_in_the_order_of_its_making(made):
    build(made_up_staff())
    waiting = Outbox.objects.filter(acknowledged_at__isnull=True).count()
    made.at += timedelta(minutes=1)
    seen = []
    kinds = set(Outbox.objects.values_list("kind", flat=True))
    told = deliver(dict.fromkeys(kinds, lambda one: seen.append(one.id)))
    assert told.done == waiting == len(set(seen)) == len(seen) > 20
    assert deliver(dict.fromkeys(kinds, lambda one: seen.append(one.id))).taken == 0
    assert seen == sorted(seen)


def test_one_event_makes_one_errand_whoever_sends_it_again(made):
    """The twin: another event is another errand."""
    key = str(uuid4())
    for _ in range(3):
        outbox.put(outbox.Errand(kind="a", deduplication=key, made_at=made.at))
    outbox.put(outbox.Errand(kind="a", deduplication=str(uuid4()), made_at=made.at))
    assert Outbox.objects.count() == 2
