"""Which process is meant: a number alone is not enough, for numbers are used again.

A process is remembered by its number and the moment it started, counted in the machine's own ticks since it booted (a
clock that is set forward or back doesn't matter) together with the name of that boot.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_PATIENCE = 5.0  # seconds for a left-over process to go by itself before it is killed


class Process(NamedTuple):
    """A process by number and start; equal only to itself, in this boot of this machine."""

    number: int
    started: str

    @property
    def alive(self) -> bool:
        """Is it still at work? What is left of a dead one isn't; where it was a child of ours, it is let go."""
        try:
            if identify(self.number) != self:
                return False
            if psutil.Process(self.number).status() not in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}:
                return True
            os.waitpid(self.number, os.WNOHANG)
        except (psutil.NoSuchProcess, ChildProcessError):
            pass
        return False


def identify(number: int) -> Process | None:
    """The process that has this number now, alive or not yet let go by its parent; None where there is none."""
    try:
        return Process(number, _start_of(number))
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return None


def myself() -> Process:
    return Process(os.getpid(), _start_of(os.getpid()))


def working_in(folder: Path) -> Iterator[Process]:
    """The PostgreSQL processes at work in this data folder, whoever started them."""
    for candidate in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if candidate.name() == "postgres" and Path(candidate.cwd()) == folder:
                found = identify(candidate.pid)
                if found is not None:
                    yield found


def clear_away(processes: list[Process]) -> None:
    """End what a killed server left behind (it could hold the shared memory), and wait until all of it is gone."""
    for process in processes:
        send(process, signal.SIGQUIT)
    give_up = time.monotonic() + _PATIENCE
    while any(process.alive for process in processes):
        if time.monotonic() > give_up:
            for process in processes:
                send(process, signal.SIGKILL)
        time.sleep(0.01)


def send(process: Process, number: signal.Signals) -> None:
    """Signal this very process; nothing happens where it is gone."""
    if process.alive:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.number, number)


def _start_of(number: int) -> str:
    if not _BOOT.exists():  # not Linux
        return str(psutil.Process(number).create_time())
    after_the_name = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    ticks_since_boot = after_the_name[19]  # field 22 of proc(5), the third being the first after the name
    return f"{_BOOT.read_text().strip()}:{ticks_since_boot}"
