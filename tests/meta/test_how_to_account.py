"""The how-to page for giving somebody an account, followed: each command of it, on accounts of its own."""

from __future__ import annotations

import re
import shlex
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.test import Client
from tests.accounts import set_up
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application.accounts import Handed
from cairn.interfaces.cli.main import COMMANDS, run

__all__ = ["clock", "people", "static_files"]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "give-an-account.md"
SAID = PAGE.read_text("utf-8")
ADD = re.search(r"\$ cairn (account add .*)", SAID)[1]
TABLE = re.findall(r"\| `cairn (account [^`]+)` \|", SAID)


@pytest.fixture
def cairn(people, capsys):
    """Runs a command of the page; gives what it printed."""

    def say(command):
        status = run(shlex.split(command), COMMANDS, lambda _: nullcontext())
        out, err = capsys.readouterr()
        assert (status, err) == (0, ""), command
        return out

    return say


def handed(printed):
    """What is handed over, as the command prints it."""
    name = re.search(r"Name to sign in with: +(\S+)", printed)[1]
    return Handed(name, re.search(r"Code to set it up: +(\S+)", printed)[1], None)


def is_in(browser):
    return browser.get("/work/").status_code == 200


def test_the_account_is_made_set_up_and_in_the_list(cairn):
    printed = cairn(ADD)
    assert "until 24 November 2026" in printed
    assert cairn("account list").startswith(
        "wren.fellow\tWren Fellow\tsocial worker\tReferral and Assessment\tto be set up"
    )
    assert is_in(set_up(handed(printed)).browser)
    assert "in use" in cairn("account list")


def test_each_command_of_the_table_does_what_it_says(cairn):
    commands = {command.split()[1]: command for command in TABLE}
    assert set(commands) == {"reset-second-factor", "disable", "enable", "move", "list"}
    first = set_up(handed(cairn(ADD)))
    again = handed(cairn(commands["reset-second-factor"]))
    assert not is_in(first.browser)
    second = set_up(again, Client())
    assert "closed" in cairn(commands["disable"])
    assert not is_in(second.browser)
    third = set_up(handed(cairn(commands["enable"])), Client())
    assert is_in(third.browser)
    cairn(commands["move"])
    assert "Family Support" in cairn(commands["list"])


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ('account add x --name "X Y" --role "social worker"', "3 to 60 letters"),
        ('account add some.body --name "X Y" --role "king"', "no role 'king'"),
        ('account add some.body --name "X Y" --role "social worker" --team "Nowhere"', "the teams are:"),
        ('account add some.body --name " " --role "social worker"', "has a name"),
        ("account disable nobody.here", "cairn account list"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(people, capsys, command, said):
    assert run(shlex.split(command), COMMANDS, lambda _: nullcontext()) == 1
    assert said in capsys.readouterr().err


def test_a_name_is_given_once(cairn, capsys):
    cairn(ADD)
    assert run(shlex.split(ADD.replace("wren", "WREN")), COMMANDS, lambda _: nullcontext()) == 1
    assert "wren.fellow is taken" in capsys.readouterr().err
