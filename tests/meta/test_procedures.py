"""The procedures as shipped: all of it loads, names only what there is, and is written in our own plain words."""

from __future__ import annotations

import csv
import re
from itertools import chain
from pathlib import Path

import pytest
from tests.worked_cases.worked_case import cases

import cairn.procedures
from cairn.application.procedures import protocol_names, shipped_protocol, shipped_vocabulary
from cairn.core.protocol.check import check_protocol
from cairn.core.protocol.model import Duty

FOLDER = Path(cairn.procedures.__file__).parent
RULES = [(name, rule) for name in protocol_names() for rule in shipped_protocol(name).rules]
SENTENCE_END = (".", "?")
NAMES_THAT_STAY = [
    "contact.received",
    "contact.decided",
    "referral.received",
    "referral.confirmed_in_writing",
    "referral.acknowledged",
    "referral.decided",
    "referral.outcome_told",
    "consent.recorded",
    "check.requested",
    "check.answered",
    "child.seen",
    "child.not_seen",
    "views.recorded",
    "assessment.started",
    "assessment.extended",
    "assessment.submitted",
    "assessment.approved",
    "assessment.returned",
    "assessment.shared",
    "decision.recorded",
    "strategy.held",
    "enquiry.started",
    "enquiry.concluded",
    "emergency.action_taken",
    "emergency.action_ended",
    "conference.requested",
    "conference.convened",
    "conference.held",
    "plan.made",
    "plan.revised",
    "plan.ended",
    "core_group.met",
    "meeting.held",
    "visit.made",
    "review.held",
    "service.agreed",
    "service.started",
    "service.ended",
    "allocation.made",
    "allocation.ended",
    "transfer.proposed",
    "transfer.agreed",
    "transfer.completed",
    "closure.proposed",
    "case.closed",
    "early_help.stepped_up",
    "early_help.stepped_down",
    "note.added",
    "chronology.entered",
    "notice.given",
    "letter.sent",
    "leaflet.given",
    "supervision.held",
    "dissent.recorded",
    "feedback.received",
    "complaint.received",
    "event.corrected",
    "event.withdrawn",
    "sibling.listed",
    "sibling.decided",
    "child.born",
    "visit.booked",
    "meeting.booked",
    "correspondence.received",
]


def test_the_names_that_outsiders_rely_on_are_all_there():
    assert set(NAMES_THAT_STAY) - set(shipped_vocabulary().events) == set()


@pytest.mark.parametrize("name", protocol_names())
def test_a_protocol_names_only_what_there_is(name):
    assert check_protocol(shipped_protocol(name), shipped_vocabulary()) == []


@pytest.mark.parametrize("name", protocol_names())
def test_every_protocol_says_since_when_it_is_in_force(name):
    protocol = shipped_protocol(name)
    assert protocol.in_force_from is not None or "first day" in protocol.note


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda one: getattr(one, "id", one))
def test_every_rule_is_a_sentence_with_its_paragraph(name, rule):
    assert rule.text.endswith(SENTENCE_END)
    assert rule.text[0].isupper()
    assert rule.title
    assert not rule.title.endswith(".")
    assert re.fullmatch(r"(\d+\.\d+|Appendix \d|Figure \d|Section \w+)(, \d+\.\d+)*", rule.source.paragraph)


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda one: getattr(one, "id", one))
def test_a_duty_without_a_figure_says_what_the_paragraph_asks_for_instead(name, rule):
    if isinstance(rule, Duty):
        assert (rule.within is None and rule.every is None) == bool(rule.pace), rule.id


def expected_names(part):
    """Every name that what a case expects speaks of."""
    if isinstance(part, dict):
        return set(part).union(*map(expected_names, part.values()))
    return set().union(*map(expected_names, part)) if isinstance(part, list) else {part}


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda one: getattr(one, "id", one))
def test_every_rule_is_in_a_worked_case(name, rule):
    """Each by its id, in what a case written by hand expects."""
    spoken_of = {
        str(one).split(":")[0] for case in cases().values() for one in expected_names(case["expect"])
    }
    assert rule.id in spoken_of | CARRIED_ELSEWHERE


# Outcome sets are shown by the acts that they let pass; their values are broken one by one by the traceability tests.
CARRIED_ELSEWHERE = frozenset(
    {
        "contact-outcome",
        "referral-reason",
        "referral-outcome",
        "assessment-outcome",
        "review-after-assessment-outcome",
        "review-outcome",
    }
)


def test_an_act_asks_for_what_it_must_have():
    vocabulary = shipped_vocabulary()
    for act in vocabulary.acts.values():
        asked = {field.name for field in vocabulary.fields_of(act)}
        assert set(act.must) <= asked, act.name


def test_every_event_can_be_written_by_some_act():
    vocabulary = shipped_vocabulary()
    written = set(
        chain.from_iterable((made.event for made in act.yields) for act in vocabulary.acts.values())
    )
    assert set(vocabulary.events) - written == set()


def test_codes_of_the_census_are_those_of_the_code_sets():
    for event, field, code_set in CODED:
        options = {
            option.value: option.label for option in shipped_vocabulary().events[event].field(field).options
        }
        with (FOLDER / "code_sets" / f"{code_set}.csv").open(newline="") as file:
            codes = {row["ours"] or row["code"]: row["label"] for row in csv.DictReader(file)}
        assert codes.items() <= options.items(), f"{event}.{field}"


CODED = [
    ("referral.received", "source", "referral_source"),
    ("contact.received", "source", "referral_source"),
    ("referral.received", "primary_need", "primary_need"),
    ("person.described", "sex", "sex"),
    ("person.described", "ethnicity", "ethnicity"),
    ("person.described", "disabilities", "disability"),
    ("person.described", "upn_unknown", "upn_unknown"),
    ("plan.made", "category", "abuse_category"),
    ("assessment.approved", "factors", "assessment_factor"),
    ("case.closed", "reason", "closure_reason"),
]


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.yaml")), ids=lambda path: path.name)
def test_a_paragraph_is_quoted_text(path):
    """4.20 is not 4.2: a paragraph that YAML would read as a number is refused by the schema; here it is seen to be quoted."""
    for line in path.read_text("utf-8").splitlines():
        assert not re.search(r"paragraph: *[0-9]", line), line
