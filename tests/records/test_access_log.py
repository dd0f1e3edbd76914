"""The access log: what is written stays, and says who saw whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.records.conftest import make_record, make_staff

from cairn.records import access_log
from cairn.records.access_log import AccessLine

AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def make_line(actor, **more):
    line = AccessLine(
        at=AT,
        actor=actor.pk,
        capacity="social worker",
        what="view",
        page="child",
        request_id=uuid4(),
        allowed=True,
        purpose="visit tomorrow",
        relied_on="allocated worker",
    )
    return replace(line, **more)


def test_who_saw_a_record_is_told_newest_first(db, django_assert_num_queries):
    one, two, record, other = make_staff("One"), make_staff("Two"), make_record(), make_record()
    listed = make_line(one, what="list", records=(other.id, record.id))
    refused = make_line(two, what="refused", allowed=False, reason="not yours", records=(record.id,))
    for line in (listed, refused, make_line(two, records=(other.id,))):
        with django_assert_num_queries(1):
            access_log.write(line)

    found = access_log.of_record(record.id)

    assert [row.line for row in found] == [refused, listed]
    assert [row.actor_name for row in found] == ["Two", "One"]
    assert access_log.of_record(record.id, before=found[0].sequence) == found[1:]


def test_what_an_account_touched_between_two_instants(db):
    actor, other, record = make_staff(), make_staff(), make_record()
    lines = [make_line(actor, at=AT + timedelta(hours=hours), records=(record.id,)) for hours in range(4)]
    for line in (*lines, make_line(other)):
        access_log.write(line)
    found = access_log.of_actor(actor.pk, AT + timedelta(hours=1), AT + timedelta(hours=2))
    assert [row.line for row in found] == lines[1:3]


def test_a_request_has_its_entries(db):
    actor = make_staff()
    line = make_line(actor)
    access_log.write(line)
    access_log.write(make_line(actor))
    assert [row.line for row in access_log.of_request(line.request_id)] == [line]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"what": ""}, "access_says_what_and_where"),
        ({"page": ""}, "access_says_what_and_where"),
        ({"capacity": ""}, "access_says_what_and_where"),
        ({"allowed": False, "reason": ""}, "access_refusal_has_reason"),
        ({"what": "refused", "allowed": True}, "access_refused_is_not_allowed"),
    ],
)
def test_an_entry_that_says_too_little_is_refused(db, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        access_log.write(make_line(make_staff(), **change))


def test_an_entry_goes_with_the_transaction_it_belongs_to(db):
    record = make_record()

    def fail_after_writing():
        with transaction.atomic():
            access_log.write(make_line(make_staff(), records=(record.id,)))
            raise LookupError

    with pytest.raises(LookupError):
        fail_after_writing()
    assert access_log.of_record(record.id) == []


def test_what_one_request_opened_again_is_one_row_and_the_act_names_it():
    actor, one, two = make_unsaved(), uuid4(), uuid4()
    form = make_line(actor, page="child", records=(one,))
    act = make_line(actor, what="act", page="act:add-note", at=AT + timedelta(seconds=1), records=(one, two))
    assert access_log.merged([form, act]) == [replace(act, at=AT)]
    assert access_log.merged([act, form]) == [act]
    assert access_log.merged([form, replace(form, page="why")]) == [form]


def test_what_says_something_else_keeps_its_row():
    actor, one = make_unsaved(), uuid4()
    form = make_line(actor, records=(one,))
    others = [
        replace(form, what="search"),
        replace(form, what="list"),
        replace(form, relied_on="own team"),
        replace(form, purpose="court report"),
        replace(form, what="refused", allowed=False, reason="not yours"),
        replace(form, what="refused", allowed=False, reason="not your role"),
    ]
    assert access_log.merged([form, *others, form]) == [form, *others]


def make_unsaved():
    return SimpleNamespace(pk=uuid4())
