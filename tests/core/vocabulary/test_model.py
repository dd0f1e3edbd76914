"""A vocabulary hangs together or says where it does not; an act's form comes from its events."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import vocabulary

from cairn.core.vocabulary.model import Act, EventType, Field, Option, Vocabulary, Yield


def event_type(**more):
    return EventType(**{"name": "a.b", "title": "A", "sort": "fact", **more})


def act(**more):
    return Act(
        **{"name": "act", "title": "A", "verb": "A", "roles": ("social worker",), "yields": (), **more}
    )


def faults(*parts):
    events = {part.name: part for part in parts if isinstance(part, EventType)}
    acts = {part.name: part for part in parts if isinstance(part, Act)}
    return Vocabulary(events=events, acts=acts).faults()


def field(name="f", **more):
    return Field(**{"name": name, "label": "F", "type": "text", **more})


ONE = Option(value="one", label="One")


def test_the_made_up_one_hangs_together():
    assert vocabulary().faults() == []


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (event_type(ends=("plan",)), "a.b: no event opens the strand 'plan'"),
        (event_type(within=("plan",)), "a.b: no event opens the strand 'plan'"),
        (event_type(fields=(field(type="choice"),)), "a.b: f is a choice without options"),
        (event_type(fields=(field(), field())), "a.b: f stands twice"),
        (event_type(fields=(field(type="rows"),)), "a.b: f: rows, and only rows, have fields of their own"),
        (
            event_type(fields=(field(fields=(field("g"),)),)),
            "a.b: f: rows, and only rows, have fields of their own",
        ),
        (
            event_type(fields=(field(type="rows", fields=(field("g", type="choices"),)),)),
            "a.b: f: g is a choice without options",
        ),
        (event_type(ends_where={"f": ("x",)}), "a.b: ends_where names 'f', which it has not"),
        (
            event_type(ends_where={"f": ("x",)}, fields=(field(type="choice", options=(ONE,)),)),
            "a.b: f has no option 'x'",
        ),
        (act(roles=("wizard",)), "act: no role is called 'wizard'"),
        (act(asks=(field(), field())), "act: f stands twice"),
        (act(yields=(Yield(event="c.d"),)), "act: yields the unknown event c.d"),
    ],
)
def test_what_does_not_hang_together(part, fault):
    assert faults(part) == [fault]


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ({"fields": ("g",)}, "act: a.b has no field 'g'"),
        ({"set": {"g": 1}}, "act: a.b has no field 'g'"),
        ({"rename": {"g": "f"}}, "act: a.b has no field 'g'"),
        ({"each": "rows"}, "act: writes one a.b for each of 'rows', which it does not ask"),
    ],
)
def test_what_an_act_yields_is_there(made, fault):
    kind = event_type(fields=(field(),))
    assert faults(kind, act(yields=(Yield(event="a.b", **made),))) == [fault]
    assert faults(kind, act(yields=(Yield(event="a.b", fields=("f",), set={"f": 1}),))) == []


def test_ends_where_a_text_has_a_value():
    kind = event_type(fields=(field(),), ends_where={"f": ("anything",)})
    assert faults(kind) == []


def form(name):
    return [one.name for one in vocabulary().fields_of(vocabulary().acts[name])]


def test_a_form_asks_what_the_act_asks_and_then_the_fields_of_its_events():
    assert form("visit") == ["child_seen", "alone"]


def test_a_field_is_asked_under_the_name_of_its_answer():
    assert form("decide") == ["outcome", "why"]


def test_what_comes_from_rows_or_stands_fixed_is_not_asked():
    assert form("siblings") == ["children"]
    kind = event_type(fields=(field(), field("g")))
    made = act(yields=(Yield(event="a.b", fields=("f", "g"), set={"g": "x"}),))
    known = Vocabulary(events={"a.b": kind}, acts={"act": made})
    assert [one.name for one in known.fields_of(made)] == ["f"]


def test_a_field_of_the_name_or_none():
    referral = vocabulary().events["referral.received"]
    assert referral.field("source").allowed() == ("school", "police", "anonymous", "unknown")
    assert referral.field("sauce") is None


def test_an_act_about_several_children_is_done_on_a_record():
    assert faults(event_type(), act(joint=True)) == []
    assert faults(event_type(), act(joint=True, on="nobody")) == [
        "act: may be about several children, so it has to be done on a record"
    ]


def test_what_is_asked_only_with_an_answer_names_a_question_of_the_act():
    kind = event_type(fields=(field(asked_when={"g": (True,)}), field("g", type="yes_no")))
    asks = act(yields=(Yield(event="a.b", fields=("f", "g")),))
    alone = act(yields=(Yield(event="a.b", fields=("f",)),))
    assert faults(kind, asks) == []
    assert faults(kind, alone) == ["act: f is asked with 'g', which is not asked"]
