"""The records that come with the application have a place for all that a return can bring."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.core.returns.made_up_returns import (
    assessment,
    child,
    enquiry,
    episode,
    plan,
    protection_plan,
    taken,
)

from cairn.adapters import code_sets
from cairn.application.procedures import shipped_calendar, shipped_vocabulary
from cairn.application.taken_over import Origin, event_id, place
from cairn.core.engine.summary import summarise
from cairn.core.engine.view import Procedures, derive
from cairn.core.history.event import Author
from cairn.core.protocol.model import Protocol

ORIGIN = Origin("299", Author("Census import", "administrator"), datetime(2026, 5, 1, 9, tzinfo=UTC))
WHOLE = child(
    episode(
        assessment("2025-06-03", "2025-06-20", ("2A", "3B")),
        plan("2025-06-21", "2025-11-20"),
        enquiry("2025-06-10", "2025-06-24"),
        enquiry("2025-08-10", not_required="1"),
        protection_plan("2025-07-01", "2025-11-01", latest="EMO", previous="1", reviews=("2025-09-15",)),
        referred="2025-06-02",
        closed="2025-12-01",
        reason="RC8",
    ),
    episode(referred="2026-01-05", nfa="1"),
    episode(assessment("2026-03-03"), referred="2026-03-02"),
    disabilities=("HAND", "LD"),
    more="<UPNunknown>UN1</UPNunknown>",
)


def placed(*children: str):
    return [place(one, ORIGIN, shipped_vocabulary()) for one in taken(*children).children]


def test_everything_of_a_whole_child_has_its_place():
    (one,) = placed(WHOLE)
    assert [(finding.element, finding.reason) for finding in one.findings] == []
    assert {event.type for event in one.events} == {
        "person.described",
        "referral.received",
        "assessment.started",
        "assessment.approved",
        "plan.made",
        "plan.ended",
        "enquiry.started",
        "conference.held",
        "case.closed",
    }
    first = next(event for event in one.events if event.data.get("category"))
    assert first.data["latest_category"] == "EMO"
    assert first.data["previous_plans"] == 1


def test_every_code_of_the_census_is_an_answer_that_the_records_take():
    codes = code_sets.load()
    fields = (
        ("referral.received", "source", codes.referral_source),
        ("referral.received", "primary_need", codes.primary_need),
        ("case.closed", "reason", codes.closure_reason),
        ("assessment.approved", "factors", codes.assessment_factor),
        ("plan.made", "category", codes.abuse_category),
        ("person.described", "ethnicity", codes.ethnicity),
        ("person.described", "sex", codes.sex),
        ("person.described", "disabilities", codes.disability),
        ("person.described", "upn_unknown", codes.upn_unknown),
    )
    for event, name, codes_of in fields:
        allowed = shipped_vocabulary().events[event].field(name).allowed()
        assert {code.ours for code in codes_of.by_code.values()} <= set(allowed), (event, name)


def test_the_opener_of_each_strand_comes_before_what_belongs_to_it():
    (one,) = placed(WHOLE)
    ids = [event.id for event in one.events]
    assert all(event.strand in ids[:place] for place, event in enumerate(one.events) if event.strand)


def test_ids_follow_from_authority_number_and_key_alone():
    assert event_id("299", "MADEUP1", "a") == event_id("299", "MADEUP1", "a")
    others = [("298", "MADEUP1", "a"), ("299", "MADEUP2", "a"), ("299", "MADEUP1", "b")]
    assert event_id("299", "MADEUP1", "a") not in {event_id(*other) for other in others}


def test_the_last_episode_is_open_to_be_allocated():
    (one,) = placed(WHOLE)
    nothing = Protocol(name="made-up", title="No rules", documents={}, rules=())
    read_under = Procedures(shipped_vocabulary(), nothing, shipped_calendar())
    view = derive(one.events, read_under, as_at=ORIGIN.recorded_at)
    assert summarise(view).stage == "to be allocated"
    assert [strand.kind for strand in view.open_strands] == ["referral", "assessment"]
