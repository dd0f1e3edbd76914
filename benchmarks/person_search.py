"""How well and how fast people are found in a large register of made-up people.

Run from the repository's root: `python -m benchmarks.person_search [people] [look-ups]`. Prints, for every slip,
how often the right person comes first and within ten, the wrong people called strong, and the time of a look-up,
all in memory: the table of keys in a database adds its own.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

from tests.core.people.made_up_people import Register, describe, population, slips

import cairn.procedures
from cairn.core.people.short_forms import read_short_forms

SEED = 20261123


def main(people: int = 200_000, look_ups: int = 3_000) -> None:
    """Build the register, look people up, print the figures."""
    table = Path(cairn.procedures.__file__).parent / "names" / "short_forms.csv"
    short_forms = read_short_forms(table.read_text(encoding="utf-8").splitlines())
    everybody = population(people, SEED)
    began = time.perf_counter()
    register = Register(everybody, short_forms)
    keys = sum(len(filed) for filed in register.filed.values()) / people
    print(f"{people:,} people filed in {time.perf_counter() - began:.1f} s, {keys:.1f} keys each")
    report(register, random.Random(SEED).sample(everybody, look_ups))


def report(register: Register, chosen: list) -> None:
    """Look each of the chosen up with one or two slips, and print what was found."""
    every_slip, dice = slips(register.short_forms), random.Random(SEED)
    asked, first, within_ten, wrong, times = Counter(), Counter(), Counter(), 0, []
    for person in chosen:
        names = dice.sample(sorted(every_slip), dice.choice((1, 1, 2)))
        description = describe(person, [every_slip[name] for name in names], dice)
        began = time.perf_counter()
        matches = register.look_up(description)
        times.append(time.perf_counter() - began)
        found = [match.known.id for match in matches]
        wrong += any(match.strength == "strong" and match.known.id != person.id for match in matches)
        for name in (*names, "all"):
            asked[name] += 1
            first[name] += found[:1] == [person.id]
            within_ten[name] += person.id in found
    for name, count in sorted(asked.items()):
        print(f"{name:16} {count:6} first {first[name] / count:6.1%}  in ten {within_ten[name] / count:6.1%}")
    cuts = quantiles(times, n=100)
    print(f"wrong people called strong: {wrong}")
    print(f"a look-up: median {cuts[49] * 1000:.1f} ms, p95 {cuts[94] * 1000:.1f} ms")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
