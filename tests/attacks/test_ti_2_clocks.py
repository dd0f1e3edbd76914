"""Clock changes, midnight in summer, 29 February, the unborn and the unknown day (TI-2, TI-3, TI-4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cases import open_to_priya, record
from tests.core.calendar.conftest import calendar, table
from tests.interfaces.web.views.children import main, view

from cairn.application.recording import Recorded, Request, record_act
from cairn.core.calendar.ages import age_on, birthday
from cairn.core.calendar.deadline import deadline
from cairn.core.calendar.duration import Duration
from cairn.core.calendar.london import TimeFault, parse_moment, say_instant
from cairn.core.calendar.moment import LONDON, Moment

__all__ = ["calendar", "table"]
# What a clock on the wall shows, with its offset, and the instant it is.
FORWARD = [
    ("2027-03-28T00:59", "2027-03-28T00:59Z"),
    ("2027-03-28T02:00", "2027-03-28T01:00Z"),
    ("2027-03-28T02:30", "2027-03-28T01:30Z"),
]
BACK = [
    ("2027-10-31T00:59", "2027-10-30T23:59Z"),
    ("2027-10-31T01:00+01:00", "2027-10-31T00:00Z"),
    ("2027-10-31T01:30+01:00", "2027-10-31T00:30Z"),
    ("2027-10-31T01:00+00:00", "2027-10-31T01:00Z"),
    ("2027-10-31T01:30+00:00", "2027-10-31T01:30Z"),
    ("2027-10-31T02:00", "2027-10-31T02:00Z"),
]
DAY = Duration.parse("24 hours")


def read(text):
    moment = parse_moment(text)
    assert isinstance(moment, Moment), moment
    return moment


@pytest.mark.parametrize("row", [*FORWARD, *BACK])
def test_each_time_is_its_instant(row):
    wall, instant = row
    assert read(wall).latest == datetime.fromisoformat(instant)


@pytest.mark.parametrize("times", [FORWARD, BACK])
def test_their_order_is_kept(times):
    instants = [read(wall).latest for wall, _ in times]
    assert instants == sorted(instants)
    assert len(set(instants)) == len(instants)


@pytest.mark.parametrize(
    ("wall", "why"),
    [
        ("2027-03-28T01:00", "does not exist"),
        ("2027-03-28T01:30", "does not exist"),
        ("2027-10-31T01:00", "comes twice"),
        ("2027-10-31T01:30", "comes twice"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused_with_what_to_write(wall, why):
    refused = parse_moment(wall)
    assert isinstance(refused, TimeFault)
    assert why in refused.reason
    assert refused.expected


@pytest.mark.parametrize("times", [FORWARD, BACK])
def test_no_deadline_moves_over_the_change(calendar, times):
    """A day is a day, though that one has 23 or 25 hours; 24 hours are 24 hours."""
    for wall, instant in times:
        start, at = read(wall), datetime.fromisoformat(instant)
        whole = deadline(start, Duration.parse("1 day"), calendar, known_on=start.day)
        ends = whole.due.latest.astimezone(LONDON)
        assert (ends.date(), f"{ends:%H:%M:%S}") == (start.day + timedelta(days=1), "23:59:59"), wall
        assert deadline(start, DAY, calendar, known_on=start.day).due.latest == at + timedelta(hours=24), wall


@pytest.mark.parametrize("times", [FORWARD, BACK])
def test_the_timeline_keeps_the_order_without_gap_or_repeat(people, clock, times):
    child = open_to_priya(people)
    clock.at = datetime.fromisoformat(times[-1][1]) + timedelta(minutes=1)
    for number, (wall, _) in enumerate(times):
        note = Request("add-note", {"text": f"Note {number}."}, child, at=wall)
        assert isinstance(record_act(people.actor("Priya Shah"), note), Recorded), wall
    shown = [one.data["text"] for one in view(child).standing.events if one.type == "note.added"]
    assert shown == [f"Note {number}." for number in range(len(times))]
    page = main(people.client("Priya Shah").get(f"/records/{child}/"))
    places = [page.find(text) for text in shown]
    assert -1 not in places
    assert sorted(places) in (places, places[::-1])


def test_half_past_midnight_in_summer_is_of_the_london_day(people, clock):
    """0:30am on 7 July in London is still 6 July by UTC: it belongs to the 7th, in words and in sums."""
    clock.at = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)
    child = open_to_priya(people)
    (received,) = [one for one in view(child).standing.events if one.type == "contact.received"]
    assert received.happened_at.day == date(2026, 7, 7)
    assert say_instant(received.happened_at.latest) == "7 July 2026, 12:30am"
    (decide,) = [one for one in view(child).duties if one.rule.id == "referral-response-decision"]
    assert decide.due.astimezone(LONDON).date() == date(2026, 7, 8)
    record(people, ("Priya Shah", "add-note", {"text": "Rang at night."}), on=child)
    assert "7 July 2026" in main(people.client("Priya Shah").get(f"/records/{child}/"))


@pytest.mark.parametrize(
    ("age", "day"),
    [(18, date(2046, 3, 1)), (25, date(2053, 3, 1)), (75, date(2103, 3, 1)), (20, date(2048, 2, 29))],
)
def test_born_on_29_february_2028(age, day):
    """On 28 February the anniversary has not come (Family Law Reform Act 1969, section 9); one function says so."""
    born = date(2028, 2, 29)
    assert birthday(born, age) == day
    assert age_on(born, day) == age
    assert age_on(born, day - timedelta(days=1)) == age - 1


def test_the_unborn_have_no_age_and_nothing_fails_for_it(people, clock):
    assert age_on(date(2027, 2, 1), clock.at.date()) is None
    expected = {
        "name": "Baby Made-up",
        "expected": "2027-02-01",
        "source": "school",
        "contact_type": "worry_about_child",
    }
    child = record(people, ("Beth Lomas", "record-contact", expected))
    page = people.client("Sheila Knowles").get(f"/records/{child}/")
    assert page.status_code == 200
    assert "1 February 2027" in main(page)
    assert view(child).standing.subject.is_unborn(clock.at.date())


def test_a_day_without_its_hour_is_never_late_by_an_hour_that_nobody_wrote(calendar):
    """Known to the day only, what is counted in hours ends somewhere in a day, and both ends are said."""
    start = Moment.on_day(date(2026, 7, 6))
    due = deadline(start, DAY, calendar, known_on=start.day).due
    assert due.latest - due.earliest == timedelta(hours=23, minutes=59, seconds=59)
    in_time = Moment.on_day(date(2026, 7, 7))
    assert not in_time.surely_after(due.latest)
    assert not in_time.surely_by(due.earliest)
    whole = deadline(start, Duration.parse("1 working day"), calendar, known_on=start.day).due
    assert whole.earliest == whole.latest
