"""cairn rebuild, tick, verify and deliver: what they say, and with which exit status."""

from __future__ import annotations

import os
import signal
from datetime import date
from uuid import uuid4

import pytest
from tests.application.made_up import NOW, Step, a_case, a_worker, record_case, write_procedures

from cairn.application import delivery, upkeep
from cairn.interfaces.cli import verify as verify_command
from cairn.records import outbox, projections
from cairn.records.models import RecordSummary


@pytest.fixture
def cases(db, made_up, clock):
    author = a_worker()
    return [record_case(a_case(number), author) for number in range(3)]


@pytest.fixture
def broken(cases, monkeypatch, tmp_path):
    """A record that the procedures in use can't derive."""
    record = record_case([Step("child.seen", date(2026, 3, 31), {})], a_worker_of(cases))
    write_procedures(tmp_path / "new")
    events = tmp_path / "new" / "vocabulary" / "events.yaml"
    events.write_text(events.read_text("utf-8").replace("child.seen", "child.heard"), "utf-8")
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "new"))
    return record


def a_worker_of(_cases):
    from cairn.records import staff  # noqa: PLC0415 - only where Django is set up

    return staff.active_staff()[0].id


def test_rebuild_says_how_many(cairn, cases):
    RecordSummary.objects.update(stage="wrong")
    assert cairn("rebuild") == (0, "3 records derived again.\n", "")
    assert projections.summary(cases[0]).stage != "wrong"


def test_rebuild_names_what_it_could_not_derive(cairn, broken):
    status, said, complained = cairn("rebuild")
    assert (status, said) == (1, "3 records derived again.\n")
    assert str(broken) in complained


def test_rebuild_stopped_by_the_keyboard_says_how_to_go_on(cairn, cases, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(upkeep, "rebuild", stop)
    status, said, complained = cairn("rebuild")
    assert (status, said) == (130, "")
    assert "Run it again" in complained


def test_tick_does_what_has_come_due(cairn, cases, clock):
    assert cairn("tick") == (0, "0 records derived again.\n", "")
    clock.at = projections.summary(cases[0]).next_change_at
    assert cairn("tick") == (0, "3 records derived again.\n", "")


def test_tick_names_what_it_could_not_derive(cairn, broken):
    status, said, complained = cairn("tick")
    assert (status, said) == (1, "3 records derived again.\n")
    assert str(broken) in complained


def test_verify_is_silent_where_all_is_well(cairn, cases):
    assert cairn("verify") == (0, "3 records compared: 0 differences.\n", "")


def test_verify_prints_each_difference_and_fails(cairn, cases, monkeypatch):
    RecordSummary.objects.update(stage="wrong")
    status, said, _ = cairn("verify")
    assert status == 1
    assert f"{cases[0]}: summary, stage: differs\n" in said
    assert said.endswith("3 records compared: 3 differences.\n")
    monkeypatch.setattr(verify_command, "SHOWN", 1)
    _, said, _ = cairn("verify")
    assert said.splitlines()[1:] == ["... and 2 more.", "3 records compared: 3 differences."]


def test_verify_compares_at_a_stated_time(cairn, cases, clock):
    later = projections.summary(cases[0]).next_change_at
    assert cairn("verify", "--at", "2026-03-31T10:30")[0] == 0
    assert cairn("verify", "--at", later.isoformat())[0] == 0
    status, _, complained = cairn("verify", "--at", "half past nine")
    assert status == 1
    assert "half past nine" in complained


def put(kind="letter"):
    outbox.put(outbox.Errand(kind=kind, deduplication=str(uuid4()), made_at=NOW))


def test_deliver_once_ends_when_nothing_is_due(cairn, cases):
    assert cairn("deliver", "--once") == (0, "0 done, 9 with nothing to do, 0 to be tried again.\n", "")


def test_deliver_says_that_something_failed(cairn, db, clock, monkeypatch):
    def fail(_):
        raise RuntimeError("made to fail")

    monkeypatch.setitem(delivery.HANDLERS, "letter", fail)
    put()
    assert cairn("deliver", "--once")[:2] == (1, "0 done, 0 with nothing to do, 1 to be tried again.\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_deliver_goes_on_until_it_is_stopped_and_finishes_its_batch(cairn, db, clock, monkeypatch, number):
    handled = []

    def stop(claimed):
        handled.append(claimed.id)
        os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    monkeypatch.setitem(delivery.HANDLERS, "letter", stop)
    put()
    put()
    assert cairn("deliver") == (0, "2 done, 0 with nothing to do, 0 to be tried again.\n", "")
    assert len(handled) == 2
    assert signal.getsignal(number) is before
