"""Made-up cases for tests, recorded through the same door as everything else, by people who may."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.people import Staff

from cairn.application.recording import Recorded, Request, record_act

Step = tuple[str, str, dict[str, Any]]


def record(people: Staff, *steps: Step, on: UUID | None = None) -> UUID:
    """Record acts one after the other, on a new record or `on` one: who, which act, with which answers."""
    for who, act, answers in steps:
        done = record_act(people.actor(who), Request(act=act, answers=answers, record=on))
        assert isinstance(done, Recorded), done
        on = done.record
    assert on is not None
    return on


def open_to_priya(people: Staff) -> UUID:
    """A child, Ifeoma Okafor, open to Priya Shah in a team that is not the front door's."""
    return record(
        people,
        (
            "Beth Lomas",
            "record-contact",
            {"name": "Ifeoma Okafor", "forename": "Ifeoma", "surname": "Okafor", "born": "2019-02-11", "source": "school",
             "contact_type": "worry_about_child"},
        ),
        (
            "Sheila Knowles",
            "decide-contact",
            {"outcome": "progress_to_referral", "reason": "An assessment is needed.", "referral_reason": "further_assessment",
             "level": "3", "recommended_service": "referral_and_assessment", "referral_source": "school"},
        ),
        (
            "Martin Oyelaran",
            "decide-referral",
            {"outcome": ["assessment"], "reason": "Needs are not met.", "status": "not_known", "no_siblings": True,
             "earlier_records_located": "none_exist", "impact_on_others": "She is the only child."},
        ),
        (
            "Joanne Whitlock",
            "allocate",
            {"worker": "Priya Shah", "worker_id": str(people.ids["Priya Shah"]),
             "team": "Referral and Assessment", "team_id": str(people.teams["Referral and Assessment"])},
        ),
    )  # fmt: skip
