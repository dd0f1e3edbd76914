"""Alerts: a list for those who guard access and for nobody else, each with what was done, and an answer that stays."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, later, main
from tests.interfaces.web.views.test_breaking_glass import ROSA, SENT, WORDS, broken

from cairn.application.ties import TieWanted, give_tie
from cairn.records import access_log, alerts, staff
from cairn.records.alerts import alert

pytestmark = pytest.mark.django_db
RUTH, SECOND = "Ruth Abara", "Second Guard"
ANSWER = {"verdict": "in_order", "words": "She rang the emergency duty team first; nobody answered."}


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def raised(people, child):
    """A glass that Rosa Quill broke, after which she read the timeline."""
    broken(people, child)
    people.client(ROSA).get(reverse("timeline", args=[child]))
    return alerts.open_alerts()[0]


def answered(people, raised, who=RUTH, **more):
    return people.client(who).post(reverse("alert", args=[raised.id]), {**ANSWER, **more}, follow=True)


def second(people, team=None):
    people.ids[SECOND] = staff.add_person(SECOND, "information governance", team)


def test_the_list_says_what_who_when_and_by_when_and_nothing_of_the_child(people, child, raised):
    page = people.client(RUTH).get(reverse("alerts")).content.decode()
    for said in (raised.number, "A record was opened in an emergency", people.number(child), ROSA, "Family Support",
                 "23 November 2026, 10:12am", "25 November 2026", "1 alert waits for an answer."):  # fmt: skip
        assert said in page, said
    assert "Wren" not in page
    assert access_log.of_record(child)[0].line.page == "alerts"
    # In the navigation, with how many wait, of those who answer them and of nobody else.
    assert re.search(r'href="/alerts/"[^>]*>.*?Alerts.*?<span class="c-count">1', page, re.DOTALL)
    assert 'href="/alerts/"' not in people.client("Joanne Whitlock").get("/work/").content.decode()


@pytest.mark.parametrize("who", ["Joanne Whitlock", "Tunde Bright", "Helen Strand", ROSA, "Colm Daly"])
def test_nobody_else_reads_or_answers_them(people, raised, who):
    for address in (reverse("alerts"), reverse("alert", args=[raised.id])):
        refused = people.client(who).get(address)
        assert refused.status_code == 403
        assert raised.number not in refused.content.decode()
    assert people.client(who).post(reverse("alert", args=[raised.id]), ANSWER).status_code == 403
    assert alert(raised.id).closed_at is None


def test_an_alert_shows_the_reason_and_what_was_done_with_that_record_and_no_other(people, child, raised):
    people.client(ROSA).get(reverse("child", args=[allocated(people)]))
    page = main(people.client(RUTH).get(reverse("alert", args=[raised.id])))
    assert WORDS in page
    assert "A child may come to harm now" in page
    done = re.findall(r'<th scope="row">([^<]+)</th>', page)
    assert done == ["Opened it in an emergency", "Read: timeline"]
    assert "Wren" not in page
    assert people.client(RUTH).get(reverse("child", args=[child])).status_code == 403


def test_it_is_overdue_after_two_working_days(people, raised, clock):
    clock.at = datetime(2026, 11, 25, 23, 59, tzinfo=UTC)
    assert "Overdue" not in main(people.client(RUTH).get(reverse("alerts")))
    later(clock, minutes=1)
    page = main(people.client(RUTH).get(reverse("alerts")))
    assert "Overdue" in page
    assert "1 is overdue." in page


def test_an_answer_stays_with_its_words_and_cannot_be_given_twice(people, raised):
    page = main(answered(people, raised))
    assert f"{raised.number} is answered: in order." in page
    assert "Nothing waits for an answer." in page
    closed = alert(raised.id)
    assert (closed.verdict, closed.words, closed.closed_by_name) == ("in_order", ANSWER["words"], RUTH)
    again = answered(people, raised, verdict="not_in_order", words="Other words.")
    assert "was answered already" in main(again)
    assert ANSWER["words"] in main(people.client(RUTH).get(reverse("alert", args=[raised.id])))
    assert alert(raised.id).verdict == "in_order"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(people, raised):
    page = answered(people, raised, verdict="")
    assert page.status_code == 422
    assert "Choose what you found" in main(page)
    assert ANSWER["words"] in main(page)
    assert answered(people, raised, words=" ").status_code == 422
    assert answered(people, raised, verdict="fine").status_code == 422
    assert alert(raised.id).closed_at is None


def test_somebody_of_the_person_s_team_reads_it_and_does_not_answer(people, raised):
    second(people, people.teams["Family Support"])
    page = main(people.client(SECOND).get(reverse("alert", args=[raised.id])))
    assert "somebody outside it answers" in page
    assert "<textarea" not in page
    assert answered(people, raised, SECOND).status_code == 403
    assert alert(raised.id).closed_at is None
    assert "is answered" in main(answered(people, raised))


def test_nobody_answers_what_is_about_themselves_and_the_database_refuses_it_too(people, child, raised):
    staff_row = people.ids[ROSA]
    from cairn.records.models import Staff  # noqa: PLC0415 - as if the role were given to her afterwards

    Staff.objects.filter(pk=staff_row).update(role="information governance", team=None)
    assert raised.number not in main(people.client(ROSA).get(reverse("alerts")))
    assert answered(people, raised, ROSA).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        alerts.close(raised.id, staff_row, raised.raised_at, "in_order", "Myself.")
    assert "is answered" in main(answered(people, raised))


def test_whoever_guards_access_sees_no_alert_about_their_own_family(people, child, raised):
    second(people)
    assert raised.number in main(people.client(SECOND).get(reverse("alerts")))
    wanted = TieWanted(people.ids[SECOND], child, "family", "Her niece.")
    give_tie(people.actor(RUTH), wanted)
    page = people.client(SECOND).get(reverse("alerts"))
    assert raised.number not in page.content.decode()
    assert "c-count" not in page.content.decode().partition('href="/alerts/"')[2].partition("</li>")[0]
    assert people.client(SECOND).get(reverse("alert", args=[raised.id])).status_code == 404


def test_an_alert_that_is_not_there_is_not_found(people):
    assert people.client(RUTH).get(reverse("alert", args=[uuid4()])).status_code == 404


def test_each_time_the_glass_is_broken_is_an_alert_of_its_own(people, child, raised, clock):
    later(clock, hours=9)
    people.client(ROSA).post(reverse("break-glass", args=[child]), {**SENT, "key": str(uuid4())})
    assert [one.kind for one in alerts.open_alerts()] == ["glass broken", "glass broken"]
