"""The chronology: entered from an entry of the timeline on its own day, oldest first; and views, with those before beside them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, main, view

from cairn.application.child import ChildPage, open_child
from cairn.application.chronology import chronology_document
from cairn.application.recording import Recorded, Request, record_act
from cairn.core.calendar.moment import Moment


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
    enter(client, child, "Mine", "23", "11", "2026", f"?event={note}")
    assert "event" not in event(child, "chronology.entered").data


def enter(client, child, what, day="", month="", year="", query="", **more):
    when = {"when-happened-day": day, "when-happened-month": month, "when-happened-year": year}
    return do(client, child, "enter-chronology", query, what=what, significance="Matters.", **when, **more)


def test_a_month_or_a_year_alone_is_taken_and_shown_as_it_is(client, child):
    assert enter(client, child, "Moved to Fellmere.", year="2024").status_code == 302
    assert event(child, "chronology.entered").happened_at == Moment.in_year(2024)
    assert enter(client, child, "Began school.", month="September", year="2024").status_code == 302
    assert [one.happened_at for one in view(child).standing.events if one.type == "chronology.entered"] == [
        Moment.in_month(2024, 9),
        Moment.in_year(2024),
    ]
    enter(client, child, "A fall.", "3", "2", "2024")
    page = client.get(reverse("chronology", args=[child]))
    when = re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]*)', main(page))
    assert when == ["2024", "3 February 2024", "September 2024"]
    assert "In 2024" not in main(page)


def test_a_time_known_to_the_year_can_be_put_right_without_becoming_a_day(client, child):
    enter(client, child, "Moved to Fellmere.", year="2024")
    line = event(child, "chronology.entered").id
    page = client.get(reverse("correct", args=[child, line])).content.decode()
    assert re.search(r'name="when-happened-day"[^>]*>', page)
    assert not re.search(r'name="when-happened-day"[^>]*value="\d', page)
    form = {
        "what": "Moved to Fellmere.",
        "significance": "Lost her friends.",
        "mend-reason": "Said more exactly.",
    }
    form |= {"when-happened-month": "", "when-happened-year": "2024"}
    assert correct(client, child, line, **form).status_code == 302
    assert standing(child, line).happened_at == Moment.in_year(2024)
    assert event_corrected(child).data.get("at") is None
    assert (
        correct(
            client, child, line, **form | {"when-happened-month": "4", "mend-reason": "In April."}
        ).status_code
        == 302
    )
    assert standing(child, line).happened_at == Moment.in_month(2024, 4)


def correct(client, child, line, **form):
    return client.post(reverse("correct", args=[child, line]), {**form, "key": str(uuid4())})


def event_corrected(child):
    return [one for one in view(child).stream if one.type == "event.corrected"][-1]


def standing(child, line):
    return next(one for one in view(child).standing.events if one.id == line)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "3", "month": "2", "year": "2027"}, "It cannot have happened after it was recorded"),
        ({"year": "2027"}, "It cannot have happened after it was recorded"),
        ({"month": "13", "year": "2024"}, "needs a month"),
        ({"day": "3", "year": "2024"}, "needs a month"),
        ({"month": "3", "year": ""}, "needs a year"),
        ({"year": ""}, "Enter when it happened: the year, if no more is known"),
        ({"day": "31", "month": "2", "year": "2024"}, "needs to be a real date"),
        (
            {"day": "1", "month": "2", "year": "1987"},
            "1 February 1987 is long before the child, who was born on 21 March 2018",
        ),
        ({"year": "1987"}, "1987 is long before the child, who was born on 21 March 2018"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_place_and_nothing_is_lost(client, child, given, said):
    refused = enter(client, child, "Kept as typed", **given)
    assert refused.status_code in (409, 422)
    page = refused.content.decode()
    assert said in page
    assert "Kept as typed" in page
    assert given["year"] in page


def test_what_is_wrong_is_listed_in_the_order_of_the_page(client, child):
    page = text(do(client, child, "enter-chronology"))
    said = ("Enter when it happened", "Enter what happened", "Enter why it matters for the child")
    assert [page.index(one) for one in said] == sorted(page.index(one) for one in said)


def test_what_lies_before_the_child_is_taken_where_it_is_said_to_belong(client, child):
    assert (
        enter(client, child, "Her mother was in care.", year="1987", themes="before_birth").status_code == 302
    )
    assert enter(client, child, "A fall in pregnancy.", month="1", year="2018").status_code == 302
    shown = text(client.get(reverse("chronology", args=[child])))
    assert shown.index("Her mother was in care.") < shown.index("A fall in pregnancy.")
    assert "Before the child was born or expected" in shown


def test_several_entries_are_ticked_and_entered_one_after_the_other(people, client, child):
    for said in ("One.", "Two.", "Three."):
        record(people, ("Priya Shah", "add-note", {"text": said}), on=child)
    page = main(client.get(reverse("timeline", args=[child]) + "?pick=yes&kind=note.added"))
    ticked = re.findall(r'name="event" value="([0-9a-f-]{36})"', page)
    assert len(ticked) == 3
    assert f'action="{reverse("enter-chronology", args=[child])}"' in page
    address = f"?event={ticked[0]}&event={ticked[1]}&event={ticked[2]}&event={ticked[2]}"
    first = main(client.get(reverse("enter-chronology", args=[child]) + address))
    assert "Case note. One." in first
    assert "<strong>2 more</strong>" in first
    done = enter(client, child, "One.", "23", "11", "2026", address)
    assert done.url.endswith(f"?event={ticked[0]}&event={ticked[1]}")
    done = enter(client, child, "Two.", "23", "11", "2026", "?" + done.url.partition("?")[2])
    assert done.url.endswith(f"?event={ticked[0]}")
    done = enter(client, child, "Three.", "23", "11", "2026", "?" + done.url.partition("?")[2])
    assert done.url == reverse("chronology", args=[child])
    again = main(client.get(reverse("timeline", args=[child]) + "?pick=yes&kind=note.added"))
    assert 'name="event"' not in again
    assert again.count("In the chronology") == 3


def test_an_entry_picked_twice_is_told_and_the_same_words_stand_once(people, client, child):
    record(people, ("Priya Shah", "add-note", {"text": "No lunch."}), on=child)
    query = f"?event={event(child, 'note.added').id}"
    assert enter(client, child, "No lunch.", "23", "11", "2026", query).status_code == 302
    assert "In the chronology already" in main(client.get(reverse("enter-chronology", args=[child]) + query))
    again = enter(client, child, " No  lunch.", "23", "11", "2026", query)
    assert again.status_code == 422
    assert "This stands in the chronology already, entered by Priya Shah" in again.content.decode()
    assert enter(client, child, "And no breakfast.", "23", "11", "2026", query).status_code == 302


def test_a_line_whose_entry_was_corrected_or_withdrawn_says_so_until_it_is_mended(
    people, client, child, clock
):
    record(people, ("Priya Shah", "add-note", {"text": "No lunch on Monday."}), on=child)
    note = event(child, "note.added").id
    enter(client, child, "No lunch on Monday.", "23", "11", "2026", f"?event={note}")
    line = event(child, "chronology.entered").id
    address = reverse("chronology", args=[child])
    assert "Look at this again" not in main(client.get(address))
    later(clock, hours=1)
    done = correct(
        client,
        child,
        note,
        text="No lunch on Tuesday.",
        kind="case_note",
        **{"mend-reason": "The wrong day."},
    )
    assert done.status_code == 302
    page = main(client.get(address))
    assert "The entry it rests on was corrected by Priya Shah" in page
    assert "The wrong day." in page
    assert reverse("correct", args=[child, line]) in page
    later(clock, hours=1)
    form = {"what": "No lunch on Tuesday.", "significance": "Matters.", "mend-reason": "As the note."}
    correct(client, child, line, **form)
    assert "Look at this again" not in main(client.get(address))
    later(clock, hours=1)
    client.post(
        reverse("withdraw", args=[child, note]),
        {"mend-reason": "Another child.", "reason": "Another child.", "key": str(uuid4())},
    )
    page = main(client.get(address))
    assert "The entry it rests on was withdrawn by Priya Shah" in page
    assert reverse("withdraw", args=[child, line]) in page


def test_it_is_filtered_by_theme_and_what_it_adds_up_to_stands_beside(client, child, clock):
    later(clock, days=3)
    enter(client, child, "No lunch.", "23", "11", "2026", themes="home")
    enter(client, child, "She told her teacher.", "24", "11", "2026", themes="voice")
    said = {
        "text": "Hunger comes before she speaks.",
        "from_day-day": "23",
        "from_day-month": "11",
        "from_day-year": "2026",
    }
    wrong = said | {"to_day-day": "22", "to_day-month": "11", "to_day-year": "2026"}
    assert (
        "Enter a last day that is not before the first"
        in do(client, child, "analyse-chronology", **wrong).content.decode()
    )
    assert do(client, child, "analyse-chronology", **wrong | {"to_day-day": "24"}).status_code == 302
    address = reverse("chronology", args=[child])
    whole = text(client.get(address))
    assert "Hunger comes before she speaks." in whole
    assert "23 to 24 November 2026" in whole
    one = text(client.get(address, {"theme": "voice"}))
    assert "She told her teacher." in one
    assert "No lunch." not in one
    assert "1 entry of 2, about: what the child said or showed" in one
    assert "No lunch." in text(client.get(address, {"theme": "moon"}))


@pytest.mark.long
def test_six_hundred_lines_are_read_and_printed(people, client, child):
    for number in range(600):
        day = f"2025-{number % 12 + 1:02}"
        answers = {"what": f"Line {number}.", "significance": "Matters."}
        done = record_act(people.actor("Priya Shah"), Request("enter-chronology", answers, child, at=day))
        assert isinstance(done, Recorded), done
    page = client.get(reverse("chronology", args=[child]))
    assert main(page).count('scope="row"') == 600
    assert client.get(reverse("take-chronology", args=[child, "pdf"])).status_code == 200


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("word", b"PK")])
def test_it_is_taken_away_as_a_document(client, child, form, begins):
    enter(client, child, "Moved to Fellmere.", year="2024")
    taken = client.get(reverse("take-chronology", args=[child, form]))
    assert taken.content.startswith(begins)
    assert "chronology" in taken["Content-Disposition"]
    assert client.get(reverse("take-chronology", args=[child, "scroll"])).status_code == 404


def test_the_document_says_what_the_page_says(people, client, child):
    enter(client, child, "Moved to Fellmere.", year="2024", origin="Her grandmother", themes="home")
    enter(client, child, "A fall.", month="5", year="2024", themes="health")
    made = chronology_document(opened(people, child))
    assert "Wren Made-up" in made.head
    assert [part.heading for part in made.parts] == ["2024", "May 2024"]
    assert made.parts[0].paragraphs[:3] == (
        "Moved to Fellmere.",
        "Why it matters for the child: Matters.",
        "From: Her grandmother",
    )
    record(people, ("Priya Shah", "add-note", {"text": "No lunch."}), on=child)
    enter(client, child, "No lunch.", "23", "11", "2026", f"?event={event(child, 'note.added').id}")
    rested = chronology_document(opened(people, child)).parts[-1].paragraphs
    assert "Rests on: Case note, 23 November 2026, 10:12am" in rested
    only = chronology_document(opened(people, child), "health")
    assert [part.heading for part in only.parts] == ["May 2024"]
    assert any("about: Health" in fact for fact in only.facts)


def opened(people, child):
    found = open_child(people.actor("Priya Shah"), child, page="chronology")
    assert isinstance(found, ChildPage)
    return found


def test_views_are_recorded_in_their_own_words_with_those_before_beside_them(client, child):
    assert do(client, child, "record-views", whose="child").status_code == 422
    form = {"whose": "child", "name": "Wren", "text": "I like school dinners.", "how": "Drawing together"}
    assert do(client, child, "record-views", **form).status_code == 302
    page = text(client.get(reverse("record-views", args=[child])))
    assert "Wren, the child , 23 November 2026" in page.replace("the child,", "the child ,")
    assert "“I like school dinners.”" in page
