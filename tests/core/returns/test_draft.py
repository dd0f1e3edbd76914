"""Drafts of events: keys that stay the same, in an order that can be recorded."""

from datetime import date

from cairn.core.returns.draft import Drafts, key_of

ON = date(2026, 1, 5)


def test_a_key_depends_on_every_part_and_on_where_one_part_ends():
    assert key_of("a", "b") == key_of("a", "b")
    assert key_of("a", "b") != key_of("ab", "")
    assert key_of("a", "b") != key_of("b", "a")


def test_a_key_quotes_no_part():
    assert "MADEUP1" not in key_of("299", "MADEUP1")


def test_two_alike_are_told_apart():
    drafts = Drafts(("299", "MADEUP1"))
    first = drafts.add("plan.made", ON, {"kind": "child_in_need"}, episode=0, rank=5)
    second = drafts.add("plan.made", ON, {"kind": "child_in_need"}, episode=0, rank=5)
    assert first != second


def test_a_key_does_not_depend_on_what_may_be_put_right_later():
    keys = [
        Drafts(("299", "MADEUP1")).add("case.closed", ON, {"reason": reason}, episode=0, rank=8)
        for reason in ("RC7", "RC8")
    ]
    assert keys[0] == keys[1]


def test_an_event_before_its_opener_keeps_its_day_and_stands_after_it():
    drafts = Drafts(("299", "MADEUP1"))
    opener = drafts.add("referral.received", ON, {}, episode=0, rank=0)
    drafts.add("plan.made", date(2026, 1, 2), {}, episode=0, rank=5, opener=opener)
    assert [(one.type, one.on.day) for one in drafts.in_order()] == [
        ("referral.received", 5),
        ("plan.made", 2),
    ]
