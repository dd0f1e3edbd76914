"""A made-up plan, changed and reported of, one event a day."""

from __future__ import annotations

from datetime import timedelta

from tests.core.made_up_procedures import instant

from cairn.application.procedures import procedures
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import derive
from cairn.core.history.event import Author, Event
from cairn.core.planning.plans import plans

PETERBOROUGH = procedures("peterborough")
FIELDS = PETERBOROUGH.vocabulary.events["plan.made"].fields
START = instant("2026-03-02T09:00")
OUTCOMES = [{"key": "1", "outcome": "At school by nine", "counted": "Days on time", "wanted": 5}]
ACTIONS = [
    {"key": "1", "outcome": "1", "what": "Ring in the morning", "who": "Gran", "by_when": "2026-03-10"},
    {"key": "2", "outcome": "1", "what": "Walk with Theo", "who": "Mum", "going_on": "Daily"},
]


class PlanStory:
    """A referral on 2 March 2026, a plan on the 3rd, and one more event on each day after."""

    def __init__(self, outcomes=None, actions=None):
        self.events = []
        self.add("referral.received", {"source": "school"})
        self.add(
            "plan.made",
            {"kind": "child_in_need", "outcomes": outcomes or OUTCOMES, "actions": actions or ACTIONS},
        )

    def add(self, kind, data, strand=None):
        at = START + timedelta(days=len(self.events))
        place = len(self.events)
        self.events.append(
            Event(f"e{place}", kind, Moment.exact(at), at, Author("Priya Shah", "social worker", "p"), data,
                  strand=strand, number=place + 1)
        )  # fmt: skip
        return f"e{place}"

    def revise(self, **data):
        return self.add("plan.revised", {"changed": "A little.", **data}, "e1")

    def report(self, action, state, **more):
        return self.add("action.progressed", {"action": action, "state": state, **more}, "e1")

    def judge(self, outcome, **more):
        return self.add("outcome.judged", {"outcome": outcome, **more}, "e1")

    @property
    def view(self):
        return derive(tuple(self.events), PETERBOROUGH, as_at=START + timedelta(days=len(self.events)))

    @property
    def plan(self):
        return plans(self.view.standing)[0]

    def action(self, key):
        return next(one for one in self.plan.actions if one.key == key)
