"""Making a plan and changing it: written part by part by several, nothing lost, and signed whole through its gates."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.assessments import past
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, main, view
from tests.plans import PLAN, met, planned

from cairn.application.procedures import in_use
from cairn.core.protocol.model import Departure

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", main(response)).split())


def events(child, kind):
    return [one for one in view(child).standing.events if one.type == kind]


def part(child, name, act="make-plan"):
    kind = "referral.received" if act == "make-plan" else "plan.made"
    return reverse("plan-part", args=[child, act, event(child, kind).id, name])


def fields(name, value):
    """A value of a plan as its form sends it."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = {f"{name}-count": len(value)}
        for number, row in enumerate(value):
            for inner, one in row.items():
                rows |= fields(f"{name}-{number}-{inner}", one)
        return rows
    if name.endswith("by_when"):
        year, month, day = value.split("-")
        return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    return {name: {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value}


def write(client, child, name, act="make-plan", version=0, do="save", headers=None, **answers):
    form = {"version": version, "do": do}
    for field, value in answers.items():
        form |= fields(field, value)
    return client.post(part(child, name, act), form, **(headers or {}))


WRITTEN = {
    "outcomes": ["outcomes"],
    "actions": ["actions"],
    "words": ["child_words"],
    "people": ["roles", "lead_professional", "lead_duties"],
    "services": ["resources"],
    "changes": ["contingency"],
    "again": ["visits_every", "meetings_every", "reviews_every", "reviews_reason", "review_points"],
    "end": ["longer_than_year"],
}


def write_whole(client, child):
    for name, its in WRITTEN.items():
        done = write(client, child, name, **{field: PLAN[field] for field in its})
        assert done.status_code == 302, (name, text(done))


def sign(client, child, act="make-plan", **more):
    seen = re.search(r'name="seen" value="(\d+)"', client.get(reverse(act, args=[child])).content.decode())
    form = {"key": str(uuid4()), "seen": seen[1] if seen else "", **more}
    return client.post(reverse(act, args=[child]), form)


def test_what_is_missing_stands_beside_each_part_with_its_paragraph_and_nothing_is_signed(
    people, client, child
):
    page = text(client.get(reverse("make-plan", args=[child])))
    assert "Say what is to be different for the child (6.4)" in page
    assert "Name the lead professional (5.8)" in page
    assert "Record the meeting that made the plan" in page
    refused = sign(client, child)
    assert refused.status_code == 422
    assert not events(child, "plan.made")


def test_a_plan_is_written_part_by_part_and_signed(people, client, child):
    met(people, child)
    write_whole(client, child)
    page = text(client.get(reverse("make-plan", args=[child])))
    assert "Everything that the procedures ask is there." in page
    assert sign(client, child).status_code == 302
    data = event(child, "plan.made").data
    assert {name: data[name] for name in PLAN} == PLAN


def test_rows_are_numbered_when_they_are_shown_and_a_number_is_kept(client, child):
    page = main(client.get(part(child, "outcomes")))
    assert '<input type="hidden" name="outcomes-0-key" value="1">' in page
    rows = [{"key": "1", "outcome": "One"}, {"key": "2", "outcome": "Two"}]
    added = write(client, child, "outcomes", do="", outcomes=rows, **{"add-another": "outcomes"})
    assert added.url.endswith("#outcomes-2-need")
    page = main(client.get(part(child, "outcomes")))
    assert '<input type="hidden" name="outcomes-2-key" value="3">' in page
    assert "1. One" in main(client.get(part(child, "actions")))


def test_nothing_typed_is_lost_where_a_day_cannot_be_read(client, child):
    rows = {
        "actions-count": 1,
        "actions-0-what": "Ring the clinic",
        "actions-0-by_when-day": "32",
        "actions-0-by_when-month": "1",
    }
    wrong = client.post(part(child, "actions"), {"version": 0, "do": "next", **rows})
    assert wrong.status_code == 422
    assert "Error" in text(wrong)
    again = main(client.get(part(child, "actions")))
    assert 'value="32"' in again
    assert 'value="Ring the clinic"' in again
    assert "Put these right first: Who does what" in text(sign(client, child))


def test_two_at_once_both_texts_stay_and_a_person_puts_them_together(people, client, child):
    other = people.client("Ewan Marsh")
    rows = [{"key": "1", "outcome": "One"}]
    assert write(client, child, "outcomes", outcomes=rows, headers=JSON).json()["version"] == 1
    mine = [{"key": "1", "outcome": "Another"}]
    told = write(other, child, "outcomes", outcomes=mine, headers=JSON)
    assert told.status_code == 409
    page = text(client.get(part(child, "outcomes")))
    assert "Ewan Marsh wrote at the same time" in page
    assert "Another" in page
    beside = re.search(r'name="take" value="([^"]+)"', main(client.get(part(child, "outcomes"))))[1]
    write(client, child, "outcomes", version=1, do="", outcomes=rows, take=beside)
    both = main(client.get(part(child, "outcomes")))
    assert 'value="One"' in both
    assert 'value="Another"' in both
    assert 'name="outcomes-1-key" value="2"' in both
    assert "Two texts to put together" in text(client.get(reverse("make-plan", args=[child])))
    rows = [*rows, {"key": "2", "outcome": "Another"}]
    write(client, child, "outcomes", version=2, do="settle", outcomes=rows, settles=beside)
    assert "side by side" not in text(client.get(part(child, "outcomes")))


def test_of_two_who_sign_at_once_the_second_is_shown_the_plan_and_loses_nothing(people, client, child):
    met(people, child)
    write_whole(client, child)
    address = part(child, "words")
    assert sign(client, child).status_code == 302
    late = client.post(address, {"version": 1, "do": "save", "child_words": "Toast, please."})
    assert late.url == part(child, "words", "revise-plan")
    page = text(client.get(late.url))
    assert "There is a plan already, made by Priya Shah. Your text is kept beside it" in page
    assert "Toast, please." in page
    again = sign(client, child)
    assert again.status_code in (302, 404)
    assert len(events(child, "plan.made")) == 1


def test_a_signature_rests_on_what_was_seen(people, client, child):
    met(people, child)
    write_whole(client, child)
    record(people, ("Ewan Marsh", "add-note", {"text": "The mother rang."}), on=child)
    stale = client.post(reverse("make-plan", args=[child]), {"key": str(uuid4()), "seen": "1"})
    assert stale.status_code == 409
    assert not events(child, "plan.made")


def test_a_change_begins_from_the_version_that_stands_and_says_who_was_asked(people, client, child):
    planned(people, child)
    assert 'value="Ring the clinic"' in main(client.get(part(child, "actions", "revise-plan")))
    page = text(client.get(reverse("revise-plan", args=[child])))
    assert "Ask the parents about the change (6.7)" in page
    assert "Nothing differs yet" in page
    write(
        client,
        child,
        "actions",
        "revise-plan",
        actions=[PLAN["actions"][0], {**PLAN["actions"][1], "who": "Gran"}],
    )
    asked = ["parents", "child", "professionals"]
    write(client, child, "change", "revise-plan", changed="Gran rings.", consulted_whom=asked)
    assert "Changed: Who does what: 2. Ring the clinic" in text(
        client.get(reverse("revise-plan", args=[child]))
    )
    assert sign(client, child, "revise-plan").status_code == 302
    data = event(child, "plan.revised").data
    assert [row["who"] for row in data["actions"]] == ["The school", "Gran"]
    assert data["kind"] == "child_in_need"
    # The next change begins from this one.
    assert 'value="Gran"' in main(client.get(part(child, "actions", "revise-plan")))
    assert "Nothing differs yet" in text(client.get(reverse("revise-plan", args=[child])))


def test_a_change_is_not_signed_without_saying_what_changes(people, client, child):
    planned(people, child)
    asked = ["parents", "child", "professionals"]
    write(client, child, "change", "revise-plan", consulted_whom=asked)
    refused = sign(client, child, "revise-plan")
    assert refused.status_code == 422
    assert "Say what changes and why" in text(refused)


def test_an_action_before_the_plan_is_named(people, client, child):
    met(people, child)
    write_whole(client, child)
    early = [{**PLAN["actions"][0], "outcome": "1"}, {**PLAN["actions"][1], "by_when": "2026-11-02"}]
    write(client, child, "actions", version=1, actions=early)
    assert "An action was to be done before the plan was made (6.4)" in text(sign(client, child))
    assert not events(child, "plan.made")


def test_sixty_actions_are_kept(people, client, child):
    met(people, child)
    write_whole(client, child)
    many = [
        {"key": str(n), "outcome": "1", "what": f"Do {n}", "who": "Gran", "going_on": "Daily"}
        for n in range(1, 60)
    ]
    many.append({"key": "60", "outcome": "2", "what": "Do 60", "who": "Gran", "going_on": "Daily"})
    assert write(client, child, "actions", version=1, actions=many).status_code == 302
    assert sign(client, child).status_code == 302
    assert len(event(child, "plan.made").data["actions"]) == 60


def test_where_there_is_no_plan_to_change_the_record_says_so(client, child):
    told = client.get(reverse("revise-plan", args=[child]), follow=True)
    assert "No plan goes on here that could be changed" in text(told)


def test_on_a_closed_case_no_plan_is_made_and_it_says_what_to_do(people, client, child):
    write(client, child, "words", child_words="Toast.")
    past(people, child, event(child, "referral.received").id, "case.closed", {"reason": "Done."})
    told = text(client.get(reverse("make-plan", args=[child]), follow=True))
    assert "No referral is open on this record, so no plan can be made" in told
    assert "a new contact opens it again" in told
    assert sign(client, child).status_code == 404
    assert not events(child, "plan.made")


def test_an_unknown_part_and_who_may_not(people, client, child):
    assert client.get(part(child, "nothing")).status_code == 404
    assert people.client("Rosa Quill").get(reverse("make-plan", args=[child])).status_code == 403
    assert people.client("Dilys Penhale").get(reverse("make-plan", args=[child])).status_code == 403


def test_what_is_being_written_is_found_again_from_the_plan(people, client, child):
    plan = reverse("plan", args=[child])
    assert "being written" not in text(client.get(plan))
    write(client, child, "words", child_words="Toast.")
    assert "It is being written. Last saved by Priya Shah, " in text(people.client("Ewan Marsh").get(plan))
    planned(people, child)
    assert "being written" not in text(client.get(plan))
    write(client, child, "words", "revise-plan", child_words="Porridge.")
    assert "A change is being written. Last saved by Priya Shah, " in text(client.get(plan))


def test_who_may_go_past_a_gate_is_asked_for_the_reason(people, client, child, monkeypatch):
    gates = in_use().protocol.gates
    (gate,) = gates["plan-from-the-meeting"]
    passed = Departure(by=("social worker",), reason="required", source=gate.source)
    monkeypatch.setitem(gates, gate.id, (gate.model_copy(update={"departure": passed}),))
    write_whole(client, child)
    assert "Your reason for going past “The meeting makes the plan”" in text(
        client.get(reverse("make-plan", args=[child]))
    )
    assert sign(client, child).status_code == 422
    done = sign(client, child, **{"depart-past_plan_from_the_meeting": "It was held by telephone."})
    assert done.status_code == 302
    assert events(child, "plan.made")
