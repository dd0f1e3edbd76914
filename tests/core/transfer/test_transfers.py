"""A transfer as its record has it: from which team to which, how far, agreed where, and what ended it."""

from __future__ import annotations

from datetime import date

from tests.core.engine.test_around import view

from cairn.core.transfer.transfers import as_line, open_transfer, transfers

PROPOSED = (
    "transfer.proposed",
    "2026-11-21T09:00",
    {"to_team": "Family Support", "to_team_id": "f", "tier": "tier_3", "allocation_meeting": "2026-11-25"},
)
AGREED = (
    "transfer.agreed",
    "2026-11-22T09:00",
    {"to_team": "Family Support", "agreed_on": "2026-11-22", "attended": ["outgoing_manager", "disability"]},
)
COMPLETED = ("transfer.completed", "2026-11-23T09:00", {"to_team": "Family Support", "summary": "Made up."})


def allocated(day: int, team: str) -> tuple[str, str, dict[str, str]]:
    return ("allocation.made", f"2026-11-{day}T10:00", {"worker": "A", "team_id": team})


def test_one_that_is_proposed_is_for_its_meeting_and_from_the_team_of_the_last_allocation():
    one = open_transfer(view(allocated(20, "a"), PROPOSED, allocated(22, "b")))
    assert (one.stage, one.from_team, one.to_team, one.to_name) == ("proposed", "a", "f", "Family Support")
    assert (one.meeting, one.attended) == (date(2026, 11, 25), ())


def test_agreed_it_is_of_the_meeting_that_agreed_it():
    one = open_transfer(view(PROPOSED, AGREED))
    assert (one.stage, one.meeting) == ("agreed", date(2026, 11, 22))
    assert one.attended == ("outgoing_manager", "disability")


def test_complete_it_is_open_no_more_and_stays_to_be_read():
    found = view(allocated(20, "a"), PROPOSED, AGREED, COMPLETED)
    assert open_transfer(found) is None
    (one,) = transfers(found)
    assert as_line(one) == {
        "id": "e2",
        "stage": "completed",
        "from": "a",
        "to": "f",
        "to_name": "Family Support",
        "tier": "tier_3",
        "meeting": "2026-11-22",
        "attended": ["outgoing_manager", "disability"],
    }


def test_not_agreed_or_with_the_case_closed_it_has_ended():
    declined = ("transfer.declined", "2026-11-22T09:00", {"reason": "Not yet."})
    closed = ("case.closed", "2026-11-22T09:00", {"reason": "RC7"})
    for end in (declined, closed):
        found = view(PROPOSED, end)
        assert open_transfer(found) is None
        assert [one.stage for one in transfers(found)] == ["ended"]


def test_withdrawn_it_never_was_and_proposed_again_the_second_is_the_open_one():
    taken_back = ("event.withdrawn", "2026-11-21T10:00", {"withdraws": "e1", "reason": "By mistake."})
    again = ("transfer.proposed", "2026-11-21T11:00", {"to_team": "Disability", "to_team_id": "d"})
    assert transfers(view(PROPOSED, taken_back)) == ()
    assert open_transfer(view(PROPOSED, taken_back, again)).to_team == "d"


def test_one_without_a_meeting_has_no_day():
    unclear = ("transfer.proposed", "2026-11-21T09:00", {"to_team": "Family Support"})
    assert open_transfer(view(unclear)).meeting is None
