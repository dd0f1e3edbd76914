"""Conflicts of interest: noted by who guards access or declared by anybody; the child is never without a worker unseen."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, main
from tests.interfaces.web.views.test_finding import find

from cairn.records import alerts, ties

pytestmark = pytest.mark.django_db
RUTH, PRIYA, ROSA, JOANNE = "Ruth Abara", "Priya Shah", "Rosa Quill", "Joanne Whitlock"
SAID = {"kind": "neighbour", "reason": "Next door."}


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def brother(people, child):
    """A brother with a record of his own, which names his sister."""
    other = allocated(people)
    tells = {"name": "Wren Made-up", "relation": "brother_or_sister", "record": str(child)}
    record(people, (PRIYA, "record-relationship", tells), on=other)
    return other


def form(people, child, who=PRIYA, **more):
    return {"staff": str(people.ids[who]), "numbers": people.number(child), **SAID, **more}


def note(people, child, who=PRIYA, by=RUTH, **more):
    return people.client(by).post(reverse("conflicts"), form(people, child, who, **more), follow=True)


def declared(people, child, who=PRIYA, **more):
    return people.client(who).post(reverse("declare-conflict", args=[child]), {**SAID, **more})


def opens(people, child, who=PRIYA):
    return people.client(who).get(reverse("child", args=[child])).status_code


def barred(people, who=PRIYA):
    return people.actor(who).facts.barred


def test_noted_it_is_in_the_register_and_the_record_is_gone_for_that_person(people, child):
    assert opens(people, child) == 200
    page = main(note(people, child))
    assert "Noted: 1 record is closed to Priya Shah." in page
    for said in (
        PRIYA,
        people.number(child),
        "Known in another way",
        "Next door.",
        "23 November 2026",
        "no end",
    ):
        assert said in page, said
    assert "Wren" not in page
    assert opens(people, child) == 404
    assert opens(people, child, "Ewan Marsh") == 200


@pytest.mark.parametrize("who", [JOANNE, PRIYA, "Helen Strand", "Colm Daly"])
def test_nobody_else_reads_or_keeps_the_register(people, child, who):
    assert people.client(who).get(reverse("conflicts")).status_code == 403
    assert note(people, child, by=who).status_code == 403
    note(people, child, who=ROSA)
    (tie,) = ties.of_record(child)
    assert people.client(who).post(reverse("end-conflict", args=[tie.id])).status_code == 403
    assert 'href="/conflicts/"' not in people.client(who).get("/work/").content.decode()
    assert ties.tie(tie.id).ended_at is None


def test_the_whole_family_is_offered_before_anything_is_kept(people, child, brother):
    offered = note(people, child)
    page = main(offered)
    assert people.number(brother) in page
    assert "Close them" in page
    assert barred(people) == frozenset()
    page = main(note(people, child, confirmed="yes", also=[str(brother)]))
    assert "Noted: 2 records are closed to Priya Shah." in page
    assert barred(people) == {str(child), str(brother)}


def test_what_is_not_ticked_stays_and_what_is_not_of_the_family_is_not_taken(people, child, brother):
    stranger = allocated(people)
    note(people, child, confirmed="yes", also=[str(stranger)])
    assert barred(people) == {str(child)}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"staff": ""}, "Choose who it is"),
        ({"numbers": ""}, "Enter the number of a record"),
        ({"numbers": "FC-000000"}, "There is no record FC-000000"),
        ({"kind": ""}, "Choose how they know the family"),
        ({"reason": ""}, "Say in a few words"),
        ({"until-day": "22", "until-month": "11", "until-year": "2026"}, "The end is before the beginning"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(people, child, more, said):
    page = note(people, child, **more)
    assert page.status_code == 422
    assert said in main(page)
    assert barred(people) == frozenset()
    assert SAID["reason"] in main(page) or "reason" in more


def test_a_conflict_with_an_end_ends_by_itself(people, child, clock):
    note(people, child, **{"until-day": "30", "until-month": "11", "until-year": "2026"})
    assert opens(people, child) == 404
    clock.at = clock.at.replace(day=30, hour=23, minute=59)
    assert opens(people, child) == 404
    clock.at += timedelta(minutes=1)
    assert opens(people, child) == 200


def test_ended_by_who_guards_access_the_record_is_there_again(people, child):
    note(people, child)
    (tie,) = ties.of_record(child)
    page = main(people.client(RUTH).post(reverse("end-conflict", args=[tie.id]), follow=True))
    assert f"{people.number(child)} is there for Priya Shah again." in page
    assert opens(people, child) == 200
    assert people.client(RUTH).post(reverse("end-conflict", args=[uuid4()])).status_code == 404


def test_somebody_says_that_they_know_a_family_and_it_takes_effect_at_once(people, child):
    overview = people.client(PRIYA).get(reverse("child", args=[child])).content.decode()
    assert reverse("declare-conflict", args=[child]) in overview
    page = main(people.client(PRIYA).get(reverse("declare-conflict", args=[child])))
    assert "You work with Wren Made-up" in page
    done = declared(people, child)
    assert (done.status_code, done["Location"]) == (302, reverse("my-work"))
    work = people.client(PRIYA).get(reverse("my-work")).content.decode()
    assert "Wren" not in work
    assert opens(people, child) == 404
    assert people.client(PRIYA).get(reverse("declare-conflict", args=[child])).status_code == 404
    (tie,) = ties.of_record(child)
    assert (tie.kind, tie.reason, tie.given_by_name) == ("neighbour", "Next door.", PRIYA)
    assert "Noted by themselves" in main(people.client(RUTH).get(reverse("conflicts")))


def test_from_a_search_too_but_not_of_somebody_they_never_came_across(people, child):
    assert people.client(ROSA).get(reverse("declare-conflict", args=[child])).status_code == 403
    assert declared(people, child, ROSA).status_code == 403
    assert reverse("declare-conflict", args=[child]) in main(
        find(people, ROSA, first_name="Wren", surname="Made-up")
    )
    assert declared(people, child, ROSA).status_code == 302
    assert (
        "Wren" not in main(find(people, ROSA, first_name="Wren", surname="Made-up")).partition("c-matches")[2]
    )


def test_the_brothers_and_sisters_are_ticked_at_once(people, child, brother):
    page = main(people.client(PRIYA).get(reverse("declare-conflict", args=[child])))
    assert f'value="{brother}" checked' in page
    assert declared(people, child, also=[str(brother), str(uuid4())]).status_code == 302
    assert barred(people) == {str(child), str(brother)}


def test_a_declaration_without_how_or_why_is_refused(people, child):
    for more in ({"kind": ""}, {"reason": " "}, {"kind": "chair"}):
        assert declared(people, child, **more).status_code == 422
    assert barred(people) == frozenset()


def test_nobody_undoes_their_own_and_the_database_keeps_who_did(people, child):
    declared(people, child)
    (tie,) = ties.of_record(child)
    assert people.client(PRIYA).post(reverse("end-conflict", args=[tie.id])).status_code in (403, 404)
    assert ties.tie(tie.id).ended_at is None
    people.client(RUTH).post(reverse("end-conflict", args=[tie.id]))
    assert ties.tie(tie.id).ended_by_name == RUTH


def test_the_child_of_a_worker_with_a_conflict_needs_another_and_stands_first_until_it_has_one(people, child):
    declared(people, child)
    assert [one.kind for one in alerts.open_alerts()] == ["worker with a conflict"]
    page = main(people.client(JOANNE).get(reverse("my-work")))
    assert "needs another worker now" in page
    assert "Priya Shah can no longer work with this child" in page
    assert reverse("allocate", args=[child]) in page
    assert "needs another worker now" not in main(people.client("Tunde Bright").get(reverse("my-work")))
    offered = main(people.client(JOANNE).get(reverse("allocate", args=[child])))
    assert str(people.ids["Ewan Marsh"]) in offered
    assert str(people.ids[PRIYA]) not in offered
    again = {"worker": str(people.ids[PRIYA]), "reason": "Hers.", "key": str(uuid4())}
    assert people.client(JOANNE).post(reverse("allocate", args=[child]), again).status_code == 422
    other = {"worker": str(people.ids["Ewan Marsh"]), "reason": "At once.", "key": str(uuid4())}
    assert people.client(JOANNE).post(reverse("allocate", args=[child]), other).status_code == 302
    assert "needs another worker now" not in main(people.client(JOANNE).get(reverse("my-work")))


def test_whoever_guards_access_is_not_shown_their_own(people, child):
    note(people, child, who=RUTH)
    page = main(people.client(RUTH).get(reverse("conflicts")))
    assert "The register" in page
    assert people.number(child) not in page.partition("The register")[2]
