"""The census's code sets, read from the files that come with the application."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from cairn.core.returns.codes import CodeSets


@cache
def load() -> CodeSets:
    """Every code set of `procedures/code_sets`."""
    folder = files("cairn.procedures") / "code_sets"
    texts = {name: (folder / f"{name}.csv").read_text(encoding="utf-8") for name in CodeSets.names()}
    return CodeSets.from_csv(texts)
