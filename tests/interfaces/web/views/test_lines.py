"""Several lines at once: seen, looked at again on a day, or given to another worker; each taken or refused for itself."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, looks, main, view
from tests.interfaces.web.views.test_cover import put

from cairn.application import chosen_lines, work
from cairn.application.chosen_lines import Line, say_seen
from cairn.records import notes

pytestmark = pytest.mark.django_db
VALUE = re.compile(r'name="line" value="([^"]+)"')


def lines_on(people, who, address="/work/"):
    """The lines that can be chosen on a list."""
    return [unescape(one) for one in VALUE.findall(main(people.client(who).get(address)))]


def send(people, who, lines, what, **more):
    said = {"line": lines, "do": what, "back": "/work/", **more}
    return people.client(who).post(reverse("lines"), said, follow=True)


def on(day):
    return {"review_on-day": day.day, "review_on-month": day.month, "review_on-year": day.year}


def sent_on(people, who, lines, what, **more):
    """Chosen, and sent on with the answers, as the page carries it."""
    asked = main(send(people, who, lines, what))
    return send(people, who, [unescape(one) for one in VALUE.findall(asked)], what, sure="yes", **more)


def worker_of(child):
    return event(child, "allocation.made").data["worker"]


def test_seen_lines_stay_marked_with_who_saw_them_until_they_are_done(people, clock):
    child = allocated(people)
    lines = lines_on(people, "Priya Shah")
    assert len(lines) > 1
    done = send(people, "Priya Shah", lines, "seen")
    assert f"{len(lines)} lines marked as seen by you." in done.content.decode()
    assert main(done).count("Seen by Priya Shah, 23 November 2026") == len(lines)
    assert lines_on(people, "Priya Shah") == lines
    assert "Seen by Priya Shah" in main(people.client("Joanne Whitlock").get("/team/"))
    assert ("lines", "act", True) in looks(child)


def test_looked_at_again_on_a_day_nothing_moves_and_what_is_late_stays_late(people, clock):
    child = allocated(people)
    later(clock, days=30)
    before = view(child).duties
    lines, number = lines_on(people, "Priya Shah"), work.my_work(people.actor("Priya Shah")).overdue
    assert number
    asked = main(send(people, "Priya Shah", lines, "postpone"))
    assert "The day each is due stays" in asked
    then = clock.at.date() + timedelta(days=7)
    done = sent_on(
        people, "Priya Shah", lines, "postpone", reason="The school answers on Friday.", **on(then)
    )
    assert (
        "Looked at again on 30 December 2026: The school answers on Friday (Priya Shah). The date it is due stays"
        in main(done)
    )
    assert view(child).duties == before
    assert work.my_work(people.actor("Priya Shah")).overdue == number
    assert lines_on(people, "Priya Shah") == lines


@pytest.mark.parametrize(
    ("days", "reason", "said"),
    [(0, "Made up.", "Enter a day after today"), (-1, "Made up.", "Enter a day after today"),
     (400, "Made up.", "within a year"), (3, "", "Why only then?")],
)  # fmt: skip
def test_a_day_that_is_none_or_no_reason_is_said_and_nothing_is_lost(people, clock, days, reason, said):
    allocated(people)
    lines = lines_on(people, "Priya Shah")
    then = clock.at.date() + timedelta(days=days)
    refused = send(people, "Priya Shah", lines, "postpone", sure="yes", reason=reason, **on(then))
    assert refused.status_code == 422
    assert said in main(refused)
    assert len(VALUE.findall(main(refused))) == len(lines)
    assert "Looked at again" not in main(people.client("Priya Shah").get("/work/"))


def test_children_are_given_to_another_worker_each_on_its_own_record(people):
    made = [allocated(people) for _ in range(3)]
    lines = [
        one
        for one in lines_on(people, "Joanne Whitlock", "/team/")
        if one.split("|")[0] in set(map(str, made[:2]))
    ]
    assert len(lines) > 2
    asked = main(send(people, "Joanne Whitlock", lines, "reassign"))
    assert "2 children" in asked
    assert "Rosa Quill" not in asked
    answers = {"worker": str(people.ids["Ewan Marsh"]), "reason": "Priya is ill.", "key": str(uuid4())}
    done = sent_on(people, "Joanne Whitlock", lines, "reassign", **answers)
    assert "2 children given to the worker." in done.content.decode()
    assert [worker_of(child) for child in made] == ["Ewan Marsh", "Ewan Marsh", "Priya Shah"]
    assert event(made[0], "allocation.made").data["reason"] == "Priya is ill."
    assert event(made[0], "allocation.made").act != event(made[1], "allocation.made").act


def test_a_child_that_somebody_else_gave_away_meanwhile_is_left_and_named_and_the_others_are_given(people):
    made = [allocated(people) for _ in range(2)]
    joanne = people.client("Joanne Whitlock")
    chosen = [f"{child}|" for child in made]
    asked = main(joanne.post(reverse("lines"), {"line": chosen, "do": "reassign", "back": "/team/"}))
    carried = [unescape(one) for one in VALUE.findall(asked)]
    martin = {"worker": "Martin Oyelaran", "worker_id": str(people.ids["Martin Oyelaran"]), "reason": "For now.",
              "team": "Referral and Assessment", "team_id": str(people.teams["Referral and Assessment"])}  # fmt: skip
    record(people, ("Martin Oyelaran", "allocate", martin), on=made[0])
    answers = {
        "sure": "yes",
        "worker": str(people.ids["Ewan Marsh"]),
        "reason": "Priya is ill.",
        "key": str(uuid4()),
    }
    told = main(send(people, "Joanne Whitlock", carried, "reassign", **answers))
    assert "1 of 2 done" in told
    assert "Somebody else gave the child to another worker meanwhile" in told
    assert [worker_of(child) for child in made] == ["Martin Oyelaran", "Ewan Marsh"]


def test_sent_twice_each_child_is_given_once(people):
    child = allocated(people)
    answers = {
        "sure": "yes",
        "worker": str(people.ids["Ewan Marsh"]),
        "reason": "Priya is ill.",
        "key": str(uuid4()),
    }
    line = f"{child}||{people.ids['Priya Shah']}"
    for _ in range(2):
        done = send(people, "Joanne Whitlock", [line], "reassign", **answers)
        assert "1 child given to the worker." in done.content.decode()
    assert [one.type for one in view(child).stream].count("allocation.made") == 2


def test_a_worker_gives_no_children_away(people):
    child = allocated(people)
    refused = send(people, "Priya Shah", lines_on(people, "Priya Shah"), "reassign")
    assert refused.status_code == 403
    assert "This is done by" in main(refused)
    assert ("act:allocate", "refused", False) in looks(child)
    assert "Give the children" not in main(people.client("Priya Shah").get("/work/"))


@pytest.mark.parametrize("worker", ["Rosa Quill", "Gone Away", "Dilys Penhale"])
def test_nobody_of_another_team_or_who_has_left_is_given_a_child(people, worker):
    child = allocated(people)
    answers = {"sure": "yes", "worker": str(people.ids[worker]), "reason": "Made up."}
    assert send(people, "Joanne Whitlock", [f"{child}|"], "reassign", **answers).status_code == 422
    assert worker_of(child) == "Priya Shah"


def test_a_line_that_was_done_meanwhile_is_said_and_the_others_are_marked(people):
    child = allocated(people)
    lines = lines_on(people, "Priya Shah")
    made = {"kind": "child_and_family"}
    record(people, ("Priya Shah", "record-visit", {"child_seen": True, "seen_alone": True}), on=child)
    assert made
    told = send(people, "Priya Shah", lines, "seen")
    left = len(lines_on(people, "Priya Shah"))
    assert left < len(lines)
    assert "It was done, or ended, meanwhile" in main(told)
    assert len(notes.of_records([child])) >= len(set(lines) & set(lines_on(people, "Priya Shah")))


@pytest.mark.parametrize("what", ["seen", "postpone", "reassign"])
def test_a_line_that_is_not_theirs_is_not_touched_and_not_told(people, clock, what):
    child = allocated(people)
    lines = lines_on(people, "Priya Shah")
    then = on(clock.at.date() + timedelta(days=3))
    answers = {"sure": "yes", "reason": "Made up.", "worker": str(people.ids["Rosa Quill"]), **then}
    for who in ("Rosa Quill", "Tunde Bright"):
        told = send(people, who, lines, what, **answers)
        assert "Wren" not in told.content.decode()
        assert "See the child" not in told.content.decode()
    assert notes.of_records([child]) == {}
    assert worker_of(child) == "Priya Shah"
    assert any(what == "refused" and not allowed for _, what, allowed in looks(child))


def test_a_colleague_says_nothing_of_a_workers_line_but_whoever_covers_does(people):
    child = allocated(people)
    lines = lines_on(people, "Priya Shah")
    assert "not on a list of yours" in main(send(people, "Ewan Marsh", lines, "seen"))
    put(people)
    send(people, "Ewan Marsh", lines, "seen")
    assert all(said["seen"].by == "Ewan Marsh" for said in notes.of_records([child]).values())


def test_none_and_too_many_are_refused_in_words(people, monkeypatch):
    allocated(people)
    assert "Choose at least one line" in main(send(people, "Priya Shah", [], "seen"))
    monkeypatch.setattr(chosen_lines, "AT_MOST", 1)
    refused = send(people, "Priya Shah", lines_on(people, "Priya Shah"), "seen")
    assert refused.status_code == 422
    assert "Choose at most" in main(refused)


def test_two_hundred_lines_at_once_ask_the_database_no_more_than_two(people, django_assert_max_num_queries):
    made = [allocated(people) for _ in range(3)]
    priya = people.actor("Priya Shah")
    keys = [(child, duty.key) for child in made for duty in view(child).open_duties]
    many = [Line(child, key) for child, key in keys] + [
        Line(made[0], f"none-{n}") for n in range(200 - len(keys))
    ]
    with django_assert_max_num_queries(8):
        done = say_seen(priya, many)
    assert sum(one.done for one in done) <= len(keys)
    assert sum(not one.done for one in done) >= 200 - len(keys)


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/work/../../x", "/team/\\evil"]
)
def test_it_leads_back_to_a_list_of_ours_only(people, back):
    allocated(people)
    said = {"line": lines_on(people, "Priya Shah"), "do": "seen", "back": back}
    sent = people.client("Priya Shah").post(reverse("lines"), said)
    assert sent.status_code == 302
    assert "evil" not in sent.url


def test_what_is_no_act_and_what_is_no_line_is_refused(people):
    assert send(people, "Priya Shah", ["x", "|", "' OR 1=1"], "seen").status_code == 422
    assert send(people, "Priya Shah", [f"{uuid4()}|x"], "nothing").status_code == 404
