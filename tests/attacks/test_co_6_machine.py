"""Any act of the vocabulary, by any role, in any order: only what the gates allow, and no state without a way on (CO-6).

A machine of hypothesis does what the page of every act does, with answers made up by chance, on one record from its
first contact on; it goes past gates as those may who may. Nothing is written: the door is asked what would follow.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.interfaces.web.views.conftest import MONDAY

from cairn.application.actors import Actor
from cairn.application.deciding import can_be_done
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Request, rehearse
from cairn.application.refused import Refused
from cairn.core.access.decide import decide_act
from cairn.core.engine.departures import DEPARTED
from cairn.core.engine.view import derive
from cairn.core.vocabulary.asked import happens_to

# What must have been recorded before, whatever else may be gone past with a reason: written down here by hand.
AFTER = {
    "contact.decided": "contact.received",
    "contact.returned": "contact.received",
    "referral.decided": "referral.received",
    "assessment.submitted": "assessment.started",
    "assessment.returned": "assessment.started",
    "assessment.approved": "assessment.submitted",
    "plan.revised": "plan.made",
    "plan.ended": "plan.made",
    "closure.returned": "closure.proposed",
    "closure.signed": "closure.proposed",
    "enquiry.concluded": "enquiry.started",
}
NEVER_OWN = {"assessment.approved": "assessment.submitted", "closure.signed": "closure.proposed"}
STEPS = {
    "three hundred steps": ({"max_examples": 10, "stateful_step_count": 30}, 300),
    "ten thousand steps": ({"max_examples": 200, "stateful_step_count": 50}, 10_000),
}


class Acts(RuleBasedStateMachine):
    """One record, and everybody there is: two people in each role."""

    clock = None
    done, refused, by_role, deepest = Counter(), Counter(), Counter(), 0

    @initialize()
    def begin(self):
        self.clock.at = MONDAY
        words = in_use().vocabulary
        self.acts = [act for act in words.acts.values() if act.on not in ("nobody", "event")]
        roles = sorted({role for act in words.acts.values() for role in act.roles})
        self.people = [Actor(uuid4(), f"{role} {n}", role) for role in roles for n in (1, 2)]
        self.view = derive((), in_use(), as_at=now())
        first = next(one for one in self.people if one.role == "contact centre")
        said = {
            "name": "Robin Made-up",
            "born": "2018-05-04",
            "source": "school",
            "contact_type": "worry_about_child",
        }
        opened = rehearse(first, self.view, Request("record-contact", said))
        assert not isinstance(opened, Refused), opened
        self.view = opened

    @rule(chance=st.randoms(use_true_random=False))
    def act(self, chance):
        self.clock.at += timedelta(hours=chance.randint(1, 20))
        self.view = derive(self.view.stream, in_use(), as_at=now())
        possible = [one for one in self.acts if can_be_done(self.view, one)]
        chosen = chance.choice(possible if chance.random() < 0.8 else self.acts)
        actor = chance.choice(self.people)
        if not decide_act(actor.role, chosen.roles).allowed:
            assert actor.role not in chosen.roles
            Acts.by_role[actor.role] += 1
            able = [one for one in self.people if one.role in chosen.roles]
            if not able:
                return
            actor = chance.choice(able)
        before = self.view
        after = self.sent(chance, actor, chosen)
        if after is not None:
            self.judge(before, after, actor, chosen)
            self.view = after
        self.has_a_way_on()

    def sent(self, chance, actor, act):
        """The record with the act, as its page sends it; a second time with reasons where that is offered."""
        fields = in_use().vocabulary.fields_of(act)
        answers = {
            one.name: self.value(chance, one)
            for one in fields
            if one.name in act.must or chance.random() < 0.7
        }
        open_ones = [one.id for one in self.view.open_strands]
        strand = chance.choice(open_ones) if open_ones and chance.random() < 0.6 else None
        request = Request(act.name, answers, uuid4(), strand=strand)
        tried = rehearse(actor, self.view, request)
        if isinstance(tried, Refused) and tried.refusals and all(one.may_depart for one in tried.refusals):
            reasons = {one.provision: "It was urgent." for one in tried.refusals}
            tried = rehearse(
                actor, self.view, Request(act.name, answers, uuid4(), strand=strand, departures=reasons)
            )
        if isinstance(tried, Refused):
            Acts.refused[act.name] += 1
            assert tried.reason, act.name
            return None
        Acts.done[act.name] += 1
        Acts.deepest = max(Acts.deepest, len(tried.stream))
        return tried

    def value(self, chance, field):
        """An answer that the field can take."""
        chosen = chance.choice(field.options).value if field.options else "x"
        inner = {one.name: self.value(chance, one) for one in field.fields}
        ids = [event.id for event in self.view.standing.events]
        made = {
            "choice": chosen,
            "choices": [chosen],
            "yes_no": chance.random() < 0.5,
            "date": "2026-11-20",
            "moment": now().isoformat(),
            "number": 1,
            "list": ["x"],
            "rows": [inner],
            "fields": inner,
        }
        named = chance.choice(ids) if field.name.endswith("_id") or not field.asked else "Made up."
        return made.get(field.type, named)

    def judge(self, before, after, actor, act):
        """Only what the act yields, by who may, after what has to be before, and never one's own work."""
        new = after.stream[len(before.stream) :]
        listed = {made.event for made in act.yields} | {DEPARTED}
        assert {event.type for event in new} <= listed, act.name
        assert actor.role in act.roles, act.name
        seen = {event.type for event in before.standing.events}
        for event in new:
            if event.type in AFTER:
                assert AFTER[event.type] in seen, (act.name, event.type)
            if event.type in NEVER_OWN:
                last = [one for one in before.standing.events if one.type == NEVER_OWN[event.type]][-1]
                assert last.author.id != str(actor.id), act.name
            seen.add(event.type)

    def has_a_way_on(self):
        """Each process that is open can be ended by some act that can be done now, by somebody."""
        words = in_use().vocabulary
        for strand in self.view.open_strands:
            ways = [
                act
                for act in words.acts.values()
                if act.roles
                and any(strand.kind in words.events[made.event].ends for made in act.yields)
                and (act.on != "strand" or can_be_done(self.view, act) or leads_there(words, act))
            ]
            assert ways, strand.kind


def leads_there(words, act):
    """An act that waits for another first, which somebody may do: what is approved has to be handed in."""
    return any(words.events[made.event].approves for made in act.yields)


CASES = [pytest.param(name, marks=[pytest.mark.attack, pytest.mark.timeout(1_800)] if "ten" in name else ()) for name in STEPS]  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_done_by_whomever(people, clock, name):
    how, steps = STEPS[name]
    Acts.clock, Acts.done, Acts.refused, Acts.by_role, Acts.deepest = (
        clock,
        Counter(),
        Counter(),
        Counter(),
        0,
    )
    quiet = [
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.large_base_example,
    ]
    run_state_machine_as_test(
        Acts,
        settings=settings(deadline=None, derandomize=True, database=None, suppress_health_check=quiet, **how),
    )
    taken = Acts.done.total()
    print(
        f"{taken} taken of {len(Acts.done)} acts, {Acts.refused.total()} refused, longest record {Acts.deepest}"
    )
    assert taken > steps / 10
    assert len(Acts.done) > 20
    assert Acts.by_role.total() > 0
    assert Acts.refused.total() > 0


def test_every_act_can_be_done_by_some_role_and_about_a_child():
    words = in_use().vocabulary
    for act in words.acts.values():
        if act.on != "nobody":
            assert act.roles, act.name
            assert happens_to(words, act, "born") or happens_to(words, act, "unborn"), act.name


def test_every_kind_of_process_has_an_end():
    words = in_use().vocabulary
    kinds = {event.opens for event in words.events.values()} - {None}
    ended = {kind for event in words.events.values() for kind in event.ends}
    yielded = {made.event for act in words.acts.values() if act.roles for made in act.yields}
    assert kinds <= ended
    for kind in kinds:
        assert any(kind in words.events[name].ends for name in yielded), kind
