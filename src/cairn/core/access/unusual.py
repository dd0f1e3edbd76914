"""Which look-ups of a week somebody should look at: signs with weights, read from data, each said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from cairn.core.protocol.load import AuthoringFault, ProceduresFaulty, parse_yaml, validate

SignName = Literal[
    "broken_glass",
    "same_surname",
    "refused",
    "not_allocated",
    "odd_hours",
    "again",
    "no_open_case",
    "searched",
    "took_away",
]
SIGNS: Final[tuple[str, ...]] = get_args(SignName)


class Sign(BaseModel):
    """One sign: from how many on it counts, how much each weighs, and how it is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: SignName
    begins: int = Field(gt=0, alias="from")
    times: float = Field(default=0, ge=0)
    weighs: float = Field(gt=0)
    most: float = Field(gt=0)
    says: str
    counts: tuple[str, str]

    def weight(self, number: int, usual: float) -> float:
        """What so many weigh beside what is usual in the role; 0 where they are too few to count."""
        first = max(self.begins, int(self.times * usual) + 1 if self.times else 0)
        return min(self.most, (number - first + 1) * self.weighs) if number >= first else 0.0

    def sentence(self, number: int, usual: float) -> str:
        """The sign in words."""
        one, many = self.counts
        said = one if number == 1 else f"{number} {many}"
        return self.says.replace("{number}", said).replace("{usual}", _usual(usual))


class Signs(BaseModel):
    """All signs, and from which weight on somebody is listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    listed_from: float = Field(gt=0)
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What one person looked up in a week, counted: by the name of the sign."""

    person: str
    role: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unusual:
    """Somebody whose week should be looked at: its weight, for the order alone, and each sign in a sentence."""

    person: str
    weight: float
    said: tuple[str, ...]


def read_signs(file: str, text: str) -> Signs:
    """The signs from their file. Raises ProceduresFaulty: one that is missing, stands twice, or does not say how many."""
    faults: list[AuthoringFault] = []
    found = validate(Signs, parse_yaml(file, text), file, faults)
    if found is not None:
        names = [one.name for one in found.signs]
        faults += [AuthoringFault(file, 0, name, "is missing") for name in SIGNS if name not in names]
        faults += [
            AuthoringFault(file, 0, name, "stands twice") for name in set(names) if names.count(name) > 1
        ]
        faults += [
            AuthoringFault(file, 0, one.name, "says nowhere {number}")
            for one in found.signs
            if "{number}" not in one.says
        ]
    if faults or found is None:
        raise ProceduresFaulty(faults)
    return found


def unusual(signs: Signs, weeks: Iterable[Week]) -> list[Unusual]:
    """Those whose signs weigh enough, the heaviest first. What is usual is told by everybody else in the role."""
    there = list(weeks)
    by_role: dict[str, list[Week]] = {}
    for week in there:
        by_role.setdefault(week.role, []).append(week)
    found = [_weighed(signs, week, by_role[week.role]) for week in there]
    listed = [one for one in found if one.weight >= signs.listed_from]
    return sorted(listed, key=lambda one: (-one.weight, one.person))


def _weighed(signs: Signs, week: Week, role: list[Week]) -> Unusual:
    weight, said = 0.0, []
    for sign in signs.signs:
        number = week.numbers.get(sign.name, 0)
        usual = _median(sign.name, week, role) if number else 0.0
        weighs = sign.weight(number, usual)
        if weighs:
            weight += weighs
            said.append((weighs, sign.sentence(number, usual)))
    said.sort(key=lambda one: -one[0])
    return Unusual(week.person, weight, tuple(sentence for _, sentence in said))


def _median(name: str, week: Week, role: list[Week]) -> float:
    others = [one.numbers.get(name, 0) for one in role if one.person != week.person]
    return float(median(others)) if others else 0.0


def _usual(number: float) -> str:
    return "none" if number < 1 else f"{number:.0f}"
