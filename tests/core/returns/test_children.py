"""Who the child is: what can be taken of a child is taken, and the rest is said."""

from datetime import date

import pytest
from tests.core.returns.made_up_returns import BORN, child, episode, message, read, said, taken

from cairn.adapters import code_sets
from cairn.core.returns.examine import check

# A permanent pupil number whose check letter fits (CIN census 1510), of no real child.
UPN = "H801200001001"


def test_a_child_comes_in_under_the_authoritys_number_with_its_particulars():
    (one,) = taken(child(episode(), disabilities=("VIS", "AUT"))).children
    assert one.authority_number == "MADEUP1"
    assert (one.born, one.expected, one.sex, one.ethnicity) == (date(2016, 5, 4), None, "F", "WBRI")
    assert one.disabilities == ("AUT", "VIS")
    described = one.events[0]
    assert (described.type, described.on) == ("person.described", date(2026, 3, 31))
    assert described.data == {
        "authority_number": "MADEUP1",
        "born": "2016-05-04",
        "sex": "F",
        "ethnicity": "WBRI",
        "disabilities": ("AUT", "VIS"),
    }


def test_an_unborn_child_comes_in_with_the_expected_date():
    unborn = child(
        episode(), birth="<ExpectedPersonBirthDate>2026-07-01</ExpectedPersonBirthDate>", sex="<Sex>U</Sex>"
    )
    (one,) = taken(unborn).children
    assert (one.born, one.expected) == (None, date(2026, 7, 1))
    assert one.events[0].data["expected"] == "2026-07-01"
    # Over 40 weeks before the birth: the referral of 2 June 2025.
    assert said(unborn) == ["referred-before-conception"]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (child(episode(), number=None), "no-number"),
        (child(episode(), number="9" * 61), "bad-number"),
        (child(episode(), number="MADE\u202eUP"), "bad-number"),
        (child(episode(), birth=""), "no-birth-date"),
        (child(episode(), birth="<PersonBirthDate>2016-02-30</PersonBirthDate>"), "no-birth-date"),
        (child(episode(), birth="<PersonBirthDate>2026-04-01</PersonBirthDate>"), "no-birth-date"),
    ],
)
def test_a_child_without_number_or_birth_date_is_not_taken_and_stops_nobody_else(made, code):
    over = taken(made, child(episode(), number="OTHER2"))
    assert [one.authority_number for one in over.children] == ["OTHER2"]
    assert code in [finding.code for finding in over.not_taken]


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (child(episode(), number="made_up-1"), ["odd-number"]),
        (child(episode(), number="1" * 21), ["odd-number"]),
        (child(episode(), disabilities=("VIS", "SHOE")), ["bad-code"]),
        (child(episode(), disabilities=("VIS", "VIS")), ["repeated-code"]),
        (child(episode(), disabilities=("VIS", "NONE")), ["not-alone"]),
        (child(episode(), ethnicity="<Ethnicity>wbri</Ethnicity>"), ["bad-code"]),
        (child(episode(), ethnicity=""), ["no-code"]),
        (child(episode(), sex="<Sex>1</Sex>"), ["bad-code"]),
        (child(episode(), sex=""), ["no-code"]),
        (child(episode(), sex="<GenderCurrent>2</GenderCurrent>"), []),
        (child(episode(), more="<UPN>A123</UPN>"), ["bad-upn"]),
        (child(episode(), more="<UPNunknown>UN9</UPNunknown>"), ["bad-code"]),
        (child(episode(), birth="<PersonBirthDate>1900-01-01</PersonBirthDate>"), ["over-25"]),
        (child(episode(), more="<PersonDeathDate>soon</PersonDeathDate>"), ["bad-death-date"]),
    ],
)
def test_a_value_that_cannot_be_taken_is_said_and_the_child_is_taken_without_it(made, codes):
    assert said(made) == codes
    assert len(taken(made).children) == 1


def test_a_value_left_out_is_not_in_the_description():
    (one,) = taken(child(episode(), sex="<Sex>1</Sex>", disabilities=("SHOE",), ethnicity="")).children
    assert (one.sex, one.ethnicity, one.disabilities) == (None, None, ())
    assert set(one.events[0].data) == {"authority_number", "born"}


def test_a_pupil_number_is_taken_and_beats_a_reason_for_none():
    made = child(episode(), more=f"<UPN>{UPN}</UPN><UPNunknown>UN3</UPNunknown>")
    (one,) = taken(made).children
    assert (one.upn, one.upn_unknown) == (UPN, None)
    assert said(made) == ["upn-and-reason"]
    (other,) = taken(child(episode(), more="<UPNunknown>UN3</UPNunknown>")).children
    assert (other.upn, other.upn_unknown) == (None, "UN3")


def test_two_birth_dates_the_one_of_birth_is_used():
    both = BORN + "<ExpectedPersonBirthDate>2026-04-02</ExpectedPersonBirthDate>"
    (one,) = taken(child(episode(), birth=both)).children
    assert (one.born, one.expected) == (date(2016, 5, 4), None)
    assert said(child(episode(), birth=both)) == ["both-birth-dates"]


@pytest.mark.parametrize(
    ("expected", "out"),
    [("2026-03-01", True), ("2026-03-02", False), ("2026-12-30", False), ("2026-12-31", True)],
)
def test_an_expected_date_is_asked_about_outside_30_days_before_to_9_months_after(expected, out):
    birth = f"<ExpectedPersonBirthDate>{expected}</ExpectedPersonBirthDate>"
    found = said(child(episode(referred="2026-03-31"), birth=birth))
    assert found == (["expected-out-of-range"] if out else [])


def test_a_child_who_died_is_never_open_without_a_word():
    died = "<PersonDeathDate>2025-11-03</PersonDeathDate>"
    over = taken(child(episode(), more=died))
    assert over.children[0].died == date(2025, 11, 3)
    assert [finding.code for finding in over.findings] == ["died-but-open"]
    assert said(child(episode(referred="2026-01-01"), more=died)) == ["referred-after-death", "died-but-open"]
    assert (
        said(child(episode(), more="<PersonDeathDate>2015-11-03</PersonDeathDate>"))[0] == "died-before-birth"
    )


def test_a_finding_says_which_child_which_element_which_line_and_quotes_nothing_when_printed():
    found = check(
        read(message(child(episode(), ethnicity="<Ethnicity>SECRET</Ethnicity>"))),
        codes=code_sets.load(),
        today=date(2026, 5, 1),
    )
    (one,) = found
    assert (one.child, one.element, one.line) == ("MADEUP1", "ChildCharacteristics/Ethnicity", 8)
    assert one.found == "SECRET"
    assert "SECRET" not in repr(one)


def test_stray_things_are_said_with_their_place():
    made = child(episode(), more="PersonBirthDate<Shoe>5</Shoe><Sex>M</Sex>")
    assert said(made) == ["loose-text", "unknown-element", "repeated-element"]
    (one,) = taken(made).children
    assert one.sex == "F"
