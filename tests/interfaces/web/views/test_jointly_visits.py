"""A visit to several children: who was there, who is not born yet, and until when it lasted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests import cases
from tests.interfaces.web.views.children import event, main, view
from tests.interfaces.web.views.test_jointly import (
    DAY_BEFORE,
    SHARED,
    UNBORN,
    address,
    own,
    seen,
    sent,
    signed,
    visits,
)
from tests.siblings import child, related, three


@pytest.fixture
def family(people):
    return three(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


@pytest.fixture
def unborn(people, family):
    """A baby who is expected, in the family."""
    made = child(people, "Baby Made-up", **UNBORN)
    related(people, family[0], ("Baby Made-up", made))
    return made


def test_an_assessment_that_waits_for_the_child_to_be_seen_says_so_until_the_child_was_seen(
    client, people, family
):
    amara = family[0]
    waits = "Amara’s assessment cannot be approved until this is answered"
    assert waits not in main(client.get(address(amara)))
    cases.record(people, ("Priya Shah", "start-assessment", {"kind": "child_and_family"}), on=amara)
    assert waits in main(client.get(address(amara)))
    signed(client, sent(client, amara, SHARED, seen(amara)), amara)
    assert waits not in main(client.get(address(amara)))


def test_two_adults_of_one_name_are_told_apart_and_one_person_is_offered_once(client, people, family):
    amara, theo, _ = family
    ties = [
        (amara, {"name": "Sam Made-up", "relation": "parent_father", "sex": "M", "born": "1988-01-05"}),
        (amara, {"name": "Sam Made-up", "relation": "other_relative"}),
        (theo, {"name": "Sam Made-up", "relation": "parent_other", "born": "1988-01-05"}),
        (theo, {"name": "Sam Made-up", "relation": "other_relative"}),
        (theo, {"name": "Ada Made-up", "relation": "parent_mother", "sex": "F"}),
    ]
    for record, tie in ties:
        cases.record(people, ("Priya Shah", "record-relationship", tie), on=record)
    there = {"child": [str(amara), str(theo)]}
    page = main(client.get(address(amara), there))
    offered = re.findall(
        r'name="present-ticked"[^>]* value="([^"]*)"|value="([^"]*)"[^>]* name="present-ticked"', page
    )
    values = [one or other for one, other in offered]
    assert len(values) == len(set(values)) == 4
    assert "Ada Made-up" in values
    father = next(one for one in values if "5 January 1988" in one)
    assert "father of Amara" in father
    assert len([one for one in values if one.startswith("Sam Made-up (other relative of Amara")]) == 1
    checked = sent(client, amara, SHARED, seen(amara), seen(theo), **there, **{"present-ticked": [father]})
    signed(client, checked, amara, theo)
    assert event(theo, "visit.made").data["present"] == [father]
    assert father in main(client.get(reverse("entry", args=[theo, event(theo, "visit.made").id])))


def test_nobody_is_asked_whether_an_unborn_child_was_seen_and_the_visit_goes_on_its_record(
    client, family, unborn
):
    amara = family[0]
    both = [str(amara), str(unborn)]
    page = main(client.get(address(amara), {"child": str(unborn)}))
    assert "Was Amara seen?" in page
    assert "Baby is not born yet, so it is not asked whether Baby was seen (3.13, 4.12)." in re.sub(
        "<[^>]+>", "", page
    )
    for name in (
        "child_seen",
        "seen_alone",
        "refused",
        "bedroom_seen",
        "not_seen_reason",
        "child_said",
        "advocate",
    ):
        assert f'name="own-{amara}-{name}"' in page
        assert f'name="own-{unborn}-{name}"' not in page
    assert f'name="own-{unborn}-meaning"' in page
    checked = sent(client, amara, SHARED, seen(amara), own(unborn, meaning="A cot is there."), child=both)
    assert "Baby is shown as" not in main(checked)
    signed(client, checked, amara, unborn)
    (visit,) = visits(unborn)
    assert visit.data["meaning"] == "A cot is there."
    assert "child_seen" not in visit.data
    assert not [one for one in view(unborn).stream if one.type in ("child.seen", "child.not_seen")]
    assert event(amara, "child.seen").act == visit.act


def test_a_visit_before_the_birth_of_a_child_born_since_asks_as_of_an_unborn_one(client, people):
    born = child(people, "Wren Made-up", born="2026-11-23")
    page = main(sent(client, born, DAY_BEFORE, own(born, meaning="Well."), do="children"))
    assert "Was Wren seen?" not in page
    assert "Wren was born on 23 November 2026. If the visit was later, change its day above." in page
    assert "Well." in page
    page = main(sent(client, born, SHARED, own(born, meaning="Well."), do="children"))
    assert "Was Wren seen?" in page


def test_what_was_answered_for_the_wrong_day_is_not_signed(client, people, clock):
    born = child(people, "Baby Made-up", **UNBORN)
    clock.at += timedelta(days=2)
    cases.record(people, ("Priya Shah", "record-birth", {"born": "2026-11-24"}), on=born)
    checked = sent(client, born, SHARED, seen(born, child_said="Babble."))
    assert "Babble." not in main(checked)
    signed(client, checked, born)
    assert len(visits(born)) == 1
    assert not [one for one in view(born).stream if one.type == "child.seen"]


@pytest.mark.parametrize("until", ["9am", "10:11am"])
def test_an_end_before_the_beginning_is_said_at_its_field(client, family, until):
    page = main(sent(client, family[0], {**SHARED, "until": until}, seen(family[0])))
    assert "Enter a time after the visit began. If it went on past midnight, write “the next day”" in page
    assert f'value="{until}"' in page
    assert visits(family[0]) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("00:40 next day", "12:40am the next day"),
        ("12:40am, the next day", "12:40am the next day"),
        ("11 am", "11am"),
    ],
)
def test_a_visit_past_midnight_can_be_said(client, family, typed, kept):
    checked = sent(client, family[0], {**SHARED, "until": typed}, seen(family[0]))
    assert "Check before you sign" in main(checked)
    signed(client, checked, family[0])
    assert visits(family[0])[0].data["until"] == kept
