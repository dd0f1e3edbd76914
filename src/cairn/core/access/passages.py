"""Whether a text holds words of another: runs of words found again, however they were pasted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cairn.core.people.told import plain

Run = tuple[str, ...]
# As many words in the same order are no accident; a shorter text is looked for whole.
RUN: Final = 8
SHORTEST: Final = 4


def words_of(text: str) -> Run:
    """The words of a text without case, accents, marks and line ends."""
    return tuple(re.sub(r"[^\w]+", " ", plain(text)).split())


def runs_of(text: str) -> frozenset[Run]:
    """Every run of eight words of a text; of a shorter one the whole, where it has four words at least."""
    words = words_of(text)
    if len(words) < RUN:
        return frozenset([words]) if len(words) >= SHORTEST else frozenset()
    return frozenset(words[at : at + RUN] for at in range(len(words) - RUN + 1))


def holds_words_of(text: str, runs: Iterable[Run]) -> bool:
    """Whether a run of words stands in a text."""
    words = words_of(text)
    by_length: dict[int, set[Run]] = {}
    for run in runs:
        by_length.setdefault(len(run), set()).add(run)
    return any(
        words[at : at + length] in wanted
        for length, wanted in by_length.items()
        for at in range(len(words) - length + 1)
    )


def texts_in(value: Any) -> Iterable[str]:
    """Every text of an answer, in rows and lists too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_in(one)
