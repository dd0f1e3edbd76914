"""The how-to page for adding a letter, followed: its first file is refused as it says, its second is a letter one can send."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, event, main
from tests.interfaces.web.views.conftest import clock, people, static_files
from tests.meta.test_how_to import ROOT, blocks

from cairn.application.letter_writing import standard_letters

__all__ = ["clock", "people", "static_files"]
PAGE = "write-a-letter.md"
SAID = (ROOT / "docs" / "how-to" / PAGE).read_text("utf-8")


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "src" / "cairn" / "procedures", tmp_path / "procedures")
    first = next(block for block in blocks("try-a-protocol.md") if block.kind == "json")
    (tmp_path / "case.json").write_text(first.body, "utf-8")
    return tmp_path


def written(folder: Path, number: int) -> None:
    files = [block for block in blocks(PAGE) if block.kind == "yaml"]
    (folder / "procedures" / files[number].named).write_text(files[number].body, "utf-8")


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    """The command of the page."""
    command = next(block for block in blocks(PAGE) if block.kind == "console").body.splitlines()[0]
    program = str(Path(sys.executable).with_name("cairn"))
    told = {**os.environ, "CAIRN_PROCEDURES": str(folder / "procedures")}
    words = command.removeprefix("$ cairn ").split()
    return subprocess.run(
        [program, *words], cwd=folder, env=told, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_first_file_is_refused_with_the_line_that_the_page_shows(folder):
    written(folder, 0)
    promised = next(block for block in blocks(PAGE) if block.kind == "console").body.splitlines()[1]
    answer = run(folder)
    assert answer.returncode == 2
    assert answer.stderr.startswith(promised)


def test_the_second_is_taken(folder):
    written(folder, 1)
    answer = run(folder)
    assert answer.returncode == 0, answer.stderr


@pytest.fixture
def in_force(folder, monkeypatch):
    """The protocol with the letter of the page is the one in use."""
    written(folder, 1)
    monkeypatch.setenv("CAIRN_PROCEDURES", str(folder / "procedures"))


def test_it_is_then_chosen_filled_and_recorded_as_the_page_says(people, in_force):
    assert "visit-announced" in {one.id for one in standard_letters()}
    child, client = allocated(people), people.client("Priya Shah")
    documents = unescape(main(client.get(reverse("documents", args=[child]))))
    assert "Choose one of the procedures’ letters" in documents
    chosen = unescape(main(client.get(reverse("send-standard-letter", args=[child]))))
    assert "We are coming to see you" in chosen
    address = re.search(r'href="([^"]+)">We are coming to see you', chosen)[1]
    form = {"to": "other", "to_name": "Hanne", "do": "fill"}
    assert "Who is it to?" in unescape(main(client.get(address)))
    page = unescape(main(client.post(address, form)))
    for name in ("Download for Word", "Download as PDF", "Record as sent"):
        assert name in page
        assert f"**{name}**" in " ".join(SAID.split())
    assert "Priya Shah comes to see Wren and you." in page
    sent = {
        **form,
        "subject": "We come",
        "text": "Dear Hanne\n\nBoo.\n\nPriya",
        "how": "by_hand",
        "do": "sent",
    }
    assert client.post(address, sent).status_code == 302
    assert event(child, "letter.sent").data["letter"] == "visit-announced"
