"""One referral as it is read, and one recorded without a contact."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import open_to_priya, record

from cairn.application.ports import now
from cairn.records import access_log, drafts, ledger

CONTACT = {
    "name": "Ifeoma Okafor", "forename": "Ifeoma", "surname": "Okafor", "born": "2019-02-11", "source": "school",
    "contact_type": "worry_about_child", "caller_name": "Hannah Pryce",
    "facts": [{"text": "We slept in the car.", "who": "Ify to Ms Fenn"}],
    "siblings": [{"name": "Kene Okafor", "household": "same"}],
}  # fmt: skip
TO_REFERRAL = {
    "outcome": "progress_to_referral", "reason": "An assessment is needed.", "referral_reason": "further_assessment",
    "level": "3", "recommended_service": "referral_and_assessment", "referral_source": "school",
    "referrer_name": "Hannah Pryce", "concern": "They slept in a car.",
}  # fmt: skip
DIRECT = {
    "source": "police", "referrer_name": "PC Adeyemi", "concern": "Found alone at the bus station.",
    "received-day": "23", "received-month": "11", "received-year": "2026", "received-time": "9am",
    "recommended_service": "referral_and_assessment", "send": "yes",
}  # fmt: skip


@pytest.fixture
def ify(people):
    child = record(people, ("Beth Lomas", "record-contact", CONTACT))
    contact = latest(child, "contact.received").id
    return record(
        people, ("Sheila Knowles", "decide-contact", {**TO_REFERRAL, "from_contact": contact}), on=child
    )


@pytest.fixture
def closed(people):
    """A child of another team's record, whose contact was closed."""
    return record(
        people,
        ("Beth Lomas", "record-contact", CONTACT),
        (
            "Sheila Knowles",
            "decide-contact",
            {"outcome": "no_further_action", "reason": "Advice was enough."},
        ),
    )


def latest(child, kind):
    return [event for event in ledger.read_stream(child) if event.type == kind][-1]


def page_of(child):
    return reverse("referral", args=[child, latest(child, "referral.received").id])


def send(people, child, name="Beth Lomas", draft=None, **typed):
    sent = {"draft": str(draft or uuid4()), "version": "0", **DIRECT, **typed}
    return people.client(name).post(reverse("record-referral", args=[child]), sent)


def test_a_referral_is_read_with_what_was_said_its_dates_and_whom_to_tell(people, ify):
    page = people.client("Martin Oyelaran").get(page_of(ify)).content.decode()
    for said in ("We slept in the car.", "They slept in a car.", "Kene Okafor", "To decide"):
        assert said in page
    assert "Acknowledge the referral in writing" in page
    assert "24 November 2026, 10:12am" in page
    assert reverse("decide-referral", args=[ify]) in page


def test_what_was_told_says_when(people, ify):
    record(people, ("Beth Lomas", "acknowledge-referral", {"to": "Hannah Pryce", "how": "letter"}), on=ify)
    page = people.client("Martin Oyelaran").get(page_of(ify)).content.decode()
    assert "Done 23 November 2026, 10:12am" in page


def test_another_team_is_refused_and_sees_nothing(people, ify):
    shown = people.client("Rosa Quill").get(page_of(ify))
    assert shown.status_code == 403
    assert "slept in" not in shown.content.decode()


def test_a_referral_of_another_record_is_not_there(people, ify, closed):
    other = reverse("referral", args=[closed, latest(ify, "referral.received").id])
    assert people.client("Sheila Knowles").get(other).status_code == 404


def test_a_referral_is_read_only(people, ify):
    assert people.client("Martin Oyelaran").post(page_of(ify)).status_code == 405


def test_one_is_recorded_directly_with_its_own_time(people, closed):
    people.client("Beth Lomas").post(reverse("find"), {"find": "Okafor"})
    sent = send(people, closed)
    assert sent.status_code == 302
    referral = latest(closed, "referral.received")
    assert referral.happened_at.latest.isoformat() == "2026-11-23T09:00:00+00:00"
    assert referral.data["referrer_name"] == "PC Adeyemi"


def test_on_a_record_of_another_team_nothing_but_the_name_is_shown(people):
    theirs = open_to_priya(people)
    people.client("Beth Lomas").post(reverse("find"), {"find": "Okafor"})
    page = people.client("Beth Lomas").get(reverse("record-referral", args=[theirs])).content.decode()
    assert "Ifeoma Okafor" in page
    assert "11 February 2019" not in page
    assert "Needs are not met" not in page
    rows = access_log.of_actor(people.ids["Beth Lomas"], now(), now())
    assert rows[-1].line.relied_on == "front door"


def test_unsearched_it_cannot_be_opened(people):
    theirs = open_to_priya(people)
    assert people.client("Beth Lomas").get(reverse("record-referral", args=[theirs])).status_code == 403


def test_sent_twice_there_is_one(people, closed):
    people.client("Beth Lomas").post(reverse("find"), {"find": "Okafor"})
    draft = uuid4()
    for _ in range(2):
        assert send(people, closed, draft=draft).status_code == 302
    assert [event.type for event in ledger.read_stream(closed)].count("referral.received") == 1


def test_a_draft_is_kept_and_gone_on_with(people, closed):
    people.client("Beth Lomas").post(reverse("find"), {"find": "Okafor"})
    draft = uuid4()
    sent = {**DIRECT, "draft": str(draft), "version": "0", "save": "yes"}
    people.client("Beth Lomas").post(reverse("record-referral", args=[closed]), sent)
    assert drafts.open_draft(draft) is not None
    opened = people.client("Beth Lomas").get(reverse("draft", args=[draft]), follow=True)
    assert "Found alone at the bus station." in opened.content.decode()


def test_nobody_closes_another_persons_draft_by_sending_with_its_id(people, closed):
    people.client("Beth Lomas").post(reverse("find"), {"find": "Okafor"})
    people.client("Sheila Knowles").post(reverse("find"), {"find": "Okafor"})
    draft = uuid4()
    people.client("Beth Lomas").post(
        reverse("record-referral", args=[closed]),
        {**DIRECT, "draft": str(draft), "version": "0", "save": "yes"},
    )
    send(people, closed, "Sheila Knowles", draft=draft)
    assert drafts.open_draft(draft).submitted_at is None


@pytest.mark.parametrize(
    ("left_out", "said"), [("source", "Say who made the referral"), ("concern", "Say what the worry is")]
)
def test_what_is_missing_is_said_and_what_was_typed_stays(people, ify, left_out, said):
    refused = send(people, ify, "Martin Oyelaran", **{left_out: ""})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "<title>Error: " in page
    assert said in page
    assert "PC Adeyemi" in page


def test_a_role_that_refers_nobody_is_refused(people, ify):
    assert people.client("Dilys Penhale").get(reverse("record-referral", args=[ify])).status_code == 403
