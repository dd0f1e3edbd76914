"""Correcting, withdrawing and moving an entry: nothing is removed, and dates are worked out again at once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record as do
from tests.interfaces.web.views.children import allocated, event, later, main, referral, view
from tests.siblings import child as child_of

TIME = {"when-happened-day": "20", "when-happened-month": "11", "when-happened-year": "2026"}


def answers_of(one):
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in one.data.items()
        if not name.endswith("_id")
    }


@pytest.fixture
def note(people):
    """A child with a note, as (record, entry)."""
    child = referral(people)
    do(people, ("Joanne Whitlock", "add-note", {"text": "The school wrote."}), on=child)
    return child, event(child, "note.added").id


def test_the_form_is_the_entrys_own_and_filled_in(people, note):
    page = main(people.client("Joanne Whitlock").get(reverse("correct", args=note)))
    assert "The school wrote.</textarea>" in page
    assert 'name="when-happened-day"' in page
    assert 'value="23"' in page
    assert 'value="10:12"' in page


def test_a_corrected_time_changes_dates_and_says_which(people, clock):
    child = referral(people)
    start = event(child, "referral.received")
    client = people.client("Joanne Whitlock")
    sent = client.post(
        reverse("correct", args=[child, start.id]),
        {**answers_of(start), **TIME, "when-happened-time": "9:00am", "mend-reason": "It came on Friday."},
        follow=True,
    )
    page = main(sent)
    assert "“Decide the type of response” was due 24 November 2026; is due 23 November 2026." in page
    assert (
        "“Decide whether to assess” was due 24 November 2026, 10:12am; is due 21 November 2026, 9am." in page
    )
    assert "It came on Friday." in page


def test_a_reason_is_required_and_what_was_typed_is_kept(people, note):
    sent = people.client("Joanne Whitlock").post(
        reverse("correct", args=note), {"text": "The school rang.", "mend-reason": ""}
    )
    assert sent.status_code == 422
    assert "Enter why do you correct it" in main(sent) or "Answer “Why do you correct it?”" in main(sent)
    assert 'href="#mend-reason"' in main(sent)
    assert "The school rang.</textarea>" in main(sent)
    assert event(*note[:1], "note.added").data["text"] == "The school wrote."


def test_a_correction_that_changes_nothing_is_refused(people, note):
    form = {
        "text": "The school wrote.",
        **TIME,
        "when-happened-day": "23",
        "when-happened-time": "10:12",
        "mend-reason": "Because.",
    }
    sent = people.client("Joanne Whitlock").post(reverse("correct", args=note), form)
    assert sent.status_code == 422
    assert "the entry reads as it did" in main(sent)


def test_an_answer_of_a_choice_cannot_be_taken_away(people):
    child = referral(people)
    start = event(child, "referral.received")
    form = {**answers_of(start), "source": "", "mend-reason": "Not so."}
    sent = people.client("Joanne Whitlock").post(reverse("correct", args=[child, start.id]), form)
    assert sent.status_code == 422
    assert "cannot be taken away" in main(sent)


def test_a_time_ahead_is_refused(people, note):
    form = {"text": "The school wrote.", **TIME, "when-happened-year": "2027", "mend-reason": "A slip."}
    sent = people.client("Joanne Whitlock").post(reverse("correct", args=note), form)
    assert sent.status_code == 422
    assert view(note[0]).standing.events[-1].happened_at.day.year == 2026


def test_a_withdrawn_entry_counts_no_more_and_stays_to_be_read(people, note):
    client = people.client("Joanne Whitlock")
    form = {"mend-reason": "It was about a call.", "key": str(uuid4())}
    page = main(client.post(reverse("withdraw", args=note), form, follow=True))
    assert client.post(reverse("withdraw", args=note), form).status_code == 302
    assert "Withdrawn: Case note." in page
    assert "It counts no more" in page
    assert "It was about a call." in page
    assert not [one for one in view(note[0]).standing.events if one.type == "note.added"]
    assert client.get(reverse("withdraw", args=note)).status_code == 404


def test_what_rests_on_an_entry_is_named_before_it_is_withdrawn(people):
    child = allocated(people)
    start = event(child, "referral.received").id
    page = main(people.client("Joanne Whitlock").get(reverse("withdraw", args=[child, start])))
    assert "What rests on it counts no more either." in page
    assert "Decision on the referral" in page


def test_an_entry_is_moved_to_the_right_child_found_by_a_search(people, note):
    wrong, entry = note
    right = do(
        people,
        (
            "Beth Lomas",
            "record-contact",
            {
                "name": "Lark Otherwise",
                "forename": "Lark",
                "surname": "Otherwise",
                "source": "school",
                "contact_type": "worry_about_child",
            },
        ),
    )
    do(people, ("Martin Oyelaran", "add-note", {"text": "On the wrong child."}), on=wrong)
    entry = event(wrong, "note.added").id
    client = people.client("Martin Oyelaran")
    address = reverse("move", args=[wrong, entry])
    found = main(client.post(address, {"first_name": "Lark", "surname": "Otherwise", "mend-reason": ""}))
    assert "Lark Otherwise" in found
    assert str(right) in found
    key = str(uuid4())
    form = {"to": str(right), "mend-reason": "Two children were on my screen.", "key": key}
    first = client.post(address, form, follow=True)
    assert "Moved to the right child" in main(first)
    assert "Lark" not in main(first)
    assert event(right, "note.added").data["text"] == "On the wrong child."
    assert event(right, "note.added").happened_at == event(wrong, "referral.received").happened_at
    assert client.post(address, form, follow=True).status_code == 200
    moved = [one for one in view(right).standing.events if one.type == "note.added"]
    assert len(moved) == 1


def test_an_entry_that_others_rest_on_is_not_moved(people):
    wrong, right = allocated(people), referral(people)
    start = event(wrong, "referral.received").id
    client = people.client("Joanne Whitlock")
    address = reverse("move", args=[wrong, start])
    assert "Other entries rest on this one, so it cannot be moved." in main(client.get(address))
    before = len(view(wrong).stream)
    sent = client.post(address, {"to": str(right), "mend-reason": "Wrong child."})
    assert sent.status_code == 422
    assert "Decision on the referral of 23 November 2026" in main(sent)
    assert len(view(wrong).stream) == before


def test_to_a_record_that_one_may_not_open_nothing_is_moved(people, note):
    away = do(
        people,
        (
            "Tunde Bright",
            "allocate",
            {"worker": "Rosa Quill", "worker_id": str(people.ids["Rosa Quill"]), "team": "Family Support",
             "team_id": str(people.teams["Family Support"])},
        ),
        on=_of_family_support(people),
    )  # fmt: skip
    client = people.client("Joanne Whitlock")
    sent = client.post(reverse("move", args=note), {"to": str(away), "mend-reason": "Wrong child."})
    assert sent.status_code == 403
    assert [one for one in view(note[0]).standing.events if one.type == "note.added"]


def _of_family_support(people):
    return referral(people, recommended_service="family_support")


@pytest.mark.parametrize("page", ["correct", "withdraw", "move"])
def test_another_team_mends_nothing(people, note, page):
    client = people.client("Rosa Quill")
    assert client.get(reverse(page, args=note)).status_code == 403
    assert client.post(reverse(page, args=note), {"mend-reason": "No."}).status_code == 403
    assert people.client("Farah Lindqvist").get(reverse(page, args=note)).status_code == 403


@pytest.mark.parametrize("page", ["correct", "withdraw", "move"])
def test_an_entry_that_is_not_there_is_not_found(people, note, page):
    address = reverse(page, args=[note[0], "nothing"])
    assert people.client("Joanne Whitlock").get(address).status_code == 404


def test_sent_twice_a_correction_is_made_once(people, note, clock):
    form = {"text": "The school rang.", "mend-reason": "It was a call.", "key": str(uuid4())}
    client = people.client("Joanne Whitlock")
    client.post(reverse("correct", args=note), form)
    later(clock, seconds=2)
    client.post(reverse("correct", args=note), {**form, "text": "The school rang."})
    corrections = [one for one in view(note[0]).stream if one.type == "event.corrected"]
    assert len(corrections) == 1


def test_a_restricted_address_is_in_no_form(people):
    child = referral(people)
    address = {"address": "3 Hidden Court", "restricted": True}
    do(people, ("Joanne Whitlock", "record-address", address), on=child)
    entry = event(child, "address.recorded").id
    for page in ("entry", "correct", "withdraw", "move"):
        shown = people.client("Joanne Whitlock").get(reverse(page, args=[child, entry]))
        assert shown.status_code == 200
        assert "Hidden" not in shown.content.decode(), page


VISIT = {"child_seen": True, "seen_alone": True, "child_said": "I like the dog.", "account": "We talked."}


@pytest.fixture
def visit(people):
    """A child whom the worker said to have seen on a visit, as (record, entry)."""
    child = allocated(people)
    do(people, ("Priya Shah", "record-visit", VISIT), on=child)
    return child, event(child, "visit.made").id


def sent_to(page, form):
    """The form with what the page gave back hidden in it."""
    told = page.partition('name="together" value="')[2].partition('"')[0]
    return {**form, "together": told}


def standing(child):
    return {one.type for one in view(child).standing.events}


def test_what_else_changes_is_said_before_it_is_done_and_done_together(people, visit):
    child = visit[0]
    client = people.client("Priya Shah")
    one = event(child, "visit.made")
    form = {**answers_of(one), "child_seen": "no", "mend-reason": "He was out.", "key": str(uuid4())}
    page = main(client.post(reverse("correct", args=visit), form))
    assert "What else changes" in page
    assert "“Child seen”</strong> is withdrawn with it" in page
    assert "stays readable in the timeline as withdrawn" in page
    assert "“Child not seen”</strong> is recorded with it, of the same time." in page
    assert "He was out.</textarea>" in page
    assert "child.seen" in standing(child)
    page = main(client.post(reverse("correct", args=visit), sent_to(page, form)))
    assert "Why was the child not seen?" in page.partition("error-summary")[2].partition("</div>")[0]
    assert "child.seen" in standing(child), "nothing is written while an answer is missing"
    form |= {"anew-not_seen_reason": "He had left with his uncle.", "anew-agreement": "asked"}
    sent = client.post(reverse("correct", args=visit), sent_to(page, form), follow=True)
    assert (
        "Recorded with it: “Child not seen”. Withdrawn with it: “Child seen”. “See the child” is open again"
        in main(sent)
    )
    assert standing(child) & {"child.seen", "child.not_seen"} == {"child.not_seen"}
    assert event(child, "child.not_seen").data["reason"] == "He had left with his uncle."
    seen = main(client.get(reverse("timeline", args=[child])))
    assert "I like the dog." in seen, "what the child said stays readable"
    assert client.post(reverse("correct", args=visit), sent_to(page, form)).status_code == 302
    assert len([one for one in view(child).stream if one.type == "event.withdrawn"]) == 1


def test_who_was_told_of_less_is_told_anew(people, visit):
    client = people.client("Priya Shah")
    form = {**answers_of(event(visit[0], "visit.made")), "child_seen": "no", "mend-reason": "He was out."}
    page = main(client.post(reverse("correct", args=visit), {**form, "together": "something else"}))
    assert "What else changes" in page
    assert "child.seen" in standing(visit[0])


def test_a_visit_withdrawn_offers_what_was_recorded_with_it(people, visit):
    child, _ = visit
    client = people.client("Priya Shah")
    page = main(client.get(reverse("withdraw", args=visit)))
    assert 'name="others" value="yes" checked' in page
    form = {"mend-reason": "Another family.", "others": "yes", "key": str(uuid4())}
    sent = main(client.post(reverse("withdraw", args=visit), form, follow=True))
    assert "Withdrawn with it: “Child seen”." in sent
    assert standing(child) & {"child.seen", "visit.made"} == set()


def test_who_withdraws_only_that_the_child_was_seen_is_led_to_the_answer(people, visit):
    seen = event(visit[0], "child.seen").id
    page = main(people.client("Priya Shah").get(reverse("withdraw", args=[visit[0], seen])))
    assert reverse("correct", args=visit) in page
    assert 'name="others" value="yes">' in page, "the visit is not withdrawn unless that is asked for"
    page = main(people.client("Priya Shah").get(reverse("move", args=visit)))
    assert "Move with it what was recorded on the same page: “Child seen”" in page
    assert 'name="others" value="yes" checked' in page


def test_of_a_visit_to_an_unborn_child_nobody_corrects_whether_it_was_seen(people):
    child = unborn(people)
    do(people, ("Priya Shah", "record-visit", {"account": "We talked.", "meaning": "Well."}), on=child)
    client = people.client("Priya Shah")
    page = main(client.get(reverse("correct", args=[child, event(child, "visit.made").id])))
    assert 'name="meaning"' in page
    assert 'name="child_seen"' not in page
    assert 'name="bedroom_seen"' not in page


def test_what_can_only_be_done_about_a_child_who_is_born_is_not_offered_before(people):
    client = people.client("Joanne Whitlock")
    offered = "Agree that the child was not seen"
    assert offered not in main(client.get(reverse("acts", args=[unborn(people)])))
    assert offered in main(client.get(reverse("acts", args=[allocated(people)])))


def unborn(people):
    return child_of(people, "Baby Made-up", born=None, expected="2027-01-10")
