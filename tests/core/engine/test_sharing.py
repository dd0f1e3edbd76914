"""What consent stands now: each person's latest word for each purpose, one parent enough, a ground without consent apart."""

from __future__ import annotations

import pytest
from tests.core.engine.test_around import view

from cairn.core.engine.sharing import consents, current, leaflets


def said(hour, whose, decision, *purposes, by="parent", **more):
    data = {"whose": whose, "by_parent": by, "decision": decision, "for": list(purposes), **more}
    return ("consent.recorded", f"2026-11-21T{hour:02}:00", {k: v for k, v in data.items() if v})


def standing(purpose, *events):
    return next(one for one in consents(view(*events)) if one.purpose == purpose)


MOTHER, FATHER = "Made-up mother", "Made-up father"
CHECKS, EARLY = "agency_checks", "early_help"


@pytest.mark.parametrize(
    ("events", "state", "whose"),
    [
        ([], "not_asked", None),
        ([said(9, MOTHER, "given", CHECKS)], "given", MOTHER),
        ([said(9, MOTHER, "given", CHECKS), said(10, FATHER, "refused", CHECKS)], "given", MOTHER),
        ([said(9, MOTHER, "given", CHECKS), said(10, MOTHER, "withdrawn", CHECKS)], "withdrawn", MOTHER),
        ([said(9, MOTHER, "given", CHECKS), said(10, " made-up  MOTHER ", "withdrawn")], "withdrawn", " made-up  MOTHER "),
        ([said(9, MOTHER, "given", CHECKS), said(10, MOTHER, "refused", EARLY)], "given", MOTHER),
        ([said(9, FATHER, "refused", CHECKS)], "refused", FATHER),
        ([said(9, "A neighbour", "given", CHECKS, by="other")], "unclear", "A neighbour"),
        ([said(9, MOTHER, "given", CHECKS, by="")], "unclear", MOTHER),
        ([said(9, MOTHER, "not_sought", CHECKS)], "not_sought", MOTHER),
        ([said(9, MOTHER, "not_sought", CHECKS, lawful_reason="safeguarding")], "without", MOTHER),
        ([said(9, FATHER, "refused", CHECKS, lawful_reason="court_order")], "without", FATHER),
    ],
)  # fmt: skip
def test_how_consent_to_ask_agencies_stands(events, state, whose):
    found = standing(CHECKS, *events)
    assert found.state == state
    assert (found.decisive.data["whose"] if found.decisive else None) == whose


def test_what_is_overtaken_is_kept_to_be_read():
    found = standing(CHECKS, said(9, MOTHER, "given", CHECKS), said(10, MOTHER, "withdrawn", CHECKS))
    assert [one.data["decision"] for one in found.before] == ["given"]


def test_consent_of_an_episode_that_is_over_is_none_of_the_next():
    events = [
        said(9, MOTHER, "given", CHECKS),
        ("case.closed", "2026-11-22T09:00", {"reason": "RC1"}),
        ("referral.received", "2026-11-23T09:00", {"source": "gp"}),
    ]
    assert standing(CHECKS, *events).state == "not_asked"
    assert standing(CHECKS, *events[:2]).state == "given"


def test_leaflets_stand_latest_first():
    found = leaflets(
        view(
            ("leaflet.given", "2026-11-21T09:00", {"leaflet": "access_to_records", "to": MOTHER}),
            ("leaflet.given", "2026-11-22T09:00", {"leaflet": "comments_compliments_complaints"}),
        )
    )
    assert [one.happened_at.day.day for one in found] == [22, 21]


class TestWhichProcessItIsAbout:
    def current(self, *events):
        found = current(view(*events))
        return found.id if found else None

    SECOND = ("referral.received", "2026-11-23T09:00", {"source": "gp"})
    ASSESSED = ("assessment.started", "2026-11-24T09:00", {"kind": "initial"})

    def test_the_outermost_that_is_open_and_of_several_the_latest(self):
        assert self.current() == "e0"
        assert self.current(self.SECOND) == "e1"
        assert self.current(("assessment.started", "2026-11-22T09:00", {"kind": "initial"})) == "e0"

    def test_where_none_is_open_the_last(self):
        closed = ("case.closed", "2026-11-24T10:00", {"reason": "RC1"})
        assert self.current(self.SECOND, closed) == "e1"

    def test_one_that_is_open_before_a_later_one_that_is_not(self):
        contact = ("contact.received", "2026-11-23T09:00", {"source": "school"})
        decided = (
            "contact.decided",
            "2026-11-23T10:00",
            {"outcome": "no_further_action", "reason": "Made up."},
        )
        assert self.current(contact) == "e1"
        assert self.current(contact, decided) == "e0"
