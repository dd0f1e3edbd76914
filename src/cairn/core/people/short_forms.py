"""Which forenames stand for which: Ify for Ifeoma, Bill for William, Mohamed as another spelling of Muhammad."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

SHORT_FORM: Final = "short form"
SPELLING: Final = "spelling"
CARRIED: Final = "carried"
KINDS: Final = frozenset({SHORT_FORM, SPELLING, CARRIED})
NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class ShortForms:
    """A table of forenames, all in the form that `spelling.words` gives.

    `stands_for` leads from a short form to the full names it may stand for, `spelt` from a spelling to the
    one spelling chosen for all of them. `carried` are names borne before the one a person is called by
    (Muhammad Hassan, called Hassan), which brothers therefore share.
    """

    stands_for: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spelt: Mapping[str, str] = field(default_factory=dict)
    carried: frozenset[str] = NONE

    def one_spelling(self, word: str) -> str:
        """The word in the one spelling chosen for it."""
        return self.spelt.get(word, word)

    def full_names(self, word: str) -> frozenset[str]:
        """What a word may be short for; empty where it is no short form."""
        return self.stands_for.get(self.one_spelling(word), NONE)

    def short_for(self, one: str, other: str) -> bool:
        """Whether one of two words is a short form of the other.

        Two short forms of one name are not meant (Elsie and Betty may be sisters), nor are two full names
        with the same short form (Alexander and Alexandra).
        """
        return other in self.full_names(one) or one in self.full_names(other)


NO_SHORT_FORMS: Final = ShortForms()


def read_short_forms(lines: Iterable[str]) -> ShortForms:
    """The table from the lines of a CSV file with the columns `name`, `stands_for`, `kind`.

    A kind other than "short form", "spelling" or "carried" raises ValueError: the file is ours.
    """
    stands_for: defaultdict[str, set[str]] = defaultdict(set)
    spelt: dict[str, str] = {}
    carried: set[str] = set()
    for row in csv.DictReader(lines):
        if row["kind"] not in KINDS:
            raise ValueError(f"{row['name']}: no such kind as {row['kind']!r}")
        if row["kind"] == SHORT_FORM:
            stands_for[row["name"]].add(row["stands_for"])
        elif row["kind"] == SPELLING:
            spelt[row["name"]] = row["stands_for"]
        else:
            carried.add(row["name"])
    frozen = {name: frozenset(full) for name, full in stands_for.items()}
    return ShortForms(MappingProxyType(frozen), MappingProxyType(spelt), frozenset(carried))
