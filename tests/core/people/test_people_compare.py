from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.core.people.conftest import SHORT_FORMS

from cairn.core.people.compare import compare
from cairn.core.people.particulars import Age, Asked, Known, PartialDate
from cairn.core.people.short_forms import read_short_forms
from cairn.core.people.spelling import words
from cairn.core.people.weights import BITS, FORENAME_AGREES, HOUSEHOLD, Grade

TABLE = read_short_forms(SHORT_FORMS.read_text(encoding="utf-8").splitlines())
CALL = date(2026, 11, 23)
IFEOMA = Known(
    id="1",
    forename="Ifeoma",
    surname="Okafor",
    born=date(2019, 2, 11),
    sex="F",
    postcode="PE1 1AA",
    address="3 Mill Lane, Fellmere",
    school="St Botolph's Primary School",
    parents=("Chidinma Okafor",),
)


def asked_like(known, **changes):
    """A description of somebody on the register, with changes."""
    said = {name: getattr(known, name) for name in Asked.__dataclass_fields__}
    return Asked(**{**said, **changes})


def line(match, about):
    """The verdict and the words about one thing; None where nothing is said of it."""
    found = [each for each in match.lines if each.about == about]
    assert len(found) <= 1
    return (found[0].verdict, found[0].says) if found else None


class TestTheCallAboutIfy:
    """The call of the drawn page: a school rings about "Ify" Okafor, 11 2 2019, mother Chichi."""

    ASKED = Asked(
        forename="Ify",
        surname="Okafor",
        born=date(2019, 2, 11),
        sex="F",
        school="St Botolph's",
        parents=("Chichi",),
    )

    def test_ifeoma_is_a_strong_match_and_her_restricted_address_stays_out(self):
        match = compare(self.ASKED, replace(IFEOMA, address_restricted=True), TABLE)
        assert match.strength == "strong"
        assert [(each.verdict, each.says) for each in match.lines] == [
            ("same", "Date of birth, 11 February 2019"),
            ("same", "Surname, Okafor"),
            ("same", "School, St Botolph's Primary School"),
            ("same", "Sex, female"),
            ("close", "“Ify” is short for Ifeoma"),
            ("close", "Parent “Chichi”: record says Chidinma Okafor"),
            ("not known", "Address: restricted, so not compared"),
        ]

    def test_ifeanyi_is_possible(self):
        ifeanyi = Known(
            id="2",
            forename="Ifeanyi",
            surname="Okafor",
            born=date(2019, 11, 2),
            sex="M",
            school="Millbrook Primary",
        )
        match = compare(self.ASKED, ifeanyi, TABLE)
        assert match.strength == "possible"
        assert line(match, "First name")[0] == "close"
        assert line(match, "Date of birth")[0] == "close"
        assert line(match, "Sex") == ("differs", "Sex, male: female was given")
        assert line(match, "School") == ("differs", "School, Millbrook Primary")

    def test_sophie_of_the_same_age_and_surname_is_unlikely(self):
        sophie = Known(id="3", forename="Sophie", surname="Okafor", sex="F", born=date(2019, 6, 1))
        asked = replace(self.ASKED, born=None, age=Age(7, CALL))
        match = compare(asked, sophie, TABLE)
        assert match.strength == "unlikely"
        assert line(match, "Age") == ("close", "7 years old")
        assert line(match, "First name") == ("differs", "First name, Sophie")


def name_line(asked, known, about="First name"):
    """What is said of two forenames (or surnames) when nothing else is known."""
    field = "forename" if about == "First name" else "surname"
    return line(compare(Asked(**{field: asked}), Known(id="1", **{field: known}), TABLE), about)


@pytest.mark.parametrize(
    ("asked", "known", "verdict", "says"),
    [
        ("ifeoma", "Ifeoma", "same", "First name, Ifeoma"),
        ("Anne-Marie", "Anne Marie", "same", "First name, Anne Marie"),
        ("Zoe", "Zoë", "same", "First name, Zoë"),
        ("Bill", "William", "close", "“Bill” is short for William"),
        ("William", "Bill", "close", "Bill is short for “William”"),
        ("Mohamed", "Muhammad", "close", "“Mohamed” is another spelling of Muhammad"),
        ("Mary", "Mary Jane", "close", "“Mary”: record says Mary Jane"),
        ("Grace", "Ifeoma Grace", "close", "“Grace”: record says Ifeoma Grace"),
        ("Ifoema", "Ifeoma", "close", "“Ifoema” is nearly spelt as Ifeoma"),
        ("Shaneece", "Shanice", "close", "“Shaneece” sounds like Shanice"),
        ("Betty", "Liz", "close", "“Betty” and Liz may both stand for Elizabeth"),
        ("Ify", "Ifeanyi", "close", "Ifeanyi begins like Ifeoma, which “Ify” may stand for"),
        ("Ifeoma", "Ifeanyi", "close", "Ifeanyi begins like “Ifeoma”"),
        ("I", "Ifeoma", "close", "“I”: record says Ifeoma"),
        ("S", "Ifeoma", "differs", "First name, Ifeoma"),
        ("Ava", "Eva", "close", "“Ava” sounds like Eva"),
        ("Leo", "Ava", "differs", "First name, Ava"),
        ("Muhammad Ali", "Muhammad Hassan", "differs", "First name, Muhammad Hassan"),
        ("Hassan", "Muhammad Hassan", "close", "“Hassan”: record says Muhammad Hassan"),
        ("Baby", "Ifeoma", None, None),
        ("Twin 1", "Twin 2", None, None),
    ],
)
def test_first_names(asked, known, verdict, says):
    assert name_line(asked, known) == (says and (verdict, says))


@pytest.mark.parametrize(
    ("asked", "known", "verdict"),
    [
        ("Okafor Reed", "Okafor-Reed", "same"),
        ("OBrien", "O'Brien", "same"),
        ("Reed-Okafor", "Okafor-Reed", "close"),
        ("Okafor", "Okafor-Reed", "close"),
        ("Okafro", "Okafor", "close"),
        ("Okafar", "Okafor-Reed", "close"),
        ("Kowalski", "Kowalska", "close"),
        ("Al Hassan", "Al Rashid", "differs"),
        ("Smith", "Okafor", "differs"),
    ],
)
def test_surnames(asked, known, verdict):
    assert name_line(asked, known, "Surname")[0] == verdict


@pytest.mark.parametrize("surname", ["de la Cruz", "van der Berg"])
def test_a_particle_shared_says_nothing(surname):
    assert name_line(surname, "de van Silva", "Surname")[0] == "differs"


@pytest.mark.parametrize(
    ("asked", "verdict", "says"),
    [
        (date(2019, 2, 11), "same", "Date of birth, 11 February 2019"),
        (date(2019, 11, 2), "close", "Born 11 February 2019: day and month the other way round"),
        (date(2019, 2, 17), "close", "Born 11 February 2019: one slip away from what was given"),
        (date(2018, 2, 11), "close", "Born 11 February 2019: one slip away from what was given"),
        (PartialDate(2019, 2, 11), "same", "Date of birth, 11 February 2019"),
        (PartialDate(2019, 31, 11), "differs", "Born 11 February 2019"),
        (PartialDate(2019, 2), "close", "Born 11 February 2019: agrees as far as it is known"),
        (PartialDate(2019), "close", "Born 11 February 2019: agrees as far as it is known"),
        (PartialDate(month=2, day=11), "close", "Born 11 February 2019: agrees as far as it is known"),
        (PartialDate(2018, 2), "differs", "Born 11 February 2019"),
        (
            PartialDate(),
            "not known",
            "Date of birth: what was given and what is on the record cannot be compared",
        ),
        (date(2014, 7, 30), "differs", "Born 11 February 2019"),
    ],
)
def test_dates_of_birth(asked, verdict, says):
    assert line(compare(Asked(born=asked), IFEOMA), "Date of birth") == (verdict, says)


def test_transposed_figures_of_a_date_are_close():
    known = Known(id="1", born=date(2019, 2, 12))
    assert line(compare(Asked(born=date(2019, 2, 21)), known), "Date of birth")[0] == "close"


@pytest.mark.parametrize(("years", "verdict"), [(7, "close"), (6, "close"), (8, "close"), (5, "differs")])
def test_ages(years, verdict):
    assert line(compare(Asked(age=Age(years, CALL)), IFEOMA), "Age") == (verdict, "7 years old")


def test_ages_beside_other_half_knowledge():
    assert line(compare(Asked(age=Age(7, CALL)), Known(id="1", born=PartialDate(2019))), "Age")[0] == "close"
    assert (
        line(compare(Asked(age=Age(3, CALL)), Known(id="1", born=PartialDate(2019))), "Age")[0] == "differs"
    )
    assert (
        line(compare(Asked(age=Age(7, CALL)), Known(id="1", age=Age(3, date(2022, 11, 1)))), "Age")[0]
        == "close"
    )
    assert (
        line(compare(Asked(age=Age(7, CALL)), Known(id="1", born=date(2027, 1, 1))), "Date of birth")[0]
        == "differs"
    )
    assert line(compare(Asked(born=date(2019, 2, 11)), Known(id="1", age=Age(7, CALL))), "Age")[0] == "close"
    born_some_day = Known(id="1", born=PartialDate(month=2))
    assert line(compare(Asked(age=Age(7, CALL)), born_some_day), "Age")[0] == "not known"


def test_an_unborn_child_and_the_child_that_was_born():
    unborn = Known(id="1", surname="Okafor", expected=date(2027, 3, 3))
    about = "Date of birth"
    assert line(compare(Asked(expected=date(2027, 3, 3)), unborn), about)[0] == "same"
    assert line(compare(Asked(expected=date(2027, 3, 20)), unborn), about)[0] == "close"
    assert line(compare(Asked(expected=date(2027, 9, 20)), unborn), about)[0] == "differs"
    assert line(compare(Asked(born=date(2027, 2, 1)), unborn), about)[0] == "close"
    assert line(compare(Asked(born=date(2026, 2, 1)), unborn), about)[0] == "differs"


def test_sex_that_nobody_recorded_is_not_known():
    assert line(compare(Asked(sex="F"), Known(id="1", sex="U")), "Sex") == (
        "not known",
        "Sex: not on the record",
    )
    assert line(compare(Asked(sex="U"), Known(id="1", sex="U")), "Sex") is None


@pytest.mark.parametrize(
    ("asked", "verdict", "says"),
    [
        ({"postcode": "pe11aa"}, "same", "Postcode, PE1 1AA"),
        ({"postcode": "PE1 1BC"}, "close", "Postcode, PE1 1AA"),
        ({"postcode": "PE7 9XX"}, "differs", "Lives at 3 Mill Lane, Fellmere"),
        ({"address": "3 Mill Lane"}, "same", "Address, 3 Mill Lane, Fellmere"),
        ({"address": "13 Mill Lane"}, "close", "Lives at 3 Mill Lane, Fellmere"),
        ({"address": "Northwick"}, "differs", "Lives at 3 Mill Lane, Fellmere"),
        ({}, "not known", "Address: none given"),
    ],
)
def test_addresses(asked, verdict, says):
    assert line(compare(Asked(**asked), IFEOMA), "Address") == (verdict, says)


def test_a_postcode_and_an_address_without_one_cannot_be_compared():
    match = compare(Asked(postcode="PE1 1AA"), Known(id="1", address="3 Mill Lane"))
    assert line(match, "Address")[0] == "not known"


@given(st.text(), st.text())
def test_a_restricted_address_can_not_be_found_out_by_guessing(postcode, address):
    restricted = replace(IFEOMA, address_restricted=True)
    guessed = compare(asked_like(IFEOMA, postcode=postcode, address=address), restricted)
    right = compare(asked_like(IFEOMA), restricted)
    assert (guessed.lines, guessed.score, guessed.strength) == (right.lines, right.score, right.strength)
    assert not any("PE1" in each.says or "Mill" in each.says for each in right.lines)


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("St Botolph's", "same"),
        ("Saint Botolphs Primary", "same"),
        ("St Botolf's Primary", "close"),
        ("Millbrook Primary", "differs"),
        ("St Barnabas Primary", "differs"),
    ],
)
def test_schools(asked, verdict):
    assert line(compare(Asked(school=asked), IFEOMA), "School")[0] == verdict


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (("Chidinma",), "same"),
        (("Chidinma Okafor",), "same"),
        (("Chichi",), "close"),
        (("Marcus Bell",), "differs"),
        (("Chidinma Bell",), "differs"),
        (("Marcus Bell", "Chidinma"), "same"),
        (("",), "not known"),
    ],
)
def test_parents(asked, verdict):
    assert line(compare(Asked(parents=asked), IFEOMA, TABLE), "Parent")[0] == verdict


@pytest.mark.parametrize(
    ("asked", "verdict", "says"),
    [
        ("9434765919", "same", "NHS number, 943 476 5919"),
        ("9434765991", "close", "NHS number, 943 476 5919: at most one slip away from 9434765991"),
        (
            "1234567890",
            "not known",
            "NHS number: This is not an NHS number: its last figure does not fit the others",
        ),
        ("4010232137", "differs", "NHS number, 943 476 5919"),
        ("", "not known", "NHS number: none given"),
    ],
)
def test_nhs_numbers(asked, verdict, says):
    known = Known(id="1", nhs_number="943 476 5919")
    assert line(compare(Asked(nhs_number=asked), known), "NHS number") == (verdict, says)


def test_upns():
    known = Known(id="1", upn="H801200001001")
    assert line(compare(Asked(upn="H801200001001"), known), "UPN")[0] == "same"
    assert line(compare(Asked(upn="H801200001002"), known), "UPN")[0] == "close"


def test_names_given_the_other_way_round_are_close_and_may_be_strong():
    match = compare(asked_like(IFEOMA, forename="Okafor", surname="Ify"), IFEOMA, TABLE)
    assert match.strength == "strong"
    assert line(match, "First name") == ("close", "First name, Ifeoma: given as surname")
    assert line(match, "Surname") == ("close", "Surname, Okafor: given as first name")


@pytest.mark.parametrize(("one", "other"), [("Ifeoma", "Mohamed"), ("Mohamed", "Ifeoma")])
def test_exchanged_names_may_be_spelt_otherwise_in_either_place(one, other):
    match = compare(
        Asked(forename=one, surname=other.replace("Mohamed", "Muhammad")),
        Known(id="1", forename=other, surname=one),
        TABLE,
    )
    assert {line(match, about)[0] for about in ("First name", "Surname")} == {"close"}
    assert match.score > 0


@pytest.mark.parametrize(
    ("asked", "first_name", "surname"),
    [
        ({"forename": "Okafor"}, "not known", "same"),
        ({"surname": "Ify"}, "close", "not known"),
        ({"forename": "Ify"}, "close", "not known"),
        ({"surname": "Okafor"}, "not known", "same"),
    ],
)
def test_a_single_name_is_taken_where_it_fits(asked, first_name, surname):
    match = compare(Asked(**asked), IFEOMA, TABLE)
    assert (line(match, "First name")[0], line(match, "Surname")[0]) == (first_name, surname)


def test_a_single_name_on_record_is_taken_where_it_fits():
    match = compare(Asked(forename="Ahmad", surname="Noori"), Known(id="1", surname="Ahmad"), TABLE)
    assert line(match, "First name")[0] == "same"
    assert line(match, "Surname") == ("not known", "Surname: not on the record")


def test_a_single_name_that_fits_nowhere_differs():
    assert line(compare(Asked(forename="Sophie"), IFEOMA), "First name")[0] == "differs"


def test_an_alias_counts_as_a_name_and_is_named():
    known = replace(IFEOMA, aliases=("Grace Reed",))
    match = compare(asked_like(IFEOMA, forename="Grace", surname="Reed"), known, TABLE)
    assert match.strength == "strong"
    assert line(match, "First name") == ("same", "First name, Grace (an alias)")
    close = compare(asked_like(IFEOMA, forename="Gracie", surname="Reed"), known, TABLE)
    assert line(close, "First name")[1].endswith("(also known as Grace)")


class TestTwinsAndFamilies:
    def test_a_twin_is_at_most_possible_with_everything_else_the_same(self):
        twin = replace(IFEOMA, id="2", forename="Amara")
        assert compare(asked_like(IFEOMA), twin, TABLE).strength == "possible"

    def test_a_twin_is_at_most_possible_even_with_her_sisters_number(self):
        both = replace(IFEOMA, nhs_number="9434765919")
        assert (
            compare(asked_like(both), replace(both, id="2", forename="Amara"), TABLE).strength == "possible"
        )

    def test_what_a_household_shares_never_outvotes_another_first_name(self):
        twin = replace(IFEOMA, id="2", forename="Amara")
        bare = replace(twin, postcode="", address="", school="", parents=())
        asked = asked_like(IFEOMA)
        assert compare(asked, twin, TABLE).score == compare(asked, bare, TABLE).score

    @pytest.mark.parametrize(("one", "other"), [("Ellie", "Ella"), ("Leon", "Leo"), ("Ellis", "Ellie")])
    def test_twins_of_like_names_are_not_strong(self, one, other):
        twin = replace(IFEOMA, id="2", forename=other)
        assert compare(asked_like(IFEOMA, forename=one), twin, TABLE).strength == "possible"

    def test_a_slip_in_the_first_name_is_strong_with_the_same_number(self):
        known = replace(IFEOMA, nhs_number="9434765919")
        assert compare(asked_like(known, forename="Ifoema"), known, TABLE).strength == "strong"
        assert compare(asked_like(IFEOMA, forename="Ifoema"), IFEOMA, TABLE).strength == "possible"

    def test_another_number_is_never_strong(self):
        known = replace(IFEOMA, nhs_number="9434765919")
        assert compare(asked_like(known, nhs_number="4010232137"), known, TABLE).strength == "possible"

    def test_a_mother_and_daughter_of_one_name_and_address_are_not_strong_without_a_date(self):
        match = compare(asked_like(IFEOMA, born=None), IFEOMA, TABLE)
        assert match.strength == "possible"

    def test_1_january_is_little_evidence(self):
        """Many whose birthday nobody knows are given it, and share common names besides."""
        known = Known(id="1", forename="Ahmad", surname="Noori", born=date(2009, 1, 1))
        assert compare(asked_like(known), known, TABLE).strength == "possible"
        other_day = replace(known, born=date(2009, 1, 2))
        assert compare(asked_like(other_day), other_day, TABLE).strength == "strong"


FORENAMES = [
    "Ifeoma",
    "Ifeanyi",
    "Amara",
    "Amari",
    "Ellie",
    "Ella",
    "Ellis",
    "Bill",
    "Will",
    "William",
    "Muhammad",
    "Mohamed",
    "Leo",
    "Leon",
    "Zoë",
    "Jan",
]
names = (
    st.sampled_from(FORENAMES)
    | st.builds("{} {}".format, *[st.sampled_from(FORENAMES)] * 2)
    | st.text(max_size=9)
)
dates = st.dates(date(1930, 1, 1), date(2027, 12, 31))
numbers = st.none() | st.integers(-3, 40)
births = st.none() | dates | st.builds(PartialDate, st.none() | st.integers(0, 9999), numbers, numbers)
fields = {
    "forename": names,
    "surname": names,
    "aliases": st.lists(names, max_size=2).map(tuple),
    "born": births,
    "sex": st.sampled_from(["F", "M", "U", ""]),
    "postcode": st.sampled_from(["PE1 1AA", "PE1 1AB", "PE9 9ZZ", "", "?"]),
    "address": st.sampled_from(["3 Mill Lane", "13 Mill Lane", "", "Northwick"]) | st.text(max_size=9),
    "school": st.sampled_from(["St Botolph's", "St Botolph's Primary", "", "The School"])
    | st.text(max_size=9),
    "parents": st.lists(names, max_size=2).map(tuple),
    "nhs_number": st.sampled_from(["9434765919", "9434765991", "4010232137", "", "x"]),
    "upn": st.sampled_from(["H801200001001", "", "x"]),
    "expected": st.none() | dates,
    "age": st.none() | st.builds(Age, st.integers(0, 120), dates),
}
WITH_A_LINE_OF_THEIR_OWN = sorted({"sex", "address", "school", "parents", "nhs_number", "upn"})


@given(
    st.builds(Asked, **fields), st.builds(Known, id=st.just("1"), address_restricted=st.booleans(), **fields)
)
def test_any_two_can_be_compared(asked, known):
    match = compare(asked, known, TABLE)
    assert all(each.says for each in match.lines)
    assert len({each.about for each in match.lines}) == len(match.lines), "one line about one thing"


BORN_ONLY = Asked(born=date(2000, 1, 2))
EXPECTED_AND_AGED = Asked(age=Age(0, date(2000, 3, 1)), expected=date(2000, 1, 1))


@example(BORN_ONLY, EXPECTED_AND_AGED)
@example(Asked(forename="Ifeoma", surname="Muhammad"), Asked(forename="Mohamed", surname="Ifeoma"))
@given(st.builds(Asked, **fields), st.builds(Asked, **fields))
def test_it_does_not_matter_which_of_two_is_on_record(one, other):
    def both_ways(asked, known):
        match = compare(asked, Known(id="1", **{name: getattr(known, name) for name in fields}), TABLE)
        return (
            round(match.score, 6),
            match.strength,
            sorted((each.about, each.verdict) for each in match.lines),
        )

    assert both_ways(one, other)[:2] == both_ways(other, one)[:2]


@given(
    st.builds(Asked, **fields),
    st.builds(Known, id=st.just("1"), **fields),
    st.sampled_from(WITH_A_LINE_OF_THEIR_OWN),
)
def test_what_is_not_known_never_differs(asked, known, field):
    """A fact withdrawn on either side may only take its own line to "not known" or away."""
    empty = getattr(Asked(), field)
    for match in (
        compare(replace(asked, **{field: empty}), known),
        compare(asked, replace(known, **{field: empty})),
    ):
        about = {"nhs_number": "NHS number", "upn": "UPN", "parents": "Parent"}
        found = line(match, about.get(field, field.capitalize()))
        address_by_postcode = field == "address" and asked.postcode and known.postcode
        assert address_by_postcode or found is None or found[0] == "not known"


@given(st.builds(Known, id=st.just("1"), **fields))
def test_one_of_whom_nothing_was_said_differs_in_nothing(known):
    match = compare(Asked(), known)
    assert {each.verdict for each in match.lines} <= {"not known"}
    assert match.score == 0


@given(st.sampled_from(FORENAMES), st.sampled_from(FORENAMES), dates, st.booleans())
def test_the_same_person_is_strong(forename, surname, born, bare):
    assume((born.day, born.month) != (1, 1))
    known = replace(IFEOMA, forename=forename, surname=surname, born=born)
    if bare:
        known = Known(id="1", forename=forename, surname=surname, born=born)
    match = compare(asked_like(known), known, TABLE)
    assert match.strength == "strong"
    assert not {"close", "differs"} & {each.verdict for each in match.lines}


letters = st.sampled_from(FORENAMES) | st.text("abeinorsth", min_size=1, max_size=6)
called = letters | st.builds("{} {}".format, letters, letters)


@given(called, called, st.booleans())
def test_a_twin_is_never_strong(one, other, numbered):
    """Whatever the names: unless they share a word, or a word of one is short for, or a spelling of, the other's."""
    ones, others = ({TABLE.one_spelling(word) for word in words(name)} for name in (one, other))
    assume("".join(words(one)) != "".join(words(other)))
    assume(not ones & others)
    assume(not any(TABLE.short_for(a, b) for a in ones for b in others))
    known = replace(IFEOMA, forename=one, nhs_number="9434765919")
    asked = asked_like(known, forename=other, nhs_number="4010232137" if numbered else "")
    assert compare(asked, known, TABLE).strength != "strong"


def test_every_weight_has_a_reason_and_points_the_way_its_name_says():
    for grade in Grade:
        assert grade.value.why
        if grade.name.endswith("DIFFERS"):
            assert BITS[grade] < 0
        elif grade is not Grade.NOT_KNOWN:
            assert BITS[grade] > 0
    forenames = [BITS[grade] for grade in FORENAME_AGREES]
    assert min(forenames) > max(BITS[grade] for grade in HOUSEHOLD), (
        "no shared household outweighs a first name"
    )
