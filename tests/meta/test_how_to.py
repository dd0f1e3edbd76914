"""The how-to pages are followed word for word: files written, commands run, each line looked for in the output."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "how-to"


@dataclass(frozen=True)
class Block:
    kind: str
    named: str
    body: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, each file with the name in backticks that stands last before it."""
    text = (PAGES / page).read_text("utf-8")
    found = []
    for match in re.finditer(r"```(yaml|json|console)\n(.*?)```", text, re.DOTALL):
        names = re.findall(r"`([\w/.-]+\.(?:yaml|json))`", text[: match.start()])
        found.append(Block(match[1], names[-1] if names else "", match[2]))
    return found


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "src" / "cairn" / "procedures", tmp_path / "procedures")
    return tmp_path


def follow(page: str, folder: Path) -> list[tuple[str, list[str], str]]:
    """Do what the page says; gives each command, the lines it promises, and what it printed."""
    done = []
    for block in blocks(page):
        if block.kind == "console":
            command, *promised = block.body.strip().splitlines()
            done.append((command, promised, run(command.removeprefix("$ "), folder)))
        else:
            place = folder / "procedures" / block.named if block.kind == "yaml" else folder / block.named
            place.write_text(block.body, "utf-8")
    return done


def run(command: str, folder: Path) -> str:
    words = command.split()
    assert words[0] == "cairn"
    program = str(Path(sys.executable).with_name("cairn"))
    told = {**os.environ, "CAIRN_PROCEDURES": str(folder / "procedures"), "COLUMNS": "200"}
    answer = subprocess.run(
        [program, *words[1:]], cwd=folder, env=told, capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode in (0, 1), answer.stderr
    return answer.stdout


@pytest.mark.parametrize("page", ["try-a-protocol.md", "add-a-rule.md", "add-an-act.md"])
def test_a_page_does_what_it_says(page, folder):
    done = follow(page, folder)
    assert done, f"{page} has no command to follow"
    for command, promised, printed in done:
        for line in promised:
            assert line.strip() in " ".join(printed.split()) or line.strip() in printed, (
                command,
                line,
                printed,
            )
