"""Lines of descent over several records: a circle is found however long it is, and none is made of what is no birth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.people.told import Said, parent

from cairn.core.people.descent import Ancestry, descent_of, node_of_person, node_of_record
from cairn.core.people.joined import Joined


def own_child(**more):
    return Said("relationship.recorded", {"name": "Young One", "relation": "own_child", **more})


def circle(told, record):
    """The records whose entries make the circle that begins with the first line of a record."""
    descents = {name: descent_of(name, events) for name, events in told.items()}
    return [one.record for one in Ancestry(list(descents.values())).circle(descents[record].lines[0])]


@pytest.mark.parametrize("relation", ["parent_mother", "parent_father", "grandmother", "grandfather"])
def test_two_who_are_each_others_forebears(relation):
    assert circle({"a": [parent(record="b")], "b": [parent(record="a", relation=relation)]}, "a") == ["b"]


@pytest.mark.parametrize(
    "relation",
    ["parent_other", "step_parent", "guardian", "carer", "partner_at_home", "brother_or_sister", "other_relative", "cousin"],
)  # fmt: skip
def test_what_is_no_birth_makes_no_circle(relation):
    told = {"a": [parent(record="b")], "b": [parent(record="a", relation=relation)]}
    assert circle(told, "a") == []


def test_a_long_circle_is_followed_to_its_end():
    told = {str(n): [parent(record=str(n + 1))] for n in range(500)}
    assert circle(told, "0") == []
    assert circle({**told, "500": [parent(record="0")]}, "0") == [str(n) for n in range(1, 501)]


def test_a_circle_may_lead_through_somebody_without_a_record_and_through_a_childs_own_child():
    assert circle({"a": [parent(person="p1")], "b": [own_child(person="p1"), parent(record="a")]}, "a") == [
        "b",
        "b",
    ]
    assert circle({"a": [parent(record="b")], "c": [own_child(record="b"), parent(record="a")]}, "a") == [
        "c",
        "c",
    ]


def test_one_person_under_two_keys_is_one_where_their_record_says_so():
    told = {
        "a": [parent(person="p1", record="b")],
        "c": [own_child(person="p2", record="b"), parent(person="p3", record="a")],
    }
    assert circle(told, "a") == ["c", "c"]


def test_nobody_is_their_own_parent():
    assert circle({"a": [parent(record="a")]}, "a") == ["a"]


def test_what_is_no_longer_so_is_left_out():
    assert descent_of("a", [parent(record="b", ended="2026-01-01")]).lines == ()


def test_everybody_above_by_every_name_they_go_by():
    told = [descent_of("a", [parent(person="p1", record="b")]), descent_of("b", [parent(person="p2")])]
    over = Ancestry(told).over(told[0].lines)
    assert over == {node_of_person("p1"), node_of_record("b"), node_of_person("p2")}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
def test_what_was_joined_is_in_one_group_and_every_group_has_its_first_member(pairs):
    joined = Joined()
    for one, other in pairs:
        joined.join(one, other)
    for one, other in pairs:
        assert joined.root(one) == joined.root(other)
    for one in "abcdef":
        assert one in joined.group(one)
        assert {joined.root(each) for each in joined.group(one)} == {joined.root(one)}
