"""A child's transfer by its pages: what is missing with the way to it, each act, the rights that end, and nothing lost."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, looks, main, view
from tests.people import Staff
from tests.siblings import three

from cairn.application.ports import now
from cairn.records import drafts

WORKER, MANAGER, RECEIVING, NEXT = "Priya Shah", "Joanne Whitlock", "Tunde Bright", "Rosa Quill"
SUMMARY = "Wren trusts her aunt. School is at risk."
ON = {"agreed_on-day": "23", "agreed_on-month": "11", "agreed_on-year": "2026"}
BOTH = ["outgoing_manager", "receiving_manager"]
COMPLETE = {
    "both_at_meeting": "yes",
    "summary": SUMMARY,
    "dates-count": "1",
    "dates-0-day-day": "2",
    "dates-0-day-month": "12",
    "dates-0-day-year": "2026",
    "dates-0-what": "Hospital",
    "urgent": "Nothing",
}


@pytest.fixture
def child(people: Staff) -> UUID:
    return allocated(people)


def at(child: UUID, name: str = "transfer") -> str:
    return reverse(name, args=[child])


def propose(people: Staff, child: UUID) -> None:
    said = {
        "to_team": str(people.teams["Family Support"]),
        "tier": "tier_3",
        "allocation_meeting": "2026-11-23",
        "reason": "They need help for longer.",
    }
    record(people, (WORKER, "propose-transfer", said), on=child)


def agree(people: Staff, child: UUID) -> None:
    propose(people, child)
    record(people, (MANAGER, "agree-transfer", {"agreed_on": "2026-11-23", "attended": BOTH}), on=child)


def send(people: Staff, who: str, child: UUID, act: str, **form: object):
    return people.client(who).post(at(child, act), {"key": str(uuid4()), **form}, follow=True)


def hand_over(people: Staff, child: UUID, who: str = WORKER, **more: object):
    return send(
        people, who, child, "complete-transfer", **{**COMPLETE, "to_worker": str(people.ids[NEXT]), **more}
    )


def test_with_none_proposed_the_page_says_so_and_offers_it(people, child):
    page = main(people.client(WORKER).get(at(child)))
    assert "No transfer was proposed. Wren Made-up is with Referral and Assessment." in page
    assert f'href="{at(child, "propose-transfer")}"' in page


def test_the_timeline_names_the_team_and_not_its_id(people, child):
    propose(people, child)
    page = main(people.client(WORKER).get(at(child, "timeline")))
    assert "Family Support" in page
    assert str(people.teams["Family Support"]) not in page


def test_proposed_it_says_what_is_missing_with_the_paragraph_and_the_act(people, child):
    propose(people, child)
    page = main(people.client(WORKER).get(at(child)))
    assert "<strong>Proposed</strong> to Family Support by Priya Shah, 23 November 2026" in page
    assert "They need help for longer." in page
    assert "Earlier transfers" not in page
    assert f'href="{at(child, "complete-transfer")}"' not in page
    assert "Earlier transfers" not in page
    assert f'href="{at(child, "complete-transfer")}"' not in page
    assert "Tier 3" in page
    told = "to=receiving_manager&amp;about=transfer"
    assert told in page
    for paragraph in ("9.2", "9.4", "9.6", "9.7", "9.9"):
        assert f"paragraph {paragraph}" in page
    assert "Done by: duty manager, team manager or service manager." in page
    assert "To Family Support, proposed" in page


def checked(page: str, value: str) -> bool:
    """Whether that answer stands chosen in the form."""
    return bool(re.search(rf'<(input|option)[^>]*value="{value}"[^>]*\s(checked|selected)', page))


def test_a_link_begins_the_act_with_what_meets_the_duty(people, child):
    propose(people, child)
    client = people.client(MANAGER)
    page = main(client.get(at(child)))
    href = re.search(r'href="([^"]+give-notice[^"]+about=transfer)"', page)[1].replace("&amp;", "&")
    form = main(client.get(href, follow=True))
    assert checked(form, "receiving_manager")
    assert checked(form, "transfer")
    record(people, (MANAGER, "give-notice", {"to": "receiving_manager", "about": "transfer"}), on=child)
    assert "Joanne Whitlock, 23 November 2026, 10:12am." in main(client.get(at(child)))


def test_several_children_of_a_family_are_proposed_at_once(people):
    children = three(people)
    client = people.client(WORKER)
    address = f"{at(children[0], 'propose-transfer')}?child={children[1]}"
    page = client.get(address)
    assert "the manager of the receiving team may read the record" in main(page)
    assert "It can be moved or called off" not in main(page)
    draft = re.search(r'name="draft" value="([^"]+)"', page.content.decode())[1]
    form = {
        "draft": draft,
        "version": "0",
        "child": [str(one) for one in children[:2]],
        "shown": [str(one) for one in children[:2]],
        "to_team": str(people.teams["Family Support"]),
        "reason": "Longer help.",
        "when-happened-day": "23",
        "when-happened-month": "11",
        "when-happened-year": "2026",
        "do": "check",
    }
    done = client.post(at(children[0], "propose-transfer"), form, follow=True)
    assert "Proposed for Amara and Theo." in main(done)
    made = [event(one, "transfer.proposed") for one in children[:2]]
    assert len({one.act for one in made}) == 1
    assert {one.data["to_team"] for one in made} == {"Family Support"}
    assert not [one for one in view(children[2]).standing.events if one.type == "transfer.proposed"]
    page = main(client.get(at(children[0])))
    assert f'href="{at(children[1])}"' in page
    assert "Proposed: to Family Support." in page


@pytest.mark.parametrize("who", [MANAGER, RECEIVING])
def test_a_manager_of_either_team_agrees_and_what_is_missing_is_refused(people, child, who):
    propose(people, child)
    assert "Agree it" in main(people.client(who).get(at(child)))
    refused = send(people, who, child, "agree-transfer", attended=["outgoing_manager"], reason="Kept.")
    assert refused.status_code == 422
    assert "Say at which allocation meeting it was agreed" in main(refused)
    assert "The managers of both teams have to be there" in main(refused)
    assert "Kept.</textarea>" in main(refused)
    done = send(people, who, child, "agree-transfer", **ON, attended=BOTH)
    assert "Agreed. The joint visit" in main(done)
    assert event(child, "transfer.agreed").author.name == who


def test_who_is_second_to_agree_is_told_who_was_first_and_keeps_what_was_written(people, child):
    agree(people, child)
    second = send(people, RECEIVING, child, "agree-transfer", **ON, attended=BOTH, reason="Mine.")
    assert second.status_code == 422
    assert "It was agreed already, by Joanne Whitlock on 23 November 2026" in main(second)
    assert "Mine.</textarea>" in main(second)


def test_not_agreed_the_child_stays_and_the_receiving_manager_is_out(people, child):
    propose(people, child)
    gone = send(people, RECEIVING, child, "decline-transfer", reason="No room.")
    assert gone.status_code == 403
    page = main(people.client(WORKER).get(at(child)))
    assert "<strong>Over.</strong> Transfer not agreed" in page
    assert "Propose a transfer" in page


def test_the_summary_has_nothing_filled_in_and_the_record_beside_it(people, child):
    agree(people, child)
    record(
        people,
        (WORKER, "book-visit", {"when": "2026-12-01T10:00"}),
        (WORKER, "record-visit", {"child_seen": True, "account": "We talked."}),
        on=child,
    )
    page = main(people.client(WORKER).get(at(child, "complete-transfer")))
    assert re.search(r'<textarea[^>]*name="summary"[^>]*>\s*</textarea>', page)
    assert "Rosa Quill" in page
    assert "Tunde Bright" not in page
    assert reverse("entry", args=[child, event(child, "visit.made").id]) in page
    assert "1 December 2026, 10am" in page
    assert "Still missing" in page
    assert "Not agreed yet" not in page
    assert "Not agreed yet" not in page
    assert "from_worker" not in page


def test_complete_the_child_is_the_other_team_s_and_closed_to_who_handed_over(people, child):
    agree(people, child)
    done = hand_over(people, child)
    assert done.status_code == 200
    assert "their record is closed to you" in main(done)
    assert done.redirect_chain[-1][0] == reverse("my-work")
    assert people.client(WORKER).get(reverse("child", args=[child])).status_code == 403
    assert "Wren Made-up" in main(people.client(NEXT).get(reverse("my-work")))
    assert event(child, "transfer.completed").data["dates"] == [{"day": "2026-12-02", "what": "Hospital"}]
    page = main(people.client(NEXT).get(at(child)))
    assert "The child went to Family Support on 23 November 2026" in page
    assert "Left out" in page


def test_before_it_is_agreed_it_is_refused_with_the_remedy_and_the_summary_kept(people, child):
    propose(people, child)
    refused = hand_over(people, child)
    assert refused.status_code == 422
    assert "The transfer is not agreed yet (9.4)" in main(refused)
    assert SUMMARY in main(refused)
    assert event(child, "allocation.made").data["worker"] == WORKER


def test_who_left_while_the_form_stood_open_is_named_at_the_question(people, child):
    agree(people, child)
    refused = hand_over(people, child, to_worker=str(people.ids["Gone Away"]))
    assert refused.status_code == 422
    assert SUMMARY in main(refused)


def test_drafts_are_named_to_whoever_hands_over_and_kept(people, child):
    agree(people, child)
    kept = drafts.DraftToSave(
        uuid4(), people.ids["Ewan Marsh"], "add-note", child, {"text": "Secret half"}, 0
    )
    drafts.save(kept, now())
    page = main(people.client(WORKER).get(at(child, "complete-transfer")))
    assert "Drafts that are not sent" in page
    assert "Ewan Marsh began it and has not sent it." in page
    assert "Secret half" not in page
    hand_over(people, child)
    assert drafts.open_draft(kept.id).data == {"text": "Secret half"}
    assert "Ewan Marsh began it" in main(people.client(NEXT).get(at(child)))


def test_the_manager_verifies_with_what_is_not_up_to_date_beside(people, child):
    propose(people, child)
    assert people.client(WORKER).get(at(child, "verify-record")).status_code == 403
    client = people.client(MANAGER)
    page = main(client.get(at(child, "verify-record")))
    assert "Nothing stands in it yet." in page
    assert "Not recorded: " in page
    record(
        people, (WORKER, "enter-chronology", {"what": "No breakfast.", "significance": "Hungry."}), on=child
    )
    page = main(client.get(at(child, "verify-record")))
    assert "Its last entry is of 23 November 2026." in page
    done = send(
        people, MANAGER, child, "verify-record", chronology="yes", record="no", reason="School missing."
    )
    assert "Recorded under your name." in main(done)
    assert event(child, "record.verified").strand == event(child, "transfer.proposed").id
    assert "has not verified that the record is up to date" in main(done)
    send(people, MANAGER, child, "verify-record", chronology="yes", record="yes")
    assert "has not verified" not in main(client.get(at(child)))


@pytest.mark.parametrize("who", ["Sheila Knowles", NEXT, "Farah Lindqvist"])
def test_nobody_of_a_third_team_nor_a_worker_of_the_receiving_team_gets_in(people, child, who):
    agree(people, child)
    for name in ("transfer", "agree-transfer", "complete-transfer", "verify-record"):
        assert people.client(who).get(at(child, name)).status_code == 403, name
    assert looks(child)[0][2] is False


def test_the_receiving_manager_is_offered_what_they_may_do_and_no_more(people, child):
    propose(people, child)
    client = people.client(RECEIVING)
    page = main(client.get(at(child)))
    assert "Agree it" in page
    assert "give-notice" not in page
    assert "Done by: " in page
    assert client.get(at(child, "verify-record")).status_code == 403
    assert client.get(reverse("allocate", args=[child])).status_code == 403
