"""Forms are data: every name in one is checked, with the file, the line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

import cairn.procedures
from cairn.application.procedures import shipped_protocol, shipped_vocabulary
from cairn.core.protocol.check import check_protocol
from cairn.core.protocol.compose import compose
from cairn.core.protocol.load import ProceduresFaulty, load_protocol

FOLDER = Path(cairn.procedures.__file__).parent / "protocols" / "peterborough"
HEAD = """name: made-up
title: Made up
documents: {peterborough: {title: A book, publisher: A press}}
rules: []
"""
FORM = (FOLDER / "forms" / "assessment.yaml").read_text("utf-8")
DOMAINS = {
    "child": (
        "Health", "Education", "Emotional and behavioural development", "Identity",
        "Family and social relationships", "Social presentation", "Self-care skills",
    ),
    "parenting": (
        "Basic care", "Ensuring safety", "Emotional warmth", "Stimulation", "Guidance and boundaries", "Stability",
    ),
    "environment": (
        "Family history and functioning", "Wider family", "Housing", "Employment", "Income",
        "Family’s social integration", "Community resources",
    ),
}  # fmt: skip


def load(old="", new=""):
    assert old in FORM
    return load_protocol({"protocol.yaml": HEAD, "forms/assessment.yaml": FORM.replace(old, new, 1)})


def test_the_form_of_an_assessment_has_the_frameworks_three_domains_and_twenty_dimensions():
    form = shipped_protocol("peterborough").form_for("assessment", "initial")
    found = {part.id: tuple(one.title for one in form.of_part(part)) for part in form.parts if part.domain}
    assert found == DOMAINS
    assert form.source.paragraph == "4.3"
    assert all(section.source.paragraph.startswith("4.") for section in form.sections)


@pytest.mark.parametrize("kind", ["initial", "child_and_family"])
def test_each_kind_has_its_form_and_analysis_is_apart_from_information(kind):
    form = shipped_protocol("peterborough").form_for("assessment", kind)
    needed = {section.id: section.sort for section in form.sections if section.is_needed_by(kind)}
    assert (needed["wishes"], needed["parents"]) == ("voice", "voice")
    assert [name for name, sort in needed.items() if sort in ("analysis", "outcome")] == [
        "analysis",
        "needs",
        "follow",
    ]
    assert ("chronology" in needed) is (kind == "child_and_family")


def test_a_kind_without_a_form_has_none():
    assert shipped_protocol("peterborough").form_for("assessment", "parenting") is None
    assert shipped_protocol("peterborough").form_for("plan", "initial") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("part: start", "part: nowhere", "section why: no part 'nowhere'; expected one of start, child"),
        ("asks: [text, changed, to_settle]", "asks: [words]", "section why: no field 'words'"),
        ("needs: [own_words]", "needs: [changed]", "section wishes: no field it asks 'changed'"),
        (
            "kinds: [child_and_family]\n        asks",
            "kinds: [core]\n        asks",
            "section chronology: no kind 'core'",
        ),
        ("id: wishes", "id: why", "the section 'why' stands twice"),
        ("guidance: What brought", "guidence: What brought", "Extra inputs are not permitted"),
        ('paragraph: "4.6"', "paragraph: 4.6", "Input should be a valid string"),
    ],
)
def test_what_does_not_hang_together_is_said_with_its_file_and_line(old, new, said):
    with pytest.raises(ProceduresFaulty) as raised:
        load(old, new)
    faults = [str(fault) for fault in raised.value.faults]
    assert any(fault.startswith("forms/assessment.yaml, line ") and said in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "handed_in: assessment.submitted",
            "handed_in: assessment.sent",
            "assessment.sent has no rows 'sections'",
        ),
        ("into: sections", "into: summary", "assessment.submitted has no rows 'summary'"),
        ("strand: assessment", "strand: nothing", "no strand is called 'nothing'"),
        (
            "kinds: [initial,",
            "kinds: [made_up, initial,",
            "no kind is called 'made_up'; expected one of initial",
        ),
        ("agencies: [housing]", "agencies: [plumber]", "no agency is called 'plumber'"),
        ("views: [child]", "views: [cat]", "no view is called 'cat'"),
        (
            'document: peterborough, paragraph: "4.16"',
            'document: nowhere, paragraph: "4.16"',
            "unknown document 'nowhere'",
        ),
        (
            "{value: not_known, label: Not known}",
            "{value: perhaps, label: Not known}",
            "'needs_help' is not what",
        ),
    ],
)
def test_what_the_vocabulary_does_not_know_is_said(old, new, said):
    problems = check_protocol(load(old, new), shipped_vocabulary())
    assert any("form assessment: " in one and said in one for one in problems), problems


def test_the_form_as_shipped_is_in_order():
    assert [one for one in check_protocol(load(), shipped_vocabulary()) if "form" in one] == []


def test_a_local_form_takes_the_place_of_the_national_one_and_two_local_ones_clash():
    base = load()
    local = base.model_copy(
        update={
            "name": "local",
            "extends": "made-up",
            "forms": (base.forms[0].model_copy(update={"title": "Ours"}),),
        }
    )
    composed = compose(base, local).protocol
    assert [form.title for form in composed.forms] == ["Ours"]
    other = local.model_copy(update={"name": "other"})
    assert any("the form 'assessment'" in str(one) for one in compose(base, local, other).conflicts)
