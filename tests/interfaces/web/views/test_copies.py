"""Who has got a copy of what a meeting or review decided, and the minutes taken away."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from tests.interfaces.web.views.children import event, main
from tests.interfaces.web.views.test_meetings import meet, page_of, review
from tests.siblings import three


@pytest.fixture
def family(people):
    return three(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def test_the_record_of_a_review_says_who_has_got_it_and_who_not(client, family):
    amara = family[0]
    review(client, amara)
    held = event(amara, "review.held")
    page = main(page_of(client, "entry", amara, held.id))
    assert "Give the parents the record of the review" in page
    assert "Not yet:" in page
    href = re.search(r'href="([^"]*copies/\?copy_of=[^"]*)"', page)[1].replace("&amp;", "&")
    given = {"copy_of": held.id, "to": ["parents", "child_too_young", "agencies"], "names-ticked": ["Grace Made-up"],
             "how": "post", "asked_to_sign": "yes"}  # fmt: skip
    form = main(client.get(href))
    assert "Grace Made-up" in form
    assert "Review of the child in need plan" in form
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    done = client.post(reverse("hand-out", args=[amara]), {**hidden, **given})
    assert done.status_code == 302, main(done)
    copy = event(amara, "copy.given")
    assert (copy.data["what"], copy.data["copy_of"], copy.data["names"]) == (
        "review_record",
        held.id,
        ["Grace Made-up"],
    )
    page = main(page_of(client, "entry", amara, held.id))
    assert "Not yet:" not in page
    assert "asked to sign it" in page


def test_minutes_are_taken_away_as_word_and_as_pdf(client, family):
    meet(
        client,
        family[:1],
        **{"dissents-count": "1", "dissents-0-whose": "Daniel", "dissents-0-text": "Too much."},
    )
    entry = event(family[0], "meeting.held").id
    word = page_of(client, "event-document", family[0], entry, "word")
    text = "\n".join(one.text for one in Document(io.BytesIO(b"".join(word))).paragraphs)
    assert "Child in need planning meeting" in text
    assert "Mornings go well." in text
    assert "Daniel. Too much" in text, "a different opinion goes out with the minutes"
    pdf = PdfReader(io.BytesIO(b"".join(page_of(client, "event-document", family[0], entry, "pdf"))))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
