"""The short private folder that holds the server's socket.

A socket's path may be 107 bytes long, so that it can't lie in a data folder of any depth; and whoever can enter this
folder is trusted by the server, so that nobody else may. The folder keeps its name from one start to the next:
connections of other processes find the server again after a restart.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cairn.adapters.postgres.account import Account

LONGEST = 107
PORT = 5432
_SOCKET = f".s.PGSQL.{PORT}"
_GREETING = bytes([0, 0, 0, 8, 4, 210, 22, 47])  # "may we speak in cipher?", answered with one letter
_PATIENCE = 1.0  # seconds


def remembered(note: Path) -> Path | None:
    """The folder written down in `note`, whatever has become of it since."""
    try:
        return Path(note.read_text().strip())
    except FileNotFoundError:
        return None


def prepare(note: Path, account: Account) -> Path:
    """The remembered folder where it is still private and the account's own; otherwise a new one, written down."""
    folder = remembered(note)
    if folder is None or not _is_private(folder, account):
        folder = _new_folder()
        account.give(folder)
        note.write_text(f"{folder}\n")
        account.give(note)
    return folder


def replies(note: Path) -> bool:
    """Does a server at this socket say anything at all to a greeting?

    A server that has just been killed can look alive for a moment; but it no longer answers.
    """
    folder = remembered(note)
    if folder is None:
        return False
    with socket.socket(socket.AF_UNIX) as line, contextlib.suppress(OSError):
        line.settimeout(_PATIENCE)
        line.connect(str(folder / _SOCKET))
        line.sendall(_GREETING)
        return bool(line.recv(1))
    return False


def remove(note: Path) -> None:
    """Remove the socket's folder and the note of it (the cluster is thrown away)."""
    folder = remembered(note)
    if folder is not None and folder.name.startswith("cairn-"):
        shutil.rmtree(folder, ignore_errors=True)
    note.unlink(missing_ok=True)


def _is_private(folder: Path, account: Account) -> bool:
    with contextlib.suppress(FileNotFoundError):
        found = folder.lstat()
        return (
            stat.S_ISDIR(found.st_mode)
            and stat.S_IMODE(found.st_mode) == stat.S_IRWXU
            and account.owns(folder)
        )
    return False


def _new_folder() -> Path:
    """A new folder of ours alone, in the usual place for temporary files unless that path is too long."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-"))
    if len(bytes(folder / _SOCKET)) <= LONGEST:
        return folder
    folder.rmdir()
    return Path(tempfile.mkdtemp(prefix="cairn-", dir="/tmp"))
