"""How far each section of an assessment is, and what the whole is without: one answer for everybody who asks."""

from __future__ import annotations

from datetime import date

import pytest

from cairn.application.procedures import shipped_protocol
from cairn.core.assessing.sections import SectionText, cannot_complete, first_words, lacks, section_states
from cairn.core.assessing.stage import Before
from cairn.core.assessing.told import Check, Heard, Told
from cairn.core.calendar.moment import Moment
from cairn.core.history.event import Author, Event

FORM = shipped_protocol("peterborough").form_for("assessment", "initial")
NOTHING = Told((), None, (), (Heard("Ify Okafor", "", ()),), ())
BEFORE = {
    "health": Before("health", {"text": "Well in June. More."}, "e", date(2026, 3, 10), "Priya", "Joanne")
}
ASKED = Event("a", "check.requested", Moment.on_day(date(2026, 3, 3)), None, Author("P", "social worker"), {})


def states(texts=(), before=(), facts=NOTHING, kind="initial", apart=()):
    written = {
        name: SectionText(name, 1, data, apart=int(name in apart)) for name, data in dict(texts).items()
    }
    return {one.section.id: one for one in section_states(FORM, kind, written, dict(before), facts)}


@pytest.mark.parametrize(
    ("data", "status", "line"),
    [
        ({}, "not started", ""),
        ({"text": "  "}, "not started", ""),
        ({"text": "Sleeps badly. Since June."}, "in progress", "Sleeps badly."),
        ({"needs_help": "yes"}, "in progress", ""),
        ({"passages": [{"text": "x"}]}, "in progress", ""),
        ({"text": "Well.", "completed": True}, "completed", "Well."),
        ({"text": "Well.", "completed": True, "to_settle": "Two accounts."}, "problem", "Two accounts."),
        ({"text": "Well.", "to_settle": " "}, "in progress", "Well."),
        ({"nothing_new": True}, "in progress", ""),
        ({"nothing_new": True, "completed": True}, "nothing new", "Nothing new, looked at again."),
    ],
)
def test_what_a_section_holds_says_how_far_it_is_and_what_is_in_it(data, status, line):
    one = states({"health": data})["health"]
    assert (one.status, one.line) == (status, line)
    assert one.is_done is (status in ("completed", "nothing new"))


def test_two_texts_beside_each_other_are_a_problem_whatever_is_marked():
    one = states({"health": {"text": "x", "completed": True}}, apart=("health",))["health"]
    assert (one.status, one.line) == ("problem", "Two texts of it stand side by side: put them together.")


def test_last_time_is_named_until_something_is_written():
    assert states(before=BEFORE)["health"].line == "Last time: Well in June."
    assert states({"health": {"text": "New."}}, BEFORE)["health"].line == "New."
    again = {"health": {"nothing_new": True, "completed": True}}
    assert states(again, BEFORE)["health"].line == "Nothing new since 10 March 2026, looked at again."


def test_the_analysis_waits_for_each_domain_but_notes_may_be_written():
    two = {"health": {"text": "x"}, "basic_care": {"text": "x"}}
    early = {**two, "analysis": {"text": "A note.", "harmed": "no", "completed": True}}
    assert states(early)["analysis"].status == "cannot be completed yet"
    assert states(early)["analysis"].line == "A note."
    assert states({**early, "housing": {"text": "x"}})["analysis"].status == "completed"
    assert states({**two, "housing": {"text": "x"}})["analysis"].status == "not started"


def test_voices_and_agencies_that_are_missing_are_named_in_their_sections():
    carers = (
        Heard("Ify Okafor", "", ()),
        Heard("Ada Okafor", "parent_mother", (ASKED,)),
        Heard("Daniel Reed", "parent_father", ()),
    )
    checks = (Check("gp", "Fenside Surgery", (ASKED,), ()), Check("school", "", (ASKED,), (ASKED,)))
    found = states(facts=Told((), None, (), carers, checks))
    assert found["wishes"].line == "The child’s own view is not recorded yet."
    assert found["parents"].line == "1 of 2 heard. Missing: Daniel Reed."
    assert found["agencies"].line == "1 of 2 answered."


def test_only_what_the_kind_needs_is_missing():
    whole = {
        one.id: {**dict.fromkeys(one.needs, "x"), "completed": True}
        for one in FORM.sections
        if one.id != "chronology"
    }
    heard = Told((), None, (), (Heard("Ify Okafor", "", (ASKED,)),), ())
    assert lacks(tuple(states(whole, facts=heard).values()), heard) == ()
    (lack,) = lacks(tuple(states(whole, facts=heard, kind="child_and_family").values()), heard)
    assert (lack.section, lack.blocks, lack.paragraph) == ("chronology", True, "4.9")


def test_what_is_without_a_view_or_an_answer_does_not_block():
    facts = Told(
        (),
        None,
        (),
        (Heard("Ify Okafor", "", ()), Heard("Ada Okafor", "parent_mother", ())),
        (Check("gp", "", (ASKED,), ()),),
    )
    told = [(one.what, one.paragraph) for one in lacks((), facts) if not one.blocks]
    assert told == [
        ("Ify Okafor’s own view is not recorded", "4.16"),
        ("Ada Okafor’s own view is not recorded", "4.10"),
        ("gp has not answered", "4.15"),
    ]


def test_every_lack_of_a_section_names_it_and_blocks():
    found = lacks(tuple(states({"health": {"text": "x", "to_settle": "A gap."}}).values()), NOTHING)
    named = {one.section: one for one in found if one.section}
    assert named["health"].what == "Health: A gap."
    assert named["education"].what == "Education: not started"
    assert all(one.blocks for one in named.values())
    assert "chronology" not in named


@pytest.mark.parametrize(
    ("data", "more", "fields"),
    [
        ({}, {}, ["text"]),
        ({"text": "x"}, {}, []),
        ({"text": "x", "to_settle": "y"}, {}, ["to_settle"]),
        ({"text": "x"}, {"apart": 1}, ["text"]),
        ({"nothing_new": True}, {"has_before": True}, []),
        ({"nothing_new": True}, {}, ["nothing_new"]),
        ({"nothing_new": True, "to_settle": "y"}, {"has_before": True}, ["to_settle"]),
    ],
)
def test_why_a_section_cannot_be_completed_is_said_at_its_field(data, more, fields):
    found = cannot_complete(FORM.section("health"), data, **{"has_before": False, **more})
    assert [field for field, _ in found] == fields


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("One. Two.", "One."),
        ("Is it? Yes.", "Is it?"),
        ("  one\n\ntwo ", "one two"),
        ("x" * 200, "x" * 90 + " …"),
        ("word " * 60, ("word " * 18).strip() + " …"),
    ],
)
def test_a_line_is_the_first_sentence_cut_at_a_word(text, line):
    assert first_words(text) == line
