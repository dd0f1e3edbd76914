"""The command line run in this process, on the test's database and a made-up authority's procedures."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from tests.application.conftest import clock, made_up, made_up_folder

from cairn.interfaces.cli.main import COMMANDS, run

__all__ = ["clock", "made_up", "made_up_folder"]


@pytest.fixture
def cairn(capsys):
    """Runs a command; gives its exit status and what it wrote to standard output and to standard error."""

    def say(*words):
        status = run(words, COMMANDS, lambda _: nullcontext())
        return (status, *capsys.readouterr())

    return say
