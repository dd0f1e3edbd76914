"""What each test reaches, kept from one run to the next: watching takes longer than running."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[3] / "build" / "mutants_watched.json"


def read() -> dict[str, Any]:
    """What was kept, by test; empty where nothing was."""
    return dict(json.loads(KEPT.read_text())) if KEPT.exists() else {}


def write(kept: dict[str, Any]) -> None:
    """Keep it for the next run."""
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept))


def digest(files: Iterable[Path]) -> str:
    """What tells whether any of the files changed."""
    found = hashlib.blake2b(digest_size=16)
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()
