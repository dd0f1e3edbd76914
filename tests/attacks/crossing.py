"""Two transactions that hold two records each: in the order of asking they cross, in one order they follow each other."""

from __future__ import annotations

import threading
from uuid import UUID

from django.db import OperationalError, connections, transaction

from cairn.records import register


def crossed(one: UUID, other: UUID, *, in_order: bool) -> list[OperationalError]:
    """What went wrong when one asked for (one, other) and somebody else for (other, one)."""
    met, faults = threading.Barrier(2), []

    def hold(first: UUID, second: UUID) -> None:
        try:
            with transaction.atomic():
                if in_order:
                    met.wait(20)
                    register.lock([first, second])
                    return
                register.lock([first])
                met.wait(20)
                register.lock([second])
        except OperationalError as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hold, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return faults
