"""The chronology: entered from an entry of the timeline on its own day, oldest first; and views, with those before beside them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, main


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def do(client, child, act, query="", **form):
    return client.post(
        f"{reverse(act, args=[child])}{query}", {**form, "key": str(uuid4()), "draft": str(uuid4())}
    )


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", main(response)).split())


def test_an_entry_is_entered_on_its_own_day_with_where_it_is_from(people, client, child, clock):
    record(people, ("Priya Shah", "add-note", {"text": "The school rang: no lunch."}), on=child)
    note = event(child, "note.added").id
    later(clock, days=3)
    entry = client.get(reverse("entry", args=[child, note])).content.decode()
    address = f"{reverse('enter-chronology', args=[child])}?event={note}"
    assert address in entry
    page = client.get(address).content.decode()
    assert "Case note. The school rang: no lunch." in page
    assert 'name="when-happened-day" type="text" value="23"' in page or re.search(
        r'name="when-happened-day"[^>]*value="23"', page
    )
    when = {"when-happened-day": "23", "when-happened-month": "11", "when-happened-year": "2026"}
    done = do(
        client,
        child,
        "enter-chronology",
        f"?event={note}",
        what="No lunch.",
        significance="Third time.",
        **when,
    )
    assert done.url == reverse("chronology", args=[child])
    said = event(child, "chronology.entered")
    assert (said.data["event"], said.happened_at.day.day) == (note, 23)
    shown = text(client.get(done.url))
    assert "No lunch." in shown
    assert "Third time." in shown
    assert "Priya Shah, social worker, 26 November 2026" in shown


def test_it_stands_oldest_first_and_asks_why_it_matters(people, client, child, clock):
    for day, what in ((25, "Second"), (24, "First")):
        later(clock, days=3)
        when = {"when-happened-day": str(day), "when-happened-month": "11", "when-happened-year": "2026"}
        assert (
            do(client, child, "enter-chronology", what=what, significance="Matters.", **when).status_code
            == 302
        )
    shown = text(client.get(reverse("chronology", args=[child])))
    assert shown.index("First") < shown.index("Second")
    refused = do(client, child, "enter-chronology", what="Kept as typed")
    assert refused.status_code == 422
    assert "Enter why it matters for the child" in refused.content.decode()
    assert "Kept as typed" in refused.content.decode()


def test_a_draft_about_one_entry_is_not_taken_for_another(people, client, child):
    record(
        people,
        ("Priya Shah", "add-note", {"text": "One."}),
        ("Priya Shah", "add-note", {"text": "Two."}),
        on=child,
    )
    page = client.get(reverse("timeline", args=[child])).content.decode()
    entries = re.findall(r"entries/([0-9a-f-]{36})/", page)
    first, second = list(dict.fromkeys(entries))[:2]
    draft = {
        "draft-act": "enter-chronology",
        "draft-record": str(child),
        "version": "0",
        "event": first,
        "what": "Half written",
    }
    assert client.post(reverse("draft", args=[uuid4()]), draft).status_code == 200
    address = reverse("enter-chronology", args=[child])
    assert "Half written" in client.get(f"{address}?event={first}").content.decode()
    assert "Half written" not in client.get(f"{address}?event={second}").content.decode()


def test_an_entry_of_another_record_is_none_of_this_one(people, client, child):
    other = allocated(people)
    record(people, ("Priya Shah", "add-note", {"text": "Elsewhere."}), on=other)
    note = event(other, "note.added").id
    page = client.get(f"{reverse('enter-chronology', args=[child])}?event={note}").content.decode()
    assert "Elsewhere." not in page
    do(client, child, "enter-chronology", f"?event={note}", what="Mine", significance="Matters.")
    assert "event" not in event(child, "chronology.entered").data


def test_views_are_recorded_in_their_own_words_with_those_before_beside_them(client, child):
    assert do(client, child, "record-views", whose="child").status_code == 422
    form = {"whose": "child", "name": "Wren", "text": "I like school dinners.", "how": "Drawing together"}
    assert do(client, child, "record-views", **form).status_code == 302
    page = text(client.get(reverse("record-views", args=[child])))
    assert "Wren, the child , 23 November 2026" in page.replace("the child,", "the child ,")
    assert "“I like school dinners.”" in page
