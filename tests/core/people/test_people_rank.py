from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date

import pytest
from tests.core.people.made_up_people import Register, describe, population, slips

from cairn.core.people.particulars import Asked, Known
from cairn.core.people.rank import rank

SEED = 20261123
IFEOMA = Known(id="1", forename="Ifeoma", surname="Okafor", born=date(2019, 2, 11), sex="F")
ASKED = Asked(forename="Ify", surname="Okafor", born=date(2019, 2, 11), sex="F")


def ids(matches):
    return [match.known.id for match in matches]


def test_the_best_comes_first_and_the_hopeless_are_left_out(short_forms):
    others = [
        replace(IFEOMA, id="stranger", forename="Poppy", surname="Kirkham", born=date(2012, 5, 30), sex="M"),
        replace(IFEOMA, id="sister", forename="Sophie", born=date(2012, 5, 30)),
        replace(IFEOMA, id="twin", forename="Amara"),
        IFEOMA,
    ]
    assert ids(rank(ASKED, others, short_forms)) == ["1", "twin"]


def test_equals_keep_their_order_and_the_limit_is_kept(short_forms):
    equals = [replace(IFEOMA, id=str(number)) for number in range(20)]
    assert ids(rank(ASKED, equals, short_forms, limit=3)) == ["0", "1", "2"]


def test_a_strong_match_stands_before_a_twin_with_a_higher_score(short_forms):
    """A number mixed up between twins must not put the wrong one under the filled button."""
    asked = replace(ASKED, forename="Ifeoma", nhs_number="9434765919")
    twin = replace(IFEOMA, id="twin", forename="Amara", nhs_number="9434765919")
    found = rank(asked, [twin, IFEOMA], short_forms)
    assert [(match.known.id, match.strength) for match in found] == [("1", "strong"), ("twin", "possible")]
    assert found[1].score > found[0].score


def test_nobody_on_the_register_is_no_match(short_forms):
    assert rank(ASKED, [], short_forms) == ()


@pytest.fixture(scope="module")
def looked_up(short_forms):
    """3,000 people in families with twins, each looked up once with one or two slips: (who, matches) pairs."""
    people = population(3000, SEED)
    register, every_slip, dice = Register(people, short_forms), slips(short_forms), random.Random(SEED)
    began = time.perf_counter()
    found = []
    for person in people:
        chosen = [every_slip[name] for name in dice.sample(sorted(every_slip), dice.choice((1, 1, 2)))]
        found.append((person, register.look_up(describe(person, chosen, dice))))
    assert time.perf_counter() - began < 10
    return found


def test_the_right_person_comes_first_in_95_of_100_and_within_ten_in_99(looked_up):
    first = sum(ids(matches)[:1] == [person.id] for person, matches in looked_up)
    within_ten = sum(person.id in ids(matches) for person, matches in looked_up)
    assert first >= 0.95 * len(looked_up)
    assert within_ten >= 0.99 * len(looked_up)


def test_a_wrong_person_is_strong_in_fewer_than_one_of_a_thousand(looked_up):
    wrong = [
        (person.id, match.known.id)
        for person, matches in looked_up
        for match in matches
        if match.strength == "strong" and match.known.id != person.id
    ]
    assert len(wrong) < len(looked_up) / 1000
