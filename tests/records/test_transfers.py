"""Open transfers of some teams, and who was at their meetings, from the lines of records."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.records.conftest import make_record
from tests.records.test_projections import SUMMARY

from cairn.records import projections, transfers


def line(here, to, stage, meeting="", attended=()):
    return {"id": "t", "stage": stage, "from": str(here), "to": str(to), "to_name": "", "tier": "", "meeting": meeting,
            "attended": list(attended)}  # fmt: skip


@pytest.fixture
def teams(db, make_team):
    return [make_team().pk for _ in range(3)]


def put(team, to=None, lines=()):
    record = make_record().id
    projections.replace(record, replace(SUMMARY, team_id=team, transfer_to_id=to, transfers=tuple(lines)), [])
    return record


def test_what_is_open_from_or_to_a_team(teams, django_assert_num_queries):
    here, to, other = teams
    going, coming, theirs = put(here, to), put(to, here), put(to, other)
    put(here)
    with django_assert_num_queries(1):
        assert set(transfers.open_between([here])) == {going, coming}
    assert theirs in transfers.open_between([to, other])
    assert transfers.open_between([]) == []


def test_who_was_at_each_meeting_of_a_team_s_transfers(teams, django_assert_num_queries):
    here, to, other = teams
    put(to, lines=[line(here, to, "completed", "2026-11-18", ["disability"])])
    put(here, to, [line(here, to, "agreed", "2026-11-18", ["receiving_manager"])])
    put(here, to, [line(here, to, "proposed", "2026-11-25", [])])
    put(other, to, [line(other, to, "agreed", "2026-11-11", ["looked_after"])])
    with django_assert_num_queries(1):
        assert transfers.meetings_of([here]) == {"2026-11-18": frozenset({"disability", "receiving_manager"})}
    assert set(transfers.meetings_of([to])) == {"2026-11-18", "2026-11-11"}
    assert transfers.meetings_of([]) == {}


def test_a_line_reads_back_as_it_was_written(teams):
    here, to, _ = teams
    record = put(here, to, [line(here, to, "proposed")])
    found = projections.summary(record)
    assert (found.transfer_to_id, found.transfers) == (to, (line(here, to, "proposed"),))
