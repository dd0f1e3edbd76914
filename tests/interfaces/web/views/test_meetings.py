"""Meetings and reviews: written under their headings, shown with what they lack, kept, and handed out."""

from __future__ import annotations

import random
import re

import pytest
from django.urls import reverse
from tests.assessments import past
from tests.cases import record
from tests.interfaces.web.views.children import event, later, main, view
from tests.interfaces.web.views.test_jointly import WHEN, draft_of, own, signed
from tests.interfaces.web.views.test_jointly_letters import TOMORROW, sent, written
from tests.people import made_up_staff
from tests.siblings import three

from cairn.application.procedures import in_use

pytestmark = pytest.mark.django_db
MEETING = {
    **WHEN,
    "kind": "child_in_need_planning",
    "took_part": "Grace Made-up",
    "account": "Mornings go well.",
}
REVIEW = {**WHEN, "kind": "child_in_need", "took_part": "Grace Made-up"}
PLAN = {
    "kind": "child_in_need",
    "outcomes": [
        {"key": "1", "need": "Sleep", "outcome": "Amara sleeps by 8pm", "measure": "Grace keeps a list"}
    ],
    "actions": [
        {"key": "1", "outcome": "1", "what": "A bedtime plan", "who": "Grace", "by_when": "2026-11-10"}
    ],
}


@pytest.fixture
def people(clock):
    return made_up_staff()


@pytest.fixture
def family(people):
    return three(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def page_of(client, name, child, *rest, query=""):
    return client.get(f"{reverse(name, args=[child, *rest])}{query}")


def meet(client, children, *parts, **more):
    """A meeting written, checked and signed for these children; the page after it."""
    checked = sent(client, "record-meeting", children, {**MEETING, **more}, *parts)
    return signed(client, checked, *children)


def review(client, child, **answers):
    part = own(child, outcome="continue", reason="It helps.", **answers)
    return signed(client, sent(client, "hold-review", [child], REVIEW, part), child)


def test_the_questions_stand_under_headings_in_the_order_of_a_meeting(client, family):
    page = main(page_of(client, "record-meeting", family[0]))
    headings = re.findall(r"<h3[^>]*>([^<]+)</h3>", page)
    assert headings == [
        "Which meeting, and who chaired it",
        "Who was there",
        "Who was not there, and how they were heard",
        "How everybody could take part",
        "What the family thinks",
        "What it all means",
        "What was discussed and agreed",
        "What comes next",
        "Who disagrees",
    ]
    assert (
        page.index("In which role was it chaired?")
        < page.index("Who took part")
        < page.index("These are the minutes")
    )


def test_no_input_stands_twice_although_three_answers_ask_for_one_reason(client, family):
    page = main(page_of(client, "record-meeting", family[0], query=f"?child={family[1]}"))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    assert "If you answer “Every 2 weeks” or “Every 3 weeks” or “Every 4 weeks”" in page
    assert "Which meeting “Child in need review meeting”" in page, "asked of a review, under its own heading"


def test_what_is_asked_of_a_review_meeting_only_is_kept_of_no_other(client, family):
    meet(client, family[:1], early_signs="The rent.", coordination="Priya coordinates.")
    data = event(family[0], "meeting.held").data
    assert data["coordination"] == "Priya coordinates."
    assert "early_signs" not in data


def test_family_and_professionals_are_offered_to_tick_and_whoever_was_invited_is_marked(
    client, people, family
):
    amara = family[0]
    record(
        people,
        ("Priya Shah", "record-relationship", {"name": "Grace Made-up", "relation": "parent_mother", "born": "1990-03-02"}),
        ("Priya Shah", "record-involvement", {"name": "Kath Doyle", "organisation": "Made-up Health", "what": "hospital"}),
        ("Priya Shah", "book-meeting", {"kind": "child_in_need_planning", "when": "2026-11-23T09:00", "invited": ["Grace Made-up", "PC Adeyemi"]}),
        on=amara,
    )  # fmt: skip
    page = main(page_of(client, "record-meeting", amara))
    assert "Grace Made-up, mother, invited" in page
    assert "Kath Doyle, Made-up Health" in page
    assert "Priya Shah, social worker" in page
    assert "PC Adeyemi, invited" in page
    assert not re.search(r'name="took_part-ticked"[^>]*checked', page), "who was invited need not have come"
    assert re.search(r'value="child_in_need_planning"[^>]*checked', page), "which meeting was booked is known"
    assert 'name="when-happened-time" type="text" value="09:00"' in page


def test_what_the_meeting_does_not_meet_is_shown_before_it_is_signed(client, family):
    checked = main(sent(client, "record-meeting", family[:1], MEETING))
    assert "Check before you sign" in checked
    assert "Say whether a parent or carer was there" in checked
    assert "Write down what it all means" in checked
    assert "What it does not meet yet" in checked
    assert "“Is the case especially complex?”" in checked, "what cannot be told is named as it is asked"
    assert "Step back to a CAF" not in checked, "nothing follows from an answer that was not given"
    assert written(family[0], "meeting.held") == []


def test_a_meeting_of_professionals_is_told_apart_and_asks_why_without_the_family(client, family):
    said = {**MEETING, "kind": "professionals"}
    checked = main(sent(client, "record-meeting", family[:1], said))
    assert "Say why the child could be at greater risk if parents were there" in checked
    assert "what becomes of the child without services" not in checked


def test_rows_are_added_without_a_script_and_nothing_typed_is_lost(client, family):
    typed = {
        "not_there-count": "1",
        "not_there-0-name": "Daniel",
        "not_there-0-views": "He <wants> to see them.",
        "add-another": "not_there",
    }
    page = main(sent(client, "record-meeting", family[:1], MEETING, **typed))
    assert 'name="not_there-1-name"' in page
    assert "He &lt;wants&gt; to see them." in page
    assert "Mornings go well." in page


def test_forty_took_part_and_all_of_them_are_kept(client, family):
    names = [f"Person {number}" for number in range(40)]
    meet(client, family[:1], took_part="\r\n".join(names))
    assert event(family[0], "meeting.held").data["took_part"] == names


def test_no_childs_own_part_goes_on_anothers_record(client, family):
    amara, theo, _ = family
    parts = (
        own(amara, child_views="I want my own bed.", outcome=["child_in_need_plan"]),
        own(theo, child_views="I like Gran.", outcome=["close"]),
    )
    meet(client, family[:2], *parts)
    hers, his = (str([one.data for one in view(child).stream]) for child in (amara, theo))
    assert "I want my own bed." in hers
    assert "I want my own bed." not in his
    assert "I like Gran." not in hers
    assert event(amara, "meeting.held").data["outcome"] == ["child_in_need_plan"]
    assert event(theo, "meeting.held").data["outcome"] == ["close"]


def test_a_meeting_before_the_referral_cannot_be_and_says_so(client, family):
    before = {**MEETING, "when-happened-year": "2025"}
    page = main(sent(client, "record-meeting", family[:1], before))
    assert "cannot be signed" in page
    done = signed(client, sent(client, "record-meeting", family[:1], before, query="?new=1"), family[0])
    assert done.status_code == 422
    assert written(family[0], "meeting.held") == []


def test_two_people_record_the_same_meeting_and_the_second_is_told_before_signing(client, people, family):
    meet(client, family[:1])
    other = people.client("Ewan Marsh")
    written_again = sent(other, "record-meeting", family[:1], MEETING)
    page = main(written_again)
    assert "is on the record already" in page
    assert "Priya Shah" in page
    signed(other, written_again, family[0])
    assert len(written(family[0], "meeting.held")) == 2, "it is a fact, and may have been two"
    assert "Another of this kind is on the record for the same day" in main(
        page_of(client, "meetings", family[0])
    )


def test_dissent_stands_beside_the_meeting_on_each_record(client, family):
    said = {
        "dissents-count": "1",
        "dissents-0-whose": "Daniel",
        "dissents-0-about": "The plan",
        "dissents-0-text": "Too much.",
    }
    meet(client, family[:2], **said)
    for child in family[:2]:
        page = main(page_of(client, "meetings", child))
        assert "Daniel disagrees with the plan" in page
        assert "Too much." in page
        entry = event(child, "meeting.held").id
        assert "Too much." in main(page_of(client, "entry", child, entry))


def test_the_tab_shows_what_is_due_booked_held_and_missed(client, people, clock, family):
    amara = family[0]
    past(people, amara, None, "plan.made", PLAN)
    sent(client, "book-meeting", [amara], TOMORROW, kind="child_in_need_review")
    page = main(page_of(client, "meetings", amara))
    assert "Hold the child in need meeting" in page
    assert "Review the plan formally" in page
    assert "Why?" in page
    assert "Child in need review meeting, 24 November 2026" in page
    assert "The invitations have not gone yet" in page
    later(clock, days=60)
    meet(
        client,
        [amara],
        **{"when-happened-day": "20", "when-happened-month": "1", "when-happened-year": "2027"},
    )
    page = main(page_of(client, "meetings", amara))
    assert "Missed, moved or late" in page
    assert "days late" in page, "the first six weeks had passed"
    assert "Did it happen?" in page, "nobody said what became of the booked one"


def test_a_review_before_its_plan_is_taken_and_shown_without(client, family):
    review(client, family[0])
    without = [one.refusal.missing for one in view(family[0]).recorded_without]
    assert "There was no plan yet to review" in without


def test_the_timeline_says_which_meeting_was_booked_and_no_code(client, family):
    sent(client, "book-meeting", [family[0]], TOMORROW, kind="child_in_need_review")
    page = main(page_of(client, "timeline", family[0]))
    assert "Child in need review meeting" in page
    assert "child_in_need_review" not in page


def test_the_plan_stands_beside_the_review_of_each_child(client, people, family):
    past(people, family[0], None, "plan.made", PLAN)
    page = main(page_of(client, "hold-review", family[0], query=f"?child={family[1]}"))
    assert "Amara sleeps by 8pm" in page
    assert "A bedtime plan" in page
    assert "There is no plan for Theo" in page


def test_each_way_a_review_may_end_says_what_it_opens(client, family):
    page = main(page_of(client, "hold-review", family[0]))
    assert "Then: hand in a closing summary." in page
    assert "Then: hold a strategy discussion." in page
    assert "Then: start a specialist assessment." in page
    assert "Say so at once; the review can be written after (8.4)." in page


def test_significant_harm_leads_to_saying_so(client, family):
    part = own(family[0], outcome="significant_harm", reason="Bruises twice.")
    done = signed(client, sent(client, "hold-review", [family[0]], REVIEW, part), family[0])
    assert done.request["PATH_INFO"] == reverse("act", args=[family[0], "raise-harm"])
    assert event(family[0], "review.held").data["outcome"] == "significant_harm"


def test_a_booking_asks_whether_the_time_suits_child_and_family(client, family):
    page = main(page_of(client, "book-meeting", family[0]))
    assert "Whether child and family can come" in page
    said = {
        "kind": "child_in_need_planning",
        "school_day": "no",
        "observances": "yes",
        "closing_likely": "yes",
    }
    sent(client, "book-meeting", family[:2], TOMORROW, **said)
    assert event(family[1], "meeting.booked").data["school_day"] is False
    without = [one.refusal.missing for one in view(family[0]).recorded_without]
    assert "Find a time outside the child's school day" in without


def test_a_part_in_which_nothing_is_written_is_not_called_complete(client, family):
    page = main(page_of(client, "record-meeting", family[0]))
    assert page.count("Nothing written yet") == 2, "at the part and in the list of parts"
    shown = main(
        sent(
            client, "record-meeting", family[:1], MEETING, own(family[0], child_views="Mine."), do="children"
        )
    )
    assert "Nothing written yet" not in shown


def test_what_was_typed_of_a_meeting_waits_in_its_draft(client, family):
    kept = sent(client, "record-meeting", family[:1], {**MEETING, "took_part": ""})
    assert "Tick or enter who took part" in main(kept)
    again = page_of(client, "record-meeting", family[0], query=f"?draft={draft_of(kept)}")
    assert "Mornings go well." in main(again)


def test_a_booking_of_a_review_is_answered_on_the_page_of_reviews(client, clock, family):
    sent(client, "book-meeting", family[:1], TOMORROW, kind="Review of the child in need plan")
    later(clock, days=3)
    page = main(page_of(client, "meetings", family[0]))
    booking = event(family[0], "meeting.booked").id
    at = f"{reverse('hold-review', args=[family[0]])}?booking={booking}"
    assert at in page
    form = main(client.get(at))
    assert re.search(r'value="child_in_need"[^>]*checked', form)
    assert 'name="when-happened-day" type="text" value="24"' in form


def test_whoever_books_a_meeting_goes_on_to_the_invitations(client, family):
    done = sent(client, "book-meeting", family[:1], TOMORROW, kind="child_in_need_planning")
    assert done.request["PATH_INFO"] == reverse("meetings", args=[family[0]])
    assert f'href="{reverse("send-standard-letter", args=[family[0]])}"' in main(done)


OWN_TEXTS = {
    act: [
        one.name
        for one in in_use().vocabulary.fields_of(in_use().vocabulary.acts[act])
        if one.own and one.type in ("text", "long_text")
    ]
    for act in ("record-meeting", "hold-review")
}
ALWAYS = {"record-meeting": {}, "hold-review": {"outcome": "continue"}}
SHARED = {"record-meeting": MEETING, "hold-review": REVIEW}


@pytest.mark.parametrize("act", OWN_TEXTS)
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_a_childs_own_stands_on_no_other_record(client, family, act, seed):
    """Each of their own answers bears a mark; who is signed for first, and in how many goes, is left to chance."""
    chance = random.Random(seed)
    order = chance.sample(family, len(family))
    parts = [
        own(child, **ALWAYS[act], **{name: f"mark-{name}-of-{child}" for name in OWN_TEXTS[act]})
        for child in order
    ]
    checked = sent(client, act, family, SHARED[act], *parts)
    first = order[: chance.randint(1, 2)]
    left = signed(client, checked, *first)
    draft = draft_of(left)
    again = client.get(f"{reverse(act, args=[family[0]])}?draft={draft}&check=yes")
    signed(client, again, *(child for child in order if child not in first))
    for child in family:
        told = str([one.data for one in view(child).stream])
        assert f"-of-{child}" in told
        assert not [other for other in family if other != child and f"-of-{other}" in told]
