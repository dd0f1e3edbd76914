"""An assessment read whole while it is being written: every section in the order of the form, as it is saved."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.assessments import begin, hand_in
from tests.cases import open_to_priya
from tests.interfaces.web.views.children import main

from cairn.application.section_writing import save_section


@pytest.fixture
def child(people):
    return open_to_priya(people)


@pytest.fixture
def strand(people, child):
    return begin(people, child)


@pytest.fixture
def priya(people):
    return people.client("Priya Shah")


def reading(child, strand):
    return reverse("assessment-reading", args=[child, strand])


def test_every_section_stands_in_order_with_what_is_saved(people, child, strand, priya):
    whole = {
        "text": "Two bedrooms <b>and</b> damp.",
        "own_words": "I sleep on the sofa.",
        "harmed": "not_known",
    }
    save_section(people.actor("Ewan Marsh"), child, strand, "housing", whole, 0)
    save_section(people.actor("Priya Shah"), child, strand, "why", {"text": "The school rang."}, 0)
    shown = main(priya.get(reading(child, strand)))
    found = [
        shown.index(text) for text in ("The school rang.", "Two bedrooms &lt;b&gt;", "I sleep on the sofa.")
    ]
    assert found == sorted(found)
    assert "Not known" in shown
    assert "Written by Ewan Marsh" in shown
    assert "2 of 28 sections begun" in shown
    assert shown.count("Nothing is written yet:") == 5
    assert reverse("assessment-section", args=[child, strand, "chronology"]) in shown


def test_the_task_list_leads_there_and_it_leads_to_each_section_while_it_may_be_written(
    people, child, strand, priya
):
    assert reading(child, strand) in main(priya.get(reverse("assessment", args=[child, strand])))
    health = reverse("assessment-section", args=[child, strand, "health"])
    save_section(people.actor("Priya Shah"), child, strand, "health", {"text": "Well."}, 0)
    assert health in main(priya.get(reading(child, strand)))
    hand_in(people, child, strand)
    shown = main(priya.get(reading(child, strand)))
    assert (health in shown, "Handed in by Priya Shah" in shown, "Well." in shown) == (False, True, True)


def test_a_text_that_stands_beside_a_section_is_not_passed_over(people, child, strand, priya):
    save_section(people.actor("Priya Shah"), child, strand, "health", {"text": "Well."}, 0)
    save_section(people.actor("Ewan Marsh"), child, strand, "health", {"text": "Not well."}, 0)
    assert "Two texts of it stand side by side: put them together." in main(priya.get(reading(child, strand)))


def test_who_may_not_open_the_record_reads_nothing(people, child, strand):
    assert people.client("Rosa Quill").get(reading(child, strand)).status_code == 403
    assert people.client("Priya Shah").post(reading(child, strand)).status_code == 405
