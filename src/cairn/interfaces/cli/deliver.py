"""`cairn deliver`: the worker that hands over what acts have made to be sent or done."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

HELP = "Hand over what is to be sent or done; goes on until it is stopped."
NEEDS_DATABASE = True
SECONDS_BETWEEN = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to go on."""
    parser.add_argument("--once", action="store_true", help="stop when nothing is due any more")


def run(arguments: argparse.Namespace) -> int:
    """Deliver. Stopped by SIGTERM or SIGINT it finishes the batch in hand; killed, what it had is handed out again."""
    from cairn.application.delivery import Delivered, deliver  # noqa: PLC0415 - needs Django set up

    total = Delivered()
    with _stopped_by_signal() as stopped:
        while True:
            total = total.and_then(deliver(may_go_on=lambda: not stopped.is_set()))
            if arguments.once or stopped.wait(SECONDS_BETWEEN):
                break
    print(
        f"{total.done:,} done, {total.nothing_to_do:,} with nothing to do, {total.failed:,} to be tried again."
    )
    return 1 if total.failed else 0


@contextmanager
def _stopped_by_signal() -> Iterator[threading.Event]:
    """An event that a signal sets; afterwards signals do again what they did."""
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
