"""The headings of a long act: every question stands under one of them, once."""

from __future__ import annotations

import pytest

from cairn.application.procedures import in_use
from cairn.interfaces.web.forms.joint_groups import GROUPS, grouped


@pytest.mark.parametrize("act", GROUPS)
def test_every_heading_names_questions_that_the_vocabulary_asks_once(act):
    vocabulary = in_use().vocabulary
    asked = {one.name for one in vocabulary.fields_of(vocabulary.acts[act]) if not one.own}
    named = [name for group in GROUPS[act] for name in group.fields]
    assert len(named) == len(set(named))
    assert set(named) <= asked


@pytest.mark.parametrize("act", GROUPS)
def test_a_question_that_no_heading_names_is_asked_under_the_last(act):
    groups = list(grouped(act, ["made_up", *GROUPS[act][0].fields]))
    assert groups[-1].fields == ("made_up",)


def test_a_heading_without_questions_is_left_out_and_an_act_without_headings_has_none():
    assert [one.title for one in grouped("record-meeting", ["not_there"])] == [
        "Which meeting, and who chaired it",
        "Who was not there, and how they were heard",
    ]
    assert list(grouped("record-visit", ["place"])) == []
