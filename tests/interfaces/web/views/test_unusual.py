"""The weekly list of unusual look-ups: for whoever guards access, each sign in a sentence, and an answer by somebody else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, later, looks, main

from cairn.application.ports import now
from cairn.records import access_log, look_ups, staff, ties
from cairn.records.access_log import AccessLine
from cairn.records.ties import NewTie

# The clock stands at Monday 23 November 2026.
WEEK = date(2026, 11, 23)
GUARD = "Ruth Abara"


def look(people, who, child, number=1, at=None, **more):
    said = {"relied_on": "own team", "what": "view", "page": "child", "allowed": True, **more}
    for one in range(number):
        access_log.write(
            AccessLine(
                at=(at or now()) + timedelta(minutes=one),
                actor=people.ids[who],
                capacity="social worker",
                request_id=uuid4(),
                records=(child,),
                **said,
            )
        )


@pytest.fixture
def child(people):
    """A child of Priya Shah's, of the name Made-up."""
    return allocated(people)


@pytest.fixture
def snooper(people, child):
    """A social worker of the same surname who opens the record again and again at night, and is refused elsewhere."""
    people.ids["Ann Made-up"] = staff.add_person(
        "Ann Made-up", "social worker", people.teams["Referral and Assessment"]
    )
    night = now().replace(hour=2) + timedelta(days=1)
    look(people, "Ann Made-up", child, 20, night)
    look(people, "Ann Made-up", child, 6, relied_on="", what="refused", allowed=False, reason="not yours")
    return people.ids["Ann Made-up"]


def page(people, who, name, *args, **query):
    return people.client(who).get(reverse(name, args=args), query)


def numbers(person):
    return next(one.numbers for one in look_ups.counted(WEEK) if one.person == person)


def test_a_week_is_counted_in_the_database(people, child, snooper):
    assert numbers(snooper) == {
        "broken_glass": 0, "same_surname": 1, "refused": 6, "not_allocated": 1, "odd_hours": 20, "again": 20,
        "no_open_case": 0, "searched": 0, "took_away": 0,
    }  # fmt: skip


def test_what_is_theirs_and_what_is_of_another_week_does_not_count(people, child):
    priya = people.ids["Priya Shah"]
    look(people, "Priya Shah", child, 30, relied_on="allocated worker")
    look(people, "Priya Shah", child, 3, relied_on="covering for Ewan Marsh, until 4 December 2026")
    look(people, "Priya Shah", child, 5, now() - timedelta(days=1))
    look(people, "Priya Shah", child, 5, now() + timedelta(days=7))
    look(people, "Priya Shah", child, 9, what="list")
    counts = numbers(priya)
    assert counts.pop("odd_hours") == 0
    assert set(counts.values()) == {0}


def test_each_sign_is_counted(people, child):
    look(people, "Ewan Marsh", child, 2, what="export")
    look(people, "Ewan Marsh", child, 4, what="search", relied_on="search")
    look(people, "Ewan Marsh", child, 1, what="tie given", page="tie:break-glass")
    closed = people.ids["Ewan Marsh"]
    counts = numbers(closed)
    assert (counts["took_away"], counts["searched"], counts["broken_glass"]) == (2, 4, 1)


def test_hours_that_somebody_works_are_learnt(people, child):
    ewan = people.ids["Ewan Marsh"]
    night = now().replace(hour=2) + timedelta(days=1)
    look(people, "Ewan Marsh", child, 3, night)
    assert numbers(ewan)["odd_hours"] == 3
    for days in (7, 14):
        look(people, "Ewan Marsh", child, 1, night - timedelta(days=days))
    assert numbers(ewan)["odd_hours"] == 0


def test_the_list_says_whose_week_it_is_and_why_in_sentences(people, child, snooper, clock):
    later(clock, days=7)
    shown = main(page(people, GUARD, "unusual"))
    assert "23 to 29 November 2026" in shown
    assert "Ann Made-up" in shown
    assert "a child with the same surname as their own" in shown
    assert "Looked 20 times outside the hours that they usually work." in shown
    assert "Nobody has looked yet" in shown
    assert "Priya Shah" not in shown
    assert "Wren" not in shown
    assert "Nothing unusual" in main(page(people, GUARD, "unusual", week="2026-11-16"))


def test_one_s_week_shows_the_records_by_number_and_is_in_the_log(people, child, snooper):
    shown = main(page(people, GUARD, "unusual-person", snooper, week=str(WEEK)))
    assert people.number(child) in shown
    assert "Same surname" in shown
    assert "26 looks, 6 refused" in shown
    assert "Wren" not in shown
    assert looks(child)[0] == ("unusual", "list", True)


def test_what_was_found_is_written_down_with_words_and_can_be_answered_anew(people, child, snooper):
    address = f"{reverse('unusual-person', args=[snooper])}?week={WEEK}"
    client = people.client(GUARD)
    assert client.post(address, {"verdict": "explained", "words": ""}).status_code == 422
    assert client.post(address, {"verdict": "", "words": "Asked."}).status_code == 422
    sent = client.post(address, {"verdict": "look_into", "words": "Asked her manager."})
    assert sent.url == f"/unusual/?week={WEEK}"
    shown = main(client.get(f"/unusual/?week={WEEK}"))
    assert "To be looked into" in shown
    assert "Asked her manager." in shown
    client.post(address, {"verdict": "explained", "words": "She was on the night rota."})
    assert "She was on the night rota." in main(client.get(f"/unusual/?week={WEEK}"))
    assert client.get(reverse("unusual-person", args=[uuid4()])).status_code == 404


def test_nobody_answers_for_their_own_and_the_database_refuses_it_too(people, child):
    look(people, GUARD, child)
    me = people.ids[GUARD]
    address = f"{reverse('unusual-person', args=[me])}?week={WEEK}"
    assert "Nobody answers for their own" in main(people.client(GUARD).get(address))
    sent = people.client(GUARD).post(address, {"verdict": "explained", "words": "Mine."})
    assert sent.status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        look_ups.add_review(me, WEEK, "explained", "Mine.", me, now())
    with pytest.raises(IntegrityError), transaction.atomic():
        look_ups.add_review(people.ids["Ewan Marsh"], WEEK + timedelta(days=1), "explained", "x", me, now())


def test_a_record_that_is_none_for_the_reader_is_not_in_it(people, child, snooper):
    guard = people.ids[GUARD]
    ties.add(NewTie(guard, child, "family", now(), None, "Made up", people.ids["Joanne Whitlock"], now()))
    shown = main(page(people, GUARD, "unusual-person", snooper, week=str(WEEK)))
    assert people.number(child) not in shown


@pytest.mark.parametrize("who", ["Joanne Whitlock", "Priya Shah", "Dilys Penhale", "Farah Lindqvist"])
def test_it_is_for_whoever_guards_access_alone(people, snooper, who):
    for name, args in (("unusual", ()), ("unusual-person", (snooper,))):
        refused = page(people, who, name, *args, week=str(WEEK))
        assert refused.status_code == 403
        assert "information governance" in refused.content.decode()
    sent = people.client(who).post(
        reverse("unusual-person", args=[snooper]), {"verdict": "explained", "words": "x"}
    )
    assert sent.status_code == 403


@pytest.mark.parametrize("week", ["x", "2026-02-31", "0001-01-01", "9999-12-31"])
def test_a_week_that_cannot_be_read_is_the_last_one_and_none_fails(people, week):
    assert page(people, GUARD, "unusual", week=week).status_code == 200
