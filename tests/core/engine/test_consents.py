"""How consent stands: one parent's word is enough, a lawful ground counts beside any word, and each person's last word counts."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import event, instant

from cairn.application.procedures import in_use
from cairn.core.engine.consents import about, consent_for, consents_seen, latest_words, purposes
from cairn.core.engine.view import derive

SHARE = "sharing_assessment"


def said(number, whose="Ana", decision="given", **data):
    return event(
        f"c{number}",
        "consent.recorded",
        f"2026-01-0{number}T10:00",
        {"whose": whose, "decision": decision, **data},
    )


def stands(*words):
    found = consent_for(words, SHARE, "To share information")
    return found.state, found.decisive.id if found.decisive else None


@pytest.mark.parametrize(
    ("words", "state", "decisive"),
    [
        ([], "not_asked", None),
        ([said(1, by_parent="parent")], "given", "c1"),
        ([said(1, by_parent="parent"), said(2, "Ben", "refused", by_parent="parent")], "given", "c1"),
        ([said(1, "Ben", by_parent="parent"), said(2, by_parent="parent")], "given", "c2"),
        ([said(1, by_parent="other")], "unclear", "c1"),
        ([said(1)], "unclear", "c1"),
        ([said(1, decision="")], "unclear", "c1"),
        ([said(1, by_parent="other"), said(2, "Ben", "refused")], "refused", "c2"),
        ([said(1, decision="refused")], "refused", "c1"),
        ([said(1, decision="not_sought"), said(2, "Ben", "refused")], "refused", "c2"),
        ([said(1, "Ben", "refused"), said(2, decision="withdrawn")], "withdrawn", "c2"),
        ([said(1, "Ben", "withdrawn"), said(2, decision="withdrawn")], "withdrawn", "c2"),
        ([said(1, decision="not_sought")], "not_sought", "c1"),
        ([said(1, decision="refused", lawful_reason="safeguarding")], "without", "c1"),
        ([said(1, decision="refused", lawful_reason="safeguarding"), said(2, "Ben", by_parent="parent")], "given", "c2"),
        ([said(1, decision="refused", lawful_reason="safeguarding"), said(2, "Ben")], "without", "c1"),
        ([said(1, decision="not_sought", lawful_reason="court_order")], "without", "c1"),
        ([said(1, decision="refused", lawful_reason="other")], "refused", "c1"),
        ([said(1, decision="refused", lawful_reason="safeguarding"), said(2, "Ben", "refused", lawful_reason="safeguarding")], "without", "c2"),
    ],
)  # fmt: skip
def test_how_it_stands_and_on_which_entry_it_rests(words, state, decisive):
    assert stands(*words) == (state, decisive)


def test_the_last_word_of_each_person_counts_however_the_name_is_written():
    first, again = said(1, "Ana  Okafor", by_parent="parent"), said(2, " ana okafor", "withdrawn")
    assert stands(first, again) == ("withdrawn", "c2")
    found = consent_for((first, again), SHARE)
    assert [one.id for one in found.before] == ["c1"]
    assert found.label == SHARE
    assert consent_for((), SHARE, "To share").label == "To share"


def test_words_stand_in_the_order_in_which_each_was_said_last():
    words = said(1), said(2, "Ben"), said(3)
    assert [one.id for one in latest_words(words)] == ["c2", "c3"]
    unnamed = said(4, None), said(5, "")
    assert [one.id for one in latest_words(unnamed)] == ["c5"]


def test_a_word_is_about_the_purposes_it_names_and_one_that_names_none_about_each():
    named, other, none = (
        said(1, **{"for": [SHARE, "agency_checks"]}),
        said(2, **{"for": ["agency_checks"]}),
        said(3),
    )
    assert [one.id for one in about((named, other, none), SHARE)] == ["c1", "c3"]
    assert purposes(named) == (SHARE, "agency_checks")
    assert purposes(said(1, **{"for": "agency_checks"})) == ("agency_checks",)
    assert purposes(none) == ()


def seen(found, strand):
    named = found.standing.strands.get(strand)
    return [one.data["whose"] for one in consents_seen(found.standing, named)]


def test_what_was_said_on_the_contact_counts_in_the_referral_that_came_of_it():
    found = derive(
        (
            event("c1", "contact.received", "2026-11-20T10:00"),
            event("s1", "consent.recorded", "2026-11-20T11:00", {"whose": "Ana"}, strand="c1"),
            event("r1", "referral.received", "2026-11-21T10:00", {"from_contact": "c1"}),
            event("a1", "assessment.started", "2026-11-22T10:00", strand="r1"),
            event("s2", "consent.recorded", "2026-11-22T11:00", {"whose": "Ben"}, strand="a1"),
            event("n1", "note.added", "2026-11-22T12:00", strand="r1"),
            event("r2", "referral.received", "2026-11-23T10:00"),
            event("s3", "consent.recorded", "2026-11-23T11:00", {"whose": "Cleo"}, strand="r2"),
        ),
        in_use(),
        as_at=instant("2026-12-01"),
    )
    assert seen(found, "r1") == seen(found, "a1") == ["Ana", "Ben"]
    assert seen(found, "c1") == ["Ana"]
    assert seen(found, "r2") == ["Cleo"]
    assert seen(found, None) == ["Ana", "Ben", "Cleo"]
