"""Nobody is their own forebear: refused at the one door, over the records the writer may open and no others."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.cases import record
from tests.families import child, family, related
from tests.interfaces.web.views.children import event, looks
from tests.people import made_up_staff

from cairn.application.entries import Correction, correct_entry, move_entry
from cairn.application.family import open_family
from cairn.application.family_acts import Done, ForChild, ForSeveral, record_for_several
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.records import ledger


@pytest.fixture
def people(db):
    return made_up_staff()


@pytest.fixture
def made(people):
    return family(people)


def add(people, on, who="Priya Shah", **said):
    return record_act(
        people.actor(who), Request(act="record-relationship", answers={"name": "Somebody", **said}, record=on)
    )


def test_a_circle_of_two_is_refused_with_the_entry_that_makes_it(people, made):
    related(people, made.theo, name="Amara", relation="parent_mother", record=str(made.amara))
    before = len(ledger.read_stream(made.amara))
    done = add(people, made.amara, relation="parent_father", record=str(made.theo))
    assert isinstance(done, Refused)
    first, other = done.refusals
    assert (first.field, first.code) == ("relation", "impossible")
    assert first.missing.startswith("Amara Okafor would be their own forebear. Choose another relation")
    assert other.missing == "Theo Okafor-Reed’s record says: mother, Amara"
    assert other.against == (str(made.theo), event(made.theo, "relationship.recorded").id)
    assert len(ledger.read_stream(made.amara)) == before
    assert ("act:record-relationship", "view", True) in looks(made.theo)
    # With that entry withdrawn it is taken.
    gone = {"withdraws": other.against[1], "reason": "The wrong way round."}
    record(people, ("Priya Shah", "withdraw-entry", gone), on=made.theo)
    assert isinstance(add(people, made.amara, relation="parent_father", record=str(made.theo)), Recorded)


@pytest.mark.parametrize(
    "relation", ["step_parent", "guardian", "carer", "parent_other", "adoptive_parent", "foster_carer"]
)
def test_what_is_no_birth_is_taken(people, made, relation):
    related(people, made.theo, name="Amara", relation="parent_mother", record=str(made.amara))
    assert isinstance(add(people, made.amara, relation=relation, record=str(made.theo)), Recorded)


def test_a_longer_circle_over_grandparents_and_a_record_that_only_names_one_of_them(people, made):
    """Cole's record says that Theo is his own child; Amara's that Cole's is her grandfather; Theo would be hers."""
    related(people, made.cole, name="Theo", relation="own_child", record=str(made.theo))
    related(people, made.cole, name="Amara", relation="grandmother", record=str(made.amara))
    done = add(people, made.amara, relation="parent_father", record=str(made.theo))
    assert isinstance(done, Refused)
    assert [one.against[0] for one in done.refusals if one.against] == [str(made.cole), str(made.cole)]


def test_a_circle_through_somebody_without_a_record(people, made):
    """Theo's own child is Grace, by Theo's record: Theo cannot have her for his mother's mother."""
    related(people, made.theo, name="Ngozi", relation="own_child", person="p-n")
    related(people, made.amara, name="Ngozi", relation="parent_mother", person="p-n")
    assert isinstance(add(people, made.theo, relation="grandmother", record=str(made.amara)), Refused)


def test_nobody_is_their_own_relative(people, made):
    done = add(people, made.amara, relation="cousin", record=str(made.amara))
    assert [(one.field, "own record" in one.missing) for one in done.refusals] == [("relation", True)]


def test_a_correction_a_withdrawal_and_a_move_make_no_circle_either(people, made):
    priya = people.actor("Priya Shah")
    related(people, made.theo, name="Amara", relation="parent_mother", record=str(made.amara))
    related(people, made.amara, name="Theo", relation="cousin", record=str(made.theo), person="p-theo")
    cousin = event(made.amara, "relationship.recorded").id
    wrong = Correction(cousin, {"relation": "parent_father"}, "Misheard.")
    assert correct_entry(priya, made.amara, wrong, uuid4()).refusals[0].field == "relation"
    related(people, made.cole, name="Theo", relation="parent_father", record=str(made.theo))
    moved = event(made.cole, "relationship.recorded").id
    before = len(ledger.read_stream(made.amara))
    assert isinstance(move_entry(priya, made.cole, moved, made.amara, "Wrong child.", uuid4()), Refused)
    assert len(ledger.read_stream(made.amara)) == before


def test_of_a_record_that_may_not_be_opened_nothing_is_read_and_nothing_told(people, made):
    secret = child(people, "Ada Secret", born="2012-02-02", team="Family Support", worker="Rosa Quill")
    related_by_rosa = {"name": "Amara", "relation": "parent_mother", "record": str(made.amara)}
    record(people, ("Rosa Quill", "record-relationship", related_by_rosa), on=secret)
    seen = list(looks(secret))
    done = add(people, made.amara, relation="parent_father", record=str(secret))
    assert isinstance(done, Recorded)
    assert list(looks(secret)) == seen
    # Who may open her record but not Amara's sees no circle either; it is asked about by whoever may open both.
    found = open_family(people.actor("Rosa Quill"), secret)
    assert [one.code for one in found.family.faults] == []


def test_of_an_act_for_several_children_the_one_it_cannot_be_for_is_named_and_nothing_is_recorded(
    people, made
):
    related(people, made.theo, name="Amara", relation="parent_mother", record=str(made.amara))
    before = len(ledger.read_stream(made.cole))
    parts = (ForChild(made.cole, {"relation": "cousin"}), ForChild(made.amara, {"relation": "parent_father"}))
    wanted = ForSeveral("record-relationship", {"name": "Theo", "record": str(made.theo)}, parts, uuid4())
    done = record_for_several(people.actor("Priya Shah"), wanted)
    assert isinstance(done, Refused)
    assert done.on == made.amara
    assert len(ledger.read_stream(made.cole)) == before
    right = ForSeveral(wanted.act, wanted.shared, parts[:1], uuid4())
    assert record_for_several(people.actor("Priya Shah"), right) == Done((made.cole,))
