"""The command `cairn` as a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys


def test_a_reader_that_has_read_enough_ends_it_quietly(tmp_path):
    command = [sys.executable, "-c", "import sys; from cairn.config.main import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "vocabulary", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as running:
        running.stdout.close()
        said = running.stderr.read().decode()
        running.stderr.close()
    assert said == ""
    assert running.returncode == 128 + signal.SIGPIPE
