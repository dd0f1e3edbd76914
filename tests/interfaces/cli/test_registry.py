"""The command line finds commands by name, and helps where it is misused."""

from __future__ import annotations

import contextlib
import sys
import types

import pytest

from cairn.interfaces.cli.main import COMMANDS, run


@pytest.fixture
def commands(monkeypatch):
    """A registry with one made-up command, which prints its number and where it ran."""
    stones = types.ModuleType("made_up_stones")
    stones.HELP = "Lay stones."
    stones.add_arguments = lambda parser: parser.add_argument("number", type=int)
    stones.run = lambda arguments: print("laid", arguments.number) or arguments.number
    monkeypatch.setitem(sys.modules, "made_up_stones", stones)
    return {"stones": "made_up_stones", "absent": "no.such.module"}


@contextlib.contextmanager
def surroundings(command):
    print("before", command.HELP)
    yield
    print("after")


def test_a_command_runs_inside_its_surroundings_and_its_number_is_the_status(commands, capsys):
    assert run(["stones", "7"], commands, surroundings) == 7
    assert capsys.readouterr().out.splitlines() == ["before Lay stones.", "laid 7", "after"]


def test_wrong_arguments_are_refused_before_anything_is_started(commands, capsys):
    with pytest.raises(SystemExit) as refused:
        run(["stones", "many"], commands, surroundings)
    said = capsys.readouterr()
    assert refused.value.code == 2
    assert "cairn stones: error:" in said.err
    assert said.out == ""


def test_a_slip_of_the_pen_is_answered_with_what_was_meant(commands, capsys):
    assert run(["stnes"], commands, surroundings) == 2
    assert "no command 'stnes'. Did you mean stones?" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "status"), [([], 2), (["--help"], 0), (["help"], 0)])
def test_the_overview_names_each_command(commands, capsys, words, status):
    del commands["absent"]
    assert run(words, commands, surroundings) == status
    assert "stones  Lay stones." in capsys.readouterr().out


def test_every_registered_command_can_be_asked_for_help(capsys):
    for name in COMMANDS:
        with pytest.raises(SystemExit) as shown:
            run([name, "--help"], COMMANDS, surroundings)
        assert shown.value.code == 0
        assert f"cairn {name}" in capsys.readouterr().out
