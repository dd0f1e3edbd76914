"""Writing an assessment: who may, what is kept, and two people at once."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from tests.assessments import approve, begin, hand_in, past
from tests.cases import open_to_priya, record
from tests.people import made_up_staff
from tests.statements import statements

from cairn.application.assessing import open_assessment, open_section, written
from cairn.application.refused import Refused
from cairn.application.section_writing import Merge, SectionDiverged, SectionSaved, save_section
from cairn.records import access_log, sections

SECTIONS = range(28)
EVERY_SCRIPT = "Ọmọ 曉明 Zoë عمر שלום 👩‍👧 Ağça"


@pytest.fixture
def people(db):
    return made_up_staff()


@pytest.fixture
def child(people):
    return open_to_priya(people)


def save(people, child, strand, data, version=0, who="Priya Shah", section="health", merge=None):
    return save_section(people.actor(who), child, strand, section, data, version, merge or Merge())


def open_health(people, child, strand, who="Priya Shah"):
    found = open_section(people.actor(who), child, strand, "health")
    assert not isinstance(found, Refused), found
    return found


def test_an_assessment_begun_shows_its_form_and_its_clock(people, child):
    found = open_assessment(people.actor("Priya Shah"), child, begin(people, child))
    assert found.kind_title == "Child and Family Assessment"
    assert [one.status for one in found.sections] == ["not started"] * 25 + ["cannot be completed yet"] * 3
    assert found.stood.may_write
    assert [duty.rule.source.paragraph for duty in found.clocks]
    assert all(duty.due for duty in found.clocks)


def test_what_is_saved_stands_in_every_script(people, child):
    strand = begin(people, child)
    kept = save(people, child, strand, {"text": EVERY_SCRIPT, "needs_help": "yes"})
    assert (type(kept), kept.version, kept.faults) == (SectionSaved, 1, ())
    found = open_health(people, child, strand)
    assert found.data["text"] == EVERY_SCRIPT
    assert (found.state.status, found.version, found.state.text.writers) == (
        "in progress",
        1,
        ("Priya Shah",),
    )


def test_two_at_once_keep_both_texts_and_a_person_puts_them_together(people, child):
    strand = begin(people, child)
    save(people, child, strand, {"text": "Begun."})
    save(people, child, strand, {"text": "Priya’s."}, 1)
    apart = save(people, child, strand, {"text": "Ewan’s."}, 1, who="Ewan Marsh")
    assert isinstance(apart, SectionDiverged)
    assert apart.theirs_by == "Priya Shah"

    found = open_health(people, child, strand)
    assert (found.data["text"], [(one.by, one.data["text"]) for one in found.beside]) == (
        "Priya’s.",
        [("Ewan Marsh", "Ewan’s.")],
    )
    assert found.state.status == "problem"
    assert any(one.section == "health" and "two texts" in one.what for one in found.assessment.blocking)

    merged = save(people, child, strand, {"text": "Both."}, 2, merge=Merge(settles=(apart.apart,)))
    assert isinstance(merged, SectionSaved)
    found = open_health(people, child, strand)
    assert (found.data["text"], found.beside, found.state.status) == ("Both.", (), "in progress")


def test_typing_on_after_the_texts_went_apart_is_kept_too(people, child):
    strand = begin(people, child)
    save(people, child, strand, {"text": "Priya’s."})
    first = save(people, child, strand, {"text": "Ewan"}, 0, who="Ewan Marsh")
    again = save(
        people, child, strand, {"text": "Ewan goes on."}, 0, who="Ewan Marsh", merge=Merge(own=first.apart)
    )
    assert again.apart == first.apart
    assert [one.data["text"] for one in open_health(people, child, strand).beside] == ["Ewan goes on."]


def test_nobody_writes_on_in_the_text_of_somebody_else_that_stands_apart(people, child):
    strand = begin(people, child)
    save(people, child, strand, {"text": "One."})
    his = save(people, child, strand, {"text": "Ewan’s."}, 0, who="Ewan Marsh")
    save(people, child, strand, {"text": "Mine."}, 0, merge=Merge(own=his.apart))
    found = open_health(people, child, strand)
    assert sorted(one.data["text"] for one in found.beside) == ["Ewan’s.", "Mine."]


def test_texts_of_one_section_do_not_settle_those_of_another(people, child):
    strand = begin(people, child)
    save(people, child, strand, {"text": "One."})
    apart = save(people, child, strand, {"text": "Two."})
    save(people, child, strand, {"text": "x"}, section="education", merge=Merge(settles=(apart.apart,)))
    assert len(open_health(people, child, strand).beside) == 1


def test_two_texts_or_an_open_contradiction_stop_completing_not_saving(people, child):
    strand = begin(people, child)
    kept = save(
        people,
        child,
        strand,
        {"text": "Seen.", "to_settle": "Two accounts of 20 November.", "completed": True},
    )
    assert isinstance(kept, SectionSaved)
    assert [fault.place for fault in kept.faults] == ["to_settle"]
    assert open_health(people, child, strand).state.status == "problem"
    save(people, child, strand, {"text": "Seen.", "to_settle": "", "completed": True}, 1)
    assert open_health(people, child, strand).state.status == "completed"


def test_a_section_without_its_answer_is_not_completed_though_it_is_saved(people, child):
    strand = begin(people, child)
    kept = save(people, child, strand, {"changed": "Nothing.", "completed": True})
    assert [fault.place for fault in kept.faults] == ["text"]
    found = open_health(people, child, strand)
    assert (found.data["changed"], found.state.status) == ("Nothing.", "in progress")


def test_nothing_new_needs_something_to_look_at_again(people, child):
    kept = save(people, child, begin(people, child), {"nothing_new": True, "completed": True})
    assert [fault.place for fault in kept.faults] == ["nothing_new"]


@pytest.mark.parametrize(
    "data",
    [
        {"unknown": "x"},
        {"text": 7},
        {"text": "a\x00b"},
        {"needs_help": "perhaps"},
        {"completed": "yes"},
        {"passages": ["x"]},
    ],
)
def test_what_the_form_does_not_ask_is_refused_with_its_field(people, child, data):
    strand = begin(people, child)
    refused = save(people, child, strand, data)
    assert isinstance(refused, Refused)
    assert refused.faults[0].place.startswith("health.")
    assert sections.section(UUID(strand), "health") is None


@pytest.mark.parametrize("who", ["Rosa Quill", "Farah Lindqvist", "Dilys Penhale"])
def test_who_may_not_write_is_refused_and_it_is_in_the_log(people, child, who):
    strand = begin(people, child)
    actor = people.actor(who)
    refused = save_section(actor, child, strand, "health", {"text": "x"}, 0)
    assert (type(refused), refused.code) == (Refused, "not allowed")
    (row,) = access_log.of_request(actor.request_id)
    assert (row.line.allowed, row.line.records) == (False, (child,))
    assert sections.sections(UUID(strand)) == {}


def test_an_outsider_opens_neither_assessment_nor_section(people, child):
    strand = begin(people, child)
    rosa = people.actor("Rosa Quill")
    for refused in (
        open_assessment(rosa, child, strand),
        open_section(rosa, child, strand, "health"),
        written(rosa, child, strand),
    ):
        assert refused.code == "not allowed"


def test_each_look_and_each_save_is_one_row_of_the_log(people, child):
    strand = begin(people, child)
    for do, what in (
        (lambda actor: open_section(actor, child, strand, "health"), "view"),
        (lambda actor: save_section(actor, child, strand, "health", {"text": "x"}, 0), "draft"),
    ):
        actor = people.actor("Priya Shah")
        do(actor)
        (row,) = access_log.of_request(actor.request_id)
        assert (row.line.what, row.line.page, row.line.records) == (what, "assessment-section", (child,))


def test_no_assessment_of_another_record_is_opened_by_this_one(people, child):
    strand = begin(people, child)
    other = open_to_priya(people)
    assert open_assessment(people.actor("Priya Shah"), other, strand).code == "not found"
    assert save(people, other, strand, {"text": "x"}).code == "not found"
    assert open_section(people.actor("Priya Shah"), child, strand, "nothing").code == "not found"
    assert open_assessment(people.actor("Priya Shah"), child, str(uuid4())).code == "not found"


def test_others_are_named_while_they_have_it_open(people, child):
    strand = begin(people, child)
    assert open_health(people, child, strand).others == ()
    assert open_health(people, child, strand, who="Ewan Marsh").others == ("Priya Shah",)
    assert save(people, child, strand, {"text": "x"}).others == ("Ewan Marsh",)


def test_what_is_handed_in_has_each_text_whole_and_everyone_who_wrote_in_it(people, child):
    strand = begin(people, child)
    long = "x" * 20_000
    save(people, child, strand, {"text": "Begun."}, who="Ewan Marsh")
    save(people, child, strand, {"text": long, "completed": True}, 1)
    save(people, child, strand, {"text": "y"}, section="why")
    found = written(people.actor("Priya Shah"), child, strand)
    assert [one.section.id for one in found.sections] == ["why", "health"]
    health = found.sections[1]
    assert (health.version, health.row["text"], health.row["completed"]) == (2, long, True)
    assert health.row["writers"] == ["Ewan Marsh", "Priya Shah"]
    assert set(found.writers.values()) == {"Ewan Marsh", "Priya Shah"}


def test_after_the_handing_in_a_text_is_kept_beside_and_the_refusal_says_so(people, child):
    strand = begin(people, child)
    save(people, child, strand, {"text": "Handed in."})
    hand_in(people, child, strand)
    refused = save(people, child, strand, {"text": "Too late."}, 1, who="Ewan Marsh")
    assert (refused.code, "kept beside" in refused.reason) == ("moved", True)
    found = open_health(people, child, strand)
    assert (found.data["text"], [one.data["text"] for one in found.beside]) == ("Handed in.", ["Too late."])
    assert not found.assessment.stood.may_write


def test_returned_it_is_written_on(people, child):
    strand = begin(people, child)
    save(people, child, strand, {"text": "First."})
    hand_in(people, child, strand)
    past(
        people,
        child,
        strand,
        "assessment.returned",
        {"kind": "child_and_family", "reason": "More on health."},
        "Joanne Whitlock",
    )
    assert isinstance(save(people, child, strand, {"text": "Second."}, 1), SectionSaved)
    assert open_health(people, child, strand).assessment.stood.stage == "returned"


@pytest.fixture
def second(people, child):
    """A second assessment, after a first one that was approved."""
    first = begin(people, child)
    save(people, child, first, {"text": "Well in June.\n\nTeeth to be seen to.", "completed": True})
    submitted = hand_in(people, child, first)
    approve(people, child, first, submitted)
    return begin(people, child)


def test_last_time_stands_beside_and_is_taken_over_only_by_passage_with_its_date(people, child, second):
    found = open_health(people, child, second)
    assert (found.state.before.author, found.state.before.approved_by) == ("Priya Shah", "Joanne Whitlock")
    assert found.state.line == "Last time: Well in June."
    first, other = [one.key for one in found.offer]
    assert isinstance(save(people, child, second, {"passages": [other]}), SectionSaved)
    (row,) = open_health(people, child, second).data["passages"]
    assert (row["text"], row["written_on"]) == ("Teeth to be seen to.", found.state.before.on.isoformat())
    whole = save(people, child, second, {"passages": [first, other]}, 1)
    assert isinstance(whole, Refused)
    assert "whole" in whole.reason
    (passage,) = written(people.actor("Priya Shah"), child, second).sections[0].passages
    assert passage == {
        "section": "health",
        "text": row["text"],
        "taken_from": row["taken_from"],
        "written_on": row["written_on"],
    }


def test_looked_at_again_with_nothing_new_counts_as_done(people, child, second):
    kept = save(people, child, second, {"nothing_new": True, "completed": True})
    assert kept.faults == ()
    state = open_health(people, child, second).state
    assert (state.status, state.is_done) == ("nothing new", True)


def test_what_an_agency_said_is_taken_over_with_who_said_it(people, child):
    strand = begin(people, child)
    record(
        people,
        (
            "Priya Shah",
            "ask-agency",
            {"agency": "gp", "name": "Fenside Surgery", "what": "Health", "basis": "consent", "told": True},
        ),
        on=child,
    )
    found = open_assessment(people.actor("Priya Shah"), child, strand)
    assert [check.name for check in found.facts.unanswered] == ["Fenside Surgery"]
    assert any("Fenside Surgery" in one.what and not one.blocks for one in found.lacks)
    past(
        people, child, strand, "check.answered", {"agency": "gp", "name": "Dr Marsh", "answer": "Seen twice."}
    )
    found = open_health(people, child, strand)
    (passage,) = found.offer
    assert (passage.kind, passage.taken_from, passage.text) == ("check", "Dr Marsh", "Seen twice.")
    assert found.assessment.facts.unanswered == ()


SAVE = [
    "hold record",  # held against every other writer
    "read recordsummary",  # what the decision rests on
    "add to accessentry",  # that it was written in
    "read ledgerevent",  # the stage of the assessment, and what may be taken over
    "read sectiondraft",  # the passages that stand in it
    "change sectiondraft",  # the text
    "add to sectionopened",  # that it is open
    "read sectionopened",  # who else has it open
]


def test_a_save_asks_the_same_of_the_database_however_much_is_written(people, child):
    strand = begin(people, child)
    found = open_assessment(people.actor("Priya Shah"), child, strand)
    save(people, child, strand, {"text": "x"})
    priya = people.actor("Priya Shah")
    few = statements(lambda: save_section(priya, child, strand, "health", {"text": "xx"}, 1))
    fill(people, child, strand, found.form)
    many = statements(lambda: save_section(priya, child, strand, "health", {"text": "xxx"}, 2))
    assert (few, many) == (SAVE, SAVE)


def fill(people, child, strand, form):
    """Twenty thousand characters in every section but one."""
    for one in form.sections:
        if one.id != "health":
            save(people, child, strand, {one.needs[0]: "z" * 20_000}, section=one.id, who="Ewan Marsh")


def test_the_task_list_asks_the_same_however_much_is_written(people, child):
    strand = begin(people, child)
    priya = people.actor("Priya Shah")
    save(people, child, strand, {"text": "x"})
    few = statements(lambda: open_assessment(priya, child, strand))
    fill(people, child, strand, open_assessment(priya, child, strand).form)
    many = statements(lambda: open_assessment(priya, child, strand))
    assert many == few
    assert sum(one.text is not None for one in open_assessment(priya, child, strand).sections) == len(
        SECTIONS
    )


def test_an_answer_stands_in_the_section_that_it_is_about_and_asking_again_is_the_same_check(people, child):
    strand = begin(people, child)
    asked = {"agency": "housing", "name": "Made-up Homes", "what": "Repairs", "basis": "safeguarding"}
    record(people, ("Priya Shah", "ask-agency", asked), on=child)
    (check,) = open_assessment(people.actor("Priya Shah"), child, strand).facts.unanswered
    record(people, ("Priya Shah", "chase-agency", {"check": check.asked[0].id, "how": "telephone"}), on=child)
    (check,) = open_assessment(people.actor("Priya Shah"), child, strand).facts.unanswered
    assert len(check.asked) == 2
    said = {
        "agency": "housing",
        "answer": "Damp in the child’s room.",
        "about": ["health"],
        "check": check.asked[0].id,
    }
    past(people, child, strand, "check.answered", said)
    (passage,) = open_health(people, child, strand).offer
    assert passage.text == "Damp in the child’s room."
