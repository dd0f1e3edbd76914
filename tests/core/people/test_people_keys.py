from __future__ import annotations

from datetime import date

from cairn.core.people.keys import broad, keys_of, match_keys, narrow, worth
from cairn.core.people.particulars import Age, Asked, Known, PartialDate

BORN = date(2019, 2, 11)


def test_the_keys_of_one_person():
    assert match_keys(["Ann Lee"], BORN, "pe1 1aa") == {
        "s:AN", "s:L", "p:AN+L", "b:2019-02-11", "b:2019-11-02", "y:2019+AN", "y:2019+L",
        "c:PE11AA+AN", "c:PE11AA+L",
    }  # fmt: skip


def test_nobody_has_no_keys():
    assert match_keys([], None, None) == frozenset()


def test_a_short_form_meets_the_full_name(short_forms):
    asked = match_keys(["Ify Okafor"], None, None, short_forms)
    known = match_keys(["Ifeoma Okafor"], None, None, short_forms)
    assert narrow(asked) & narrow(known)
    assert not narrow(match_keys(["Ify Okafor"], None, None)) & narrow(
        match_keys(["Ifeoma Okafor"], None, None)
    )


def test_first_name_and_surname_may_come_in_either_order():
    assert match_keys(["Okafor Ifeoma"], None, None) == match_keys(["Ifeoma Okafor"], None, None)


def test_day_and_month_may_be_exchanged():
    assert (
        match_keys([], date(2019, 11, 2), None)
        == match_keys([], BORN, None)
        == {"b:2019-02-11", "b:2019-11-02"}
    )


def test_an_alias_is_filed_like_the_name_itself():
    known = Known(id="1", forename="Ifeoma", surname="Okafor", aliases=("Grace Reed",))
    assert narrow(keys_of(known)) & narrow(keys_of(Asked(forename="Grace", surname="Reed")))


def test_an_age_meets_either_year_of_birth():
    said = keys_of(Asked(forename="Ifeoma", age=Age(7, date(2026, 11, 23))))
    for born in (date(2019, 2, 11), date(2018, 11, 24)):
        assert narrow(said) & narrow(keys_of(Known(id="1", forename="Ifeoma", born=born)))


def test_a_year_alone_is_a_key_and_a_birthday_without_a_year_none():
    assert narrow(match_keys(["Ann"], PartialDate(2019), None)) == {"y:2019+AN"}
    assert not narrow(match_keys(["Ann"], PartialDate(month=2, day=11), None))


def test_a_restricted_address_is_no_key():
    known = Known(id="1", surname="Okafor", postcode="PE1 1AA", address_restricted=True)
    assert not [key for key in keys_of(known) if key.startswith("c:")]


def test_narrow_and_broad_keys_part_them_all_and_each_is_worth_something():
    keys = match_keys(["Ann Lee"], BORN, "PE1 1AA")
    assert narrow(keys) | broad(keys) == keys
    assert not narrow(keys) & broad(keys)
    assert min(worth(key) for key in narrow(keys)) >= max(worth(key) for key in broad(keys)) > 0


def test_no_key_is_longer_than_its_column():
    """However long the words of a name are, in whatever alphabet."""
    long = "கண்ணதாசன்" * 12
    keys = match_keys([f"{long} {long}ள", "x" * 90], None, "x" * 20)
    assert keys
    assert max(map(len, keys)) <= 80
