"""As whom PostgreSQL runs: it refuses to run as root, so root starts it under an account of its own.

Nothing outside our own folders is changed for that. Where a folder above them is closed to the account (a home folder
of root's, say), the server is handed the one capability with which it gets through, instead of the folder being
opened to everybody.
"""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NAME = "cairn-postgres"


@dataclass(frozen=True)
class Account:
    """The user and group number that own the data and run the server."""

    user: int
    group: int

    def owns(self, path: Path) -> bool:
        return path.lstat().st_uid == self.user

    def give(self, path: Path) -> None:
        """Make one of our own files or folders the account's (only root can, and only root needs to)."""
        if os.geteuid() == 0 and not self.owns(path):
            os.chown(path, self.user, self.group, follow_symlinks=False)

    def command(self, arguments: list[str], *, reaching: Iterable[Path]) -> list[str]:
        """The command line that runs `arguments` under this account, able to reach the given paths."""
        if os.geteuid() == self.user:
            return arguments
        become = ["setpriv", f"--reuid={self.user}", f"--regid={self.group}", "--clear-groups"]
        if not all(_open_to_everybody(path) for path in reaching):
            # Reading alone would do for folders, but not for programs installed with a umask of 077; and this
            # capability, unlike that for reading, is one that a container's root has.
            become += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
            # Without this, the question "may I run this program?" is answered as if the capability weren't there.
            become += ["--securebits=+no_setuid_fixup"]
        return [*become, "--", *arguments]


def account_for(data: Path, say: Callable[[str], None]) -> Account:
    """The account for this data folder: whoever owns it, else the caller; for root, one made for the purpose."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    return _account_of_its_own(say)


def _account_of_its_own(say: Callable[[str], None]) -> Account:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        say(f"PostgreSQL does not run as root: making the system account {NAME} for it")
        _make_account()
        entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _make_account() -> None:
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        NAME,
    ]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    already_there = 9  # another process was quicker
    if made.returncode not in {0, already_there}:
        raise PermissionError(
            f"PostgreSQL does not run as root, and the account {NAME} could not be made "
            f"({made.stderr.strip()}). Run as an ordinary user, or set CAIRN_DATABASE_URL."
        )


def _open_to_everybody(path: Path) -> bool:
    """Can anybody get through to this path? Judged by the plain rights of the path's folders."""
    if path.is_file() and not path.stat().st_mode & stat.S_IXOTH:
        return False
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
