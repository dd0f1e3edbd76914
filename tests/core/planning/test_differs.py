"""What differs between two versions of a plan."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.core.planning.plan_story import ACTIONS, FIELDS, OUTCOMES

from cairn.core.planning.differs import differences

BEFORE = {"kind": "child_in_need", "outcomes": OUTCOMES, "actions": ACTIONS, "resources": "A worker."}


def _told(before, after):
    return [(one.how, one.field.name, one.key) for one in differences(before, after, FIELDS)]


def test_added_removed_and_changed_rows_are_told_by_their_number():
    actions = [{**ACTIONS[0], "who": "Mum"}, {"key": "3", "outcome": "1", "what": "New"}]
    found = differences(BEFORE, {**BEFORE, "actions": actions}, FIELDS)
    assert [(one.how, one.key, one.names) for one in found] == [
        ("changed", "1", ("who",)), ("added", "3", ()), ("removed", "2", ()),
    ]  # fmt: skip


def test_a_text_that_was_emptied_is_removed_and_spaces_are_no_change():
    assert _told(BEFORE, {**BEFORE, "resources": ""}) == [("removed", "resources", "")]
    assert _told(BEFORE, {**BEFORE, "resources": " A worker.\n"}) == []


def test_rows_without_a_number_are_told_word_for_word():
    before = {"contingency": [{"change": "A", "action": "B"}, {"change": "C", "action": "D"}]}
    after = {"contingency": [{"change": "C", "action": "D"}, {"change": "A", "action": "X"}]}
    assert _told(before, after) == [("added", "contingency", ""), ("removed", "contingency", "")]


def test_what_belongs_to_the_change_is_no_difference():
    assert _told(BEFORE, {**BEFORE, "changed": "Why.", "consulted_whom": ["parents"]}) == []


KEYS = st.dictionaries(st.sampled_from("123"), st.sampled_from("AB"), max_size=3)
ROWS = KEYS.map(lambda found: [{"key": key, "outcome": text} for key, text in found.items()])


@given(ROWS, ROWS)
def test_the_way_back_takes_out_what_the_way_there_added(before, after):
    there = _told({"outcomes": before}, {"outcomes": after})
    back = _told({"outcomes": after}, {"outcomes": before})
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((turned[how], name, key) for how, name, key in there) == sorted(back)
    assert _told({"outcomes": before}, {"outcomes": before}) == []
