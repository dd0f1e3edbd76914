"""The census's code sets, read from the files that come with the application."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from cairn.core.returns.codes import CodeSets
from cairn.core.returns.rules.model import RuleText, read_texts


@cache
def load() -> CodeSets:
    """Every code set of `procedures/code_sets`."""
    folder = files("cairn.procedures") / "code_sets"
    texts = {name: (folder / f"{name}.csv").read_text(encoding="utf-8") for name in CodeSets.names()}
    return CodeSets.from_csv(texts)


@cache
def rules() -> tuple[RuleText, ...]:
    """The words of every rule of the census, from `procedures/returns`."""
    text = (files("cairn.procedures") / "returns" / "census_rules.csv").read_text(encoding="utf-8")
    return tuple(read_texts(text).values())
