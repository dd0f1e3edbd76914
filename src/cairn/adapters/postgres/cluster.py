"""The supervisor: makes, starts, adopts, recovers and stops one PostgreSQL server in one folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, NoReturn, Self
from urllib.parse import quote

from cairn.adapters.postgres import processes, socket_folder, users
from cairn.adapters.postgres.account import Account, account_for
from cairn.adapters.postgres.binaries import program
from cairn.adapters.postgres.quiet import QUIET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from cairn.adapters.postgres.processes import Process

SUPERUSER = "postgres"
_INITIALISE = (
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    # These binaries are built without ICU. PostgreSQL's own Unicode rules (18 on) need nothing of the machine and
    # don't change under an index when the machine is upgraded.
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--locale=C",
    "--data-checksums",
    # Whoever can reach the socket has passed the rights of its folder.
    "--auth=trust",
)
_SETTINGS = {
    "listen_addresses": "",
    "port": str(socket_folder.PORT),
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    **QUIET,
}
_POLL = 0.01


class ClusterFailed(Exception):
    """The server could not be made or started; the message ends with the last lines of its log."""


class Cluster:
    """One PostgreSQL server, its data in `data_folder`, reached only through a socket in a private folder.

    `start()` leaves it running until `stop()`. As a context manager it runs while anybody is inside, in this process
    or another. Any number of processes may do either at once: one starts the server, the others adopt it.
    """

    def __init__(
        self, data_folder: Path, *, say: Callable[[str], None] = lambda _line: None, say_every: float = 5.0
    ) -> None:
        """`data_folder` is made where it doesn't exist; `say` is told every so many seconds what takes long."""
        self.folder = data_folder.absolute()
        self._say = say
        self._say_every = say_every
        self._data = self.folder / "data"
        self._log = self.folder / "postgres.log"
        self._register = self.folder / "users.json"
        self._note = self.folder / "socket"

    def __enter__(self) -> Self:
        with self._locked():
            register = self._running()
            register.enter()
            users.write(self._register, register)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._locked():
            register = users.read(self._register)
            if register.leave():
                self._halt(register)
            users.write(self._register, register)

    def start(self) -> None:
        """Make sure that the server runs and answers, and that it stays up until `stop()`.

        Called by who is inside the context manager, it starts a server that has died and promises no more.
        Returns at once where it runs already. Recovery after a crash has no time limit. Raises ClusterFailed.
        """
        with self._locked():
            register = self._running()
            register.stays_up = register.stays_up or not register.used_by_me
            users.write(self._register, register)

    def stop(self) -> None:
        """Stop the server cleanly, whoever started it or still uses it; waits until it has gone."""
        if not self.folder.exists():
            return
        with self._locked():
            self._halt(users.read(self._register))
            users.write(self._register, users.Register())

    def is_running(self) -> bool:
        """Whether the server is there and takes connections."""
        server = users.read(self._register).server
        return server is not None and server.alive and self._answers(server)

    def url(self, database: str, user: str) -> str:
        """The libpq URL of a database for a role, through the socket."""
        folder = socket_folder.remembered(self._note)
        if folder is None:
            raise ClusterFailed(f"The database in {self.folder} has not been started.")
        place = quote(str(folder), safe="")
        return f"postgresql://{quote(user)}@{place}:{socket_folder.PORT}/{quote(database)}"

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Only one process at a time starts, stops, or counts itself in or out."""
        lock = self._open_lock()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _open_lock(self) -> int:
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            return os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise ClusterFailed(
                f"{self.folder} belongs to another user. Set CAIRN_HOME to a folder of your own, or remove that one."
            ) from error

    def _running(self) -> users.Register:
        """The register of a server that runs: the one there was, or a new one. Called with the lock held."""
        register = users.read(self._register)
        if register.server is None or not self._await(register.server):
            register.server = self._launch()
            users.write(self._register, register)
            if not self._await(register.server):
                self._fail()
        return register

    def _launch(self) -> Process:
        account = account_for(self._data, self._say)
        self._prepare(account)
        self._clear_leftovers()
        socket = socket_folder.prepare(self._note, account)
        settings = {**_SETTINGS, "unix_socket_directories": f'"{socket}"'}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = [str(program("postgres")), "-D", str(self._data), *flags]
        command = account.command(server, reaching=[program("postgres"), self._data, socket])
        return self._spawn(command)

    def _clear_leftovers(self) -> None:
        """End what a killed server left at work in the data, and drop what is no use in its file about itself.

        PostgreSQL would take a stranger who has its number now for another server, and refuse to start; likewise
        where the file is empty. Where the number is free, it knows what to do.
        """
        processes.clear_away(list(processes.working_in(self._data.resolve())))
        number = "".join(self._pid_file()[:1])
        if not number.isdigit() or processes.identify(int(number)):
            (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _pid_file(self) -> list[str]:
        """The lines of the file that the server keeps about itself; none where there is no such file."""
        with contextlib.suppress(FileNotFoundError):
            return [line.strip() for line in (self._data / "postmaster.pid").read_text().splitlines()]
        return []

    def _prepare(self, account: Account) -> None:
        """Hand the folder to the account and, the first time, make the cluster in it."""
        self._log.touch(mode=0o600)
        for ours in (self.folder, self._log, self.folder / "lock"):
            account.give(ours)
        if not (self._data / "PG_VERSION").exists():
            self._initialise(account)

    def _initialise(self, account: Account) -> None:
        """Make a new cluster beside its place and move it there, so that a kill leaves no half of one."""
        making = self.folder / "making"
        self._say("Making a new database")
        shutil.rmtree(making, ignore_errors=True)
        arguments = [str(program("initdb")), *_INITIALISE, "-D", str(making)]
        command = account.command(arguments, reaching=[program("initdb"), program("postgres"), making])
        made = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd="/", env=_environment()
        )
        if made.returncode:
            raise ClusterFailed(f"PostgreSQL could not make its data folder in {self.folder}:\n{made.stderr}")
        making.rename(self._data)

    def _spawn(self, command: list[str]) -> Process:
        """Start the server as a session of its own: it outlives us, and a Ctrl-C in our terminal isn't for it."""
        log_flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        number = os.posix_spawnp(
            command[0],
            command,
            _environment(),
            setsid=True,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(self._log), log_flags, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
        )
        return processes.identify(number) or self._fail()

    def _await(self, server: Process) -> bool:
        """Wait until the server takes connections, however long recovery takes; False where it has died."""
        began = said = time.monotonic()
        while server.alive:
            if self._answers(server):
                return True
            now = time.monotonic()
            if now - said > self._say_every:
                said = now
                self._say(f"PostgreSQL is recovering, {now - began:.0f} s so far: {self._last_words(1)}")
            time.sleep(_POLL)
        return False

    def _answers(self, server: Process) -> bool:
        """Has this very server written that it is ready (in the eighth line about itself), and does it reply?"""
        lines = self._pid_file()
        ready = lines[:1] == [str(server.number)] and lines[7:8] == ["ready"]
        return ready and socket_folder.replies(self._note)

    def _halt(self, register: users.Register) -> None:
        """Stop the server (open transactions are rolled back), wait until all of it has gone, and forget it."""
        server, register.server = register.server, None
        if server is not None:
            processes.send(server, signal.SIGINT)
            while server.alive:
                time.sleep(_POLL)
        processes.clear_away(list(processes.working_in(self._data.resolve())))
        socket_folder.remove(self._note)

    def _fail(self) -> NoReturn:
        raise ClusterFailed(
            f"PostgreSQL did not start in {self.folder}. Its log ends:\n{self._last_words(15)}"
        )

    def _last_words(self, lines: int) -> str:
        with contextlib.suppress(FileNotFoundError):
            return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:])
        return ""


def _environment() -> dict[str, str]:
    """What the server may know of its surroundings: nothing that could change what it does."""
    return {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"}
