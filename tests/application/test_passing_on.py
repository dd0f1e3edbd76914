"""A passage goes from one child's assessment to a brother's or sister's only when a person picks it, and is taken in by another act."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from tests.assessments import begin, hand_in
from tests.people import made_up_staff
from tests.siblings import AMARA, THEO, child, related, taken_away

from cairn.application.assessing import open_assessment, open_section, written
from cairn.application.passing_on import PassedOn, open_to_pass_on, pass_on
from cairn.application.refused import Refused
from cairn.application.section_writing import Merge, SectionSaved, save_section
from cairn.records import access_log, passages, sections

HOME = "They share a room; the heating works.\n\nTheo sleeps under the window."
BOTH = "They share a room; the heating works."


@pytest.fixture
def people(db):
    return made_up_staff()


@pytest.fixture
def family(people):
    """Theo, whose section on housing is written, and his sister Amara, each with an assessment."""
    theo, amara = child(people, THEO), child(people, AMARA)
    related(people, theo, (AMARA, amara))
    his, hers = begin(people, theo), begin(people, amara)
    write(people, theo, his, HOME)
    return theo, his, amara, hers


def write(people, record, strand, text, version=0, who="Priya Shah", merge=None, taken=()):
    data = {"text": text, "passages": list(taken)}
    return save_section(people.actor(who), record, strand, "housing", data, version, merge or Merge())


def offer(people, family, text=BOTH, who="Priya Shah", to=None):
    theo, his, amara, _ = family
    return pass_on(people.actor(who), theo, his, "housing", to or amara, text)


def at_amaras(people, family, who="Priya Shah"):
    _, _, amara, hers = family
    found = open_section(people.actor(who), amara, hers, "housing")
    assert not isinstance(found, Refused), found
    return found


def test_an_offered_passage_waits_beside_the_section_with_where_it_is_from(people, family):
    assert isinstance(offer(people, family), PassedOn)
    found = at_amaras(people, family)
    (one,) = found.from_siblings
    assert (one.passage.text, one.whose, one.record, one.word_for_word, one.offered_by) == (
        BOTH, THEO, family[0], True, "Priya Shah",
    )  # fmt: skip
    assert (found.data, found.state.status) == ({}, "not started")
    assert open_assessment(people.actor("Priya Shah"), family[2], family[3]).passages_wait == ("housing",)
    assert written(people.actor("Priya Shah"), family[2], family[3]).sections == ()


def test_taken_in_it_is_quoted_and_names_no_other_child(people, family):
    offer(people, family)
    (one,) = at_amaras(people, family).from_siblings
    kept = write(people, family[2], family[3], "Amara sleeps well.", taken=[one.passage.key])
    assert isinstance(kept, SectionSaved)
    found = at_amaras(people, family)
    assert (found.data["text"], [row["text"] for row in found.data["passages"]]) == (
        "Amara sleeps well.", [BOTH],
    )  # fmt: skip
    assert found.from_siblings == ()
    (section,) = written(people.actor("Priya Shah"), family[2], family[3]).sections
    (row,) = section.passages
    assert row["taken_from"] == "The assessment of a brother or sister: Housing. Chosen by Priya Shah"
    assert "Theo" not in str(row)


def test_left_out_again_it_is_offered_again(people, family):
    offer(people, family)
    (one,) = at_amaras(people, family).from_siblings
    write(people, family[2], family[3], "Hers.", taken=[one.passage.key])
    write(people, family[2], family[3], "Hers.", 1)
    assert len(at_amaras(people, family).from_siblings) == 1


def test_put_into_the_text_it_stands_below_what_is_typed_with_where_it_is_from(people, family):
    offer(people, family)
    (one,) = at_amaras(people, family).from_siblings
    write(people, family[2], family[3], "Hers.", merge=Merge(changes=one.id))
    found = at_amaras(people, family)
    assert found.data["text"].startswith(f"Hers.\n\n{BOTH}\n(The assessment of a brother or sister: Housing.")
    assert (found.from_siblings, found.data["passages"]) == ((), [])


def test_dismissed_it_is_gone_and_what_was_typed_is_saved(people, family):
    offer(people, family)
    (one,) = at_amaras(people, family).from_siblings
    write(people, family[2], family[3], "Hers.", merge=Merge(dismisses=one.id))
    found = at_amaras(people, family)
    assert (found.data["text"], found.from_siblings) == ("Hers.", ())


def test_where_the_section_moved_on_nothing_is_decided_about_the_passage(people, family):
    offer(people, family)
    (one,) = at_amaras(people, family).from_siblings
    write(people, family[2], family[3], "First.")
    write(people, family[2], family[3], "At once.", merge=Merge(dismisses=one.id))
    assert len(at_amaras(people, family).from_siblings) == 1


def test_a_passage_in_other_words_says_that_it_is(people, family):
    offer(people, family, "The heating works in the room of both.")
    (one,) = at_amaras(people, family).from_siblings
    assert not one.word_for_word


@pytest.mark.parametrize("text", ["", "  \n ", "a"])
def test_nothing_is_no_passage(people, family, text):
    refused = offer(people, family, text)
    assert [fault.place for fault in refused.faults] == ["text"]


def test_the_whole_section_is_not_a_passage_at_once_or_piece_by_piece(people, family):
    assert [one.place for one in offer(people, family, HOME).faults] == ["text"]
    assert [one.place for one in offer(people, family, HOME.replace("\n\n", " ")).faults] == ["text"]
    assert isinstance(offer(people, family, BOTH), PassedOn)
    rest = offer(people, family, "Theo sleeps under the window.")
    assert [one.place for one in rest.faults] == ["text"]
    assert len(passages.waiting(UUID(family[3]))) == 1


def test_of_a_section_in_which_nothing_is_saved_nothing_is_offered(people, family):
    theo, his, amara, _ = family
    refused = pass_on(people.actor("Priya Shah"), theo, his, "income", amara, "Made up elsewhere.")
    assert [fault.place for fault in refused.faults] == ["text"]


def test_it_goes_to_no_assessment_that_is_handed_in(people, family):
    write(people, family[2], family[3], "Hers.")
    hand_in(people, family[2], family[3])
    assert [fault.place for fault in offer(people, family).faults] == ["to"]


def test_it_goes_to_no_record_that_may_not_be_opened(people, family):
    taken_away(people, family[2])
    assert [fault.place for fault in offer(people, family).faults] == ["to"]
    assert passages.waiting(UUID(family[3])) == []
    found = open_to_pass_on(people.actor("Priya Shah"), family[0], family[1], "housing")
    (amara,) = found.siblings
    assert (amara.strand, bool(amara.why_not)) == (None, True)


@pytest.mark.parametrize("to", ["a stranger", "the same child", "nobody"])
def test_it_goes_to_no_child_outside_the_family(people, family, to):
    stranger = child(people, "Wren Made-up")
    begin(people, stranger)
    where = {"a stranger": stranger, "the same child": family[0], "nobody": uuid4()}[to]
    assert [fault.place for fault in offer(people, family, to=where).faults] == ["to"]


@pytest.mark.parametrize("who", ["Rosa Quill", "Farah Lindqvist", "Dilys Penhale"])
def test_who_may_not_write_offers_nothing_and_it_is_in_the_log(people, family, who):
    theo, his, amara, hers = family
    actor = people.actor(who)
    assert pass_on(actor, theo, his, "housing", amara, BOTH).code == "not allowed"
    (row,) = access_log.of_request(actor.request_id)
    assert not row.line.allowed
    assert passages.waiting(UUID(hers)) == []


def test_both_records_are_in_the_access_log(people, family):
    actor = people.actor("Priya Shah")
    theo, his, amara, _ = family
    pass_on(actor, theo, his, "housing", amara, BOTH)
    rows = [row.line for row in access_log.of_request(actor.request_id)]
    assert {record for line in rows for record in line.records} == {theo, amara}
    assert [line.records for line in rows if line.what == "draft"] == [(amara,)]


def test_whose_it_is_is_not_told_to_who_may_not_open_that_record(people, family):
    offer(people, family)
    taken_away(people, family[0])
    (one,) = at_amaras(people, family).from_siblings
    assert (one.whose, one.record) == ("A brother or sister", None)


def test_a_passage_offered_elsewhere_is_not_taken_in_by_its_key(people, family):
    offer(people, family)
    (one,) = at_amaras(people, family).from_siblings
    leila = child(people, "Leila Made-up")
    strand = begin(people, leila)
    refused = write(people, leila, strand, "Hers.", taken=[one.passage.key])
    assert [fault.place for fault in refused.faults] == ["housing.passages"]
    write(people, leila, strand, "Hers.", merge=Merge(changes=one.id, dismisses=one.id))
    assert sections.section(UUID(strand), "housing").data["text"] == "Hers."
    assert len(at_amaras(people, family).from_siblings) == 1
