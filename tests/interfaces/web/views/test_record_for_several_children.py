"""The page "Record once for several children" is followed on the pages it is about: what it names in bold stands there."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import reverse
from tests.interfaces.web.views.children import event, later
from tests.interfaces.web.views.test_approval import text_of
from tests.interfaces.web.views.test_jointly import SHARED, correction, seen, signed
from tests.interfaces.web.views.test_jointly_letters import TOMORROW, sent
from tests.interfaces.web.views.test_meetings import MEETING
from tests.siblings import three

HOW_TO = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "record-for-several-children.md"


def named() -> dict[str, list[str]]:
    """What the page names in bold, by its headings."""
    parts = re.split(r"^## (.+)$", HOW_TO.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {
        title: [" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", body, re.DOTALL)]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_what_the_how_to_names_stands_on_the_pages(people, clock):
    told, shown = named(), {}
    client, family = people.client("Priya Shah"), three(people)
    amara, theo, leila = family
    others = {"child": [str(theo), str(leila)]}

    def open_(name, *rest, **asked):
        return text_of(client.get(reverse(name, args=[amara, *rest]), asked))

    shown["Record a visit"] = open_("child") + open_("record-visit", **others)
    parts = [seen(one) for one in (amara, theo)]
    checked = sent(client, "record-visit", family, SHARED, *parts)
    shown["Check and sign it"] = shown["Record a visit"] + text_of(checked)
    signed(client, checked, amara, theo)
    met = sent(client, "record-meeting", family, MEETING)
    shown["Record a meeting or a review"] = open_("meetings") + text_of(met)
    signed(client, met, amara)
    entry = event(amara, "meeting.held").id
    shown["Record a meeting or a review"] += open_("entry", entry)
    shown["Letters, leaflets, bookings"] = open_("documents") + open_("send-letter", **others)
    sent(client, "book-visit", family, TOMORROW)
    booking = event(amara, "visit.booked").id
    shown["Move it or call it off"] = open_("bookings") + open_("move-booking", booking=booking)
    later(clock, days=2)
    shown["Move it or call it off"] += open_("bookings")
    shown["Put it right"] = text_of(correction(client, amara, account="We walked."))
    shown["Why nothing is cloned"] = ""
    assert set(told) == set(shown)
    missing = {title: [one for one in wanted if one not in shown[title]] for title, wanted in told.items()}
    assert {title: found for title, found in missing.items() if found} == {}
