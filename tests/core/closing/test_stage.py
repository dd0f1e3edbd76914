"""How far a closing has come, and who disagrees with an answer or without, under the shipped vocabulary."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event, instant

from cairn.application.procedures import procedures
from cairn.core.closing.stage import closings, disagreeing, dissents, open_referrals, sent_back, waiting
from cairn.core.engine.view import derive

R1 = event("r1", "referral.received", "2026-01-05T10:00")
R2 = event("r2", "referral.received", "2026-01-06T10:00")
Z1 = event("z1", "closure.proposed", "2026-03-02T10:00", {"summary": "x"}, strand="r1")
BACK = event("b1", "closure.returned", "2026-03-03T10:00", {"reason": "y"}, strand="z1")
Z2 = event("z2", "closure.proposed", "2026-03-04T10:00", {"summary": "x"}, strand="r1")
SIGNED = event("s1", "closure.signed", "2026-03-05T10:00", {"audit": ["record"]}, strand="z2")
CLOSED = event("x1", "case.closed", "2026-03-05T10:00", {"reason": "RC7"}, strand="r1")


def seen(*events):
    return derive(events, procedures("peterborough"), as_at=instant("2026-06-01"))


def ids(found):
    return [one.id for one in found]


def test_it_is_handed_in_sent_back_and_signed():
    assert [(one.id, one.stage) for one in closings(seen(R1, Z1))] == [("z1", "handed in")]
    assert ids(waiting(seen(R1, Z1))) == ["z1"]
    back = seen(R1, Z1, BACK)
    assert (ids(waiting(back)), sent_back(back, open_referrals(back)[0]).id) == ([], "z1")
    again = seen(R1, Z1, BACK, Z2)
    assert (ids(waiting(again)), sent_back(again, open_referrals(again)[0])) == (["z2"], None)
    over = seen(R1, Z1, BACK, Z2, SIGNED, CLOSED)
    assert [one.stage for one in closings(over)] == ["sent back", "signed"]
    assert (waiting(over), open_referrals(over)) == ((), ())


def test_one_that_was_overtaken_by_a_closing_waits_no_more():
    assert waiting(seen(R1, Z1, CLOSED)) == ()


def test_of_two_referrals_each_has_its_own():
    found = seen(R1, R2, Z1)
    first, second = open_referrals(found)
    assert (ids(closings(found, first)), closings(found, second)) == (["z1"], ())


@pytest.mark.parametrize(("how", "answered"), [("written", True), ("telephone", False), (None, False)])
def test_only_an_answer_in_writing_counts(how, answered):
    against = event("d1", "dissent.recorded", "2026-03-02T11:00", {"whose": "A school"})
    data = {"dissent": "d1", "text": "x", **({"how": how} if how else {})}
    (found,) = dissents(seen(R1, against, event("a1", "dissent.answered", "2026-03-03T10:00", data)))
    assert (found.is_answered, ids(found.answers)) == (answered, ["a1"])


def test_a_reply_recorded_with_it_is_an_answer_and_another_ones_is_not():
    replied = event("d1", "dissent.recorded", "2026-03-02T11:00", {"whose": "A school", "reply": "x"})
    other = event("d2", "dissent.recorded", "2026-03-02T12:00", {"whose": "An aunt"})
    assert [one.is_answered for one in dissents(seen(R1, replied, other))] == [True, False]


@pytest.mark.parametrize(
    ("data", "against"),
    [
        ({"agencies_agree": False}, True),
        ({"agree": "neither"}, True),
        ({"agree": "child_only", "agencies_agree": True}, True),
        ({"agree": "both", "agencies_agree": True}, False),
        ({}, False),
    ],
)
def test_whether_somebody_does_not_agree(data, against):
    assert disagreeing(event("z1", "closure.proposed", "2026-03-02", data)) is against
