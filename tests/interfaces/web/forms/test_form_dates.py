from datetime import date, time

import pytest

from cairn.interfaces.web.forms.dates import ClockTime, Unreadable, moment_text, read_date, read_time


@pytest.mark.parametrize(
    "typed",
    [
        ("20", "11", "2026"),
        (" 20 ", "November", "2026"),
        ("20", "nov", "2026"),
        ("20 November 2026", "", ""),
        ("20th November 2026", "", ""),
        ("Friday 20 November 2026", "", ""),
        ("20/11/2026", "", ""),
        ("20.11.2026", "", ""),
        ("2026-11-20", "", ""),
    ],
)
def test_a_date_is_taken_as_people_write_and_paste_it(typed):
    assert read_date(*typed) == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "part", "says"),
    [
        (("20", "", "2026"), "month", "needs a month"),
        (("", "11", ""), "day", "needs a day and a year"),
        (("31", "11", "2026"), "day", "real date"),
        (("20", "13", "2026"), "month", "needs a month"),
        (("20", "Novembr", "26"), "year", "4 figures"),
        (("20/11/26", "", ""), "year", "4 figures"),
        (("yesterday", "", ""), "month", "needs a month"),
        (("20", "11", "1026"), "year", "from 1900"),
        (("20", "11", "٢٠٢٦"), "year", "4 figures"),
    ],
)
def test_what_is_no_date_says_which_part_to_put_right(typed, part, says):
    read = read_date(*typed)
    assert isinstance(read, Unreadable)
    assert read.part == part
    assert says in read.problem


def test_an_empty_date_is_no_date_and_no_mistake():
    assert read_date("", " ", "") is None


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2:30pm", time(14, 30)),
        ("2.30 PM", time(14, 30)),
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("2pm", time(14, 0)),
        ("12am", time(0, 0)),
        ("12:15pm", time(12, 15)),
        ("midday", time(12, 0)),
        ("midnight", time(0, 0)),
        ("04:30", time(4, 30)),
    ],
)
def test_a_time_is_taken_as_people_write_it(typed, at):
    assert read_time(typed) == ClockTime(at)


@pytest.mark.parametrize("typed", ["4:30", "9", "14"])
def test_a_time_that_could_be_morning_or_afternoon_is_asked_about(typed):
    read = read_time(typed)
    assert isinstance(read, Unreadable)
    assert "am or pm" in read.problem


@pytest.mark.parametrize("typed", ["14:30pm", "25:00", "12:60", "soon", "0:30am"])
def test_what_is_no_time_is_refused(typed):
    assert isinstance(read_time(typed), Unreadable)


def test_a_time_the_clocks_skip_is_refused():
    skipped = moment_text(date(2026, 3, 29), ClockTime(time(1, 30)))
    assert isinstance(skipped, Unreadable)
    assert "does not exist" in skipped.problem


def test_a_time_that_comes_twice_is_settled_by_its_zone():
    twice = moment_text(date(2026, 10, 25), ClockTime(time(1, 30)))
    assert isinstance(twice, Unreadable)
    assert "BST or GMT" in twice.problem
    first = read_time("1:30am BST")
    assert isinstance(first, ClockTime)
    assert moment_text(date(2026, 10, 25), first) == "2026-10-25T01:30+01:00"
    assert moment_text(date(2026, 11, 20), ClockTime(time(14, 30))) == "2026-11-20T14:30"
