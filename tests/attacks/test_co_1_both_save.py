"""Two load a form and both save: the second is told, sees both texts, and nothing is lost (CO-1)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.attacks.operations import OPERATIONS
from tests.cases import record
from tests.interfaces.web.views.children import event, main, view
from tests.interfaces.web.views.test_contact import SAID

from cairn.application.drafting import Diverged, Saved, open_draft, save_draft
from cairn.application.joint_drafts import is_joint
from cairn.application.procedures import in_use

PRIYA, EWAN = "Priya Shah", "Ewan Marsh"
FIRST, SECOND = "She eats porridge.", "She eats toast."


def shows_both(page):
    text = main(page)
    return FIRST in text and SECOND in text


def test_a_section(house):
    address = reverse("assessment-section", args=[house.allocated, house.assessment, "education"])
    form = {"version": "0", "do": "save"}
    assert house.client(PRIYA).post(address, {**form, "text": FIRST}).status_code == 302
    told = house.client(EWAN).post(address, {**form, "text": SECOND}, follow=True)
    assert "Priya Shah saved this section while you were writing. Both texts are kept" in main(told)
    assert shows_both(told)
    assert shows_both(house.client(PRIYA).get(address))
    # The twin: from the version that stands it is taken, and stands alone.
    by_script = house.client(PRIYA).post(
        address, {"version": "1", "text": f"{FIRST} Daily."}, headers={"accept": "application/json"}
    )
    assert (by_script.status_code, by_script.json()["version"]) == (200, 2)


def test_a_part_of_a_plan(house):
    strand = event(house.allocated, "referral.received").id
    address = reverse("plan-part", args=[house.allocated, "make-plan", strand, "words"])
    form = {"version": "0", "do": "save"}
    assert house.client(PRIYA).post(address, {**form, "child_words": FIRST}).status_code == 302
    told = house.client(EWAN).post(address, {**form, "child_words": SECOND}, follow=True)
    assert "Priya Shah saved this part while you were writing. Both texts are kept" in main(told)
    assert shows_both(told)
    assert shows_both(house.client(PRIYA).get(address))
    by_script = house.client(PRIYA).post(
        address, {"version": "1", "child_words": FIRST + "!"}, headers={"accept": "application/json"}
    )
    assert (by_script.status_code, by_script.json()["version"]) == (200, 2)


DRAFTED = {
    "add-note": "text",
    "record-visit": "account",
    "decide-referral": "reason",
    "record-contact": "unsafe_ways",
}


@pytest.mark.parametrize("act", DRAFTED)
def test_one_draft_in_two_windows(house, act):
    """A draft is one person's: the second window is that person's too, or a telephone that was without a connection."""
    who = "Martin Oyelaran" if act != "record-contact" else "Beth Lomas"
    child = None if act == "record-contact" else house.children["referral" if "decide" in act else "decided"]
    draft, name = uuid4(), DRAFTED[act]
    form = {"draft-act": act, "draft-record": str(child or ""), "version": "0"}
    form |= SAID if child is None else {}
    client, address = house.client(who), reverse("draft", args=[draft])
    assert client.post(address, {**form, name: FIRST}).json()["version"] == 1
    told = client.post(address, {**form, name: SECOND})
    assert told.status_code == 409
    page = client.get(told.json()["merge"])
    assert page.status_code == 200
    assert shows_both(page), act
    assert client.post(address, {**form, "version": "1", name: FIRST + " Daily."}).json()["version"] == 2


def test_every_act_there_is_keeps_both_texts(house):
    """At the door of drafts, whatever the act: the later text changes nothing of the earlier one, and is handed back."""
    acts = [act for act in in_use().vocabulary.acts.values() if act.on not in ("nobody", "event")]
    actor, child = house.people.actor(PRIYA), house.allocated
    for act in acts:
        draft = uuid4()
        first, second = ({"text": [text]} for text in (FIRST, SECOND))
        saved = save_draft(actor, draft, act.name, child, first, 0)
        assert isinstance(saved, Saved), (act.name, saved)
        late = save_draft(actor, draft, act.name, child, second, 0)
        assert isinstance(late, Diverged), act.name
        assert late.mine["text"] == [SECOND], act.name
        assert late.theirs.answers["text"] == [FIRST], act.name
        assert open_draft(actor, draft).answers["text"] == [FIRST], act.name
        assert isinstance(save_draft(actor, draft, act.name, child, second, 1), Saved), act.name
    assert len(acts) > 40
    assert any(is_joint(act.name) for act in acts)


RESTING = {
    "decide a contact": ("Beth Lomas", "contact"),
    "decide a referral": ("Martin Oyelaran", "referral"),
    "allocate": ("Martin Oyelaran", "decided"),
}


@pytest.mark.parametrize("name", RESTING)
def test_a_decision_on_what_has_moved_is_not_taken_and_keeps_what_was_typed(house, name):
    wanted = OPERATIONS[name](house)
    other, stage = RESTING[name]
    child = house.children[stage]
    record(house.people, _meanwhile(house, name, other), on=child)
    before = len([one for one in types(child) if one in DECIDED])
    late = wanted.send(house.client(wanted.who))
    assert late.status_code == 409, late.content.decode()
    assert other in main(late)
    assert wanted.form["reason"] in late.content.decode()
    assert len([one for one in types(child) if one in DECIDED]) == before
    again = OPERATIONS[name](house).send(house.client(wanted.who))
    assert again.status_code == 302, again.content.decode()
    assert len([one for one in types(child) if one in DECIDED]) == before + 1


DECIDED = ("contact.decided", "referral.decided", "allocation.made")


def types(child):
    return [one.type for one in view(child).standing.events]


def _meanwhile(house, name, who):
    """What somebody else records between the showing of the form and its sending."""
    if name == "decide a contact":
        asked = {"name": "Wren Onecanary", "source": "school", "contact_type": "worry_about_child"}
        return (who, "record-contact", asked)
    if name == "allocate":
        people, team = house.people, "Referral and Assessment"
        given = {"worker": "Priya Shah", "worker_id": str(people.ids["Priya Shah"])}
        return (who, name, {**given, "team": team, "team_id": str(people.teams[team])})
    return (who, "add-note", {"text": "The school rang meanwhile."})
