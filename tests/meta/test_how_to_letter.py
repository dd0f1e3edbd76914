"""The how-to page for filing a letter, followed: every name it gives stands on the page it sends one to, and it works."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.core.documents import made_up as made
from tests.interfaces.web.views.children import allocated, main
from tests.interfaces.web.views.conftest import clock, people, static_files

__all__ = ["clock", "people", "static_files"]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "file-a-letter.md"


@pytest.fixture
def steps():
    """The names in bold of each numbered step."""
    found = re.findall(r"^\d\. (.*(?:\n   .*)*)", PAGE.read_text("utf-8"), re.MULTILINE)
    return [re.findall(r"\*\*(.+?)\*\*", step) for step in found]


def test_the_letter_is_filed_as_the_page_says(people, steps):
    child, client = allocated(people), people.client("Priya Shah")
    (documents, link), *fields = steps
    overview = unescape(main(client.get(reverse("child", args=[child]))))
    assert f">{documents}</a>" in overview
    address = re.search(rf'href="([^"]+)">{link}', main(client.get(reverse("documents", args=[child]))))[1]
    form = unescape(main(client.get(address)))
    for names in fields:
        for name in names:
            assert name in form, name
    file = SimpleUploadedFile("report.pdf", made.PDF)
    sent = {"from_whom": "Ms Fenn", "documents": file, "arrived-whole": "yes"}
    filed = client.post(address, sent, follow=True)
    assert "report.pdf" in main(filed)


def test_what_it_says_may_be_chosen_is_what_the_page_takes(people):
    child, client = allocated(people), people.client("Priya Shah")
    form = main(client.get(reverse("record-correspondence", args=[child])))
    said = " ".join(PAGE.read_text("utf-8").split())
    for kind in (
        "PDF",
        "Word (.docx)",
        "OpenDocument (.odt)",
        "JPEG",
        "PNG",
        "plain text",
        "e-mail (.eml)",
        "25 MB",
    ):
        assert kind in said, kind
        assert kind in form, kind
