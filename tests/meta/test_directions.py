"""The contracts of `.importlinter` are kept, and each of them finds an offence against it."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

OFFENCES = [
    ("records/register.py", "import cairn.application.ports", "Imports run one way"),
    ("adapters/clock.py", "import cairn.interfaces.cli.main", "Imports run one way"),
    ("helpers.py", "", "Imports run one way"),
    ("core/calendar/moment.py", "import os", "The core is pure"),
    ("core/calendar/moment.py", "import django.db", "The core is pure"),
    ("interfaces/tasks/__init__.py", "import cairn.interfaces.cli.main", "Interfaces do not know each other"),
    ("interfaces/cli/main.py", "import cairn.records.models", "Models are private"),
    ("interfaces/cli/main.py", "import cairn.records.ledger", "The ledger is reached"),
    ("interfaces/cli/main.py", "import cairn.records.access_log", "The access log is reached"),
    ("records/migrations/0001_initial.py", "import cairn.core.calendar.moment", "Migrations stand alone"),
    ("core/calendar/moment.py", "import cairn.core.history.event", "Parts do not grow together"),
]

NO_CODE = {"__pycache__", "static", "static_source", "templates"}
ONE_WRITER = {"ledger.append": {"application/recording.py"}, "access_log.write": {"application/door.py"}}


@pytest.fixture
def house(tmp_path):
    """A copy of the source, to plant something in."""
    copy = tmp_path / "src" / "cairn"
    shutil.copytree(ROOT / "src" / "cairn", copy, ignore=lambda folder, names: _no_code(Path(folder), names))
    return copy


def _no_code(folder: Path, names: list[str]) -> list[str]:
    return [
        name for name in names if name in NO_CODE or ((folder / name).is_file() and not name.endswith(".py"))
    ]


def contracts(source: Path) -> subprocess.CompletedProcess[str]:
    command = [LINT, str(ROOT / ".importlinter"), "--no-cache"]
    surroundings = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.run(
        command, cwd=source, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_house_keeps_its_directions():
    checked = contracts(ROOT / "src")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(("file", "line", "contract"), OFFENCES)
def test_an_offence_is_found_by_the_contract_meant_for_it(house, file, line, contract):
    target = house / file
    written = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(f"{written}\n{line}\n", encoding="utf-8")
    checked = contracts(house.parent)
    broken = [each for each in checked.stdout.splitlines() if " BROKEN" in each]
    assert checked.returncode == 1
    assert any(each.startswith(contract) for each in broken), checked.stdout


def callers(source: Path, function: str) -> set[str]:
    """The files below `source` that call `module.function`."""
    return {
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == function
    }


@pytest.mark.parametrize(("function", "writers"), ONE_WRITER.items())
def test_the_ledger_and_the_access_log_have_one_writer_each(function, writers):
    assert callers(ROOT / "src" / "cairn", function) == writers


def test_a_second_writer_would_be_found(house):
    (house / "application" / "people.py").write_text("access_log.write(line)\n", encoding="utf-8")
    assert "application/people.py" in callers(house, "access_log.write")
