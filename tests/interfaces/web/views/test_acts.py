"""Acts by their form: taken once, refused with their paragraph, departed from with a reason, kept as a draft."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record as do
from tests.interfaces.web.views.children import (
    DECISION,
    allocated,
    decided,
    due_key,
    event,
    later,
    looks,
    main,
    referral,
    view,
)

from cairn.application.procedures import in_use
from cairn.application.refused import Refused
from cairn.core.vocabulary.check import DataFault
from cairn.interfaces.web.views import acts
from cairn.interfaces.web.views.due import act_address
from cairn.records import access_log, ledger


def notes(child):
    return [one.data["text"] for one in view(child).standing.events if one.type == "note.added"]


def test_a_case_note_goes_on_the_record_and_says_so(people):
    child = referral(people)
    client = people.client("Martin Oyelaran")
    sent = client.post(reverse("add-note", args=[child]), {"text": "Rang the school."}, follow=True)
    assert "Recorded: Case note." in main(sent)
    assert notes(child) == ["Rang the school."]
    assert ("act:add-note", "act", True) in looks(child)


def test_sent_twice_it_is_taken_once(people):
    child = referral(people)
    client = people.client("Martin Oyelaran")
    form = {"text": "Rang the school.", "key": str(uuid4())}
    for _ in range(2):
        assert client.post(reverse("add-note", args=[child]), form).status_code == 302
    assert notes(child) == ["Rang the school."]


def test_each_form_carries_a_key_and_its_draft(people):
    child = referral(people)
    page = main(people.client("Martin Oyelaran").get(reverse("add-note", args=[child])))
    for name in ("key", "seen", "draft", "version", "draft-act", "draft-record", "csrfmiddlewaretoken"):
        assert f'name="{name}"' in page


def test_without_its_token_no_form_is_taken(people):
    child = referral(people)
    client = people.client("Martin Oyelaran", csrf=True)
    refused = client.post(reverse("add-note", args=[child]), {"text": "Rang the school."})
    assert refused.status_code == 403
    assert "This form could not be taken" in refused.content.decode()
    assert notes(child) == []


def test_what_is_missing_is_said_and_nothing_typed_is_lost(people):
    child = allocated(people)
    client = people.client("Priya Shah")
    sent = client.post(reverse("act", args=[child, "record-visit"]), {"place": "At <home>"})
    assert sent.status_code == 422
    page = main(sent)
    assert "There is a problem" in page
    assert 'href="#child_seen"' in page
    assert "At &lt;home&gt;" in page
    assert "<title>Error: " in sent.content.decode()
    assert not [one for one in view(child).standing.events if one.type == "visit.made"]


def test_when_it_happened_is_taken_and_a_time_ahead_refused(people):
    child = allocated(people)
    client = people.client("Priya Shah")
    visit = {
        "child_seen": "yes",
        "seen_alone": "yes",
        "when-happened-day": "23",
        "when-happened-month": "November",
        "when-happened-year": "2026",
        "when-happened-time": "10:12am",
    }
    ahead = client.post(reverse("act", args=[child, "record-visit"]), {**visit, "when-happened-time": "4pm"})
    assert ahead.status_code == 422
    assert "It cannot have happened after it was recorded" in main(ahead)
    assert 'href="#when-happened-day"' in main(ahead)
    assert client.post(reverse("act", args=[child, "record-visit"]), visit).status_code == 302
    assert {one.type for one in view(child).standing.events} >= {"visit.made", "child.seen"}


def test_a_departure_names_the_open_duty_it_is_from_and_belongs_where_that_does(people):
    child = allocated(people)
    joanne, address = people.client("Joanne Whitlock"), reverse("act", args=[child, "record-departure"])
    page, due = main(joanne.get(address)), due_key(child, "assessment-complete")
    assert "Complete the assessment (4.19), due 7 December 2026" in page
    assert "See the child" not in page
    assert "Which rule" not in page
    refused = joanne.post(address, {"reason": "The family is abroad.", "duty": "see-child:made-up"})
    assert (refused.status_code, "The family is abroad." in main(refused)) == (422, True)
    assert joanne.post(address, {"reason": "The family is abroad.", "duty": due}).status_code == 302
    departure = event(child, "departure.recorded")
    assert departure.data["provision"] == "assessment-complete"
    assert departure.strand == event(child, "referral.received").id
    departed = [duty.key for duty in view(child).duties if duty.state == "departed"]
    assert departed == [due]


def test_what_is_wrong_with_something_not_asked_here_is_said_all_the_same(people, monkeypatch):
    """Never a refusal without a word: here the door finds fault with a field that the page does not show."""
    child = allocated(people)
    fault = DataFault("data.imported_from", "too long", "at most 200 characters")
    refused = Refused("not taken", "Some answers cannot be taken", faults=(fault,))
    monkeypatch.setattr(acts, "send_act", lambda *_: refused)
    sent = people.client("Priya Shah").post(reverse("add-note", args=[child]), {"text": "Rang the school."})
    assert sent.status_code == 422
    assert "There is a problem" in main(sent)
    assert "Where it was taken over from: too long" in main(sent)
    assert "Rang the school." in main(sent)


def test_an_authorisation_that_lacks_something_is_refused_with_its_paragraph(people):
    child = referral(people)
    form = {"outcome": ["assessment"], "reason": "A fuller picture is needed."}
    sent = people.client("Martin Oyelaran").post(reverse("act", args=[child, "decide-referral"]), form)
    assert sent.status_code == 422
    page = main(sent)
    assert "This cannot be recorded yet" in page
    assert "(paragraph 3.5)" in page
    assert reverse("provision", args=["earlier-records-located"]) in page
    assert "A fuller picture is needed.</textarea>" in page
    assert not [one for one in view(child).standing.events if one.type == "referral.decided"]


def test_who_may_go_past_a_gate_is_asked_for_a_reason_and_it_is_kept(people):
    child = referral(people, concern_kind=["neglect"], affects_other_children=True)
    do(people, ("Martin Oyelaran", "list-sibling", {"name": "Lark Made-up", "household": "same"}), on=child)
    form = {
        **{name: value for name, value in DECISION.items() if not isinstance(value, bool)},
        "siblings-count": "1",
        "siblings-0-sibling": event(child, "sibling.listed").id,
        "siblings-0-decision": "do_not_open",
        "siblings-0-reason": "Lives abroad.",
    }
    client = people.client("Martin Oyelaran")
    address = reverse("act", args=[child, "decide-referral"])
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert 'name="depart-past_siblings_opened"' in main(refused)
    assert "May go past it with a recorded reason: <strong>team manager or duty manager</strong>" in main(
        refused
    )
    past = {**form, "depart-past_siblings_opened": "The sister lives abroad with her aunt."}
    assert client.post(address, past).status_code == 302
    departure = event(child, "departure.recorded").data
    assert departure["provision"] == "siblings-opened"
    assert departure["reason"] == "The sister lives abroad with her aunt."


def test_a_role_that_does_not_do_an_act_is_refused_and_told_who_does(people):
    child = decided(people)
    refused = people.client("Dilys Penhale").post(
        reverse("act", args=[child, "decide-referral"]), {"outcome": ["assessment"]}
    )
    assert refused.status_code == 403
    assert "team manager, duty manager" in main(refused)


@pytest.mark.parametrize("act", ["add-note", "record-visit", "decide-referral"])
def test_another_team_records_nothing(people, act):
    child = allocated(people)
    client = people.client("Tunde Bright")
    for send in (client.get, client.post):
        assert send(reverse("act", args=[child, act]), follow=True).status_code == 403


@pytest.mark.parametrize("act", ["no-such-act", "record-contact", "correct-entry"])
def test_acts_that_are_not_done_by_this_page_are_not_found(people, act):
    child = referral(people)
    assert people.client("Martin Oyelaran").get(reverse("act", args=[child, act])).status_code == 404


def test_an_act_with_a_page_of_its_own_leads_there(people):
    child = decided(people)
    away = people.client("Joanne Whitlock").get(reverse("act", args=[child, "allocate"]))
    assert away.url == reverse("allocate", args=[child])


def test_something_recorded_meanwhile_is_shown_before_an_authorisation_is_taken(people, clock):
    child = referral(people)
    client = people.client("Martin Oyelaran")
    seen = len(view(child).stream)
    later(clock, minutes=3)
    do(people, ("Joanne Whitlock", "add-note", {"text": "The school rang again."}), on=child)
    form = {
        **{name: value for name, value in DECISION.items() if not isinstance(value, bool)},
        "no_siblings": "yes",
        "seen": str(seen),
        "key": str(uuid4()),
    }
    address = reverse("act", args=[child, "decide-referral"])
    sent = client.post(address, form)
    assert sent.status_code == 409
    page = main(sent)
    assert "Something was recorded while you were writing" in page
    assert "Case note, Joanne Whitlock" in page
    assert "A fuller picture is needed.</textarea>" in page
    assert f'name="seen" value="{seen + 1}"' in page
    assert client.post(address, {**form, "seen": str(seen + 1)}).status_code == 302


def test_the_acts_of_a_role_are_listed_and_no_others(people):
    child = referral(people)
    assert "Decide the referral" in main(people.client("Joanne Whitlock").get(reverse("acts", args=[child])))
    assert "Decide the referral" not in main(people.client("Priya Shah").get(reverse("acts", args=[child])))


def listed(people, name, child):
    page = main(people.client(name).get(reverse("acts", args=[child])))
    return set(re.findall(rf'href="([^"]*/records/{child}/[^"]+)"', page.partition('id="acts"')[2]))


def test_only_what_can_be_done_now_is_offered(people):
    """Nothing is offered whose page would then answer that there is nothing to do."""
    waiting, done, assessed = referral(people), decided(people), decided(people)
    do(people, ("Martin Oyelaran", "start-assessment", {"kind": "initial"}), on=assessed)
    client = people.client("Martin Oyelaran")
    for child in (waiting, done, assessed):
        offered = listed(people, "Martin Oyelaran", child)
        assert len(offered) > 10
        answers = {href: client.get(href, follow=True).status_code for href in offered}
        assert {href for href, status in answers.items() if status != 200} == set()
    decide = {name: reverse(name, args=[waiting]) for name in ("decide-contact", "decide-referral")}
    assert decide["decide-referral"] in listed(people, "Martin Oyelaran", waiting)
    assert decide["decide-contact"] not in listed(people, "Martin Oyelaran", waiting)
    assert reverse("decide-referral", args=[done]) not in listed(people, "Martin Oyelaran", done)


def test_a_fact_may_be_recorded_late_on_what_is_over(people):
    """A referral that was decided may still be confirmed in writing."""
    assert act_address(child := decided(people), "confirm-referral") in listed(
        people, "Martin Oyelaran", child
    )


def test_a_draft_is_kept_as_typed_shown_again_and_closed_when_sent(people):
    child = allocated(people)
    client = people.client("Priya Shah")
    draft = uuid4()
    form = {
        "text": "Begun in the car",
        "draft": str(draft),
        "version": "0",
        "draft-act": "add-note",
        "draft-record": str(child),
    }
    kept = client.post(reverse("draft", args=[draft]), form)
    assert kept.json() == {"version": 1, "saved_at": "10:12am"}
    page = main(client.get(reverse("add-note", args=[child])))
    assert "Begun in the car</textarea>" in page
    assert 'data-version="1"' in page
    assert (
        client.get(reverse("draft", args=[draft])).url
        == reverse("add-note", args=[child]) + f"?draft={draft}"
    )
    client.post(reverse("add-note", args=[child]), {**form, "version": "1"})
    assert "Begun in the car</textarea>" not in main(client.get(reverse("add-note", args=[child])))
    assert notes(child) == ["Begun in the car"]


def test_two_tabs_keep_both_texts(people):
    child = allocated(people)
    client = people.client("Priya Shah")
    draft = uuid4()
    form = {"draft": str(draft), "draft-act": "add-note", "draft-record": str(child)}
    client.post(reverse("draft", args=[draft]), {**form, "version": "0", "text": "In one tab"})
    apart = client.post(reverse("draft", args=[draft]), {**form, "version": "0", "text": "In the other"})
    assert apart.status_code == 409
    page = main(client.get(apart.json()["merge"]))
    assert "In the other</textarea>" in page
    assert "You also wrote this, elsewhere" in page
    assert "In one tab" in page


def test_a_draft_is_its_authors_own(people):
    child = allocated(people)
    draft = uuid4()
    form = {"version": "0", "text": "Mine", "draft-act": "add-note", "draft-record": str(child)}
    people.client("Priya Shah").post(reverse("draft", args=[draft]), form)
    other = people.client("Ewan Marsh")
    assert other.get(reverse("draft", args=[draft])).status_code == 404
    assert other.post(reverse("draft", args=[draft]), {**form, "version": "1"}).status_code == 404
    assert other.post(reverse("discard", args=[draft])).status_code == 404
    assert "Mine" not in main(other.get(reverse("add-note", args=[child])))


def test_a_draft_is_thrown_away_by_a_post_alone(people):
    child = allocated(people)
    client = people.client("Priya Shah")
    draft = uuid4()
    form = {"version": "0", "text": "Not this", "draft-act": "add-note", "draft-record": str(child)}
    client.post(reverse("draft", args=[draft]), form)
    assert client.get(reverse("discard", args=[draft])).status_code == 405
    client.post(reverse("discard", args=[draft]))
    assert "Not this" not in main(client.get(reverse("add-note", args=[child])))


def test_every_act_on_a_record_has_a_form(people):
    child = allocated(people)
    do(people, ("Priya Shah", "start-assessment", {"kind": "initial"}), on=child)
    names = ("Priya Shah", "Joanne Whitlock", "Martin Oyelaran", "Dilys Penhale")
    for act in in_use().vocabulary.acts.values():
        own_page = act_address(child, act.name) != reverse("act", args=[child, act.name])
        if act.on in ("nobody", "event") or own_page:
            continue
        shown = [
            people.client(name).get(reverse("act", args=[child, act.name]), follow=True).status_code
            for name in names
        ]
        assert set(shown) <= {200, 403}, (act.name, shown)
    assert event(child, "assessment.started")


def test_a_form_that_is_sent_is_one_row_of_the_access_log(people):
    child = allocated(people)
    before = len(looks(child))
    priya, address = people.client("Priya Shah"), reverse("add-note", args=[child])
    assert priya.post(address, {"text": "She has a new coat."}).status_code == 302
    assert looks(child)[0] == ("act:add-note", "act", True)
    assert len(looks(child)) == before + 1


def test_what_cannot_be_logged_is_neither_shown_nor_recorded(people, monkeypatch):
    child = allocated(people)
    priya, address = people.client("Priya Shah"), reverse("add-note", args=[child])
    before = len(ledger.read_stream(child))
    priya.raise_request_exception = False
    monkeypatch.setattr(access_log, "write", lambda _: 1 / 0)
    for answer in (priya.get(address), priya.post(address, {"text": "She has a new coat."})):
        assert answer.status_code == 500
        assert "Wren Made-up" not in answer.content.decode()
    assert len(ledger.read_stream(child)) == before
