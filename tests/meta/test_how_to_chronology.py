"""What the page on keeping a chronology names stands on the pages, word for word."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from uuid import uuid4

from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, main
from tests.interfaces.web.views.conftest import clock, people, static_files

__all__ = ["clock", "people", "static_files"]
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "keep-a-chronology.md"
NAMED = re.findall(r"\*\*(.+?)\*\*", PAGE.read_text("utf-8"), re.DOTALL)


def words(text):
    text = unescape(text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_every_word_in_bold_is_on_a_page(people, clock):
    child = allocated(people)
    client = people.client("Priya Shah")
    record(
        people,
        ("Priya Shah", "add-note", {"text": "One."}),
        ("Priya Shah", "add-note", {"text": "Two."}),
        on=child,
    )
    note = event(child, "note.added").id
    first = {"what": "One.", "significance": "Matters.", "event": note}
    record(people, ("Priya Shah", "enter-chronology", first), on=child)
    later(clock, hours=1)
    client.post(
        reverse("correct", args=[child, note]),
        {"text": "Three.", "mend-reason": "Misheard.", "key": str(uuid4())},
    )
    picking = main(client.get(reverse("timeline", args=[child]) + "?pick=yes"))
    ticked = re.findall(r'name="event" value="([0-9a-f-]{36})"', picking)[:2]
    entering = reverse("enter-chronology", args=[child]) + f"?event={ticked[0]}&event={ticked[1]}"
    pages = [
        picking,
        main(client.get(entering)),
        *(main(client.get(reverse(name, args=[child]))) for name in ("chronology", "analyse-chronology")),
    ]
    found = " ".join(words(page) for page in pages)
    assert NAMED
    assert [one for one in map(words, NAMED) if one not in found] == []
