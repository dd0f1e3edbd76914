"""Letters to the referrer: filled from the record, with nobody else in them, printed, and marked as sent."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record as do
from tests.interfaces.web.views.children import (
    allocated,
    contact,
    decided,
    due_key,
    event,
    later,
    looks,
    main,
    referral,
    view,
)


@pytest.fixture(autouse=True)
def lines(monkeypatch):
    monkeypatch.setenv("CAIRN_PHONE_LINES", "Help line: 01632 960 142, 8am to 6pm.")


def sheet(response):
    return response.content.decode().partition('<article class="c-sheet')[2].partition("</article>")[0]


def test_the_acknowledgement_is_filled_from_the_record(people):
    child = referral(people)
    letter = sheet(people.client("Beth Lomas").get(reverse("acknowledge-referral", args=[child]))) or sheet(
        people.client("Martin Oyelaran").get(reverse("acknowledge-referral", args=[child]))
    )
    assert "Dear Hanne Pryce" in letter
    assert "Made-up Primary School" in letter
    assert "your referral" in letter.lower() or "the referral you made on 23 November 2026" in letter
    assert people.number(child) in letter
    assert "by 24 November 2026, 10:12am" in letter
    assert "with the outcome by 30 November 2026" in letter
    assert "ring us on 01632 960 142." in letter
    assert "{" not in letter


def test_written_after_the_decision_it_says_that_it_is_decided(people):
    letter = sheet(
        people.client("Martin Oyelaran").get(reverse("acknowledge-referral", args=[decided(people)]))
    )
    assert "decides what happens next" not in letter
    assert "A manager decided on 23 November 2026 what happens next" in letter
    assert "in a letter of its own, by 30 November 2026" in letter


def test_a_date_that_has_passed_is_not_promised(people, clock):
    child = referral(people)
    later(clock, days=3)
    letter = sheet(people.client("Martin Oyelaran").get(reverse("acknowledge-referral", args=[child])))
    assert "by 24 November" not in letter
    assert "decides what happens next by a day we will tell you" in letter


def test_of_several_open_referrals_the_writer_says_which(people, clock):
    child = referral(people)
    first = event(child, "referral.received")
    later(clock, hours=2)
    again = {"source": "gp", "concern": "Lost weight.", "referrer_name": "Dr Imran Sole"}
    do(people, ("Martin Oyelaran", "record-referral", again), on=child)
    client, address = people.client("Martin Oyelaran"), reverse("acknowledge-referral", args=[child])
    asked = main(client.get(address))
    assert "which one?" in asked
    assert f"?strand={first.id}" in asked
    assert "Dear Hanne Pryce" in sheet(client.get(f"{address}?strand={first.id}"))
    second = event(child, "referral.received")
    assert "Dear Dr Imran Sole" in sheet(client.get(f"{address}?strand={second.id}"))
    # What is sent belongs to the referral that was chosen, and is said of no other.
    sent = {"strand": first.id, "do": "sent", "how": "letter", "key": str(uuid4())}
    assert client.post(address, sent).status_code == 302
    assert event(child, "referral.acknowledged").strand == first.id
    assert "was sent already" in main(client.get(f"{address}?strand={first.id}"))
    assert "was sent already" not in main(client.get(f"{address}?strand={second.id}"))


def test_nothing_of_the_child_or_of_anybody_else_is_in_it(people):
    child = decided(people)
    do(people, ("Martin Oyelaran", "record-address", {"address": "7 Made-up Row"}), on=child)
    do(people, ("Martin Oyelaran", "list-sibling", {"name": "Lark Made-up", "household": "same"}), on=child)
    for page in ("acknowledge-referral", "tell-referrer"):
        letter = sheet(people.client("Martin Oyelaran").get(reverse(page, args=[child])))
        for kept_back in ("Wren", "Lark", "Made-up Row", "2018", "breakfast", "fuller picture"):
            assert kept_back not in letter, (page, kept_back)
        assert (
            "c-printhead"
            not in people.client("Martin Oyelaran").get(reverse(page, args=[child])).content.decode()
        )


def test_the_outcome_is_told_with_the_next_steps_which_one_may_change(people):
    child = decided(people)
    client = people.client("Martin Oyelaran")
    letter = sheet(client.get(reverse("tell-referrer", args=[child])))
    assert "On 23 November 2026 we decided: Child and Family Assessment." in letter
    assert "The next steps are: An assessment begins this week." in letter
    shown = client.post(
        reverse("tell-referrer", args=[child]),
        {"next_steps": "Somebody will ring you.", "more": "Thank you for <telling> us.", "do": "show"},
    )
    assert "The next steps are: Somebody will ring you." in sheet(shown)
    assert "Thank you for &lt;telling&gt; us." in sheet(shown)


def test_before_the_decision_there_is_no_outcome_to_tell(people):
    child = referral(people)
    page = main(people.client("Martin Oyelaran").get(reverse("tell-referrer", args=[child])))
    assert "The referral is not decided yet" in page
    assert "<article" not in page


def test_to_nobody_who_gave_no_name_a_letter_is_written(people):
    child = referral(people, referral_source="anonymous")
    page = main(people.client("Martin Oyelaran").get(reverse("acknowledge-referral", args=[child])))
    assert "did not give a name" in page
    assert "<article" not in page
    sent = people.client("Martin Oyelaran").post(
        reverse("acknowledge-referral", args=[child]), {"do": "sent", "how": "letter"}
    )
    assert sent.status_code == 200
    assert not [one for one in view(child).standing.events if one.type == "letter.sent"]


def test_without_a_referral_there_is_nobody_to_write_to(people):
    page = main(people.client("Beth Lomas").get(reverse("acknowledge-referral", args=[contact(people)])))
    assert "There is no referral on this record" in page


def test_the_pdf_is_taken_away_and_never_stored_and_that_is_logged(people):
    child = referral(people)
    made = people.client("Martin Oyelaran").post(reverse("acknowledge-referral", args=[child]), {"do": "pdf"})
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    assert made["Content-Disposition"] == (
        f'attachment; filename="{people.number(child)}-referral-acknowledged.pdf"'
    )
    assert "no-store" in made["Cache-Control"]
    assert "Wren" not in made["Content-Disposition"]
    assert looks(child)[0] == ("letter", "export", True)


def test_marked_as_sent_its_text_is_kept_and_the_duty_is_met(people):
    child = referral(people)
    client = people.client("Martin Oyelaran")
    form = {"do": "sent", "how": "email", "more": "Thank you.", "key": str(uuid4())}
    for _ in range(2):
        assert client.post(reverse("acknowledge-referral", args=[child]), form).status_code == 302
    sent = [one for one in view(child).standing.events if one.type == "letter.sent"]
    assert len(sent) == 1
    assert sent[0].data["letter"] == "referral-acknowledged"
    assert "Dear Hanne Pryce" in sent[0].data["text"]
    assert "Thank you." in sent[0].data["text"]
    assert event(child, "referral.acknowledged").data["how"] == "email"
    duty = next(one for one in view(child).duties if one.key == due_key(child, "referral-acknowledgement"))
    assert duty.state == "met"
    assert "This letter was sent already" in main(client.get(reverse("acknowledge-referral", args=[child])))
    documents = main(client.get(reverse("documents", args=[child])))
    assert "Dear Hanne Pryce" in documents


def test_the_outcome_told_is_kept_with_decision_and_next_steps(people):
    child = decided(people)
    form = {"do": "sent", "how": "letter", "next_steps": "Somebody will ring you."}
    people.client("Martin Oyelaran").post(reverse("tell-referrer", args=[child]), form)
    told = event(child, "referral.outcome_told").data
    assert told["decision"] == "Child and Family Assessment"
    assert told["next_steps"] == "Somebody will ring you."


def test_how_it_was_sent_is_asked_and_what_was_typed_kept(people):
    child = referral(people)
    sent = people.client("Martin Oyelaran").post(
        reverse("acknowledge-referral", args=[child]), {"do": "sent", "more": "Thank you."}
    )
    assert sent.status_code == 422
    assert "Choose how it is sent" in main(sent)
    assert "Thank you.</textarea>" in main(sent)


def test_in_a_complex_matter_a_call_stands_for_the_acknowledgement(people):
    child = referral(people)
    client = people.client("Martin Oyelaran")
    address = reverse("acknowledge-referral", args=[child])
    silent = client.post(address, {"do": "sent", "how": "telephone"})
    assert silent.status_code == 422
    assert "Enter what was said on the telephone" in main(silent)
    client.post(address, {"do": "sent", "how": "telephone", "more": "She knows that we have it."})
    given = event(child, "notice.given").data
    assert (given["how"], given["complex"], given["said"]) == (
        "telephone",
        True,
        "She knows that we have it.",
    )
    duty = next(one for one in view(child).duties if one.rule.id == "referral-acknowledgement")
    assert duty.state == "met"
    assert "By telephone" not in main(client.get(reverse("tell-referrer", args=[decided(people)])))


def test_another_team_and_other_roles_write_no_letter(people):
    child = allocated(people)
    for name in ("Rosa Quill", "Farah Lindqvist"):
        client = people.client(name)
        for send in (client.get, client.post):
            assert send(reverse("tell-referrer", args=[child])).status_code == 403


def test_a_letter_that_is_not_among_them_is_not_found(people):
    address = reverse("letter", args=[referral(people), "no-such-letter"])
    assert people.client("Martin Oyelaran").get(address).status_code == 404
