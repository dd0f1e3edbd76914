"""Drafts: nobody overwrites anybody."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections
from tests.records.conftest import make_record, make_staff

from cairn.records import drafts
from cairn.records.drafts import Conflict, DraftToSave
from cairn.records.sight import Sight, seen_by

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def make_draft(author, **more):
    draft = DraftToSave(
        id=uuid4(),
        author_id=author.pk,
        act="assessment",
        record_id=None,
        data={"views": "one"},
        from_version=0,
    )
    return replace(draft, **more)


def test_a_draft_is_saved_and_saved_again(db):
    author, record = make_staff(), make_record()
    draft = make_draft(author, record_id=record.id)
    assert drafts.save(draft, NOW) == 1
    assert drafts.save(replace(draft, data={"views": "two"}, from_version=1), NOW + timedelta(minutes=1)) == 2
    kept = drafts.open_draft(draft.id)
    assert (kept.data, kept.version, kept.saved_at) == ({"views": "two"}, 2, NOW + timedelta(minutes=1))
    assert (kept.author_id, kept.record_id, kept.submitted_at) == (author.pk, record.id, None)


def test_the_second_of_two_is_shown_what_the_first_saved(db):
    author, colleague = make_staff("Asha"), make_staff("Bela")
    draft = make_draft(author)
    drafts.save(draft, NOW)
    drafts.save(replace(draft, author_id=colleague.pk, data={"views": "theirs"}, from_version=1), NOW)

    answer = drafts.save(replace(draft, data={"views": "mine"}, from_version=1), NOW)

    assert isinstance(answer, Conflict)
    assert (answer.theirs.data, answer.theirs.version) == ({"views": "theirs"}, 2)
    assert (answer.theirs.saved_by_name, answer.theirs.author_id) == ("Bela", author.pk)
    assert drafts.open_draft(draft.id).data == {"views": "theirs"}


@pytest.mark.parametrize("change", [{"act": "another"}, {"from_version": 0}, {"from_version": 7}])
def test_a_draft_is_not_turned_into_another(db, change):
    draft = make_draft(make_staff())
    drafts.save(draft, NOW)
    changed = {"from_version": 1, "data": {"views": "x"}, **change}
    answer = drafts.save(replace(draft, **changed), NOW)
    assert isinstance(answer, Conflict)
    assert drafts.open_draft(draft.id).data == {"views": "one"}


def test_a_draft_does_not_move_to_another_record(db):
    author, one, two = make_staff(), make_record(), make_record()
    draft = make_draft(author, record_id=one.id)
    drafts.save(draft, NOW)
    assert isinstance(drafts.save(replace(draft, record_id=two.id, from_version=1), NOW), Conflict)


def test_a_version_of_a_draft_that_is_not_there_is_not_gone_on_with(db):
    assert drafts.save(make_draft(make_staff(), from_version=3), NOW) is None


def test_a_draft_whose_record_is_out_of_sight_is_there_and_not_gone_on_with(db):
    author, barred = make_staff(), make_record()
    draft = make_draft(author, record_id=barred.id)
    assert drafts.save(draft, NOW) == 1
    with seen_by(Sight(author.pk, frozenset([barred.id]))):
        assert drafts.save(replace(draft, record_id=None), NOW) is None
        assert drafts.save(replace(draft, record_id=None, from_version=1), NOW) is None
    assert drafts.open_draft(draft.id).version == 1


def test_a_draft_is_submitted_once_and_at_the_version_seen(db):
    author = make_staff()
    draft = make_draft(author)
    drafts.save(draft, NOW)
    drafts.save(replace(draft, from_version=1), NOW)
    assert not drafts.submit(draft.id, 1, NOW)
    assert drafts.submit(draft.id, 2, NOW)
    assert not drafts.submit(draft.id, 2, NOW)
    assert isinstance(drafts.save(replace(draft, from_version=2), NOW), Conflict)
    assert drafts.list_of(author.pk) == []


def test_lists_hold_what_is_unsubmitted_the_last_saved_first(db):
    author, colleague, record = make_staff(), make_staff(), make_record()
    first, second = make_draft(author, record_id=record.id), make_draft(author, act="visit")
    theirs = make_draft(colleague, record_id=record.id)
    for minutes, draft in enumerate((first, second, theirs)):
        drafts.save(draft, NOW + timedelta(minutes=minutes))
    assert [each.id for each in drafts.list_of(author.pk)] == [second.id, first.id]
    assert [each.id for each in drafts.list_on(record.id)] == [theirs.id, first.id]
    assert drafts.list_on(record.id, act="visit") == []


def test_only_its_author_throws_a_draft_away(db):
    author, colleague = make_staff(), make_staff()
    draft = make_draft(author)
    drafts.save(draft, NOW)
    assert not drafts.discard(draft.id, colleague.pk)
    assert drafts.discard(draft.id, author.pk)
    assert drafts.open_draft(draft.id) is None


def test_of_many_saved_at_once_from_one_version_one_is_kept(committed_database):
    author = make_staff()
    draft = make_draft(author)
    drafts.save(draft, NOW)
    together = threading.Barrier(4)
    answers: list[int | Conflict] = []

    def save(words: str) -> None:
        try:
            together.wait(timeout=10)
            answers.append(drafts.save(replace(draft, data={"views": words}, from_version=1), NOW))
        finally:
            connections["default"].close()

    writers = [threading.Thread(target=save, args=(f"words {number}",)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=20)

    kept = drafts.open_draft(draft.id)
    assert sorted(map(str, (answer for answer in answers if isinstance(answer, int)))) == ["2"]
    assert [each.theirs for each in answers if isinstance(each, Conflict)] == [kept] * 3
