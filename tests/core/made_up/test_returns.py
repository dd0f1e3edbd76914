"""A made-up return keeps every rule of the census, follows the figures it is made by, and is the same for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest
from tests.core.returns.rules.judged import CALENDAR, judge_of

from cairn.core.made_up.figures import read_figures
from cairn.core.made_up.returns import Wanted, children, header

TEXT = (files("cairn.procedures") / "made_up" / "national_2025.csv").read_text("utf-8")
FIGURES = read_figures(TEXT)


def made(open_cases=400, seed=1, year=2026):
    wanted = Wanted(open_cases, date(year, 3, 31))
    return wanted, list(children(wanted, FIGURES, random.Random(seed), CALENDAR))


@pytest.mark.parametrize("year", [2022, 2024, 2026])
@pytest.mark.parametrize("seed", range(4))
def test_it_keeps_every_rule_of_the_census(seed, year):
    wanted, found = made(300, seed, year)
    judge = judge_of(year)
    faults = [
        *judge.header(header(wanted)),
        *(fault for one in found for fault in judge.child(one)),
        *judge.end(),
    ]
    assert Counter(fault.rule for fault in faults) == Counter()


def test_the_same_seed_makes_the_same_and_another_another():
    assert made(50, 7) == made(50, 7)
    assert made(50, 7) != made(50, 8)


def test_it_follows_the_figures_it_is_made_by():
    _, found = made(3_000, 5)
    episodes = [child.episodes[0] for child in found]
    going = [one for one in episodes if one.closed is None and one.no_further_action.text == "0"]
    assert len(going) == 3_000
    assert len(episodes) == 3_000 + round(3_000 * 0.879) + round(3_000 * 0.103)
    police = sum(one.source.text == "6" for one in episodes) / len(episodes)
    assert 0.26 < police < 0.32
    protected = sum(bool(one.protection_plans) for one in going) / len(going)
    assert 0.08 < protected < 0.15
    long = sum((date(2026, 3, 31) - date.fromisoformat(one.referred.text)).days >= 730 for one in going)
    assert 0.32 < long / len(going) < 0.40


def test_figures_with_a_mistake_are_refused_with_it():
    for old, new, said in (
        ("of,value,", "of,worth,", "expected the columns"),
        ("sex,M,50.0", "sex,M,", "sex, M"),
        ("sex,F,47.5", "sex,M,47.5", "sex, M"),
    ):
        assert old in TEXT
        with pytest.raises(ValueError, match=said):
            read_figures(TEXT.replace(old, new, 1))
