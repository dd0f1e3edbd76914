"""Signs of unusual look-ups: each in a sentence, beside what is usual in the role; a snooper stands out, a usual week does not."""

from __future__ import annotations

import random

import pytest
from tests.core.access.people import SHIPPED

from cairn.core.access.unusual import SIGNS, Week, read_signs, unusual
from cairn.core.protocol.load import ProceduresFaulty

TEXT = (SHIPPED / "unusual.yaml").read_text("utf-8")
SHIPPED_SIGNS = read_signs("unusual.yaml", TEXT)
# What somebody of a role does in a usual week, on average. Made up, from what each role works with.
USUAL = {
    "social worker": {"not_allocated": 4, "searched": 3, "odd_hours": 1.2, "refused": 0.4, "no_open_case": 1,
                      "again": 3, "took_away": 0.3, "same_surname": 0.01, "broken_glass": 0.01},
    "team manager": {"not_allocated": 35, "searched": 4, "odd_hours": 2, "refused": 0.5, "no_open_case": 3,
                     "again": 6, "took_away": 1, "same_surname": 0.03, "broken_glass": 0.01},
    "contact centre": {"not_allocated": 60, "odd_hours": 1, "refused": 2, "no_open_case": 20, "again": 4,
                       "took_away": 0.2, "same_surname": 0.05},
    "business support": {"not_allocated": 30, "searched": 5, "odd_hours": 0.2, "refused": 0.5, "no_open_case": 4,
                         "again": 5, "took_away": 4, "same_surname": 0.03},
}  # fmt: skip
STAFF = {"social worker": 320, "team manager": 40, "contact centre": 40, "business support": 100}
SNOOPER = {"not_allocated": 30, "odd_hours": 25, "same_surname": 3, "again": 6}


def poisson(random_, mean):
    number, left = 0, random_.expovariate(1)
    while left < mean:
        number, left = number + 1, left + random_.expovariate(1)
    return number


def usual_week(seed):
    """Five hundred people in a usual week; each has a pace of their own."""
    random_ = random.Random(seed)
    for role, number in STAFF.items():
        for one in range(number):
            pace = random_.uniform(0.5, 1.7)
            counts = {name: poisson(random_, mean * pace) for name, mean in USUAL[role].items()}
            yield Week(f"{role} {one}", role, counts)


def found(*weeks):
    return {one.person: one for one in unusual(SHIPPED_SIGNS, weeks)}


def test_each_sign_is_there_and_says_how_many():
    assert {one.name for one in SHIPPED_SIGNS.signs} == set(SIGNS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: searched", "name: refused", "searched: is missing"),
        ("name: searched", "name: refused", "refused: stands twice"),
        ("Searched {number}", "Searched often", "says nowhere"),
        ("name: searched", "name: dreamt", "dreamt|searched"),
        ("listed_from: 10", "listed_from: 0", "listed_from"),
    ],
)
def test_signs_with_a_mistake_are_refused_with_it(old, new, said):
    assert old in TEXT
    with pytest.raises(ProceduresFaulty, match=said):
        read_signs("unusual.yaml", TEXT.replace(old, new, 1))


def test_somebody_listed_is_told_by_sentences_the_weightiest_first():
    others = [Week(str(one), "social worker", {"not_allocated": 3}) for one in range(5)]
    (one,) = found(Week("ewan", "social worker", SNOOPER), *others).values()
    assert one.said[0].startswith("Opened, or tried to open, 3 records of a child with the same surname")
    assert (
        "Opened 30 records not allocated to them, where colleagues in that role open 3 in a week." in one.said
    )
    assert "Looked 25 times outside the hours that they usually work." in one.said


def test_one_of_anything_is_said_as_one():
    glass = Week("rosa", "social worker", {"broken_glass": 2, "refused": 9})
    (one,) = found(glass).values()
    assert "Opened 2 records in an emergency, where colleagues in that role open none." in one.said
    single = next(sign for sign in SHIPPED_SIGNS.signs if sign.name == "broken_glass")
    assert "Opened 1 record in an emergency" in single.sentence(1, 0)


def test_what_everybody_in_the_role_does_is_not_unusual():
    managers = [Week(str(one), "team manager", {"not_allocated": 40, "no_open_case": 8}) for one in range(8)]
    assert not found(*managers)
    alone = Week("ewan", "social worker", {"not_allocated": 40, "no_open_case": 20})
    assert found(alone, *managers).keys() == {"ewan"}


def test_nothing_weighs_more_than_its_most_and_fewer_than_its_beginning_weigh_nothing():
    for sign in SHIPPED_SIGNS.signs:
        assert sign.weight(10_000, 0) == sign.most
        assert sign.weight(sign.begins - 1, 0) == 0
        assert sign.weight(sign.begins, 0) == min(sign.weighs, sign.most)


@pytest.mark.parametrize("seed", range(20))
def test_in_a_usual_week_of_five_hundred_fewer_than_five_are_listed_and_a_snooper_is_among_the_first_ten(
    seed,
):
    usual = list(usual_week(seed))
    assert len(usual) == 500
    assert len(found(*usual)) < 5
    listed = list(found(*usual, Week("snooper", "social worker", SNOOPER)))
    assert "snooper" in listed[:10]


def signs_of(*signs, listed_from=10):
    named = {one.name: one for one in SHIPPED_SIGNS.signs} | {one.name: one for one in signs}
    return SHIPPED_SIGNS.model_copy(update={"signs": tuple(named.values()), "listed_from": listed_from})


def test_what_a_sign_weighs_begins_with_its_number_and_goes_no_further_than_its_most():
    refused = next(sign for sign in SHIPPED_SIGNS.signs if sign.name == "refused")
    assert [refused.weight(number, 0) for number in (0, 3, 4, 5, 11, 40)] == [0, 0, 1, 2, 8, 8]
    # Where three are usual in the role, ten are the first that count.
    assert [refused.weight(number, 3) for number in (9, 10, 11)] == [0, 1, 2]
    glass = next(sign for sign in SHIPPED_SIGNS.signs if sign.name == "broken_glass")
    assert [glass.weight(number, 40) for number in (0, 1, 2, 3)] == [0, 6, 12, 12]


def test_whoever_weighs_just_enough_is_listed_the_heaviest_first_then_by_name():
    signs = signs_of(listed_from=6)
    weeks = [
        Week("zoe", "partner", {"broken_glass": 1}),
        Week("ana", "auditor", {"broken_glass": 1}),
        Week("ben", "family", {"broken_glass": 2}),
        Week("cleo", "administrator", {"same_surname": 1}),
    ]
    listed = unusual(signs, weeks)
    assert [(one.person, one.weight) for one in listed] == [("ben", 12), ("ana", 6), ("zoe", 6)]


def test_the_weightiest_is_said_first_and_what_does_not_count_is_not_said():
    week = Week("ewan", "social worker", {"refused": 4, "broken_glass": 2, "searched": 1})
    (one,) = unusual(signs_of(listed_from=1), [week])
    assert [sentence.split()[0] for sentence in one.said] == ["Opened", "Was"]


def test_what_is_usual_is_told_by_the_others_in_the_role_and_by_nobody_elses():
    others = [Week(str(one), "social worker", {"refused": 5}) for one in range(3)]
    elsewhere = [Week(f"m{one}", "team manager", {"refused": 0}) for one in range(9)]
    assert (
        unusual(signs_of(listed_from=1), [Week("ewan", "social worker", {"refused": 9}), *others, *elsewhere])
        == []
    )
    alone = unusual(signs_of(listed_from=1), [Week("ewan", "social worker", {"refused": 9}), *elsewhere])
    assert [one.person for one in alone] == ["ewan"]


def test_signs_without_a_mistake_are_read_and_of_a_mistake_only_that_is_said():
    assert read_signs("unusual.yaml", TEXT) == SHIPPED_SIGNS
    with pytest.raises(ProceduresFaulty) as refused:
        read_signs("unusual.yaml", TEXT.replace("Searched {number}", "Searched often", 1))
    (fault,) = refused.value.faults
    assert str(fault).endswith("searched: says nowhere {number}")
    with pytest.raises(ProceduresFaulty) as refused:
        read_signs("unusual.yaml", TEXT.replace("name: searched", "name: refused", 1))
    assert len(refused.value.faults) == 2
