"""What a run leaves out is said loudly, and fails the run where a machine judges."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def suite(tmp_path):
    """A little test suite with our own conftest: one test that passes, one left out."""
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "test_little.py").write_text(
        "import pytest\ndef test_done(): pass\n@pytest.mark.skip(reason='no moon')\ndef test_by_moonlight(): pass\n"
    )

    def run(**variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name != "CI"}
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)]
        return subprocess.run(
            command, cwd=tmp_path, env=kept | variables, capture_output=True, text=True, check=False
        )

    return run


def test_on_a_desk_it_is_said(suite):
    ran = suite()
    assert ran.returncode == 0
    assert "LEFT OUT: 1" in ran.stdout
    assert "NOT TESTED (1): no moon" in ran.stdout
    assert "1 passed, 1 skipped" in ran.stdout.splitlines()[-1]


def test_where_a_machine_judges_it_fails_the_run(suite):
    ran = suite(CI="true")
    assert ran.returncode == 1
    assert "NOT TESTED (1): no moon" in ran.stdout
