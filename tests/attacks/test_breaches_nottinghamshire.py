"""Nottinghamshire 2023: one assessment went to a mother and two former partners, each the father of one child (PR-4).

Here each reader gets a document of their own. Before it goes the page names the reader, what is in their copy, what is
left out for them, whom else a part names, and how it differs from the copies that others got.
"""

from __future__ import annotations

import io
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.assessments import approve, begin, hand_in
from tests.cases import record
from tests.interfaces.web.views.children import allocated, main, view
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application.section_writing import save_section

__all__ = ["clock", "people", "static_files"]
OF_LUKASZ = "Lukasz shouts at night and was convicted in 2019."
OF_MARCO = "Marco visits on Sundays and owes money."
HEALTH = "She eats well and sleeps through the night."


@pytest.fixture
def made(people):
    """An approved assessment with a part about each of two men around the child."""
    child = allocated(people)
    for name, key in (("Hanne Pryce", "hanne"), ("Lukasz Pryce", "lukasz"), ("Marco Dell", "marco")):
        relation = "parent_mother" if key == "hanne" else "partner_at_home"
        said = {"name": name, "relation": relation, "household": "other", "person": key}
        record(people, ("Priya Shah", "record-relationship", said), on=child)
    strand = begin(people, child)
    for section, text in (("health", HEALTH), ("emotional", OF_LUKASZ), ("identity", OF_MARCO)):
        save_section(people.actor("Priya Shah"), child, strand, section, {"text": text}, 0)
    approve(people, child, strand, hand_in(people, child, strand))
    return child, strand


def form(made, name, sections, **more):
    return {
        "strand": made[1], "key": str(uuid4()), "plain": "She is well.", "with": "family", "name": name,
        "in_copy": list(sections), "held_back": "Parts that are about somebody else.", **more,
    }  # fmt: skip


def send(people, made, sent, button="send"):
    address = reverse("share-assessment", args=[made[0]])
    return people.client("Priya Shah").post(address, {**sent, button: "yes"})


def mark(page):
    return re.search(r'name="shown" value="(\w+)"', page).group(1)


def words(response):
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split()
    )


def given(child):
    return [one.data["name"] for one in view(child).standing.events if one.type == "assessment.shared"]


def give(people, made, sent):
    first = send(people, made, sent)
    assert first.status_code == 200
    again = send(people, made, {**sent, "shown": mark(main(first))})
    assert again.status_code == 302
    return main(first)


COPIES = {"Hanne Pryce": ["health"], "Lukasz Pryce": ["health", "emotional"], "Marco Dell": ["identity"]}


def test_three_readers_get_three_documents_with_what_concerns_them(people, made):
    found = {
        name: words(send(people, made, form(made, name, parts), "pdf")) for name, parts in COPIES.items()
    }
    assert len(set(found.values())) == len(COPIES)
    for name, text in found.items():
        assert f"For {name}." in text
    assert OF_LUKASZ not in found["Hanne Pryce"] + found["Marco Dell"]
    assert OF_MARCO not in found["Hanne Pryce"] + found["Lukasz Pryce"]
    assert OF_LUKASZ in found["Lukasz Pryce"]


def test_who_gives_it_sees_the_reader_what_is_left_out_and_whom_it_names(people, made):
    page = main(send(people, made, form(made, "Hanne Pryce", ["health", "emotional"])))
    assert "Before it goes to Hanne Pryce" in page
    assert "names Lukasz Pryce" in page
    assert "Left out for them:" in page
    assert given(made[0]) == []


def test_the_difference_to_what_another_got_is_shown(people, made):
    give(people, made, form(made, "Lukasz Pryce", ["health", "emotional"]))
    page = main(send(people, made, form(made, "Hanne Pryce", ["health"])))
    assert "Beside the copy for Lukasz Pryce" in page
    assert "only Lukasz Pryce got" in page


def test_what_was_shown_is_what_goes_and_nothing_else(people, made):
    sent = form(made, "Hanne Pryce", ["health"])
    shown = mark(main(send(people, made, sent)))
    other = send(people, made, {**sent, "in_copy": ["health", "identity"], "shown": shown})
    assert other.status_code == 200
    for changed in ({"name": "Marco Dell"}, {"plain": "Something else."}):
        assert send(people, made, {**sent, **changed, "shown": shown}).status_code == 200
    assert given(made[0]) == []
    assert send(people, made, {**sent, "shown": shown}).status_code == 302
    assert given(made[0]) == ["Hanne Pryce"]


def test_a_copy_for_nobody_in_particular_is_refused(people, made):
    refused = send(people, made, form(made, "", ["health"]))
    assert refused.status_code == 422
    assert "each reader gets one of their own" in main(refused)


def test_an_address_that_is_protected_is_in_no_copy(people, made):
    home = {"kind": "home", "address": "3 Hidden Court", "postcode": "MU3 3ZZ", "restricted": True}
    record(people, ("Priya Shah", "record-address", home), on=made[0])
    planted = form(made, "Lukasz Pryce", ["health"], plain="They are at 3 Hidden Court now.")
    for button in ("send", "pdf"):
        refused = send(people, made, planted, button)
        assert refused.status_code == 422
        assert "an address in it that is protected" in main(refused)
    assert send(people, made, form(made, "Lukasz Pryce", ["health"]), "pdf").status_code == 200
