"""Which contacts were sent back, and who belongs together, on the shipped vocabulary."""

from __future__ import annotations

from datetime import UTC, datetime

from cairn.application.procedures import in_use
from cairn.core.engine.around import asked_and_answered, families, relatives, returned
from cairn.core.engine.view import derive
from cairn.core.history.case_file import CaseFile, read_case

BY = {"name": "A Worker", "role": "social worker"}
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def view(*events):
    document = {
        "child": {"born": "2016-05-04"},
        "events": [
            {"id": f"e{number}", "type": kind, "at": at, "by": BY, "data": data}
            for number, (kind, at, data) in enumerate([REFERRAL, *events])
        ],
    }
    case = read_case(document, in_use().vocabulary)
    assert isinstance(case, CaseFile), case
    return derive(case.events, in_use(), as_at=NOW, subject=case.subject)


REFERRAL = ("referral.received", "2026-11-20T09:00", {"source": "school"})


def test_the_contact_centre_is_waited_for_from_a_return_until_its_answer_or_the_decision():
    came = ("contact.received", "2026-11-21T09:00", {"source": "school"})
    back = ("contact.returned", "2026-11-21T10:00", {"reason": "Who lives there?"})
    answer = ("contact.completed", "2026-11-21T11:00", {"found_out": "An uncle."})
    again = ("contact.returned", "2026-11-21T12:00", {"reason": "Since when?"})
    decided = ("contact.decided", "2026-11-21T13:00", {"outcome": "no_further_action", "reason": "Made up."})
    assert [event.id for event in returned(view(came, back))] == ["e2"]
    assert returned(view(came, back, answer)) == []
    assert [event.id for event in returned(view(came, back, answer, again))] == ["e4"]
    assert returned(view(came, back, decided)) == []


def test_what_was_asked_and_answered_about_a_contact_is_all_of_it_and_nothing_else():
    came = ("contact.received", "2026-11-21T09:00", {"source": "school"})
    back = ("contact.returned", "2026-11-21T10:00", {"reason": "Who lives there?"})
    answer = ("contact.completed", "2026-11-21T11:00", {"found_out": "An uncle."})
    asked = ("check.requested", "2026-11-21T11:30", {"agency": "police"})
    found = view(came, back, answer, asked)
    contact = found.standing.strands["e1"]
    assert [event.id for event in asked_and_answered(found, contact)] == ["e2", "e3"]


def test_a_brother_or_sister_of_whom_there_is_no_record_is_no_record():
    unlinked = ("sibling.listed", "2026-11-21T09:00", {"name": "Kene Fen", "household": "same"})
    assert relatives(view(unlinked)) == frozenset()


def test_brothers_and_sisters_belong_together_through_each_other():
    found = view(
        ("sibling.listed", "2026-11-21T09:00", {"name": "Kene Fen", "household": "same", "record": "b"})
    )
    assert relatives(found) == {"b"}
    together = families({"a": ["b"], "b": [], "c": ["b"], "d": []})
    assert together["a"] == together["c"] == {"a", "b", "c"}
    assert together["d"] == {"d"}
