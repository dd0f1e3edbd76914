"""Work that one letter does stands on one line; nothing that can be late is hidden behind another line."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from cairn.application.one_letter import joined
from cairn.application.work import WorkRow

AMARA, THEO = UUID(int=1), UUID(int=2)
DUE = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)


def row(duty, state, *, of=AMARA, number="a"):
    due = None if state == "undated" else DUE
    return WorkRow(of, "", "", "", duty, "tell-referrer", f"{duty}:{number}", "", "", None, state, due, "")


def shown(*rows):
    return [(one.title, [said.split(" (")[0] for said in one.letter_does]) for one in joined(rows)]


LETTER, CALL = "referral-outcome-told", "referrer-feedback"


def test_what_has_no_date_stands_with_the_letter_that_has_one():
    assert shown(row(LETTER, "overdue"), row("see-the-child", "undated"), row(CALL, "undated")) == [
        (LETTER, [CALL]),
        ("see-the-child", []),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [row(CALL, "undated")],
        [row(LETTER, "met"), row(CALL, "undated")],
        [row(LETTER, "overdue"), row(CALL, "overdue")],
        [row(LETTER, "overdue"), row(CALL, "undated", of=THEO)],
        [row(LETTER, "overdue"), row(LETTER, "upcoming", number="b"), row(CALL, "undated")],
        [row(LETTER, "cannot_tell"), row(CALL, "undated")],
    ],
    ids=["alone", "written already", "both late", "of another child", "two referrals", "not known whether"],
)
def test_anything_else_keeps_its_own_line(rows):
    assert shown(*rows) == [(one.title, []) for one in rows]
