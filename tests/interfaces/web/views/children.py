"""Made-up children for the tests of pages: one waiting for its decision, one allocated."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.cases import record
from tests.people import Staff

from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.core.engine.view import View, derive
from cairn.core.history.event import Event
from cairn.records import access_log, ledger

CONTACT = {
    "name": "Wren Made-up",
    "born": "2018-03-21",
    "source": "school",
    "caller_name": "Hanne Pryce",
    "contact_type": "worry_about_child",
    "unsafe_ways": "The home telephone",
}
REFERRAL = {
    "outcome": "progress_to_referral",
    "reason": "Not fed on three mornings.",
    "referral_reason": "further_assessment",
    "level": "3",
    "recommended_service": "referral_and_assessment",
    "referral_source": "school",
    "referrer_name": "Hanne Pryce",
    "referrer_organisation": "Made-up Primary School",
    "concern": "Came without breakfast on three mornings.",
    "affects_other_children": False,
    "with_caf": False,
    "possible_crime": False,
    "allegation_against_staff": False,
    "earlier_enquiries": 0,
}
DECISION = {
    "outcome": ["assessment"],
    "leads_to": "not_known",
    "reason": "A fuller picture is needed.",
    "status": "not_known",
    "earlier_records_located": "none_exist",
    "no_siblings": True,
    "impact_on_others": "She is the only child.",
    "further_action": "An assessment begins this week.",
}


def contact(people: Staff) -> UUID:
    """A contact that waits for its decision."""
    return record(people, ("Beth Lomas", "record-contact", CONTACT))


def referral(people: Staff, **more: object) -> UUID:
    """A referral that waits for the duty manager in Referral and Assessment."""
    return record(people, ("Sheila Knowles", "decide-contact", {**REFERRAL, **more}), on=contact(people))


def decided(people: Staff) -> UUID:
    """A referral that was decided, waiting for a worker."""
    return record(people, ("Martin Oyelaran", "decide-referral", DECISION), on=referral(people))


def allocated(people: Staff, worker: str = "Priya Shah") -> UUID:
    """A child whom somebody of Referral and Assessment works with."""
    answers = {
        "worker": worker,
        "worker_id": str(people.ids[worker]),
        "team": "Referral and Assessment",
        "team_id": str(people.teams["Referral and Assessment"]),
    }
    return record(people, ("Joanne Whitlock", "allocate", answers), on=decided(people))


def view(child: UUID) -> View:
    """The record as it stands now."""
    return derive(ledger.read_stream(child), in_use(), as_at=now())


def event(child: UUID, type_: str) -> Event:
    """The latest standing event of a type on the record."""
    return [one for one in view(child).standing.events if one.type == type_][-1]


def due_key(child: UUID, provision: str) -> str:
    """The key of a duty on the record."""
    return next(duty.key for duty in view(child).duties if duty.rule.id == provision)


def looks(child: UUID) -> list[tuple[str, str, bool]]:
    """The access log of a record, newest first: page, what, whether it was allowed."""
    return [(row.line.page, row.line.what, row.line.allowed) for row in access_log.of_record(child)]


def later(clock, **more: int) -> None:
    """Let time pass."""
    clock.at += timedelta(**more)


def main(response) -> str:
    """What stands in the main part of a page."""
    return response.content.decode().partition("<main")[2].partition("</main")[0]
