"""A family's page: everybody once, each child's own kept apart, what may not be opened left out, one row in the log."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.cases import record
from tests.families import FATHER, MOTHER, child, family, of_sixty, related
from tests.interfaces.web.views.children import event, looks
from tests.people import made_up_staff
from tests.statements import statements

from cairn.application.entries import Correction, correct_entry
from cairn.application.family import open_family
from cairn.application.family_acts import Done, ForChild, ForSeveral, record_for_several
from cairn.application.joint_corrections import correct_others, offer_of
from cairn.application.ports import now
from cairn.application.recording import Request, record_act
from cairn.application.refused import Refused
from cairn.records import access_log, ledger, projections, register

FAMILY = [
    "read record",  # its number and version
    "read recordsummary",  # what the decision rests on
    "read ledgerevent",  # everything that happened to the child
    "read namekey",  # whose records share somebody with it
    "read recordsummary",  # which of those may be opened
    "read record",  # their numbers
    "read ledgerevent",  # what they say of the family
    "read namekey",  # and once more from those
    "read recordsummary",
    "read record",  # (nobody new: nothing more is read)
    "add to accessentry",  # that all of them were seen, in one row
    "read dutyrow",  # each child's next date
    "read team",  # with which team
    "read team",  # the child's own
]


@pytest.fixture
def people(db):
    return made_up_staff()


@pytest.fixture
def made(people):
    return family(people)


def page(people, of, who="Priya Shah", **more):
    found = open_family(people.actor(who), of, **more)
    assert not isinstance(found, Refused), found
    return found


def test_everybody_is_there_once_with_what_they_are_to_each_child(people, made):
    found = page(people, made.amara)
    assert [one.name for one in found.children] == ["Amara Okafor", "Cole Reed", "Theo Okafor-Reed"]
    grace, daniel = sorted(found.family.people, key=lambda one: one.name, reverse=True)
    assert {tie.child: tie.relation for tie in grace.ties} == {
        str(made.amara): "parent_mother", str(made.theo): "parent_mother",
    }  # fmt: skip
    assert {tie.child: tie.relation for tie in daniel.ties} == {
        str(made.amara): "step_parent", str(made.theo): "parent_father", str(made.cole): "parent_father",
    }  # fmt: skip
    assert {tie.child: tie.responsibility for tie in daniel.ties}[str(made.theo)] == "no"


def test_two_households_stand_apart(people, made):
    homes = {one.address: one for one in page(people, made.amara).family.households}
    assert set(homes["22 Sluice Road"].children) == {str(made.amara), str(made.theo)}
    assert homes["22 Sluice Road"].people == (MOTHER,)
    assert (homes["9 Lodge Lane"].children, homes["9 Lodge Lane"].people) == ((str(made.cole),), (FATHER,))


def test_all_that_was_shown_is_in_one_row_of_the_log(people, made):
    page(people, made.amara)
    rows = [row for row in access_log.of_record(made.amara) if row.line.page == "family"]
    assert [set(row.line.records) for row in rows] == [{made.amara, made.theo, made.cole}]
    assert ("family", "view", True) in looks(made.cole)


def test_a_record_that_may_not_be_opened_gives_its_name_and_relation_only(people, made):
    other = child(
        people,
        "Ada Secret",
        born="2012-02-02",
        team="Family Support",
        worker="Rosa Quill",
        school="Hidden School",
    )
    record(people, ("Rosa Quill", "record-relationship", {"name": "Grace Okafor", "relation": "parent_mother", "person": MOTHER, "contact": "01632 960 999"}), on=other)  # fmt: skip
    found = page(people, made.amara)
    assert found.closed == {other}
    assert "960 999" not in repr(found)
    assert "Hidden School" not in repr(found)
    record(people, ("Priya Shah", "list-sibling", {"name": "Ada", "relation": "half", "record": str(other), "household": "other"}), on=made.amara)  # fmt: skip
    ada = next(one for one in page(people, made.amara).family.people if one.name == "Ada")
    assert (ada.record, [tie.relation for tie in ada.ties]) == (str(other), ["half_brother_or_sister"])
    assert isinstance(open_family(people.actor("Rosa Quill"), made.amara), Refused)
    assert ("family", "refused", False) in looks(made.amara)


@pytest.mark.parametrize(("children", "adults"), [(2, 4), (6, 54)])
def test_a_family_of_sixty_asks_no_more_than_one_of_six(people, children, adults):
    first, priya = of_sixty(people, children, adults), people.actor("Priya Shah")
    assert statements(lambda: open_family(priya, first)) == FAMILY
    found = page(people, first)
    assert len(found.children) + len(found.family.people) == children + adults


def test_a_professional_makes_no_family(people):
    one, other = child(people, "Wren One"), child(people, "Robin Two")
    for each in (one, other):
        related(people, each, name="Ms Fenn", relation="professional", person="p-teacher")
    assert [each.name for each in page(people, one).children] == ["Wren One"]


def test_somebody_is_added_to_several_children_in_one_act(people, made):
    wanted = ForSeveral(
        "record-relationship",
        {"name": "Ngozi Okafor", "person": "p-ngozi"},
        (ForChild(made.amara, {"relation": "grandmother", "household": "same"}), ForChild(made.cole, {"relation": "friend"})),
        uuid4(),
    )  # fmt: skip
    priya = people.actor("Priya Shah")
    assert record_for_several(priya, wanted) == Done((made.amara, made.cole))
    one, other = event(made.amara, "relationship.recorded"), event(made.cole, "relationship.recorded")
    assert one.act == other.act == str(wanted.key)
    assert (one.data["person"], other.data["person"]) == ("p-ngozi", "p-ngozi")
    assert "household" not in other.data
    before = len(ledger.read_stream(made.cole))
    assert record_for_several(priya, wanted) == Done((made.amara, made.cole))
    assert len(ledger.read_stream(made.cole)) == before


def test_where_one_child_may_not_be_written_on_nobody_is(people, made):
    other = child(people, "Ada Secret", team="Family Support", worker="Rosa Quill")
    before = len(ledger.read_stream(made.amara))
    parts = (ForChild(made.amara, {"relation": "friend"}), ForChild(other, {"relation": "friend"}))
    wanted = ForSeveral("record-relationship", {"name": "Ngozi"}, parts, uuid4())
    assert record_for_several(people.actor("Priya Shah"), wanted).code == "not allowed"
    assert len(ledger.read_stream(made.amara)) == before
    assert ("act:record-relationship", "refused", False) in looks(other)


def test_a_baby_is_born_once_and_the_record_goes_on(people, clock):
    baby = child(people, "Baby Okafor", expected="2026-04-30")
    register.change_kind(baby, "unborn")
    duties = {duty.key: duty.started_at for duty in projections.duties_of(baby)}
    clock.at += timedelta(days=20)
    today = now().date().isoformat()
    born = {"born": today, "place": "Made-up Hospital", "name": "Ifeoma Okafor", "sex": "F"}
    record(people, ("Priya Shah", "record-birth", born), on=baby)
    assert register.record(baby).kind == "child"
    line = projections.summary(baby)
    assert (line.name, line.born.isoformat(), line.sex) == ("Ifeoma Okafor", today, "F")
    # Every clock goes on from where it began.
    assert {duty.key: duty.started_at for duty in projections.duties_of(baby)} == duties
    again = record_act(
        people.actor("Priya Shah"), Request(act="record-birth", answers={"born": today}, record=baby)
    )
    assert isinstance(again, Refused)
    assert [(one.field, "recorded already" in one.missing) for one in again.refusals] == [("born", True)]
    birth = event(baby, "child.born")
    record(
        people, ("Priya Shah", "withdraw-entry", {"withdraws": birth.id, "reason": "Another baby."}), on=baby
    )
    assert register.record(baby).kind == "unborn"


def test_what_is_put_right_of_an_adult_is_offered_to_the_other_children_and_nothing_of_one_child_alone(
    people, made
):
    priya = people.actor("Priya Shah")
    parts = tuple(
        ForChild(one, {"relation": "grandmother", "household": "same"}) for one in (made.amara, made.theo)
    )
    record_for_several(
        priya, ForSeveral("record-relationship", {"name": "Ngosi", "person": "p-n"}, parts, uuid4())
    )
    entry = event(made.amara, "relationship.recorded").id
    right = Correction(entry, {"name": "Ngozi Okafor", "household": "other"}, "Misheard.")
    assert not isinstance(correct_entry(priya, made.amara, right, uuid4()), Refused)
    offer = offer_of(priya, made.amara, entry)
    assert (dict(offer.shared), [one.record for one in offer.others]) == (
        {"name": "Ngozi Okafor"},
        [made.theo],
    )
    assert event(made.theo, "relationship.recorded").data["name"] == "Ngosi"
    correct_others(priya, made.amara, entry, [made.theo])
    theirs = event(made.theo, "relationship.recorded").data
    assert (theirs["name"], theirs["household"]) == ("Ngozi Okafor", "same")
