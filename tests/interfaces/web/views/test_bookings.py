"""Booked visits and meetings: on their day, moved and ended with the reason, asking whether they happened, never lost."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, main

TOMORROW = {"when-day": "24", "when-month": "11", "when-year": "2026", "when-time": "15:30"}


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def do(client, child, act, query="", **form):
    return client.post(
        f"{reverse(act, args=[child])}{query}",
        {"do": "check", **form, "key": str(uuid4()), "draft": str(uuid4())},
    )


def page(client, child):
    response = client.get(reverse("bookings", args=[child]))
    return " ".join(re.sub(r"<[^>]+>", " ", main(response)).split())


def booked(client, child, **more):
    assert do(client, child, "book-visit", **{**TOMORROW, "place": "At home", **more}).status_code == 302
    return event(child, "visit.booked").id


def test_a_visit_is_booked_and_stands_on_its_day(client, child):
    booked(client, child)
    shown = page(client, child)
    assert "Visit, 24 November 2026, 3:30pm , At home To come" in shown.replace("3:30pm,", "3:30pm ,")
    assert "Booked by Priya Shah, 23 November 2026, 10:12am" in shown
    assert "24 November 2026, 3:30pm" in main(client.get(reverse("my-work")))


def test_a_booking_that_is_past_asks_whether_it_happened_until_somebody_says_so(client, child, clock):
    booking = booked(client, child)
    later(clock, days=2)
    shown = page(client, child)
    assert shown.index("Did it happen?") < shown.index("Nothing is booked")
    assert f"?booking={booking}" in main(client.get(reverse("bookings", args=[child])))
    done = do(
        client,
        child,
        "cancel-booking",
        f"?booking={booking}",
        kind="not_there",
        reason="No answer at the door.",
    )
    assert done.status_code == 302
    shown = page(client, child)
    assert "Did it happen?" not in shown
    assert "It did not take place" in shown
    assert "Nobody was there: No answer at the door" in shown


def test_a_visit_made_on_its_day_answers_it(people, client, child, clock):
    booked(client, child)
    later(clock, days=1, hours=7)
    record(people, ("Priya Shah", "record-visit", {"child_seen": True, "place": "At home"}), on=child)
    later(clock, days=1)
    assert "Did it happen?" not in page(client, child)
    assert "It took place Visit made" in page(client, child)


def test_moved_it_keeps_when_it_was_to_be_and_why(client, child):
    booking = booked(client, child)
    form = {**TOMORROW, "when-day": "26", "reason": "Wren was at the clinic."}
    assert do(client, child, "move-booking", f"?booking={booking}", **form).status_code == 302
    shown = page(client, child)
    assert "Visit, 26 November 2026, 3:30pm" in shown
    assert "Was to be 24 November 2026, 3:30pm. Moved by Priya Shah" in shown
    assert "Wren was at the clinic" in shown
    assert event(child, "booking.moved").data["booking"] == booking


def test_a_meeting_is_booked_and_called_off(client, child):
    assert do(client, child, "book-meeting", **TOMORROW, kind="family").status_code == 302
    booking = event(child, "meeting.booked").id
    assert "Family meeting, 24 November 2026" in page(client, child)
    do(client, child, "cancel-booking", f"?booking={booking}", kind="cancelled", reason="The chair is ill.")
    assert "It was called off before: The chair is ill" in page(client, child)
    # What is called off is no longer offered to be moved.
    assert booking not in main(client.get(reverse("move-booking", args=[child])))


@pytest.mark.parametrize(
    ("act", "form", "said"),
    [
        ("book-visit", {}, "Enter the day"),
        ("book-visit", {**TOMORROW, "when-day": "20"}, "still to come"),
        ("move-booking", TOMORROW, "Enter why it is moved"),
        ("cancel-booking", {"kind": "cancelled"}, "Enter why it did not take place"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, child, act, form, said):
    booking = booked(client, child)
    refused = do(client, child, act, f"?booking={booking}", **form, place="At school")
    assert refused.status_code == 422
    assert said in refused.content.decode()


def test_a_booking_written_down_late_may_be_for_a_day_that_is_past(client, child):
    when = {"when-happened-day": "18", "when-happened-month": "11", "when-happened-year": "2026"}
    # The case was opened today, so the booking belongs to no process yet: it is refused for that alone.
    refused = do(client, child, "book-visit", **{**TOMORROW, "when-day": "20"}, **when)
    assert "still to come" not in refused.content.decode()
