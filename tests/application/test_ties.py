"""Giving and ending what stands between somebody and a record: by whose right, for how long, and all in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from tests.interfaces.web.views.children import allocated
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application.door import OpenRecord, one_request, open_record
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.ties import TieWanted, end_tie, give_tie, longest
from cairn.records import access_log, staff
from cairn.records.ties import TieRow

__all__ = ["clock", "people", "static_files"]
pytestmark = pytest.mark.django_db
RUTH, HELEN, COLM, OLIVE = "Ruth Abara", "Helen Strand", "Colm Daly", "Olive Tranter"
# Who gives which kind to whom; and somebody whose role does not, although they open the record.
GIVERS = {
    "chair": (HELEN, OLIVE, "Joanne Whitlock"),
    "auditor": (RUTH, COLM, "Joanne Whitlock"),
    "named": ("Joanne Whitlock", "Rosa Quill", "Priya Shah"),
    "own": (RUTH, "Rosa Quill", "Joanne Whitlock"),
    "family": (RUTH, "Rosa Quill", "Priya Shah"),
    "neighbour": (RUTH, "Rosa Quill", "Ewan Marsh"),
}


@pytest.fixture
def child(people):
    """A child of the team that Helen Strand's service has."""
    whole = staff.add_team("Children in Need Service", "service")
    staff.give_manager(whole, people.ids[HELEN])
    staff.put_within(people.teams["Referral and Assessment"], whole)
    return allocated(people)


def wanted(people, kind, whom, child, **more):
    return TieWanted(people.ids[whom], child, kind, more.pop("reason", "Made up."), **more)


def last(child):
    line = access_log.of_record(child)[0].line
    return line.what, line.page, line.relied_on, line.allowed


def is_open(people, who, child):
    return isinstance(open_record(people.actor(who), child, page="child"), OpenRecord)


@pytest.mark.parametrize("kind", GIVERS)
def test_each_kind_is_given_by_whoever_has_its_right_and_by_nobody_else(people, child, kind):
    giver, whom, other = GIVERS[kind]
    refused = give_tie(people.actor(other), wanted(people, kind, whom, child))
    assert isinstance(refused, Refused)
    assert refused.code == "not allowed"
    assert "This is done by" in refused.reason
    assert last(child)[0] == "refused"
    given = give_tie(people.actor(giver), wanted(people, kind, whom, child))
    assert isinstance(given, TieRow)
    assert (given.staff, given.record, given.kind, given.given_by_name) == (
        people.ids[whom],
        child,
        kind,
        giver,
    )
    assert last(child)[0] == "tie given"
    assert is_open(people, whom, child) is (kind in ("chair", "auditor", "named"))


def test_the_log_does_not_say_which_conflict_it_is_nor_whose(people, child):
    give_tie(people.actor(RUTH), wanted(people, "own", "Rosa Quill", child, reason="It is her own."))
    row = access_log.of_record(child)[0]
    assert (row.actor_name, row.line.page, row.line.purpose) == (RUTH, "tie:conflict", "")


@pytest.mark.parametrize(("kind", "days"), [("chair", 213), ("auditor", 28), ("named", 183)])
def test_what_opens_ends_by_itself_and_lasts_no_longer_than_it_may(people, child, clock, kind, days):
    giver, whom, _ = GIVERS[kind]
    too_long = wanted(people, kind, whom, child, until=now() + timedelta(days=days, seconds=1))
    refused = give_tie(people.actor(giver), too_long)
    assert isinstance(refused, Refused)
    assert refused.faults[0].place == "until"
    given = give_tie(people.actor(giver), wanted(people, kind, whom, child))
    assert given.until == now() + timedelta(days=days)
    clock.at = given.until - timedelta(seconds=1)
    assert is_open(people, whom, child)
    clock.at = given.until
    assert not is_open(people, whom, child)


def test_somebody_named_for_a_task_is_named_for_two_weeks(people, child):
    task = wanted(people, "named", "Rosa Quill", child, reason_kind="task")
    given = give_tie(people.actor("Joanne Whitlock"), task)
    assert given.until == longest("named", "task", now()) == now() + timedelta(days=14)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"whom": "Gone Away"}, "staff"),
        ({"whom": "Farah Lindqvist"}, "staff"),
        ({"whom": "Joanne Whitlock"}, "staff"),
        ({"reason": "  "}, "reason"),
        ({"back": timedelta(days=-1)}, "until"),
    ],
)
def test_what_cannot_be_given_is_refused_at_its_question(people, child, more, field):
    until = now() + more["back"] if "back" in more else None
    asked = wanted(
        people, "named", more.get("whom", "Rosa Quill"), child, reason=more.get("reason", "Why"), until=until
    )
    refused = give_tie(people.actor("Joanne Whitlock"), asked)
    assert isinstance(refused, Refused)
    assert [fault.place for fault in refused.faults] == [field]
    assert isinstance(
        give_tie(people.actor("Joanne Whitlock"), wanted(people, "named", "Rosa Quill", child)), TieRow
    )


def test_nobody_with_a_conflict_is_given_what_opens(people, child):
    give_tie(people.actor(RUTH), wanted(people, "family", "Rosa Quill", child))
    refused = give_tie(people.actor("Joanne Whitlock"), wanted(people, "named", "Rosa Quill", child))
    assert isinstance(refused, Refused)
    assert "cannot work with this child" in refused.reason
    assert isinstance(
        give_tie(people.actor("Joanne Whitlock"), wanted(people, "named", "Tunde Bright", child)), TieRow
    )


def test_given_twice_it_stands_once(people, child):
    first = give_tie(people.actor(RUTH), wanted(people, "family", "Rosa Quill", child))
    again = give_tie(people.actor(RUTH), wanted(people, "family", "Rosa Quill", child))
    assert again.id == first.id


def test_a_record_that_is_not_there_is_not_found_and_nobody_else_s_team_is_given_to(people, child):
    for nobody in (HELEN, "Joanne Whitlock", RUTH):
        refused = give_tie(people.actor(nobody), wanted(people, "named", "Rosa Quill", uuid4()))
        assert refused.code == "not found"
    elsewhere = give_tie(people.actor("Tunde Bright"), wanted(people, "named", "Rosa Quill", child))
    assert elsewhere.code == "not allowed"


def test_one_s_own_conflict_is_declared_by_oneself_of_a_record_one_came_across(people, child):
    unseen = give_tie(people.actor("Rosa Quill"), wanted(people, "own", "Rosa Quill", child))
    assert unseen.code == "not allowed"
    assert is_open(people, "Ewan Marsh", child)
    declared = give_tie(people.actor("Ewan Marsh"), wanted(people, "neighbour", "Ewan Marsh", child))
    assert isinstance(declared, TieRow)
    assert last(child)[2] == "their own declaration"
    assert not is_open(people, "Ewan Marsh", child)
    # It is ended by somebody else: not by whom it bars, nor by somebody without the right.
    ewan = people.actor("Ewan Marsh")
    with one_request(ewan):
        assert end_tie(ewan, declared.id).code == "not found"
    assert end_tie(people.actor("Joanne Whitlock"), declared.id).code == "not allowed"
    ended = end_tie(people.actor(RUTH), declared.id)
    assert (ended.ended_at, ended.ended_by_name) == (now(), RUTH)
    assert last(child)[0] == "tie ended"
    assert is_open(people, "Ewan Marsh", child)
    assert end_tie(people.actor(RUTH), declared.id).code == "not taken"


def test_whoever_guards_access_ends_no_conflict_of_their_own(people, child):
    other = staff.add_person("Second Guard", "information governance")
    more = replace(people, ids={**people.ids, "Second Guard": other})
    own = give_tie(people.actor(RUTH), wanted(more, "family", "Second Guard", child))
    with transaction.atomic():
        assert end_tie(more.actor("Second Guard"), own.id).code == "not allowed"
    assert isinstance(end_tie(people.actor(RUTH), own.id), TieRow)


@pytest.mark.parametrize(("kind", "whom"), [("chair", OLIVE), ("auditor", COLM)])
def test_chairs_and_auditors_find_their_records_on_my_work_and_an_auditor_only_reads(
    people, child, clock, kind, whom
):
    given = give_tie(people.actor(GIVERS[kind][0]), wanted(people, kind, whom, child))
    browser = people.client(whom)
    page = browser.get("/work/").content.decode()
    assert "Open to you for a time" in page
    assert f"/records/{child}/" in page
    assert browser.get(f"/records/{child}/timeline/").status_code == 200
    sent = browser.post(f"/records/{child}/note/", {"text": "Mine.", "key": str(uuid4())})
    assert sent.status_code in ((403,) if kind == "auditor" else (302, 403))
    clock.at = given.until
    assert f"/records/{child}/" not in people.client(whom).get("/work/").content.decode()
    assert people.client(whom).get(f"/records/{child}/timeline/").status_code == 403
