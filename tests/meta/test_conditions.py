"""Named conditions: each says what it reads, and each of its examples is judged as it says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cairn.application.procedures import procedures, protocol_names, shipped_protocol, shipped_vocabulary
from cairn.core.engine.conditions import CONDITIONS
from cairn.core.engine.view import derive
from cairn.core.history.case_file import CaseFile, read_case
from cairn.core.protocol.model import Gate

ANSWERS = ("yes", "no", "unknown")
LATER = datetime(2026, 2, 1, tzinfo=UTC)


def judged(condition, answer):
    """What the condition says of its example, judged from the event called "here"."""
    example = dict(CONDITIONS[condition].examples[answer])
    child = dict(example["child"]) or {"born": None}
    case = read_case({**example, "child": child}, shipped_vocabulary())
    assert isinstance(case, CaseFile), "; ".join(map(str, case))
    view = derive(case.events, procedures("peterborough"), as_at=LATER, subject=case.subject)
    here = next(event for event in view.standing.events if event.id == "here")
    return CONDITIONS[condition].judge(view.world.facts(here))


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_example_is_judged_as_said(condition, answer):
    found = judged(condition, answer)
    assert found.truth == answer
    assert bool(found.missing) == (answer == "unknown"), "what is unknown names the fact that is missing"


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=lambda one: one.name)
def test_each_has_an_example_of_each_answer_and_a_question(condition):
    assert tuple(sorted(condition.examples)) == tuple(sorted(ANSWERS))
    assert condition.asks.endswith("?")
    assert condition.judge.__doc__, "the docstring cites the paragraph"


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=lambda one: one.name)
def test_what_it_reads_is_in_the_vocabulary(condition):
    assert condition.reads
    for name in condition.reads:
        event, *field = name.split(".")[:2], *name.split(".")[2:]
        kind = shipped_vocabulary().events[".".join(event)]
        assert not field or kind.field(field[0]), name


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=lambda one: one.name)
def test_what_it_reads_is_what_its_examples_hold(condition):
    """A field that it reads and none of its examples answers could be misspelt without anybody seeing."""
    held = {
        f"{event['type']}.{field}"
        for example in condition.examples.values()
        for event in example["events"]
        for field in event["data"]
    } | {event["type"] for example in condition.examples.values() for event in example["events"]}
    births = {"person.described.born", "person.described.expected", "child.born"}
    unseen = {name for name in condition.reads if name not in held | births | BESIDE}
    assert unseen == set()


# Read beside what the examples show; each is in a worked case instead.
BESIDE = {
    "enquiry.started",
    "referral.decided.earlier_enquiries",
    "referral.decided.no_siblings",
    "consent.recorded.lawful_reason",
    "referral.received.from_contact",
    "child.not_seen.agreed_by",
    "child.not_seen.no_concern",
}


def test_no_condition_stands_unused():
    used = set()
    for name in protocol_names():
        for rule in shipped_protocol(name).rules:
            used |= {condition.function for condition in rule.when}
            used |= {need.function for need in rule.needs} if isinstance(rule, Gate) else set()
    assert set(CONDITIONS) - used == set()
