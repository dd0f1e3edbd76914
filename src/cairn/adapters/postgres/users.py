"""Who uses the server, so that it is stopped by the last who leaves and by nobody before.

Kept as a small file beside the data; read and written only while the cluster's lock is held.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cairn.adapters.postgres.processes import Process, myself

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Register:
    """The server, who uses it, and whether it stays up when nobody does.

    Users who died without leaving are dropped when the register is read.
    """

    server: Process | None = None
    stays_up: bool = False
    users: list[Process] = field(default_factory=list)

    @property
    def used_by_me(self) -> bool:
        return myself() in self.users

    def enter(self) -> None:
        self.users.append(myself())

    def leave(self) -> bool:
        """Take one use by this process off the list; True where the server may now be stopped."""
        if self.used_by_me:
            self.users.remove(myself())
        return not self.users and not self.stays_up


def read(path: Path) -> Register:
    try:
        kept = json.loads(path.read_text())
        return Register(
            server=Process(*kept["server"]) if kept["server"] else None,
            stays_up=kept["stays_up"],
            users=[user for user in (Process(*each) for each in kept["users"]) if user.alive],
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        # None yet, or half of one: the file was being written when the machine stopped.
        return Register()


def write(path: Path, register: Register) -> None:
    """Replace the register in one step, so that a kill leaves the old one or the new one."""
    beside = path.with_suffix(".new")
    beside.write_text(
        json.dumps({"server": register.server, "stays_up": register.stays_up, "users": register.users})
    )
    beside.replace(path)
