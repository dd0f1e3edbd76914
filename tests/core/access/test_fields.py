"""What of a record somebody may see: each class of text cut for who lacks its right, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from tests.core.made_up_procedures import event

from cairn.application.procedures import shipped_vocabulary
from cairn.core.access.fields import (
    PROFESSIONAL,
    PUBLIC,
    RIGHT_OF,
    Withheld,
    cut,
    hidden_classes,
    holds,
    holds_a_mark,
    in_place_of_name,
    texts_of_class,
    unmarked,
)

ALL = frozenset(RIGHT_OF.values())
BOOK = shipped_vocabulary()
DAY = "2026-01-06"


def seen(*events, without=""):
    return list(cut(events, BOOK, ALL - {RIGHT_OF[without]} if without else ALL))


def said(*events, without=""):
    return [one.data for one in seen(*events, without=without)]


POLICE = event(
    "p1", "check.answered", DAY, {"agency": "police", "answer": "Called twice.", "nothing_known": False}
)
DOCTOR = event(
    "d1", "check.answered", DAY, {"agency": "gp", "answer": "Seen in May.", "nothing_known": False}
)
HOME = event(
    "h1", "address.recorded", DAY, {"address": "3 Hidden Court", "postcode": "FE1 2AB", "restricted": True}
)


def test_who_has_every_right_reads_the_very_same_stream():
    events = (POLICE, DOCTOR, HOME)
    assert cut(events, BOOK, ALL) is events
    assert hidden_classes(ALL) == frozenset()


@pytest.mark.parametrize(
    ("name", "events", "shown"),
    [
        ("police text", (POLICE, DOCTOR), ["Withheld: police text", "Seen in May."]),
        ("third party text", (POLICE, DOCTOR), ["Called twice.", "Withheld: third party text"]),
        ("protected address", (POLICE, DOCTOR), ["Called twice.", "Seen in May."]),
    ],
)
def test_each_class_by_its_own_right(name, events, shown):
    assert [one["answer"] for one in said(*events, without=name)] == shown
    assert [one["answer"] for one in said(*events)] == ["Called twice.", "Seen in May."]


def test_what_an_answer_is_worked_out_from_stays():
    [found] = said(POLICE, without="police text")
    assert (found["agency"], found["nothing_known"]) == ("police", False)
    assert isinstance(found["answer"], Withheld)


def test_of_rows_the_texts_are_cut_and_their_number_stays():
    call = event(
        "c1", "contact.received", DAY,
        {"source": "police", "facts": [{"text": "A row at night.", "who": "PC Adeyemi"}, {"text": "And again."}]},
    )  # fmt: skip
    mark = "Withheld: police text"
    assert said(call, without="police text")[0]["facts"] == [{"text": mark, "who": mark}, {"text": mark}]
    assert said(call)[0]["facts"][0]["text"] == "A row at night."
    school = replace(call, data={**call.data, "source": "school"})
    assert said(school, without="police text")[0]["facts"][0]["text"] == "A row at night."


def test_one_address_that_is_protected_withholds_every_address_of_the_child():
    old = event("h0", "address.recorded", "2025-01-06", {"address": "1 Old Road"})
    found = said(old, HOME, without="protected address")
    assert [one["address"] for one in found] == ["Withheld: protected address"] * 2
    assert found[1]["restricted"] is True
    assert said(old, without="protected address")[0]["address"] == "1 Old Road"


def test_of_those_around_the_child_only_theirs_whose_address_is_protected():
    ida = event(
        "r1", "relationship.recorded", DAY, {"name": "Ida", "address": "4 Veiled Close", "person": "ida"}
    )
    gran = event(
        "r2", "relationship.recorded", DAY, {"name": "Gran", "address": "9 Lodge Lane", "person": "gran"}
    )
    later = event(
        "r3", "household.recorded", DAY, {"person": "ida", "household": "other", "address_restricted": True}
    )
    found = said(ida, gran, later, without="protected address")
    assert [one.get("address") for one in found] == ["Withheld: protected address", "9 Lodge Lane", None]


def test_a_correction_is_cut_as_the_entry_that_it_corrects_and_says_its_class():
    plain = replace(DOCTOR, data={**DOCTOR.data, "agency": "school"})
    changed = event(
        "x1",
        "event.corrected",
        DAY,
        {"corrects": "d1", "data": {"agency": "police", "answer": "Their words."}},
    )
    first, second = said(plain, changed, without="police text")
    assert first["answer"] == second["data"]["answer"] == "Withheld: police text"
    assert second["data"]["agency"] == "police"
    assert said(plain, changed)[1]["data"]["answer"] == "Their words."


CALL = {"source": "individual_acquaintance", "may_name_caller": "no", "identity_of": "c1"}


def test_who_does_not_wish_to_be_named_is_spoken_of_as_that():
    assert said(event("c1", "contact.received", DAY, CALL))[0]["caller_name"] == PUBLIC
    teacher = event("c1", "contact.received", DAY, {**CALL, "source": "school"})
    assert said(teacher)[0]["caller_name"] == PROFESSIONAL
    named = event(
        "c1",
        "contact.received",
        DAY,
        {"source": "school", "caller_name": "Ms Fenn", "may_name_caller": "yes"},
    )
    assert said(named)[0]["caller_name"] == "Ms Fenn"
    anonymous = event("c1", "contact.received", DAY, {"source": "anonymous"})
    assert "caller_name" not in said(anonymous)[0]


def test_somebody_named_at_first_is_withheld_from_everybody_once_they_do_not_wish_it():
    call = event(
        "c1",
        "contact.received",
        DAY,
        {"source": "school", "caller_name": "Ms Fenn", "call_back": "01632 960 177"},
    )
    asked = event(
        "x1",
        "event.corrected",
        DAY,
        {"corrects": "c1", "data": {"may_name_caller": "no", "identity_of": "c1"}},
    )
    first, second = said(call, asked)
    assert "Fenn" not in str(first) + str(second)
    assert "960" not in str(first)
    gone = event("w1", "event.withdrawn", DAY, {"withdraws": "x1"})
    assert said(call, asked, gone)[0]["caller_name"] == "Ms Fenn"


def test_a_mark_is_known_wherever_it_stands():
    [found] = said(POLICE, without="police text")
    assert holds_a_mark(found)
    assert holds_a_mark({"plan": [{"text": f"As they said: {found['answer']}"}]})
    assert holds_a_mark(PUBLIC)
    assert not holds_a_mark(
        {"text": "A letter to a member of the public", "rows": [{"text": "The police came."}]}
    )
    assert unmarked({"caller_name": PUBLIC, "source": "school"}) == {"source": "school"}


def test_six_hundred_events_are_cut_in_a_few_thousandths_of_a_second():
    events = tuple(replace(one, id=f"{one.id}{n}") for n in range(200) for one in (POLICE, DOCTOR, HOME))
    best = min(_seconds(events) for _ in range(5))
    assert best < 0.05
    assert cut(events, BOOK, ALL) is events


def _seconds(events):
    began = perf_counter()
    cut(events, BOOK, frozenset())
    return perf_counter() - began


def classed(name, *events):
    return [(one.id, field, text) for one, field, text in texts_of_class(events, BOOK, name)]


class TestEveryTextOfAClass:
    """What a letter or a document must not hold: as it was written, and as it was ever corrected."""

    def test_each_is_found_with_the_entry_and_the_question_it_answers(self):
        assert classed("police text", POLICE, DOCTOR) == [("p1", "answer", "Called twice.")]
        assert classed("third party text", POLICE, DOCTOR) == [("d1", "answer", "Seen in May.")]
        assert ("h1", "address", "3 Hidden Court") in classed("protected address", HOME, POLICE)

    def test_what_a_correction_says_is_found_under_the_entry_that_it_corrects(self):
        changed = event(
            "x1", "event.corrected", DAY, {"corrects": "p1", "data": {"answer": "Called three times."}}
        )
        assert classed("police text", POLICE, changed) == [
            ("p1", "answer", "Called twice."),
            ("p1", "answer", "Called three times."),
        ]

    def test_of_rows_each_text_that_was_written_is_found(self):
        facts = [{"text": "A row at night.", "who": "PC Adeyemi"}, {"text": "And again.", "who": ""}]
        call = event("c1", "contact.received", DAY, {"source": "police", "facts": facts})
        found = [text for _, field, text in classed("police text", call) if field == "facts"]
        assert found == ["A row at night.", "PC Adeyemi", "And again."]

    def test_a_correction_of_what_is_not_there_and_an_entry_of_no_known_kind_hold_nothing(self):
        stray = event("x1", "event.corrected", DAY, {"corrects": "zz", "data": {"answer": "Lost."}})
        empty = event("x2", "event.corrected", DAY, {"corrects": "p1"})
        strange = replace(POLICE, id="q1", type="no.such")
        assert classed("police text", stray, strange, empty, POLICE) == [("p1", "answer", "Called twice.")]
        shown = seen(stray, strange, empty, POLICE, without="police text")
        assert [one.id for one in shown] == ["x1", "q1", "x2", "p1"]
        assert shown[1].data["answer"] == "Called twice."


def test_a_correction_keeps_all_else_that_it_says():
    changed = event(
        "x1", "event.corrected", DAY, {"corrects": "p1", "reason": "Misheard.", "data": {"answer": "Theirs."}}
    )
    (_, second) = said(POLICE, changed, without="police text")
    assert second == {"corrects": "p1", "reason": "Misheard.", "data": {"answer": "Withheld: police text"}}


def test_what_was_left_blank_is_not_said_to_be_withheld():
    silent = replace(POLICE, data={**POLICE.data, "answer": ""})
    assert said(silent, without="police text")[0]["answer"] == ""


def test_an_entry_of_which_nothing_is_cut_is_the_very_same():
    events = (POLICE, DOCTOR)
    shown = seen(*events, without="police text")
    assert shown[1] is DOCTOR
    assert cut((DOCTOR,), BOOK, ALL - {RIGHT_OF["police text"]})[0] is DOCTOR


def test_a_mark_in_any_of_several_answers_is_a_mark_and_other_answers_are_none():
    assert holds_a_mark(["A note.", PROFESSIONAL])
    assert holds_a_mark((PUBLIC, "A note."))
    assert holds_a_mark(f" {PROFESSIONAL} ")
    assert not holds_a_mark(None)
    assert not holds_a_mark(3)
    assert unmarked({"n": 3, "caller_name": PROFESSIONAL, "list": [PUBLIC]}) == {"n": 3, "list": [PUBLIC]}


@pytest.mark.parametrize(
    ("source", "spoken_of"),
    [
        ("individual_acquaintance", PUBLIC),
        ("anonymous", PUBLIC),
        ("unknown", PUBLIC),
        ("", PUBLIC),
        (None, PUBLIC),
        ("school", PROFESSIONAL),
    ],
)
def test_how_somebody_is_spoken_of_who_does_not_wish_to_be_named(source, spoken_of):
    assert in_place_of_name({"source": source}) == spoken_of


def test_true_and_one_are_not_the_same_answer_and_all_have_to_be_given():
    assert holds({"a": (True,), "b": ("x", "y")}, {"a": True, "b": "y"})
    assert not holds({"a": (True,), "b": ("x", "y")}, {"a": True, "b": "z"})
    assert not holds({"a": (True,)}, {"a": 1})
    assert holds({}, {})


def test_what_else_the_entry_says_stays_beside_who_is_not_named():
    (found,) = said(event("c1", "contact.received", DAY, {**CALL, "what": "A worry."}))
    assert (found["what"], found["source"]) == ("A worry.", "individual_acquaintance")
