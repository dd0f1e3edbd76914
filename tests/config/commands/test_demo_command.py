"""`make demo` as whoever tries it meets it: it serves, it stops cleanly, and it survives being killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from cairn.config.commands.demo import TICK, wait_for

CAIRN = Path(sys.executable).with_name("cairn")


class Demo:
    """A demo in a working folder of its own, at a free port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        self.started: list[subprocess.Popen[str]] = []

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [CAIRN, *words],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> subprocess.Popen[str]:
        """Start it and wait until it has said where it is."""
        process = subprocess.Popen(
            [CAIRN, "demo", "--port", str(self.port)],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        self.said = ""
        while "Ctrl-C stops it" not in self.said:
            line = process.stdout.readline()
            assert line, self.said
            self.said += line
        return process

    def page(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/") as answer:
            assert answer.status == 200
            return answer.read().decode()

    def end(self) -> None:
        for process in self.started:
            for each in [*self.web_servers(), process]:
                if each.poll() is None if isinstance(each, subprocess.Popen) else each.is_running():
                    each.kill()
            process.communicate()
        self.command("database", "stop")

    def web_servers(self) -> list[psutil.Process]:
        bound = f"CAIRN_BIND=127.0.0.1:{self.port}"
        return [each for each in psutil.process_iter() if bound in _variables(each)]

    @staticmethod
    def _environment() -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith("CAIRN_")}


def _variables(process: psutil.Process) -> list[str]:
    try:
        return Path(f"/proc/{process.pid}/environ").read_text().split("\0")
    except OSError:
        return []


@pytest.fixture
def demo(tmp_path):
    made = Demo(tmp_path)
    yield made
    made.end()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_cleanly(demo, how):
    process = demo.start()
    assert f"http://127.0.0.1:{demo.port}/" in demo.said
    assert "Everybody in it is made up" in demo.said
    assert "<html" in demo.page()
    assert demo.command("database", "status").returncode == 0
    process.send_signal(how)
    process.send_signal(how)
    assert process.wait() == 0
    assert "Traceback" not in process.stdout.read()
    assert demo.web_servers() == []
    assert demo.command("database", "status").returncode == 3


def test_its_processes_do_not_know_the_owners_address(demo):
    demo.start()
    told = [variable for each in demo.web_servers() for variable in _variables(each)]
    assert any(variable.startswith("CAIRN_APP_DATABASE_URL=postgresql://cairn_app@") for variable in told)
    assert not any("cairn_owner" in variable for variable in told)
    server = demo.web_servers()[0]
    ticked = subprocess.run(
        [sys.executable, "-c", TICK], env=server.environ(), capture_output=True, text=True, check=False
    )
    assert ticked.returncode == 0, ticked.stderr
    assert "records derived again." in ticked.stdout


@pytest.mark.long
def test_what_was_made_is_there_the_next_time_and_thrown_away_when_asked(demo):
    process = demo.start()
    assert "Making a made-up authority" in demo.said
    assert demo.command("demo", "--reset").returncode == 1
    process.terminate()
    process.wait()
    process = demo.start()
    assert "Making a made-up authority" not in demo.said
    process.terminate()
    process.wait()
    assert demo.command("demo", "--reset").returncode == 0
    demo.start()
    assert "Making a made-up authority" in demo.said


@pytest.mark.long
def test_killed_it_leaves_no_web_server_and_can_be_started_again(demo):
    process = demo.start()
    servers = demo.web_servers()
    process.kill()
    process.wait()
    psutil.wait_procs(servers)
    demo.start()
    assert "Making a made-up authority" not in demo.said
    assert "<html" in demo.page()


def test_a_port_that_is_taken_is_named_before_anything_is_made(demo):
    with socket.socket() as other:
        other.bind(("127.0.0.1", demo.port))
        other.listen()
        refused = demo.command("demo", "--port", str(demo.port))
    assert refused.returncode == 1
    assert f"port {demo.port} is taken" in refused.stderr
    assert "PORT=" in refused.stderr


def test_time_passes_while_it_serves():
    ticks = []

    def tick():
        ticks.append(len(ticks))
        if len(ticks) == 2:
            server.stdin.close()

    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert wait_for(server, tick, every=0.001) == 1
    assert len(ticks) >= 2
