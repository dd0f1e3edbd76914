"""Offering a passage, as its page shows it and takes it, and the passage beside the section of the other child."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse
from tests.assessments import begin
from tests.interfaces.web.views.children import main
from tests.siblings import AMARA, THEO, child, related, taken_away

from cairn.application.section_writing import save_section
from cairn.records import passages, sections

SHARED = "They share a room <b>upstairs</b>."


@pytest.fixture
def family(people):
    theo, amara = child(people, THEO), child(people, AMARA)
    related(people, theo, (AMARA, amara))
    his, hers = begin(people, theo), begin(people, amara)
    text = {"text": f"{SHARED}\n\nTheo sleeps by the window."}
    save_section(people.actor("Priya Shah"), theo, his, "housing", text, 0)
    return theo, his, amara, hers


@pytest.fixture
def priya(people):
    return people.client("Priya Shah")


def offering(family):
    return reverse("assessment-passage", args=[family[0], family[1], "housing"])


def his_section(family):
    return reverse("assessment-section", args=[family[0], family[1], "housing"])


def her_section(family):
    return reverse("assessment-section", args=[family[2], family[3], "housing"])


def offer(priya, family, text=SHARED):
    return priya.post(offering(family), {"text": text, "to": str(family[2]), "do": "offer"})


def test_the_section_leads_to_it_and_the_page_says_why_nothing_is_copied(family, priya):
    assert offering(family) in main(priya.get(his_section(family)))
    shown = main(priya.get(offering(family)))
    assert "Whole assessments are never copied" in shown
    assert "&lt;b&gt;upstairs&lt;/b&gt;" in shown
    assert "Amara Made-up" in shown


def test_a_picked_paragraph_stands_below_what_is_typed_and_nothing_is_offered_yet(family, priya):
    shown = main(priya.post(offering(family), {"text": "Both:", "pick": "text/0", "to": str(family[2])}))
    assert "Both:\n\nThey share a room" in shown
    assert passages.waiting(UUID(family[3])) == []


def test_offered_it_waits_on_her_page_with_where_it_is_from_and_in_no_box(family, priya):
    sent = offer(priya, family)
    assert (sent.status_code, sent["Location"]) == (302, his_section(family))
    assert "waits beside the same section of Amara" in priya.get(his_section(family)).content.decode()
    shown = main(priya.get(her_section(family)))
    assert "Theo’s assessment, this section as saved" in shown
    assert "word for word. Offered by Priya Shah" in shown
    assert shown.count("They share a room") == 4  # the passage, and three buttons that name it
    assert "Theo sleeps by the window" not in shown
    whole = main(priya.get(reverse("assessment", args=[family[2], family[3]])))
    assert f"{her_section(family)}#offered" in whole


@pytest.mark.parametrize(
    ("button", "kept"),
    [("use", "passages"), ("change", "text"), ("dismiss", "")],
)
def test_it_is_taken_in_changed_or_dismissed_and_what_was_typed_is_kept(family, priya, button, kept):
    offer(priya, family)
    (one,) = passages.waiting(UUID(family[3]))
    value = f"sibling/{one.id}" if button == "use" else str(one.id)
    priya.post(her_section(family), {"version": "0", "text": "Hers.", button: value})
    data = sections.section(UUID(family[3]), "housing").data
    assert data["text"].startswith("Hers.")
    assert (SHARED in str(data.get(kept))) is bool(kept)
    assert 'id="offered"' not in main(priya.get(her_section(family)))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("", "Type or paste the passage"), (f"{SHARED} Theo sleeps by the window.", "the whole section")],
)
def test_what_is_no_passage_is_said_at_its_box_and_stays_typed(family, priya, text, wrong):
    shown = offer(priya, family, text)
    assert shown.status_code == 422
    assert wrong in main(shown)
    assert passages.waiting(UUID(family[3])) == []


def test_nobody_to_offer_it_to_is_said(people, family, priya):
    taken_away(people, family[2])
    shown = main(priya.get(offering(family)))
    assert "There is no assessment to offer it to" in shown
    assert "Not to be offered to now" in shown
    assert "Offer this passage" not in shown


def test_another_team_and_business_support_are_refused(people, family):
    for name in ("Rosa Quill", "Dilys Penhale"):
        assert people.client(name).get(offering(family)).status_code == 403
    assert people.client("Priya Shah").put(offering(family)).status_code == 405
