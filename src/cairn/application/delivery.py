"""Delivering: what an act made to be sent or done is handed over until it is done, and its effect happens once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction

from cairn.application.alert_mail import send_alert
from cairn.application.alerts import ERRAND
from cairn.application.ports import now
from cairn.records import outbox

BATCH = 20
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)

log = logging.getLogger(__name__)

Handler = Callable[[outbox.Claimed], None]
Handlers = Mapping[str, Handler]
Outcome = Literal["done", "nothing to do", "done by another", "failed"]

# What is done for each kind of event: one line each, here.
HANDLERS: Handlers = {ERRAND: send_alert}


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many errands were done, had nothing to be done for, or failed and wait to be tried again."""

    done: int = 0
    nothing_to_do: int = 0
    failed: int = 0

    @property
    def taken(self) -> int:
        """How many were taken in hand."""
        return self.done + self.nothing_to_do + self.failed

    def and_then(self, other: Delivered) -> Delivered:
        """Both together."""
        return Delivered(
            self.done + other.done, self.nothing_to_do + other.nothing_to_do, self.failed + other.failed
        )


def deliver(
    handlers: Handlers = HANDLERS, *, batches: int = 1_000, may_go_on: Callable[[], bool] = lambda: True
) -> Delivered:
    """Hand over what is due now, until nothing is, after so many batches, or when it may not go on.

    An errand that fails comes back later, so that one round takes each at most once.
    """
    delivered = Delivered()
    for _ in range(batches):
        one_batch = _deliver_batch(handlers, now())
        delivered = delivered.and_then(one_batch)
        if not one_batch.taken or not may_go_on():
            break
    return delivered


def pause_after(attempts: int) -> timedelta:
    """How long an errand waits after failing so many times: a minute, then twice as long each time, to six hours."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)


def _deliver_batch(handlers: Handlers, at: datetime) -> Delivered:
    # Those tried least come first, so that one on which the worker itself dies can't hold the others up for good.
    claimed = sorted(outbox.claim(BATCH, at), key=lambda each: each.attempts)
    outcomes = [_hand_over(each, handlers, at) for each in claimed]
    return Delivered(
        outcomes.count("done"),
        outcomes.count("nothing to do") + outcomes.count("done by another"),
        outcomes.count("failed"),
    )


def _hand_over(claimed: outbox.Claimed, handlers: Handlers, at: datetime) -> Outcome:
    # Whatever a handler does wrong, the errand is kept and the next one has its turn.
    try:
        return _done(claimed, handlers.get(claimed.errand.kind), at)
    except Exception:
        log.exception("errand %s (%s) failed, attempt %s", claimed.id, claimed.errand.kind, claimed.attempts)
        outbox.fail(claimed.id, at + pause_after(claimed.attempts))
        return "failed"


def _done(claimed: outbox.Claimed, handler: Handler | None, at: datetime) -> Outcome:
    """The effect and its acknowledgement in one transaction: both or neither, whoever is killed in between.

    Where another worker was faster, what this one did is taken back.
    """
    with transaction.atomic():
        if handler is not None:
            handler(claimed)
        if not outbox.acknowledge(claimed.id, at):
            transaction.set_rollback(True)
            return "done by another"
    return "done" if handler is not None else "nothing to do"
