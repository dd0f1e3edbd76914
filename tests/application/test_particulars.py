"""Who the child is: every particular is recorded by an act of its own and stands in the list, as it was on a day too."""

from __future__ import annotations

import pytest
from tests.cases import record
from tests.families import child
from tests.interfaces.web.views.children import view
from tests.people import made_up_staff

from cairn.application.particulars import particulars_of
from cairn.application.recording import Request, record_act
from cairn.application.refused import Refused

PRIYA = "Priya Shah"


@pytest.fixture
def people(db):
    return made_up_staff()


@pytest.fixture
def wren(people):
    return child(people, "Wren Made-up", born="2018-03-21")


def told(on):
    return {one.label: list(one.values) for one in particulars_of(view(on))}


@pytest.mark.parametrize(
    ("act", "answers", "label", "lines"),
    [
        ("describe-person", {"known_as": "Birdie"}, "Name", ["Wren Made-up", "Known as Birdie"]),
        ("record-name", {"kind": "also_known_as", "name": "Wrennie"}, "Other names", ["Also known as: Wrennie"]),
        (
            "record-name",
            {"kind": "birth_name", "name": "Wren Other", "from_day": "2018-03-21", "to_day": "2020-01-02"},
            "Other names",
            ["Name at birth: Wren Other, from 21 March 2018 to 2 January 2020"],
        ),
        ("record-name", {"kind": "single", "name": "Sukarno"}, "Name", ["Sukarno"]),
        ("record-name", {"kind": "given", "name": "李 小龍", "order": "called_last"}, "Name", ["李 小龍"]),
        ("describe-person", {"estimated": True}, "Birth", ["Born on 21 March 2018 (an estimate)"]),
        ("describe-person", {"sex": "F"}, "Sex", ["Female"]),
        (
            "record-address",
            {"kind": "home", "address": "22 Sluice Road", "lives_with": "Her mother", "from_day": "2021-09-01"},
            "Homes",
            ["Where the child lives: 22 Sluice Road; lives with: Her mother, from 1 September 2021"],
        ),
        (
            "record-address",
            {"kind": "home", "address": "3 Hidden Court", "from_day": "2021-09-01", "restricted": True},
            "Homes",
            ["Where the child lives: Address protected, from 1 September 2021"],
        ),
        (
            "record-safe-contact",
            {"safe_ways": "Her mobile after ten", "unsafe_ways": "Letters"},
            "Safe contact",
            ["Safe: Her mobile after ten", "Not safe: Letters"],
        ),
        (
            "record-needs",
            {"language": "Igbo", "interpreter": True, "interpreter_for": "Her mother, Igbo"},
            "Language and interpreter",
            ["Igbo", "An interpreter, signer or other aid is needed: Her mother, Igbo"],
        ),
        ("record-needs", {"interpreter": False}, "Language and interpreter", ["No interpreter is needed"]),
        ("record-needs", {"communication": "Signs"}, "How the child communicates", ["Signs"]),
        ("record-needs", {"disabilities": ["HEAR", "AUT"]}, "Disability", ["Hearing, Autism"]),
        ("record-background", {"ethnicity": "MWBA"}, "Ethnicity", ["White and Black African"]),
        ("record-background", {"religion": "Quaker"}, "Religion", ["Quaker"]),
        ("record-numbers", {"nhs_number": "943 476 5919"}, "NHS number", ["943 476 5919"]),
        ("record-numbers", {"upn_unknown": "UN1"}, "UPN", ["None: Not of school age and no UPN yet"]),
        ("record-school-and-gp", {"school": "Millbrook Primary"}, "School or nursery", ["Millbrook Primary"]),
        ("record-school-and-gp", {"gp": "Fen Surgery"}, "GP practice", ["Fen Surgery"]),
        (
            "record-legal-status",
            {"status": "interim_care", "from_day": "2026-01-02", "to_day": "2026-02-03", "court": "Fellmere Court"},
            "Legal status",
            ["Interim care order, from 2 January 2026 to 3 February 2026. Fellmere Court"],
        ),
        ("record-alerts", {"health_alert": "Insulin"}, "In an emergency", ["Insulin"]),
        ("record-alerts", {"staff_safety": "Dog"}, "Before a visit", ["Dog"]),
        (
            "record-death",
            {"died": "2026-01-02", "death_known_from": "The coroner"},
            "Death",
            ["Died on 2 January 2026", "Told by The coroner"],
        ),
    ],
)  # fmt: skip
def test_each_is_recorded_by_its_act_and_stands_in_the_list(people, wren, act, answers, label, lines):
    record(people, (PRIYA, act, answers), on=wren)
    assert told(wren)[label] == lines


def test_what_is_not_recorded_stands_there_empty_with_the_act_that_records_it(wren):
    empty = {one.label: one.act for one in particulars_of(view(wren)) if not one.values}
    assert empty["Legal status"] == "record-legal-status"
    assert empty["NHS number"] == "record-numbers"
    assert "Death" not in empty


def test_an_unborn_child_is_expected_and_the_day_may_be_an_estimate(people):
    baby = child(people, "Baby Okafor", expected="2027-01-09")
    record(people, (PRIYA, "describe-person", {"estimated": True}), on=baby)
    assert told(baby)["Birth"] == ["Not born yet, expected on 9 January 2027 (an estimate)"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"nhs_number": "943 476 5910"}, "nhs_number"), ({"upn": "A801200001001"}, "upn")],
)
def test_a_number_whose_check_does_not_fit_is_refused_at_its_field(people, wren, answers, field):
    refused = record_act(people.actor(PRIYA), Request(act="record-numbers", answers=answers, record=wren))
    assert isinstance(refused, Refused)
    assert [one.place for one in refused.faults] == [f"data.{field}"]


def test_it_reads_as_it_stood_on_an_earlier_day(people, wren, clock):
    before = clock.at
    clock.at = before.replace(year=before.year + 1)
    record(people, (PRIYA, "record-school-and-gp", {"school": "Millbrook Primary"}), on=wren)
    then = {one.label: one.values for one in particulars_of(view(wren).at(as_at=before, known_at=before))}
    assert then["School or nursery"] == ()
