"""The census's code sets: which codes there are, what they mean, and our own word for each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

COLUMNS = ("code", "ours", "label", "first_year", "last_year", "note")


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a set; `ours` is our word for it, the code itself where we keep it.

    `first_year` and `last_year` are census years (2026 is 2025-26); None is "no limit known".
    """

    code: str
    ours: str
    label: str
    first_year: int | None = None
    last_year: int | None = None

    def valid_in(self, year: int) -> bool:
        """Whether a return of that census year may hold it."""
        return (self.first_year or year) <= year <= (self.last_year or year)


class CodeSetFault(ValueError):
    """A code set file that does not hold together: a mistake of ours, not of a return."""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """The codes of one element of the return, by the census's code."""

    name: str
    by_code: Mapping[str, Code]

    @classmethod
    def from_csv(cls, name: str, text: str) -> Self:
        """Read a code set file; CodeSetFault names what is wrong with it."""
        rows = csv.DictReader(text.splitlines(), strict=True)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise CodeSetFault(f"{name}: expected the columns {','.join(COLUMNS)}")
        found: dict[str, Code] = {}
        for row in rows:
            code = _code(name, row)
            if code.code in found:
                raise CodeSetFault(f"{name}: {code.code} is there twice")
            found[code.code] = code
        return cls(name, found)

    def get(self, code: str, year: int) -> Code | None:
        """The code as a return of that census year may use it; None where it may not."""
        found = self.by_code.get(code)
        return found if found is not None and found.valid_in(year) else None

    def census_code(self, ours: str) -> str | None:
        """The census's code for our word; the first where several mean the same."""
        return next((code.code for code in self.by_code.values() if code.ours == ours), None)

    def label(self, code: str) -> str:
        """What a code means, in words; the code itself where it is not in the set."""
        found = self.by_code.get(code)
        return found.label if found else code


def _code(name: str, row: Mapping[str, str | None]) -> Code:
    code, label = row["code"], row["label"]
    if not code or not label or None in row.values():
        raise CodeSetFault(f"{name}: {code or 'a row'} is not complete")
    first, last = _year(row["first_year"]), _year(row["last_year"])
    return Code(code, row["ours"] or code, label, first, last)


def _year(text: str | None) -> int | None:
    return int(text) if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSets:
    """Every code set that a return is read with; each field has a file of its name."""

    referral_source: CodeSet
    primary_need: CodeSet
    closure_reason: CodeSet
    assessment_factor: CodeSet
    abuse_category: CodeSet
    disability: CodeSet
    ethnicity: CodeSet
    sex: CodeSet
    gender_current: CodeSet
    upn_unknown: CodeSet

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the sets, which are those of their files."""
        return tuple(field.name for field in fields(cls))

    @classmethod
    def from_csv(cls, texts: Mapping[str, str]) -> Self:
        """All the sets, from the text of each file by its name."""
        return cls(**{name: CodeSet.from_csv(name, texts[name]) for name in cls.names()})
