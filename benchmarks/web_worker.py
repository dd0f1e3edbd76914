"""The memory of a web worker that has served every page, as an installation runs it: gunicorn with its configuration.

    python -m benchmarks.web_worker

One worker, 200 open cases; each page of a signed-in person is asked for twenty times, then the worker's resident
memory is read (all of it, what it shares with the master process too). Prints JSON.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil

from benchmarks.installation import Installation, installed, open_cases
from benchmarks.table import Line, milliseconds

CASES, ROUNDS, PROMISED_MEGABYTES = 200, 20, 250
PATIENCE = 20.0
MEGABYTE = 1_000_000


def run() -> dict[str, Any]:
    """Megabytes of the worker once it is up and after the pages, and how long a page took over the loopback."""
    with installed() as made:
        open_cases(made, CASES)
        cookie, pages = _cookie(made), _pages(made)
        with _server() as (port, worker):
            _get(port, pages[0], cookie)
            first = worker.memory_info().rss
            seconds = [_timed(port, page, cookie) for _ in range(ROUNDS) for page in pages]
            return {
                "pages": len(pages),
                "requests": len(seconds),
                "megabytes_after_one_page": round(first / MEGABYTE, 1),
                "megabytes": round(worker.memory_info().rss / MEGABYTE, 1),
                "page": milliseconds(seconds),
            }


def _cookie(made: Installation) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in made.client("Worker 3").cookies.items())


def _pages(made: Installation) -> list[str]:
    record = f"/records/{made.records['Worker 3'][7]}/"
    of_record = ("", "timeline/", "people/", "documents/", "looked/", "look-back/", "plan/", "note/", "act/")
    return [
        "/work/",
        "/team/",
        "/find/",
        "/contacts/new/",
        "/procedures/",
        *(f"{record}{page}" for page in of_record),
    ]


@contextmanager
def _server() -> Iterator[tuple[int, psutil.Process]]:
    """Gunicorn with one worker on a free port of this machine; the port and the worker."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:cairn.config.gunicorn"]
    surroundings = {**os.environ, "CAIRN_BIND": f"127.0.0.1:{port}", "CAIRN_WORKERS": "1"}
    with subprocess.Popen(command, env=surroundings) as master:
        try:
            yield port, _worker(master, port)
        finally:
            master.terminate()


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def _worker(master: subprocess.Popen[bytes], port: int) -> psutil.Process:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and master.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                (worker,) = psutil.Process(master.pid).children()
                return worker
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not come up")


def _timed(port: int, page: str, cookie: str) -> float:
    began = time.perf_counter()
    _get(port, page, cookie)
    return time.perf_counter() - began


def _get(port: int, page: str, cookie: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", page, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, f"{page}: {answer.status}"
    finally:
        connection.close()


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    yield Line(
        f"a web worker's resident memory after {found['requests']} pages",
        f"{found['megabytes']:.0f} MB (promised: under {PROMISED_MEGABYTES})",
        f"the same after its first page: {found['megabytes_after_one_page']:.0f} MB",
        f"{found['megabytes'] / found['megabytes_after_one_page']:.2f} times",
    )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
