"""Sections of a document: nobody overwrites anybody, and nothing that was written can be removed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connections
from psycopg import sql
from tests.records.conftest import make_event, make_record, make_staff

from cairn.records import ledger, sections
from cairn.records.sections import Place

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def asha(db):
    return make_staff("Asha")


@pytest.fixture
def bela(db):
    return make_staff("Bela")


@pytest.fixture
def place(asha):
    return place_of(asha)


def place_of(author):
    record, event = make_record(), make_event(author, "assessment.started")
    ledger.append(record.id, [event], expected_version=None)
    return Place(record.id, event.id, "health")


def test_a_section_is_saved_and_saved_again_and_names_its_writers_once(asha, bela, place):
    assert sections.save(place, {"text": "a"}, 0, asha.pk, NOW) == 1
    assert sections.save(place, {"text": "b"}, 1, bela.pk, NOW) == 2
    assert sections.save(place, {"text": "c"}, 2, asha.pk, NOW + timedelta(minutes=1)) == 3
    found = sections.section(place.strand, "health")
    assert (found.data, found.version, found.writers) == ({"text": "c"}, 3, (asha.pk, bela.pk))
    assert (found.saved_by_name, found.saved_at) == ("Asha", NOW + timedelta(minutes=1))
    assert set(sections.sections(place.strand)) == {"health"}


@pytest.mark.parametrize("begun_from", [0, 2, 9])
def test_a_section_that_moved_on_is_left_as_it_is(asha, bela, place, begun_from):
    sections.save(place, {"text": "theirs"}, 0, asha.pk, NOW)
    assert sections.save(place, {"text": "mine"}, begun_from, bela.pk, NOW) is None
    found = sections.section(place.strand, "health")
    assert (found.data, found.writers) == ({"text": "theirs"}, (asha.pk,))


def test_a_text_that_stands_apart_is_its_writers_to_go_on_with(asha, bela, place):
    first = sections.keep_apart(place, {"text": "x"}, 1, bela.pk, NOW)
    assert sections.keep_apart(place, {"text": "xy"}, 1, bela.pk, NOW, first) == first
    other = sections.keep_apart(place, {"text": "z"}, 1, asha.pk, NOW, first)
    assert other != first
    waiting = {(row.data["text"], row.written_by_name) for row in sections.apart(place.strand)}
    assert waiting == {("xy", "Bela"), ("z", "Asha")}


def test_settled_it_waits_no_more_and_a_later_text_stands_apart_anew(asha, place):
    first = sections.keep_apart(place, {"text": "x"}, 1, asha.pk, NOW)
    assert sections.settle(Place(place.record, place.strand, "education"), [first], asha.pk, NOW) == 0
    assert sections.settle(place, [first], asha.pk, NOW) == 1
    assert sections.settle(place, [first], asha.pk, NOW) == 0
    assert sections.apart(place.strand) == []
    assert sections.keep_apart(place, {"text": "y"}, 1, asha.pk, NOW, first) != first


def test_who_has_it_open_is_told_by_the_time(asha, bela, place):
    sections.opened(place, asha.pk, NOW)
    sections.opened(place, bela.pk, NOW + timedelta(minutes=9))
    sections.opened(place, asha.pk, NOW + timedelta(minutes=1))
    assert list(sections.who_has_open(place.strand, "health", NOW).values()) == ["Bela", "Asha"]
    assert sections.who_has_open(place.strand, "health", NOW + timedelta(minutes=5)) == {bela.pk: "Bela"}
    assert sections.who_has_open(place.strand, "education", NOW) == {}


def test_of_two_saves_at_one_moment_one_is_told(committed_database):
    author = make_staff("Asha")
    place = place_of(author)
    sections.save(place, {"text": "begun"}, 0, author.pk, NOW)
    answers, both = [], threading.Barrier(2)

    def save(text):
        both.wait()
        answers.append(sections.save(place, {"text": text}, 1, author.pk, NOW))
        connections.close_all()

    threads = [threading.Thread(target=save, args=(text,)) for text in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [2, None]


@pytest.mark.parametrize("table", ["records_sectiondraft", "records_sectionapart"])
def test_the_application_can_remove_nothing_that_was_written(db, as_role, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("cairn_app").execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
