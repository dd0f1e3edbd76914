"""A transfer at the one door: proposed, agreed by either team, complete in one act; what cannot be, with the remedy."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from tests.cases import open_to_priya, record
from tests.people import Staff, made_up_staff

from cairn.application.entries import withdraw_entry
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.core.engine.view import derive
from cairn.records import access_log, ledger, projections

WHY = {"reason": "The family needs support for longer."}
SUMMARY = {
    "summary": "What the next worker has to know.",
    "dates": [{"day": "2026-12-02", "what": "Hospital"}],
    "urgent": "Nothing.",
    "both_at_meeting": True,
}
BOTH = ["outgoing_manager", "receiving_manager"]


@pytest.fixture
def people(db) -> Staff:
    return made_up_staff()


@pytest.fixture
def child(people) -> UUID:
    return open_to_priya(people)


def act(people: Staff, child: UUID, who: str, name: str, **answers: object) -> Recorded | Refused:
    return record_act(people.actor(who), Request(name, answers, child, key=uuid4()))


def proposed(people: Staff, child: UUID, team: str = "Family Support") -> UUID:
    return record(
        people, ("Priya Shah", "propose-transfer", {"to_team": str(people.teams[team]), **WHY}), on=child
    )


def agreed(people: Staff, child: UUID, who: str = "Joanne Whitlock") -> UUID:
    said = {"agreed_on": "2026-01-14", "attended": BOTH}
    return record(people, (who, "agree-transfer", said), on=proposed(people, child))


def completed(people: Staff, child: UUID, who: str = "Priya Shah") -> UUID:
    answers = {"to_worker": str(people.ids["Rosa Quill"]), **SUMMARY}
    return record(people, (who, "complete-transfer", answers), on=agreed(people, child))


def events(child: UUID, *types: str):
    standing = derive(ledger.read_stream(child), in_use(), as_at=now()).standing.events
    return [one for one in standing if one.type in types]


def opens(people: Staff, who: str, child: UUID) -> bool:
    return not isinstance(act(people, child, who, "add-note", text="x"), Refused)


def test_the_event_keeps_the_team_by_name_and_id_and_the_line_names_it(people, child):
    proposed(people, child)
    (made,) = events(child, "transfer.proposed")
    assert (made.data["to_team"], made.data["to_team_id"]) == (
        "Family Support",
        str(people.teams["Family Support"]),
    )
    line = projections.summary(child)
    assert line.transfer_to_id == people.teams["Family Support"]
    assert line.transfers[0]["from"] == str(people.teams["Referral and Assessment"])


def test_complete_the_one_allocation_ends_and_the_other_is_made_in_one_act(people, child):
    completed(people, child)
    written = events(child, "transfer.completed", "allocation.ended", "allocation.made")[-3:]
    assert [one.type for one in written] == ["transfer.completed", "allocation.ended", "allocation.made"]
    assert len({one.act for one in written}) == 1
    _, ended, made = written
    assert (ended.data["worker"], ended.data["reason"]) == ("Priya Shah", "The child goes to Family Support")
    assert (made.data["worker"], made.data["team"]) == ("Rosa Quill", "Family Support")
    line = projections.summary(child)
    assert (line.worker_id, line.team_id) == (people.ids["Rosa Quill"], people.teams["Family Support"])
    assert line.transfer_to_id is None


def test_rights_go_with_it_at_once(people, child):
    agreed(people, child)
    assert opens(people, "Priya Shah", child)
    assert not opens(people, "Rosa Quill", child)
    record(
        people,
        ("Priya Shah", "complete-transfer", {"to_worker": str(people.ids["Rosa Quill"]), **SUMMARY}),
        on=child,
    )
    assert opens(people, "Rosa Quill", child)
    assert not opens(people, "Priya Shah", child)
    assert not opens(people, "Joanne Whitlock", child)
    assert access_log.of_record(child)[0].line.allowed is False


@pytest.mark.parametrize("who", ["Joanne Whitlock", "Tunde Bright"])
def test_a_manager_of_either_team_agrees_and_completes(people, child, who):
    agreed(people, child, who)
    done = act(people, child, who, "complete-transfer", to_worker=str(people.ids["Rosa Quill"]), **SUMMARY)
    assert isinstance(done, Recorded), done


def test_the_receiving_manager_does_nothing_else_before_it_is_theirs(people, child):
    assert not opens(people, "Tunde Bright", child)
    proposed(people, child)
    for name, answers in (
        ("allocate", {"worker": "Rosa Quill", "worker_id": str(people.ids["Rosa Quill"])}),
        ("add-note", {"text": "Mine."}),
        ("end-allocation", {"reason": "Mine."}),
    ):
        refused = act(people, child, "Tunde Bright", name, **answers)
        assert (refused.code, "before the transfer is complete" in refused.reason) == ("not allowed", True)
    line = access_log.of_record(child)[0].line
    assert (line.what, line.allowed) == ("refused", False)
    declined = act(people, child, "Tunde Bright", "decline-transfer", reason="No room.")
    assert isinstance(declined, Recorded)
    assert act(people, child, "Tunde Bright", "agree-transfer").code == "not allowed"


@pytest.mark.parametrize(
    ("team", "said"),
    [
        ("Referral and Assessment", "Referral and Assessment has the child already"),
        (None, "There is no such team"),
    ],
)
def test_to_the_same_team_or_to_none_is_refused_at_the_question(people, child, team, said):
    chosen = str(people.teams[team]) if team else str(uuid4())
    refused = act(people, child, "Priya Shah", "propose-transfer", to_team=chosen, **WHY)
    assert [(one.place, one.problem) for one in refused.faults] == [("data.to_team", said)]


def test_proposed_twice_names_who_proposed_it_and_what_to_do(people, child):
    proposed(people, child)
    refused = act(
        people,
        child,
        "Joanne Whitlock",
        "propose-transfer",
        to_team=str(people.teams["Contact Centre"]),
        **WHY,
    )
    (fault,) = refused.faults
    assert "A transfer to Family Support is open: proposed by Priya Shah" in fault.problem
    assert "agreed or not agreed first" in fault.expected


def test_agreed_twice_is_told_who_was_first(people, child):
    agreed(people, child)
    refused = act(people, child, "Tunde Bright", "agree-transfer", agreed_on="2026-01-14", attended=BOTH)
    assert "It was agreed already, by Joanne Whitlock" in refused.reason
    assert refused.how_to_ask
    assert len(events(child, "transfer.agreed")) == 1


def test_agreed_at_a_meeting_that_is_still_to_come_is_refused_at_the_question(people, child):
    proposed(people, child)
    refused = act(people, child, "Tunde Bright", "agree-transfer", agreed_on="2099-01-05", attended=BOTH)
    assert [(one.place, one.problem) for one in refused.faults] == [
        ("data.agreed_on", "That day is still to come")
    ]


def test_complete_before_it_is_agreed_or_proposed_is_refused_with_the_remedy(people, child):
    answers = {"to_worker": str(people.ids["Rosa Quill"]), **SUMMARY}
    assert (
        "Otherwise propose it first"
        in act(people, child, "Priya Shah", "complete-transfer", **answers).how_to_ask
    )
    proposed(people, child)
    refused = act(people, child, "Priya Shah", "complete-transfer", **answers)
    assert refused.reason == "The transfer is not agreed yet (9.4)"
    assert "stays in your draft" in refused.how_to_ask
    assert projections.summary(child).worker_id == people.ids["Priya Shah"]


def test_agreed_with_none_proposed_or_by_a_third_team_is_refused(people, child):
    none = act(people, child, "Joanne Whitlock", "agree-transfer", agreed_on="2026-01-14", attended=BOTH)
    assert none.reason == "No transfer is proposed"
    proposed(people, child)
    third = act(people, child, "Sheila Knowles", "agree-transfer", agreed_on="2026-01-14", attended=BOTH)
    assert third.code == "not allowed"


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Gone Away", "Gone Away has left"),
        ("Ewan Marsh", "Ewan Marsh is no worker of Family Support"),
        ("Tunde Bright", "Tunde Bright is no worker of Family Support"),
        (None, "Nobody is chosen"),
    ],
)
def test_who_cannot_take_over_is_refused_at_the_question(people, child, who, said):
    agreed(people, child)
    chosen = str(people.ids[who]) if who else ""
    refused = act(people, child, "Priya Shah", "complete-transfer", to_worker=chosen, **SUMMARY)
    assert [(one.place, one.problem) for one in refused.faults] == [("data.to_worker", said)]


def test_nobody_types_whose_allocation_ends_or_where_the_child_goes(people, child):
    agreed(people, child)
    typed = {"from_worker": "Ewan Marsh", "from_worker_id": str(people.ids["Ewan Marsh"]), "to_team": "Contact Centre",
             "to_team_id": str(people.teams["Contact Centre"])}  # fmt: skip
    act(
        people,
        child,
        "Priya Shah",
        "complete-transfer",
        to_worker=str(people.ids["Rosa Quill"]),
        **typed,
        **SUMMARY,
    )
    (ended,) = events(child, "allocation.ended")
    assert ended.data["worker"] == "Priya Shah"
    assert projections.summary(child).team_id == people.teams["Family Support"]


def test_withdrawn_the_receiving_manager_sees_it_no_more(people, child):
    proposed(people, child)
    (made,) = events(child, "transfer.proposed")
    withdraw_entry(people.actor("Priya Shah"), child, made.id, "By mistake.", uuid4())
    assert act(people, child, "Tunde Bright", "decline-transfer", reason="x").code == "not allowed"
    assert projections.summary(child).transfer_to_id is None
