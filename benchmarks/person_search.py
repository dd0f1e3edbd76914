"""How well and how fast people are found in a large register of made-up people.

    python -m benchmarks.person_search [people] [look-ups]

In two registers, one a tenth of the other: how often the right person comes first and within ten, for every slip, the
wrong people called strong, and the time of a look-up, all in memory (the table of keys in a database adds its own).
Prints JSON.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.core.people.made_up_people import Register, describe, population, slips

import cairn.procedures
from benchmarks.table import Line, milliseconds, times
from cairn.core.people.short_forms import read_short_forms

SEED = 20261123


def run(people: int = 200_000, look_ups: int = 2_000) -> dict[str, Any]:
    """What was found in the register, and in one of a tenth of the people."""
    return {"whole": _searched(people, look_ups), "tenth": _searched(people // 10, look_ups)}


def _searched(people: int, look_ups: int) -> dict[str, Any]:
    table = Path(cairn.procedures.__file__).parent / "names" / "short_forms.csv"
    short_forms = read_short_forms(table.read_text(encoding="utf-8").splitlines())
    everybody = population(people, SEED)
    register = Register(everybody, short_forms)
    keys = sum(len(filed) for filed in register.filed.values()) / people
    chosen = random.Random(SEED).sample(everybody, look_ups)
    return {"people": people, "keys_each": round(keys, 1), **_looked_up(register, chosen)}


def _looked_up(register: Register, chosen: list[Any]) -> dict[str, Any]:
    """Look each of the chosen up with one or two slips."""
    every_slip, dice = slips(register.short_forms), random.Random(SEED)
    asked, first, within_ten, wrong, taken = Counter(), Counter(), Counter(), 0, []
    for person in chosen:
        names = dice.sample(sorted(every_slip), dice.choice((1, 1, 2)))
        description = describe(person, [every_slip[name] for name in names], dice)
        began = time.perf_counter()
        matches = register.look_up(description)
        taken.append(time.perf_counter() - began)
        found = [match.known.id for match in matches]
        wrong += any(match.strength == "strong" and match.known.id != person.id for match in matches)
        for name in (*names, "all"):
            asked[name] += 1
            first[name] += found[:1] == [person.id]
            within_ten[name] += person.id in found
    return {
        "first": {name: round(first[name] / count, 4) for name, count in sorted(asked.items())},
        "within_ten": {name: round(within_ten[name] / count, 4) for name, count in sorted(asked.items())},
        "wrong_people_called_strong": wrong,
        "look_up": milliseconds(taken),
    }


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    whole, tenth = found["whole"], found["tenth"]
    yield Line(
        f"a look-up with slips among {whole['people']:,} people, in memory",
        f"{whole['look_up']['p50_ms']} ms, p95 {whole['look_up']['p95_ms']} ms;"
        f" the right person first {whole['first']['all']:.1%}, within ten {whole['within_ten']['all']:.1%}",
        f"the same among {tenth['people']:,}: {tenth['look_up']['p50_ms']} ms",
        times(whole["look_up"]["p50_ms"] / tenth["look_up"]["p50_ms"]),
    )


if __name__ == "__main__":
    print(json.dumps(run(*(int(number) for number in sys.argv[1:])), indent=2))
