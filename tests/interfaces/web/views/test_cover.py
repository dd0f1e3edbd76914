"""Cover for absence: set by who may, on its days only, seen by both, in the log, and ended by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, later, looks, main

from cairn.application.work import counts
from cairn.records import access_log, staff

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def form(people, worker="Priya Shah", by="Ewan Marsh", first=0, last=4, **more):
    answers = {"worker": str(people.ids[worker]), "by": str(people.ids[by]), "reason": "Leave."}
    for name, days in (("covered_from", first), ("covered_until", last)):
        day = MONDAY + timedelta(days=days)
        answers |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return answers | more


def put(people, who="Joanne Whitlock", **more):
    return people.client(who).post(reverse("cover"), form(people, **more), follow=True)


def opens(people, who, child):
    return people.client(who).get(reverse("child", args=[child])).status_code


@pytest.fixture
def elsewhere(people):
    """A manager who has two teams, so that somebody of another one may cover."""
    staff.give_manager(people.teams["Family Support"], people.ids["Joanne Whitlock"])


def test_on_its_days_the_work_stands_with_whoever_covers_marked_with_the_name(people, clock):
    child = allocated(people)
    assert reverse("child", args=[child]) not in main(people.client("Ewan Marsh").get("/work/"))
    done = put(people, last=30)
    days = "23 November to 23 December 2026"
    assert f"Ewan Marsh covers for Priya Shah, {days}." in main(done)
    page = main(people.client("Ewan Marsh").get("/work/"))
    assert reverse("child", args=[child]) in page
    assert "Covering for Priya Shah" in page
    assert f"You cover for Priya Shah, {days}: Leave." in page
    assert f"Ewan Marsh covers for you, {days}." in main(people.client("Priya Shah").get("/work/"))
    assert "Ewan Marsh covers until 23 December 2026" in main(people.client("Joanne Whitlock").get("/team/"))
    later(clock, days=30)
    assert counts(people.actor("Ewan Marsh")).mine == counts(people.actor("Priya Shah")).mine > 0
    later(clock, days=1)
    assert reverse("child", args=[child]) not in main(people.client("Ewan Marsh").get("/work/"))
    assert counts(people.actor("Ewan Marsh")).mine == 0


def test_it_opens_the_records_on_its_days_only_and_the_log_says_for_whom(people, clock, elsewhere):
    child, others = allocated(people), allocated(people, "Ewan Marsh")
    assert opens(people, "Rosa Quill", child) == 403
    put(people, by="Rosa Quill", first=1)
    assert opens(people, "Rosa Quill", child) == 403
    later(clock, days=1)
    assert opens(people, "Rosa Quill", child) == 200
    assert opens(people, "Rosa Quill", others) == 403
    line = access_log.of_record(child)[0].line
    assert line.relied_on == "covering for Priya Shah, until 27 November 2026"
    people.client("Rosa Quill").get("/work/")
    line = access_log.of_record(child)[0].line
    assert (line.page, line.what, line.relied_on) == (
        "my-work",
        "list",
        "covering for Priya Shah, until 27 November 2026",
    )
    clock.at = clock.at.replace(day=27, hour=23, minute=59)
    assert opens(people, "Rosa Quill", child) == 200
    later(clock, minutes=2)
    assert opens(people, "Rosa Quill", child) == 403


def test_whoever_covers_may_record_what_the_worker_may(people, elsewhere):
    child = allocated(people)
    put(people, by="Rosa Quill")
    sent = people.client("Rosa Quill").post(reverse("add-note", args=[child]), {"text": "Rang the school."})
    assert sent.status_code == 302
    assert looks(child)[0][:2] == ("act:add-note", "act")


def test_a_worker_sets_it_for_themselves_and_for_nobody_else(people):
    page = main(people.client("Priya Shah").get(reverse("cover")))
    assert "Ewan Marsh" in page
    assert "Ewan Marsh covers for Priya Shah" in main(put(people, "Priya Shah"))
    refused = put(people, "Ewan Marsh", worker="Priya Shah", by="Ewan Marsh", first=10, last=12)
    assert refused.status_code == 422


@pytest.mark.parametrize("who", ["Farah Lindqvist", "Dilys Penhale", "Beth Lomas"])
def test_who_could_set_none_is_told_whom_to_ask(people, who):
    refused = people.client(who).get(reverse("cover"))
    assert refused.status_code == 403
    assert "Ask the team" in refused.content.decode()
    assert people.client(who).post(reverse("cover"), form(people)).status_code == 403


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"first": -1}, "Cover begins today or later"),
        ({"first": 3, "last": 2}, "The last day is before the first"),
        ({"by": "Priya Shah"}, "Choose somebody else to do the work"),
        ({"reason": ""}, "Enter why cover is needed"),
        ({"covered_until-day": "31", "covered_until-month": "2"}, "Last day"),
    ],
)
def test_what_cannot_be_is_said_at_its_question_and_nothing_typed_is_lost(people, more, said):
    refused = put(people, **more)
    assert refused.status_code == 422
    assert said in main(refused)
    assert "Nobody is covered now" in main(refused)
    assert more.get("reason", "Leave.") in refused.content.decode()


@pytest.mark.parametrize("by", ["Gone Away", "Rosa Quill", "Beth Lomas"])
def test_who_has_left_or_is_of_another_team_is_no_choice(people, by):
    assert by not in main(people.client("Joanne Whitlock").get(reverse("cover")))
    assert put(people, by=by).status_code == 422


def test_two_covers_do_not_overlap_whoever_sets_them(people, elsewhere):
    put(people)
    assert "Ewan Marsh covers for Priya Shah then (23 to 27 November 2026)" in main(
        put(people, by="Rosa Quill", first=4, last=9)
    )
    assert "Ewan Marsh covers for Priya Shah then" in main(
        put(people, worker="Ewan Marsh", by="Rosa Quill", last=1)
    )
    assert "Priya Shah is away then" in main(
        put(people, worker="Rosa Quill", by="Priya Shah", first=2, last=3)
    )
    assert put(people, by="Rosa Quill", first=5, last=9).status_code == 200


def test_sent_twice_it_is_set_once(people):
    assert put(people).status_code == put(people).status_code == 200
    assert (
        main(people.client("Joanne Whitlock").get(reverse("cover"))).count("Ewan Marsh covers for Priya Shah")
        == 2
    )


@pytest.mark.parametrize("who", ["Joanne Whitlock", "Priya Shah", "Ewan Marsh"])
def test_it_is_ended_early_by_whom_it_concerns_and_the_access_with_it(people, who, elsewhere):
    child = allocated(people)
    page = main(put(people))
    address = page.partition('action="/team/cover/')[2].partition('"')[0]
    ended = people.client(who).post(f"/team/cover/{address}", follow=True)
    assert "covers for Priya Shah no more" in ended.content.decode()
    assert people.actor("Ewan Marsh").covers == ()
    again = people.client(who).post(f"/team/cover/{address}", follow=True)
    assert again.status_code in (200, 404)
    assert child


@pytest.mark.parametrize("who", ["Rosa Quill", "Tunde Bright", "Dilys Penhale"])
def test_nobody_else_ends_it(people, who):
    page = main(put(people))
    address = page.partition('action="/team/cover/')[2].partition('"')[0]
    assert people.client(who).post(f"/team/cover/{address}").status_code == 404
    assert people.actor("Ewan Marsh").covers


def test_whoever_covers_leaving_ends_it_and_is_said(people):
    child = allocated(people)
    put(people)
    staff.switch(people.ids["Ewan Marsh"], active=False)
    assert "Nobody covers: choose somebody else." in main(people.client("Priya Shah").get("/work/"))
    assert "Nobody covers" in main(people.client("Joanne Whitlock").get(reverse("cover")))
    staff.switch(people.ids["Ewan Marsh"], active=True)
    staff.move(people.ids["Ewan Marsh"], people.teams["Family Support"])
    assert people.actor("Ewan Marsh").covers == ()
    assert opens(people, "Ewan Marsh", child) == 403
