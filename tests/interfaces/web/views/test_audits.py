"""Samples for auditors: drawn at random by those who guard access, without names; they end by themselves or before."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, main

from cairn.application.ports import now
from cairn.application.ties import TieWanted, give_tie
from cairn.records import access_log, ties
from cairn.records.models import RecordSummary

pytestmark = pytest.mark.django_db
RUTH, COLM, JOANNE = "Ruth Abara", "Colm Daly", "Joanne Whitlock"


@pytest.fixture
def children(people):
    return [allocated(people) for _ in range(4)]


def send(people, who=RUTH, **more):
    until = more.pop("until", now().date() + timedelta(days=10))
    day = {"until-day": until.day, "until-month": until.month, "until-year": until.year}
    said = {
        "auditor": str(people.ids[COLM]),
        "number": "2",
        "of": "open",
        "reason": "The thresholds of the autumn.",
        "key": str(uuid4()),
        **day,
        **more,
    }
    return people.client(who).post(reverse("audits"), said, follow=True)


def drawn(people):
    return [one for one in ties.in_force_for(people.ids[COLM], now()) if one.kind == "auditor"]


def opens(people, child):
    return people.client(COLM).get(reverse("child", args=[child])).status_code


def test_a_sample_is_drawn_and_opened_and_nobody_who_guards_reads_which(people, children):
    page = send(people)
    assert "Drawn: 2 records for Colm Daly" in page.content.decode()
    assert "The thresholds of the autumn." in main(page)
    for child in children:
        assert people.number(child) not in page.content.decode()
        assert str(child) not in page.content.decode()
    found = {one.record for one in drawn(people)}
    assert len(found) == 2
    assert found < set(children)
    assert {opens(people, one) for one in found} == {200}
    assert {opens(people, one) for one in set(children) - found} == {403}
    assert "Wren" not in page.content.decode()


def test_the_drawing_is_in_the_access_log_with_its_records(people, children):
    send(people, number="4")
    for child in children:
        line = access_log.of_record(child)[0].line
        assert (line.what, line.page, line.relied_on) == ("audit sample", "audits", "guards access")
        assert set(line.records) == set(children)


def test_restricted_records_and_those_with_a_conflict_are_never_drawn(people, children):
    restricted, known, *others = children
    RecordSummary.objects.filter(record_id=restricted).update(restriction="staff_family")
    give_tie(people.actor(RUTH), TieWanted(people.ids[COLM], known, "neighbour", "Next door."))
    assert "There are no more of that kind" in send(people, number="50").content.decode()
    assert {one.record for one in drawn(people)} == set(others)
    none = send(people, number="50")
    assert none.status_code == 422
    assert "There are no such records" in main(none)


def test_of_which_records_it_is_drawn(people, children):
    with_plan, closed, *_ = children
    at = now()
    RecordSummary.objects.filter(record_id=with_plan).update(open_work="child_in_need_plan")
    RecordSummary.objects.filter(record_id=closed).update(
        episode_closed_at=at - timedelta(days=20), episode_opened_at=at - timedelta(days=50)
    )
    send(people, of="closed", days="19")
    assert drawn(people) == []
    send(people, of="closed", days="21")
    assert [one.record for one in drawn(people)] == [closed]
    send(people, of="plan", number="9")
    assert {one.record for one in drawn(people)} == {closed, with_plan}
    send(people, of="team", team=str(people.teams["Family Support"]), number="9")
    assert len(drawn(people)) == 2
    send(people, of="team", team=str(people.teams["Referral and Assessment"]), number="9")
    assert {one.record for one in drawn(people)} == set(children)


def test_a_draw_leaves_it_to_chance(people, children):
    firsts = set()
    for _ in range(40):
        send(people, number="1")
        (one,) = drawn(people)
        firsts.add(one.record)
        people.client(RUTH).post(reverse("end-audit", args=[one.id]))
        if len(firsts) > 1:
            break
    assert len(firsts) > 1


def test_sent_twice_it_is_drawn_once(people, children):
    key = str(uuid4())
    send(people, key=key)
    again = send(people, key=key)
    assert "was drawn already, once" in again.content.decode()
    assert len(drawn(people)) == 2


def test_it_ends_by_itself_and_can_be_ended_before(people, children, clock):
    send(people, until=date(2026, 12, 1))
    first, second = drawn(people)
    ended = people.client(RUTH).post(reverse("end-audit", args=[first.id]), follow=True)
    assert "Ended: 2 records are closed to Colm Daly." in ended.content.decode()
    assert "Ended by Ruth Abara" in main(ended)
    assert {opens(people, one.record) for one in (first, second)} == {403}
    assert people.client(RUTH).post(reverse("end-audit", args=[first.id])).status_code == 404
    send(people, number="4", until=date(2026, 12, 1))
    record = drawn(people)[0].record
    assert opens(people, record) == 200
    clock.at = drawn(people)[0].until
    assert opens(people, record) == 403
    assert "No sample runs." in main(people.client(RUTH).get(reverse("audits")))


@pytest.mark.parametrize("who", [JOANNE, COLM, "Priya Shah", "Helen Strand"])
def test_nobody_else_draws_or_ends(people, children, who):
    assert people.client(who).get(reverse("audits")).status_code == 403
    assert send(people, who).status_code == 403
    assert drawn(people) == []
    send(people)
    assert people.client(who).post(reverse("end-audit", args=[drawn(people)[0].id])).status_code == 403
    assert len(drawn(people)) == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"number": "0"}, "from 1 to 50"),
        ({"number": "51"}, "from 1 to 50"),
        ({"of": "closed"}, "number of days"),
        ({"of": "team"}, "Choose a team"),
        ({"reason": " "}, "Enter what the audit is about"),
        ({"until": date(2027, 11, 1)}, "Choose an earlier one"),
        ({"until": date(2026, 1, 1)}, "over already"),
        ({"auditor": str(uuid4())}, "Who audits?"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_at_its_question(people, children, more, said):
    asked = send(people, **more)
    assert asked.status_code == 422
    assert said in main(asked)
    assert drawn(people) == []


def test_the_record_says_who_audits_it_and_the_auditor_writes_nothing(people, children):
    send(people, number="4")
    child = children[0]
    page = main(people.client("Priya Shah").get(reverse("restriction", args=[child])))
    assert "Colm Daly" in page
    assert "auditor of a sample: The thresholds of the autumn." in page
    read = people.client(COLM).get(reverse("child", args=[child])).content.decode()
    assert "You are reading this record for an audit" in read
    assert "Write a case note" not in read
    assert (
        "Write a case note"
        in people.client("Priya Shah").get(reverse("child", args=[child])).content.decode()
    )
    sent = people.client(COLM).post(reverse("act", args=[child, "record-dissent"]), {})
    assert sent.status_code == 403


def test_the_auditor_finds_the_sample_on_my_work_without_what_was_restricted_meanwhile(people, children):
    send(people, number="4")
    restricted, *others = children
    RecordSummary.objects.filter(record_id=restricted).update(restriction="staff_family")
    work = main(people.client(COLM).get(reverse("my-work")))
    assert people.number(restricted) not in work
    for child in others:
        assert people.number(child) in work
