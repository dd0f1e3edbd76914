"""The table of ways in is complete: every address for anybody and every command is in it, and each has its test."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

from cairn.config.main import OWN_COMMANDS
from cairn.interfaces.cli.main import COMMANDS
from cairn.interfaces.web.urls import urlpatterns

ROOT = Path(__file__).resolve().parents[2]
WAYS = list(csv.DictReader((ROOT / "docs" / "assurance" / "ways_in.csv").read_text("utf-8").splitlines()))
LISTED = [one for way in WAYS for one in way["addresses"].split()]


def test_every_address_for_anybody_is_a_way_in_or_says_why_not():
    anybody = {pattern.name for pattern in urlpatterns if pattern.callback.policy == "anybody"}
    listed = {one for one in LISTED if not one.startswith("command:")}
    assert listed == anybody, "docs/assurance/ways_in.csv lists each address that needs nobody signed in"


def test_every_command_is_in_it():
    listed = {one.removeprefix("command:") for one in LISTED if one.startswith("command:")}
    assert listed == {*COMMANDS, *OWN_COMMANDS}, "docs/assurance/ways_in.csv lists each command of the server"


def test_each_says_what_it_gives_and_names_a_test_that_is_there():
    for way in WAYS:
        assert all(way[column] for column in ("way", "what it gives", "second factor", "test")), way
        file, _, name = way["test"].partition("::")
        written = ast.parse((ROOT / file).read_text("utf-8"))
        assert name in {one.name for one in ast.walk(written) if isinstance(one, ast.FunctionDef)}, way[
            "test"
        ]
