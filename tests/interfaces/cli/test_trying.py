"""Trying a protocol on a case file from the command line: what is printed, for people and for programs, and what is refused."""

from __future__ import annotations

import argparse
import io
import json
from datetime import UTC, datetime

import pytest

from cairn.adapters.clock import FixedClock
from cairn.application import ports
from cairn.interfaces.cli import duties, gates, next_steps, vocabulary

CASE = {
    "child": {"born": "2016-05-04"},
    "events": [
        {
            "id": "r1",
            "type": "referral.received",
            "at": "2025-12-24T16:45",
            "by": {"name": "A Worker", "role": "contact centre"},
            "data": {"source": "school", "concern": "..."},
        },
        {
            "id": "d1",
            "type": "referral.decided",
            "for": "r1",
            "at": "2025-12-29T10:00",
            "by": {"name": "B Manager", "role": "team manager"},
            "data": {"outcome": "assessment", "reason": "..."},
        },
    ],
}
APPROVAL = {
    "type": "assessment.approved",
    "at": "2026-01-05T10:00",
    "by": {"name": "B Manager", "role": "team manager"},
    "data": {"kind": "initial", "further_action": "none", "reason": "..."},
}


class NoLetters:
    def letter(self, letter):
        raise AssertionError("no letter is printed here")


@pytest.fixture(autouse=True)
def _new_year(monkeypatch):
    """It is 30 December 2025."""
    monkeypatch.setattr(
        ports._Wired, "ports", ports.Ports(FixedClock(datetime(2025, 12, 30, 9, tzinfo=UTC)), NoLetters())
    )


@pytest.fixture
def write(tmp_path):
    """Writes a document to a file and gives its path."""

    def written(document, name="case.json"):
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        return str(path)

    return written


def run(command, *words):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def printed(capsys, command, *words):
    assert run(command, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def duty_of(document, provision):
    return next(one for one in document["duties"] if one["provision"] == provision)


def test_duties_for_programs_hold_all_that_a_duty_is(write, capsys):
    found = printed(capsys, duties, write(CASE), "--protocol", "peterborough")
    late = duty_of(found, "referral-assess-or-not")
    assert {
        name: late[name]
        for name in ("title", "state", "due", "met_at", "who", "source", "missing", "departure")
    } == {
        "title": "Decide whether to assess",
        "state": "met_late",
        "due": "2025-12-25T16:45:00+00:00",
        "met_at": "2025-12-29T10:00:00+00:00",
        "who": "duty manager",
        "source": {"document": "peterborough", "paragraph": "3.23"},
        "missing": "",
        "departure": None,
    }
    assert late["also"][0]["source"]["paragraph"] == "4.18"
    assert "24 hours from 24 December 2025, 4:45pm" in late["explanation"]


def test_duties_read_in_summer_bear_the_summer_offset(write, capsys):
    case = {**CASE, "events": [{**CASE["events"][0], "at": "2026-07-06T10:00"}]}
    found = printed(capsys, duties, write(case), "--protocol", "peterborough", "--as-at", "2026-07-06T11:00")
    assert duty_of(found, "referral-response-decision")["due"] == "2026-07-07T23:59:59+01:00"


def test_duties_say_what_was_recorded_without_what(write, capsys):
    found = printed(capsys, duties, write(CASE), "--protocol", "peterborough")
    without = {(one["event"], one["provision"]): one for one in found["recorded_without"]}
    assert without["d1", "referral-status-checked"]["source"]["paragraph"] == "3.5"
    assert ("d1", "referral-decided-by-manager") not in without


def test_as_at_is_now_and_known_at_is_as_at_unless_given(write, capsys):
    path = write(CASE)
    found = printed(capsys, duties, path, "--protocol", "peterborough")
    assert found["as_at"] == found["known_at"] == "2025-12-30T09:00:00+00:00"
    before = printed(capsys, duties, path, "--protocol", "peterborough", "--as-at", "2025-12-25T12:00")
    assert before["known_at"] == "2025-12-25T12:00:00+00:00"
    assert duty_of(before, "referral-assess-or-not")["state"] == "due_today"


def test_a_date_alone_is_the_end_of_that_day(write, capsys):
    found = printed(capsys, duties, write(CASE), "--protocol", "peterborough", "--as-at", "2025-12-25")
    assert found["as_at"] == "2025-12-25T23:59:59+00:00"
    assert duty_of(found, "referral-assess-or-not")["state"] == "overdue"


def test_known_at_hides_what_was_written_down_later(write, capsys):
    case = {**CASE, "events": [CASE["events"][0], {**CASE["events"][1], "recorded_at": "2026-01-02T09:00"}]}
    words = [write(case), "--protocol", "peterborough", "--as-at", "2026-01-05"]
    assert duty_of(printed(capsys, duties, *words), "referral-response-decision")["state"] == "met"
    known = printed(capsys, duties, *words, "--known-at", "2026-01-01")
    assert duty_of(known, "referral-response-decision")["state"] == "overdue"


def test_duties_for_people_are_words(write, capsys):
    assert run(duties, write(CASE), "--protocol", "peterborough") == 0
    said = capsys.readouterr().out
    assert "Done late" in said
    assert "25 December 2025, 4:45pm" in said
    assert "duty manager; peterborough 3.23; referral-assess-or-not" in said
    assert "Recorded without" in said


def test_gates_name_what_is_missing_and_by_which_provision(write, capsys):
    words = [write(CASE), "--protocol", "peterborough", "--act", write(APPROVAL, "act.json")]
    found = printed(capsys, gates, *words)
    assert found["refused"] is True
    by_provision = {one["provision"]: one for one in found["refusals"]}
    assert {"child-seen-before-approval", "assessment-handed-in"} <= set(by_provision)
    source = by_provision["child-seen-before-approval"]["source"]
    assert source == {"document": "peterborough", "paragraph": "4.12"}
    assert run(gates, *words) == 0
    assert "would be refused" in capsys.readouterr().out


def test_gates_say_who_may_depart(write, capsys):
    listed = {"id": "s1", "type": "sibling.listed", "at": "2025-12-24T17:00", "by": CASE["events"][0]["by"]}
    decided = {
        **listed,
        "id": "b1",
        "type": "sibling.decided",
        "by": CASE["events"][1]["by"],
        "at": "2025-12-24T18:00",
    }
    worried = {**CASE["events"][0]["data"], "concern_kind": ["neglect"], "affects_other_children": True}
    case = {
        **CASE,
        "events": [
            {**CASE["events"][0], "data": worried},
            {**listed, "data": {"name": "Kene Fen", "household": "same"}},
            {**decided, "data": {"sibling": "s1", "decision": "do_not_open", "reason": "Made up."}},
        ],
    }
    act = {key: value for key, value in CASE["events"][1].items() if key != "id"}
    found = printed(capsys, gates, write(case), "--protocol", "peterborough", "--act", write(act, "act.json"))
    may = {one["provision"]: one["may_depart"] for one in found["refusals"]}
    assert may["siblings-opened"] == ["team manager", "duty manager"]
    assert may["referral-status-checked"] == []


def test_a_fact_is_taken_and_shown_with_what_it_was_recorded_without(write, capsys):
    act = {**APPROVAL, "type": "check.requested", "data": {"agency": "school"}}
    words = [write(CASE), "--protocol", "peterborough", "--act", write(act, "act.json")]
    found = printed(capsys, gates, *words)
    assert (found["sort"], found["refused"]) == ("fact", False)
    assert "sharing-has-a-ground" in {one["provision"] for one in found["recorded_without"]}
    assert run(gates, *words) == 0
    assert "would be recorded" in capsys.readouterr().out


def test_next_steps_name_the_team_and_the_place_on_the_chart(write, capsys):
    found = printed(capsys, next_steps, write(CASE), "--protocol", "peterborough")
    step = next(one for one in found["next"] if one["provision"] == "assess-after-decision")
    assert (step["act"], step["to"], step["after"]) == (
        "start-assessment",
        "Referral and Assessment Team",
        "d1",
    )
    places = {node["id"]: node["place"] for node in found["position"]["nodes"]}
    charts = [(one["chart"], one["matters"]) for one in found["positions"]]
    assert charts == [("way-of-a-child-in-need", True), ("stepping-down", False)]
    assert (places["decision"], places["referral-closed"]) == ("done", "not taken")
    assert run(next_steps, write(CASE), "--protocol", "peterborough") == 0
    assert "Start the assessment (peterborough 3.26, 4.4)" in capsys.readouterr().out


def test_the_vocabulary_says_what_every_event_holds(capsys):
    found = printed(capsys, vocabulary)
    events = {event["name"]: event for event in found["events"]}
    assert events["referral.decided"]["sort"] == "authorisation"
    outcome = next(field for field in events["referral.decided"]["fields"] if field["name"] == "outcome")
    assert "no_further_action" in {option["value"] for option in outcome["options"]}
    assert "duty manager" in found["roles"]
    assert run(vocabulary) == 0
    assert "referral.decided (authorisation): Decision on the referral" in capsys.readouterr().out


def refusal(capsys, command, *words):
    assert run(command, *words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_an_unknown_protocol_is_refused_with_those_there_are(write, capsys):
    said = refusal(capsys, duties, write(CASE), "--protocol", "fellmere")
    assert "'fellmere'" in said
    assert "peterborough" in said


@pytest.mark.parametrize(
    ("wrong", "place", "expected"),
    [
        ({"type": "referral.recieved"}, "events[0].type", "referral.received"),
        ({"data": {"source": "teacher"}}, "events[0].data.source", "school"),
        ({"data": {"sauce": "school"}}, "events[0].data.sauce", "source"),
        ({"by": {"name": "A", "role": "wizard"}}, "events[0].by.role", "social worker"),
        ({"at": "2026-02-30T10:00"}, "events[0].at", "2025-12-24"),
        ({"at": "2026-03-29T01:30"}, "events[0].at", "before or after"),
        ({"at": "2026-10-25T01:30"}, "events[0].at", "+01:00"),
        ({"when": "today"}, "events[0]: when", "recorded_at"),
        ({"for": "r7"}, "events[0].for", "the id of an event"),
    ],
)
def test_what_is_unknown_or_impossible_is_refused_with_its_place_and_what_was_expected(
    wrong, place, expected, write, capsys
):
    case = {**CASE, "events": [{**CASE["events"][0], **wrong}]}
    for command in (duties, next_steps):
        said = refusal(capsys, command, write(case), "--protocol", "peterborough")
        assert place in said
        assert expected in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1"),
        ('{"child": {"born": "2016-05-04"}, "child": {}, "events": []}', "'child' is given twice"),
        ('{"child": {"born": NaN}, "events": []}', "NaN"),
        ("[]", "not a case file"),
    ],
)
def test_what_is_no_case_file_is_refused(text, said, write, capsys):
    assert said in refusal(capsys, duties, write(text), "--protocol", "peterborough")


def test_a_file_that_is_not_there_is_refused(tmp_path, capsys):
    missing = str(tmp_path / "nowhere.json")
    assert "nowhere.json" in refusal(capsys, duties, missing, "--protocol", "peterborough")


def test_an_impossible_time_to_look_at_is_refused(write, capsys):
    assert "--as-at" in refusal(
        capsys, duties, write(CASE), "--protocol", "peterborough", "--as-at", "tomorrow"
    )


def test_an_act_that_cannot_be_read_is_refused(write, capsys):
    act = write({**APPROVAL, "data": {}}, "act.json")
    said = refusal(capsys, gates, write(CASE), "--protocol", "peterborough", "--act", act)
    assert "the event.data.kind" in said


def test_an_act_that_could_belong_to_two_referrals_is_refused_with_the_choice(write, capsys):
    second = {**CASE["events"][0], "id": "r2", "at": "2025-12-29T12:00"}
    case = {**CASE, "events": [*CASE["events"], second]}
    act = {key: value for key, value in CASE["events"][1].items() if key not in ("id", "for")}
    act = write({**act, "at": "2025-12-29T13:00"}, "act.json")
    found = printed(capsys, gates, write(case), "--protocol", "peterborough", "--act", act)
    assert found["refusals"][0]["code"] == "strand"
    assert "r1, r2" in found["refusals"][0]["missing"]


def test_a_case_file_can_come_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(CASE)))
    assert printed(capsys, duties, "-", "--protocol", "peterborough")["duties"]


def test_faulty_procedures_are_refused_with_their_faults(tmp_path, monkeypatch, write, capsys):
    for folder in ("vocabulary", "protocols/made-up"):
        (tmp_path / "p" / folder).mkdir(parents=True)
    (tmp_path / "p" / "vocabulary" / "v.yaml").write_text("events: [{name: referral.received}]", "utf-8")
    (tmp_path / "p" / "protocols" / "made-up" / "protocol.yaml").write_text("name: made-up", "utf-8")
    monkeypatch.setenv("CAIRN_PROCEDURES", str(tmp_path / "p"))
    assert "v.yaml, line 1" in refusal(capsys, vocabulary)
    assert "made-up" in refusal(capsys, duties, write(CASE), "--protocol", "peterborough")
