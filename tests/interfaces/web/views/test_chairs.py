"""Who chairs for a child: named by a service manager until a day, ended before it; read by whoever may open the record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import allocated, main

from cairn.application.ports import now
from cairn.records import access_log, staff, ties

pytestmark = pytest.mark.django_db
HELEN, OLIVE, JOANNE, PRIYA = "Helen Strand", "Olive Tranter", "Joanne Whitlock", "Priya Shah"


@pytest.fixture
def child(people):
    """A child of the team that Helen Strand's service has."""
    whole = staff.add_team("Children in Need Service", "service")
    staff.give_manager(whole, people.ids[HELEN])
    staff.put_within(people.teams["Referral and Assessment"], whole)
    return allocated(people)


def send(people, child, who=HELEN, **more):
    until = more.pop("until", now().date() + timedelta(days=30))
    day = {"until-day": until.day, "until-month": until.month, "until-year": until.year}
    said = {"person": str(people.ids[OLIVE]), "reason": "The conference.", **day, **more}
    return people.client(who).post(reverse("chairs", args=[child]), said, follow=True)


def opens(people, child, who=OLIVE):
    return people.client(who).get(reverse("child", args=[child])).status_code


def shown(people, child, who=PRIYA):
    return main(people.client(who).get(reverse("chairs", args=[child])))


def test_named_until_a_day_they_open_the_record_and_everybody_who_may_reads_who_chairs(people, child, clock):
    assert opens(people, child) == 403
    assert "Nobody is named. A service manager names who chairs." in shown(people, child)
    page = main(send(people, child, until=date(2026, 12, 20)))
    assert "Olive Tranter" in page
    assert "Named by Helen Strand" in page
    assert "20 December 2026" in page
    assert opens(people, child) == 200
    assert "Olive Tranter" in shown(people, child)
    assert "End it now" not in shown(people, child)
    clock.at = ties.of_record(child)[0].until
    assert opens(people, child) == 403
    assert "Who chaired before" in shown(people, child)


def test_ended_before_its_day_the_next_request_is_refused(people, child):
    send(people, child)
    (tie,) = ties.of_record(child)
    page = main(people.client(HELEN).post(reverse("chairs", args=[child]), {"end": str(tie.id)}, follow=True))
    assert "Ended by Helen Strand" in page
    assert opens(people, child) == 403
    again = people.client(HELEN).post(reverse("chairs", args=[child]), {"end": str(tie.id)})
    assert again.status_code == 404


def test_nobody_else_names_or_ends(people, child):
    for who in (JOANNE, PRIYA):
        assert send(people, child, who).status_code == 403
    assert ties.of_record(child) == []
    assert access_log.of_record(child)[0].line.what == "refused"
    send(people, child)
    (tie,) = ties.of_record(child)
    refused = people.client(PRIYA).post(reverse("chairs", args=[child]), {"end": str(tie.id)})
    assert refused.status_code == 403
    assert opens(people, child) == 200


def test_the_last_day_there_may_be_is_filled_in_and_a_later_one_is_refused(people, child):
    latest = (now() + timedelta(days=212)).date()
    form = people.client(HELEN).get(reverse("chairs", args=[child])).content.decode()
    assert f'value="{latest.year}"' in form
    late = send(people, child, until=latest + timedelta(days=1))
    assert late.status_code == 422
    assert "213 days at most" in main(late)
    assert ties.of_record(child) == []
    assert send(people, child, until=latest).status_code == 200
    assert len(ties.of_record(child)) == 1


def test_sent_twice_it_stands_once_and_another_day_asks_to_end_the_first(people, child):
    send(people, child)
    send(people, child)
    assert len(ties.of_record(child)) == 1
    other = send(people, child, until=now().date() + timedelta(days=40))
    assert other.status_code == 422
    assert "chairs already" in main(other)


def test_what_is_missing_or_cannot_be_is_said_at_its_question(people, child):
    asked = people.client(HELEN).post(reverse("chairs", args=[child]), {})
    assert asked.status_code == 422
    assert "Choose who chairs" in main(asked)
    assert send(people, child, person=str(people.ids[PRIYA])).status_code == 422
    assert ties.of_record(child) == []
