"""The application as it is served, on a PostgreSQL of its own, with writers at work: to be killed in the middle."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from cairn.adapters.postgres import Cluster
from cairn.adapters.postgres.cluster import SUPERUSER
from cairn.adapters.postgres.databases import DATABASE, make_database

WRITERS, CHILDREN = 8, 4
PATIENCE = 60.0  # seconds until something that was killed must be there again
ROOT = Path(__file__).parents[2]
# Made in a process of its own, as the application's own role, so that this one holds nothing of the database.
SETTING_UP = """
import json, sys, django
django.setup()
from django.core.management import call_command
from cairn.application import four_eyes
from cairn.records import roles
roles.prepare(sys.argv[1], four_eyes.rules())
call_command("collectstatic", interactive=False, verbosity=0)
from tests.interfaces.web.views.children import allocated
from tests.people import made_up_staff
people = made_up_staff()
children = [str(allocated(people)) for _ in range(int(sys.argv[2]))]
cookies = {name: morsel.value for name, morsel in people.client("Priya Shah").cookies.items()}
print(json.dumps({"children": children, "cookies": cookies, "writer": str(people.ids["Priya Shah"])}))
"""


@dataclass
class Served:
    """The application at a port, and what was set up in it."""

    cluster: Cluster
    port: int
    web: subprocess.Popen
    children: list[str]
    cookies: dict[str, str]
    writer: str

    def send(self, child: str, key: str, text: str) -> int:
        """Send the form of a note; the status of the answer, 0 where there was none."""
        token = "a" * 32
        cookies = {**self.cookies, "cairn_csrf": token}
        form = {"csrfmiddlewaretoken": token, "draft": key, "version": "0", "key": key, "text": text}
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("POST", f"/records/{child}/note/", urlencode(form), headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()
        return answer.status

    def ask(self, statement: str, *values: object) -> list[tuple]:
        """Ask the database past all rights; where it is just coming back, again until it answers."""
        found: list[tuple] = []

        def answered() -> bool:
            with contextlib.suppress(psycopg.OperationalError):
                with psycopg.connect(self.cluster.url(DATABASE, SUPERUSER)) as connection:
                    found[:] = connection.execute(statement, values).fetchall()
                return True
            return False

        wait_until(answered)
        return found


@contextlib.contextmanager
def served(folder: Path):
    """Set it up and serve it until the block ends."""
    with Cluster(folder / "postgres") as cluster:
        owner = make_database(cluster)
        surroundings = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CAIRN_")},
            "CAIRN_HOME": str(folder),
            "CAIRN_PLAIN_HTTP": "yes",
            "CAIRN_APP_DATABASE_URL": cluster.url(DATABASE, "cairn_app"),
            "DJANGO_SETTINGS_MODULE": "cairn.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        # The pages' files have to be collected somewhere before the settings are read.
        (folder / "static").mkdir()
        made = subprocess.run(
            [sys.executable, "-c", SETTING_UP, owner, str(CHILDREN)],
            env=surroundings, capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr[-2_000:]
        port = free_port()
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:cairn.config.gunicorn"],
            env={**surroundings, "CAIRN_BIND": f"127.0.0.1:{port}"}, stderr=subprocess.DEVNULL, cwd=ROOT,
        )  # fmt: skip
        try:
            found = Served(cluster, port, web, **json.loads(made.stdout.splitlines()[-1]))
            wait_until(lambda: found.send(found.children[0], str(uuid4()), "Ready") == 302)
            yield found
        finally:
            web.terminate()
            web.wait(30)


def free_port() -> int:
    """A port at which nobody listens now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def wait_until(holds, otherwise=lambda: "") -> None:
    """Return when it holds; it fails after a minute, and says what `otherwise` tells then."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < PATIENCE, otherwise()
        threading.Event().wait(0.05)


@dataclass
class Writer(threading.Thread):
    """Writes notes, each under its own key; a form that was not answered with a redirect is sent again, as people do."""

    where: Served
    number: int
    finished: threading.Event
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    again: int = 0
    answers: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        count = 0
        while not self.finished.is_set():
            count += 1
            child, text = self.where.children[(self.number + count) % CHILDREN], f"Note {self.number}.{count}"
            key = str(uuid4())
            while True:
                status = self.where.send(child, key, text)
                self.answers[status] += 1
                if status == 302:
                    self.acknowledged.append((child, text))
                    break
                self.again += 1
                if self.finished.wait(0.1):
                    return


def workers_of(web: subprocess.Popen) -> list[int]:
    """The web server's worker processes."""
    return [int(one) for one in Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()]


def kill_worker(where: Served) -> None:
    """One of the web server's workers, in the middle of whatever it does."""
    wait_until(lambda: workers_of(where.web))
    os.kill(workers_of(where.web)[0], signal.SIGKILL)


def kill_backend(where: Served) -> None:
    """One of PostgreSQL's processes that works for the application: the server then starts all of them anew."""
    found = []

    def one_there() -> bool:
        found[:] = where.ask(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'cairn_app' ORDER BY backend_start LIMIT 1"
        )
        return bool(found)

    wait_until(one_there)
    with contextlib.suppress(ProcessLookupError):
        os.kill(found[0][0], signal.SIGKILL)


def kill_postmaster(where: Served) -> None:
    """The database server as a whole; whoever looks after it starts it again."""
    os.kill(postmaster(where), signal.SIGKILL)
    where.cluster.start()


def restart(where: Served) -> None:
    """The database is shut down in order and started, as for an update; its address stays as it was."""
    number = postmaster(where)
    os.kill(number, signal.SIGINT)
    wait_until(lambda: not where.cluster.is_running())
    where.cluster.start()


def postmaster(where: Served) -> int:
    """The number of the database server's first process."""
    return int((where.cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
