"""Each agency that was asked: how often, since when it is silent, and what it said; nothing is mixed up."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.core.engine.test_around import view

from cairn.core.engine.checks import checks, open_checks

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def asked(day, agency, name="", **more):
    return ("check.requested", f"2026-11-{day}T10:00", {"agency": agency, "name": name, **more})


def answered(day, agency="", **more):
    return ("check.answered", f"2026-11-{day}T10:00", {"agency": agency, **more})


def test_an_answer_goes_to_the_check_that_it_names():
    found = checks(
        view(
            asked(21, "school", "Millbrook"),
            asked(21, "school", "St Botolph’s"),
            answered(22, "school", check="e2", answer="Tired."),
        )
    )
    assert [(one.who, one.is_open) for one in found] == [
        ("School or nursery, Millbrook", True),
        ("School or nursery, St Botolph’s", False),
    ]
    assert found[1].answers[0].data["answer"] == "Tired."


def test_one_without_a_name_goes_to_the_agency_that_waits_and_else_stands_alone():
    found = checks(view(asked(21, "gp", "Dr Marsh"), answered(22, "gp"), answered(23, "police")))
    assert [(one.who, one.times, len(one.answers)) for one in found] == [
        ("GP, Dr Marsh", 1, 1),
        ("Police", 0, 1),
    ]
    assert not any(one.is_open for one in found)


def test_asked_again_is_the_same_check_and_silent_since_the_first_time():
    found = checks(
        view(
            asked(21, "gp"),
            ("check.chased", "2026-11-22T10:00", {"check": "e1", "how": "telephone"}),
            asked(23, "gp"),
        )
    )
    assert [(one.times, one.silent_days(AT), one.last_asked.happened_at.day.day) for one in found] == [
        (3, 3, 23)
    ]


def test_asked_anew_after_an_answer_is_a_new_check():
    found = checks(view(asked(21, "gp"), answered(22, "gp"), asked(23, "gp")))
    assert [one.is_open for one in found] == [False, True]
    assert found[0].silent_days(AT) == 0


def test_those_waited_for_stand_longest_silent_first():
    found = open_checks(
        view(asked(22, "gp"), asked(21, "police"), asked(23, "housing"), answered(23, "police"))
    )
    assert [one.agency for one in found] == ["gp", "housing"]


def test_an_answer_says_which_part_of_the_assessment_it_is_about():
    one = checks(view(asked(21, "gp"), answered(22, "gp", about=["health"])))[0]
    assert one.tells_of("health")
    assert not one.tells_of("education")


def test_an_answer_to_a_check_that_was_withdrawn_stands_alone():
    found = checks(
        view(
            asked(21, "gp"),
            answered(22, "gp", check="e1"),
            ("event.withdrawn", "2026-11-23T10:00", {"withdraws": "e1", "reason": "Wrong child."}),
        )
    )
    assert [(one.asked, len(one.answers)) for one in found] == [(None, 1)]


def test_it_is_known_by_the_first_time_it_was_asked_and_one_told_unasked_by_what_was_told():
    found = checks(view(asked(21, "gp"), asked(22, "gp"), answered(23, "police"), answered(23, "police")))
    assert [one.id for one in found] == ["e1", "e3", "e4"]
    assert [one.last_asked.id if one.last_asked else None for one in found] == ["e2", None, None]
    assert [one.silent_days(AT) for one in found] == [3, 0, 0]


def test_asked_tomorrow_it_has_not_been_silent_for_less_than_no_day():
    (found,) = checks(view(asked(21, "gp")))
    assert found.silent_days(AT.replace(day=20)) == 0
    assert found.silent_days(AT.replace(day=21, hour=23)) == 0
    assert found.silent_days(AT.replace(day=22, hour=0)) == 1


def test_an_answer_that_says_not_what_it_is_about_is_about_no_part():
    (found,) = checks(
        view(asked(21, "gp"), answered(22, "gp"), answered(22, "gp", check="e1", about=["home"]))
    )
    assert (found.tells_of("home"), found.tells_of("health")) == (True, False)


def test_those_of_one_process_are_those_in_it():
    events = [
        asked(21, "gp"),
        ("assessment.started", "2026-11-21T11:00", {"kind": "initial"}),
        asked(22, "police"),
        ("note.added", "2026-11-22T11:00", {"text": "Made up."}),
    ]
    found = view(*events)
    assert [one.agency for one in checks(found)] == ["gp", "police"]
    assert [one.agency for one in checks(found, "e2")] == ["police"]
    assert [one.agency for one in checks(found, "e0")] == ["gp", "police"]


def test_of_two_that_wait_an_answer_goes_to_the_one_of_its_name_whatever_the_capitals():
    found = checks(
        view(
            asked(21, "school", "Millbrook"),
            asked(21, "school", "St Botolph"),
            answered(22, "school", name="st botolph"),
        )
    )
    assert [(one.name, one.is_open) for one in found] == [("Millbrook", True), ("St Botolph", False)]


def test_of_another_name_it_is_asked_as_another_check():
    found = checks(
        view(
            asked(21, "school", "Millbrook"),
            asked(22, "school", "St Botolph"),
            asked(23, "school", "MILLBROOK"),
        )
    )
    assert [(one.name, one.times) for one in found] == [("Millbrook", 2), ("St Botolph", 1)]


def test_an_answer_may_name_the_second_time_that_it_was_asked():
    found = checks(view(asked(21, "gp"), asked(22, "gp"), answered(23, "gp", check="e2")))
    assert [(one.times, one.is_open) for one in found] == [(2, False)]


def test_what_was_chased_but_never_asked_is_no_check():
    assert checks(view(("check.chased", "2026-11-22T10:00", {"check": "e9", "how": "telephone"}))) == ()


def test_of_two_asked_at_one_minute_either_may_come_first():
    found = open_checks(view(asked(21, "gp"), asked(21, "police"), asked("20", "housing")))
    assert found[0].agency == "housing"
    assert len(found) == 3
