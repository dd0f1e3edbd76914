"""Starting an assessment: the kinds that have a form, a second of one kind, and one that an import brought without a form."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.assessments import approve, begin, hand_in, past
from tests.cases import open_to_priya
from tests.interfaces.web.views.children import event, main

from cairn.application.section_writing import save_section

WHY = "The court asked for its own one."


@pytest.fixture
def child(people):
    return open_to_priya(people)


@pytest.fixture
def priya(people):
    return people.client("Priya Shah")


def start(child):
    return reverse("start-assessment", args=[child])


def test_only_kinds_with_a_form_in_the_procedures_are_offered_and_taken(child, priya):
    shown = main(priya.get(start(child)))
    assert "Initial assessment" in shown
    assert "Child and Family Assessment" in shown
    for without in ("Core assessment", "Assessment before birth", "Parenting assessment", "Specialist"):
        assert without not in shown
    assert priya.post(start(child), {"kind": "core"}).status_code == 422


def test_started_it_leads_to_its_sections(child, priya):
    sent = priya.post(start(child), {"kind": "initial"})
    assert (sent.status_code, "/assessments/" in sent.url) == (302, True)


def test_a_second_of_one_kind_needs_its_reason_and_is_taken_with_it(people, child, priya):
    begin(people, child, kind="initial")
    shown = priya.post(start(child), {"kind": "initial", "plan": "Ewan visits."})
    assert shown.status_code == 422
    assert "Say why a second assessment of this kind is started" in main(shown)
    assert "Ewan visits." in main(shown)
    sent = priya.post(start(child), {"kind": "initial", "reason": WHY})
    assert "/assessments/" in sent.url
    assert event(child, "assessment.started").data["reason"] == WHY


def test_another_kind_or_one_after_the_first_is_signed_needs_none(people, child, priya):
    first = begin(people, child, kind="child_and_family")
    assert priya.post(start(child), {"kind": "initial"}).status_code == 302
    save_section(people.actor("Priya Shah"), child, first, "health", {"text": "Well."}, 0)
    approve(people, child, first, hand_in(people, child, first))
    assert priya.post(start(child), {"kind": "child_and_family"}).status_code == 302


def test_one_without_a_form_says_so_on_its_page_and_on_the_record(people, child, priya):
    other = begin(people, child, kind="parenting")
    page = reverse("assessment", args=[child, other])
    shown = main(priya.get(page))
    assert "Parenting assessment" in shown
    assert "The procedures have no form for this kind" in shown
    for way in ("File the document", "Hand it in with a summary", "Start an assessment that has a form"):
        assert way in shown
    overview = main(priya.get(reverse("child", args=[child])))
    assert page in overview
    assert "The procedures have no form for it." in overview


def test_one_without_a_form_is_handed_in_with_a_summary_and_read(people, child, priya):
    other = begin(people, child, kind="parenting")
    page = f"{reverse('submit-assessment', args=[child])}?strand={other}"
    asked = priya.get(page, follow=True)
    assert "Hand in: Parenting assessment" in main(asked)
    there = {"strand": other, "kind": "parenting"}
    assert priya.post(page, {**there, "summary": ""}).status_code == 422
    sent = priya.post(page, {**there, "summary": "Good enough care; see the report of 3 May."})
    assert sent.status_code == 302
    handed_in = event(child, "assessment.submitted")
    assert (handed_in.strand, handed_in.data["kind"]) == (other, "parenting")
    text = main(priya.get(reverse("assessment-text", args=[child, other])))
    assert "Good enough care; see the report of 3 May." in text
    shown = main(priya.get(reverse("assessment", args=[child, other])))
    assert "It is handed in and waits for its decision." in shown
    assert "Hand it in with a summary" not in shown


def test_a_manager_decides_one_without_a_form(people, child):
    other = begin(people, child, kind="parenting")
    past(people, child, other, "assessment.submitted", {"kind": "parenting", "summary": "In the report."})
    shown = people.client("Joanne Whitlock").get(
        f"{reverse('approve-assessment', args=[child])}?strand={other}"
    )
    assert shown.status_code == 200
    assert "In the report." in main(shown)


def test_business_support_and_another_team_start_none(people, child):
    for name in ("Dilys Penhale", "Rosa Quill"):
        assert people.client(name).get(start(child)).status_code == 403
        assert people.client(name).post(start(child), {"kind": "initial"}).status_code == 403
