"""`cairn demo`: the whole application with a made-up authority, on this machine alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, cast

from cairn.adapters.postgres.databases import DATABASE, drop_database, make_database
from cairn.config import database, environment

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from django.db.backends.postgresql.base import DatabaseWrapper

    from cairn.adapters.postgres import Cluster

HELP = "Run Cairn with a made-up authority on this machine, until Ctrl-C."
HOST = "127.0.0.1"
_POLL = 0.05
TICK_EVERY = 300
TICK = "import sys; sys.argv[1:] = ['tick']; from cairn.config.main import main; sys.exit(main())"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="where the pages are served (8000)")
    parser.add_argument("--reset", action="store_true", help="throw the made-up data away, and stop there")


def run(arguments: argparse.Namespace) -> int:
    if not (arguments.reset or _is_free(arguments.port)):
        taken = f"port {arguments.port} is taken; choose another: make demo PORT=8001"
        print(f"cairn: {taken}", file=sys.stderr)
        return 1
    with contextlib.suppress(KeyboardInterrupt), _stopped_by_signals(), database.cluster() as cluster:
        if arguments.reset:
            return _reset(cluster)
        _make_ready(cluster)
        return _serve(cluster, arguments.port)
    return 0


def _reset(cluster: Cluster) -> int:
    if not drop_database(cluster):
        print(
            "cairn: the demo is running. Stop it (Ctrl-C) before its data are thrown away.", file=sys.stderr
        )
        return 1
    print("The made-up data are gone; `make demo` makes them anew.")
    return 0


def _make_ready(cluster: Cluster) -> None:
    """Tables, roles, the made-up authority where there is none yet, and the pages' own files."""
    owner = make_database(cluster)
    os.environ.update(_surroundings(cluster))
    database.prepare(owner)
    from django.core.management import call_command  # noqa: PLC0415 - it needs the settings

    from cairn.application import demo  # noqa: PLC0415 - it needs the settings

    call_command("collectstatic", interactive=False, verbosity=0)
    if demo.is_empty():
        database.say("Making a made-up authority; this happens once")
        demo.load(database.say)


def _surroundings(cluster: Cluster) -> dict[str, str]:
    """What the application is told: its own role's address and never the owner's; plain HTTP, on this machine."""
    for name in database.GIVEN:
        os.environ.pop(name, None)
    return {
        "CAIRN_HOME": str(environment.home(os.environ)),
        "CAIRN_APP_DATABASE_URL": cluster.url(DATABASE, environment.APP_ROLE),
        "CAIRN_PLAIN_HTTP": "yes",
    }


def _serve(cluster: Cluster, port: int) -> int:
    """Serve until the web server ends or somebody ends us; then the web server goes first, the database last."""
    command = [*_dies_with_us(), sys.executable, "-m", "gunicorn", "--config", "python:cairn.config.gunicorn"]
    server = subprocess.Popen(
        command, env={**os.environ, "CAIRN_BIND": f"{HOST}:{port}"}, start_new_session=True
    )
    try:
        while server.poll() is None and _is_free(port):
            time.sleep(_POLL)
        if server.poll() is None:
            _welcome(port)
        return wait_for(server, _tick)
    finally:
        server.terminate()
        server.wait()


def wait_for(server: subprocess.Popen[bytes], tick: Callable[[], None], every: float = TICK_EVERY) -> int:
    """Wait until the server ends, with a tick every so many seconds; its exit status."""
    while True:
        try:
            return server.wait(timeout=every)
        except subprocess.TimeoutExpired:
            tick()


def _tick() -> None:
    """What an installation has run every few minutes, in a process of its own: where it fails, the pages go on."""
    command = [*_dies_with_us(), sys.executable, "-c", TICK]
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, stdout=subprocess.DEVNULL, timeout=TICK_EVERY, check=False)


def _dies_with_us() -> list[str]:
    """What makes the web server end where we are killed, and leave its port to the next start (on Linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig=TERM", "--"] if setpriv else []


def _welcome(port: int) -> None:
    from django.db import connections  # noqa: PLC0415 - it needs the settings

    from cairn.application import sign_in  # noqa: PLC0415 - it needs the settings

    print(f"\nCairn is at  http://{HOST}:{port}/\n\nEverybody in it is made up. Sign in as one of:")
    for choice in sign_in.choices() or ():
        print(f"  {choice.name}, {choice.role}" + (f" ({choice.team})" if choice.team else ""))
    # Nothing of ours is to hold the database while others are served.
    cast("DatabaseWrapper", connections["default"]).close_pool()
    print("\nCtrl-C stops it; what you enter is kept. `make demo-reset` throws it away.", flush=True)


def _is_free(port: int) -> bool:
    """Does nobody answer at this port?"""
    with socket.socket() as line:
        return line.connect_ex((HOST, port)) != 0


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """A request to end (from a service manager, say) is taken as Ctrl-C is: everything is put away first."""
    asked: list[int] = []

    def stop(number: int, _: object) -> None:
        asked.append(number)
        if len(asked) == 1:  # who asks twice is not to interrupt the putting away
            raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
