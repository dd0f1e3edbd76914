"""Every name in a protocol is one that the vocabulary knows."""

from __future__ import annotations

import pytest
from tests.core.made_up_procedures import HEAD, unchecked, vocabulary

from cairn.core.protocol.check import check_protocol

DUTY = """
- id: one
  kind: duty
  title: T
  text: T.
  source: {document: book, paragraph: "1"}
  starts: referral.received
  within: 1 day
  met_by: referral.decided
  who: team manager
"""
GATE = """
- id: one
  kind: gate
  title: T
  text: T.
  source: {document: book, paragraph: "1"}
  before: referral.decided
  needs: [{field: outcome, values: [advice], missing: x}]
"""
STEP = """
- id: one
  kind: next step
  title: T
  text: T.
  source: {document: book, paragraph: "1"}
  after: referral.received
"""
QUORUM = """
- id: one
  kind: quorum
  title: T
  text: T.
  source: {document: book, paragraph: "1"}
  of: strategy.held
  field: attended
  needs: [police]
"""
OUTCOMES = """
- id: one
  kind: outcome set
  title: T
  text: T.
  source: {document: book, paragraph: "1"}
  of: referral.decided
  field: outcome
  options: [{value: advice, label: Advice}]
"""


def problems(rules, head=HEAD):
    return check_protocol(unchecked(rules, head), vocabulary())


@pytest.mark.parametrize("rules", [DUTY, GATE, STEP, QUORUM, OUTCOMES])
def test_what_hangs_together(rules):
    assert problems(rules) == []


@pytest.mark.parametrize(
    ("rules", "old", "new", "expected"),
    [
        (DUTY, "document: book", "document: film", "one: cites the unknown document 'film'"),
        (DUTY, "met_by: referral.decided", "met_by: moon.seen", "one: no event type is called 'moon.seen'"),
        (
            DUTY,
            "met_by: referral.decided",
            "met_by: {event: referral.decided, where: {outcom: [advice]}}",
            "one: referral.decided has no field 'outcom'",
        ),
        (
            DUTY,
            "met_by: referral.decided",
            "met_by: {event: referral.decided, where: {outcome: [moon]}}",
            "one: referral.decided.outcome has no option 'moon'",
        ),
        (
            DUTY,
            "starts: referral.received",
            "starts: {event: referral.received, where: {urgent: [yes]}}",
            "one: referral.received.urgent is true or false, not 'yes'",
        ),
        (DUTY, "who: team manager", "who: wizard", "one: no role is called 'wizard'"),
        (DUTY, "who:", "act: fly\n  who:", "one: no act is called 'fly'"),
        (DUTY, "who:", "every: 1 week\n  who:", "one: repeats, but not during a strand"),
        (
            DUTY,
            "who:",
            "during: plan\n  who:",
            "one: give either what starts the clock, or the strand during which it repeats",
        ),
        (DUTY, "starts: referral.received", "during: moon", "one: no strand is called 'moon'"),
        (DUTY, "who:", "when: [{function: is_moon}]\n  who:", "one: no condition is called 'is_moon'"),
        (DUTY, "who:", "when: [{event: moon.seen}]\n  who:", "one: no event type is called 'moon.seen'"),
        (
            DUTY,
            "who:",
            "when: [{start: {moon: [true]}}]\n  who:",
            "one: referral.received has no field 'moon'",
        ),
        (
            DUTY,
            "who:",
            "departure: {by: [wizard], source: {document: book, paragraph: '1'}}\n  who:",
            "one: no role is called 'wizard'",
        ),
        (
            DUTY,
            "who:",
            "departure: {by: [partner], source: {document: film, paragraph: '1'}}\n  who:",
            "one: cites the unknown document 'film'",
        ),
        (
            DUTY,
            "who:",
            "also: [{within: 1 day, source: {document: film, paragraph: '1'}}]\n  who:",
            "one: cites the unknown document 'film'",
        ),
        (
            DUTY,
            "who:",
            "introduced: true\n  who:",
            "one: only a first version with its day can be introduced",
        ),
        (GATE, "before: referral.decided", "before: moon.seen", "one: no event type is called 'moon.seen'"),
        (GATE, "field: outcome", "field: moon", "one: referral.decided has no field 'moon'"),
        (GATE, "values: [advice]", "values: [moon]", "one: referral.decided.outcome has no option 'moon'"),
        (GATE, "field: outcome, values: [advice]", "author: [wizard]", "one: no role is called 'wizard'"),
        (GATE, "field: outcome, values: [advice]", "function: fly", "one: no condition is called 'fly'"),
        (
            GATE,
            "field: outcome, values: [advice]",
            "event: moon.seen",
            "one: no event type is called 'moon.seen'",
        ),
        (STEP, "after: referral.received", "after: moon.seen", "one: no event type is called 'moon.seen'"),
        (STEP, "after:", "act: fly\n  after:", "one: no act is called 'fly'"),
        (
            STEP,
            "after:",
            "when: [{start: {moon: [true]}}]\n  after:",
            "one: referral.received has no field 'moon'",
        ),
        (QUORUM, "of: strategy.held", "of: moon.seen", "one: no event type is called 'moon.seen'"),
        (QUORUM, "field: attended", "field: moon", "one: strategy.held has no field 'moon'"),
        (QUORUM, "of:", "when: [{start: {moon: [true]}}]\n  of:", "one: strategy.held has no field 'moon'"),
        (OUTCOMES, "of: referral.decided", "of: moon.seen", "one: no event type is called 'moon.seen'"),
        (OUTCOMES, "value: advice", "value: moon", "one: referral.decided.outcome has no option 'moon'"),
        (
            OUTCOMES,
            "of:",
            "when: [{start: {moon: [true]}}]\n  of:",
            "one: referral.decided has no field 'moon'",
        ),
        (
            GATE,
            "before:",
            "when: [{start: {moon: [true]}}]\n  before:",
            "one: referral.decided has no field 'moon'",
        ),
    ],
)
def test_a_name_that_is_not_there(rules, old, new, expected):
    assert old in rules
    assert problems(rules.replace(old, new, 1)) == [expected]


class TestVersions:
    LATER = DUTY.replace("within:", "in_force_from: 2026-01-01\n  within:")

    def test_two_of_them_go_together(self):
        assert problems(DUTY + self.LATER) == []

    def test_two_from_one_day(self):
        assert problems(DUTY + DUTY) == ["one: two versions from the same day"]

    def test_of_different_kinds(self):
        assert "one: its versions are rules of different kinds" in problems(
            DUTY + GATE.replace("before:", "in_force_from: 2026-01-01\n  before:")
        )

    def test_that_start_their_clocks_with_different_events(self):
        other = self.LATER.replace("starts: referral.received", "starts: referral.acknowledged")
        assert problems(DUTY + other) == ["one: its versions start their clocks with different events"]

    def test_only_the_first_is_introduced(self):
        assert problems(self.LATER.replace("within:", "introduced: true\n  within:")) == []
        later = self.LATER.replace("within:", "introduced: true\n  within:")
        assert problems(DUTY + later) == ["one: only a first version with its day can be introduced"]


CHART = """
flow_charts:
  - id: way
    title: T
    source: {document: book, paragraph: "1"}
    begins_with: referral.received
    nodes: [{id: a, title: A, column: 1, reached_by: referral.received, duty: one}, {id: z, title: Z, column: 2, reached_by: plan.made, since: a}, {id: y, title: Y, column: 3, reached_by: case.closed}]
    edges: [{from_node: a, to_node: a}]
contradictions: [{paragraphs: ["1", "2"], about: x, carried_as: x, reason: x, rules: [one]}]
letters: [{id: l, title: L, to: family, subject: x, paragraphs: [x], source: {document: book, paragraph: "1"}, meets: [one]}]
"""


class TestTheRest:
    def test_hangs_together(self):
        assert problems(DUTY, HEAD + CHART) == []

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("duty: one", "duty: two", "flow chart way, a: no rule 'two'"),
            ("rules: [one]", "rules: [two]", "contradiction 1; 2: no rule 'two'"),
            ("meets: [one]", "meets: [two]", "letter l: no rule 'two'"),
            ("to_node: a", "to_node: b", "flow chart way: an edge names the unknown box 'b'"),
            (
                "reached_by: referral.received",
                "reached_by: moon.seen",
                "flow chart way, a: no event type is called 'moon.seen'",
            ),
            ("since: a", "since: q", "flow chart way, z: it comes since the unknown box 'q'"),
            ("since: a", "since: z", "flow chart way, z: it comes since the unknown box 'z'"),
            ("{id: y,", "{id: a,", "flow charts: the box 'a' stands twice"),
            (
                "begins_with: referral.received",
                "begins_with: moon.seen",
                "flow chart way: no event type is called 'moon.seen'",
            ),
            (
                "source: {document: book",
                "source: {document: film",
                "flow chart way: cites the unknown document 'film'",
            ),
            (
                "paragraphs: [x], source: {document: book",
                "paragraphs: [x], source: {document: film",
                "letter l: cites the unknown document 'film'",
            ),
        ],
    )
    def test_a_name_that_is_not_there(self, old, new, expected):
        assert old in CHART
        assert problems(DUTY, HEAD + CHART.replace(old, new, 1)) == [expected]
