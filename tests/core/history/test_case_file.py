"""A case file is read whole or refused with every fault at its place; nothing is guessed."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
from tests.core.made_up_procedures import vocabulary

from cairn.application.procedures import in_use
from cairn.core.calendar.moment import Moment
from cairn.core.history.case_file import CaseFile, read_case, read_event
from cairn.core.history.history import Subject

BY = {"name": "A Worker", "role": "contact centre"}
R1 = {
    "id": "r1",
    "type": "referral.received",
    "at": "2025-12-24T16:45",
    "by": BY,
    "data": {"source": "school"},
}
D1 = {"id": "d1", "type": "referral.decided", "for": "r1", "at": "2025-12-29T10:00", "by": BY}
CASE = {"child": {"born": "2016-05-04"}, "events": [R1, D1]}


def case(*events, child=None):
    return {"child": child or {"born": "2016-05-04"}, "events": list(events)}


def row(kind, at, identity=None, **more):
    return {**({"id": identity} if identity else {}), "type": kind, "at": at, "by": BY, **more}


def faults(document):
    found = read_case(document, vocabulary())
    assert isinstance(found, list), found
    return [(fault.place, fault.problem) for fault in found]


def read(document):
    found = read_case(document, vocabulary())
    assert isinstance(found, CaseFile), [str(fault) for fault in found]
    return found


def changed(**more):
    changed_row = {**deepcopy(R1), **more}
    return case({key: value for key, value in changed_row.items() if value is not ...})


class TestWhatIsRead:
    def test_the_child_and_the_events_in_the_order_of_the_file(self):
        found = read(CASE)
        assert found.subject == Subject(born=date(2016, 5, 4))
        assert [(event.id, event.number, event.strand) for event in found.events] == [
            ("r1", 1, None),
            ("d1", 2, "r1"),
        ]
        assert found.events[0].author.name == "A Worker"

    def test_london_time_without_an_offset_and_an_offset_as_it_is(self):
        summer = read(case(row("referral.received", "2026-07-01T10:00"))).events[0]
        assert summer.happened_at.latest == datetime(2026, 7, 1, 9, tzinfo=UTC)
        zulu = read(case(row("referral.received", "2026-07-01T10:00Z"))).events[0]
        assert zulu.happened_at.latest == datetime(2026, 7, 1, 10, tzinfo=UTC)

    def test_a_bare_date_is_the_whole_day_and_recorded_at_its_end(self):
        (found,) = read(case(row("referral.received", "2026-01-05"))).events
        assert found.happened_at.is_day
        assert found.recorded_at == datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC)

    def test_recorded_at_may_be_given(self):
        (found,) = read(case(row("referral.received", "2026-01-05", recorded_at="2026-01-09T10:00"))).events
        assert found.recorded_at == datetime(2026, 1, 9, 10, tzinfo=UTC)

    def test_an_id_left_out_is_that_of_the_place(self):
        assert read(case(row("referral.received", "2026-01-05"))).events[0].id == "event-1"

    def test_an_expected_child_and_one_whose_birth_is_not_known(self):
        assert read(case(R1, child={"expected": "2026-03-03"})).subject == Subject(expected=date(2026, 3, 3))
        assert read(case(R1, child={"born": None})).subject == Subject()

    def test_a_case_without_events(self):
        assert read(case()).events == ()


class TestPlaces:
    @pytest.mark.parametrize("document", [None, [], "case", 4])
    def test_what_is_no_case_file(self, document):
        assert faults(document) == [("the file", "not a case file")]

    def test_the_parts_of_the_file(self):
        assert faults({"child": {"born": "2016-05-04"}, "event": []}) == [
            ("the file: event", "unknown"),
            ("events", "missing or no list"),
        ]

    @pytest.mark.parametrize("child", [..., None, {}, [], {"name": "x"}])
    def test_a_child_of_whom_neither_is_said(self, child):
        document = {"events": []} if child is ... else {"child": child, "events": []}
        assert ("child", "missing") in faults(document)

    @pytest.mark.parametrize(
        ("born", "problem"),
        [
            ("2016-02-30", "'2016-02-30' is no date"),
            ("20160504", "'20160504' is no date"),
            ("2016-W18-3", "'2016-W18-3' is no date"),
            (2016, "2016 is no date"),
            ("1816-05-04", "'1816-05-04' is outside the calendar"),
        ],
    )
    def test_an_impossible_birth(self, born, problem):
        assert faults(case(child={"born": born})) == [("child.born", problem)]

    def test_an_unknown_field_of_the_child(self):
        assert faults(case(child={"born": "2016-05-04", "sex": "F"})) == [("child: sex", "unknown")]

    @pytest.mark.parametrize(
        ("change", "place", "problem"),
        [
            ({"type": "referral.lost"}, "type", "'referral.lost' is no event type"),
            ({"type": ...}, "type", "None is no event type"),
            ({"type": ["x"]}, "type", "['x'] is no event type"),
            ({"id": 7}, "id", "7 is no id"),
            ({"id": ""}, "id", "'' is no id"),
            ({"for": ["r1"]}, "for", "['r1'] is no id"),
            ({"at": ...}, "at", "missing"),
            ({"at": 20260105}, "at", "20260105 is no time"),
            ({"at": "5 January"}, "at", "'5 January' is not a date or time that can be read"),
            ({"at": "2026-02-30"}, "at", "'2026-02-30': day is out of range for month"),
            (
                {"at": "2026-03-29T01:30"},
                "at",
                "1:30am on 29 March 2026 does not exist in London: the clocks go forward over it",
            ),
            (
                {"at": "2026-10-25T01:30"},
                "at",
                "1:30am on 25 October 2026 comes twice in London: the clocks go back",
            ),
            ({"at": "0001-01-01"}, "at", "'0001-01-01' is outside the calendar"),
            ({"recorded_at": None}, "recorded_at", "missing"),
            ({"recorded_at": "2025-12-24T16:44"}, "recorded_at", "recorded before it happened"),
            ({"by": ...}, "by", "missing"),
            ({"by": "A Worker"}, "by", "'A Worker' is no author"),
            ({"by": {"name": "A"}}, "by.role", "None is no role"),
            ({"by": {"name": "A", "role": "wizard"}}, "by.role", "'wizard' is no role"),
            ({"by": {"role": "contact centre"}}, "by.name", "None is no name"),
            ({"by": {"name": " ", "role": "contact centre"}}, "by.name", "' ' is no name"),
            ({"by": {**BY, "id": "7"}}, "by: id", "unknown"),
            ({"data": []}, "data", "no object"),
            ({"data": {"sauce": "school"}}, "data.sauce", "referral.received has no field 'sauce'"),
            ({"data": {"source": "moon"}}, "data.source", "'moon' is not an option"),
            ({"data": {"urgent": "yes"}}, "data.urgent", "'yes' cannot be taken"),
        ],
    )
    def test_a_fault_of_an_event(self, change, place, problem):
        assert faults(changed(**change)) == [(f"events[0].{place}", problem)]

    def test_an_unknown_field_of_an_event(self):
        assert faults(changed(when="x")) == [("events[0]: when", "unknown")]

    def test_what_is_no_event(self):
        assert faults(case("x")) == [("events[0]", "no event")]

    def test_every_fault_is_told_at_once(self):
        document = case({**R1, "type": "x", "at": "y", "by": None}, {**D1, "id": "r1"})
        assert [place for place, _ in faults(document)] == [
            "events[0].type",
            "events[0].at",
            "events[0].by",
            "events[1].id",
        ]

    def test_ids_that_stand_twice_an_id_left_out_included(self):
        assert faults(case(R1, R1)) == [("events[1].id", "'r1' stands at events[0] too")]
        first = row("referral.received", "2026-01-05", "event-2")
        second = row("referral.received", "2026-01-06")
        assert faults(case(first, second)) == [("events[1].id", "'event-2' stands at events[0] too")]


class TestStrands:
    def test_a_name_that_is_not_in_the_file(self):
        assert faults(case(R1, {**D1, "for": "zz"})) == [("events[1].for", "no event has the id 'zz'")]

    def test_a_name_that_opened_nothing_or_something_else(self):
        told = row("referral.acknowledged", "2025-12-30", **{"for": "d1"})
        assert faults(case(R1, D1, told)) == [("events[2].for", "'d1' opened no referral")]
        started = row("assessment.started", "2025-12-29", "a1", **{"for": "r1"})
        assert faults(case(R1, started, {**D1, "for": "a1"})) == [
            ("events[2].for", "'a1' opened no referral")
        ]

    def test_left_out_it_is_that_which_was_open_and_is_named_from_then_on(self):
        left_out = {key: value for key, value in D1.items() if key != "for"}
        assert read(case(R1, left_out)).events[1].strand == "r1"

    def test_where_several_were_open_it_is_refused_with_the_choice(self):
        left_out = {key: value for key, value in D1.items() if key != "for"}
        second = {**R1, "id": "r2"}
        (fault,) = read_case(case(R1, second, left_out), vocabulary())
        assert (fault.place, fault.problem) == ("events[2].for", "several strands of kind referral are open")
        assert fault.expected == '"for" naming one of r1, r2'

    def test_where_none_was_open_it_is_refused(self):
        assert faults(case(row("referral.decided", "2026-01-05"))) == [
            ("events[0].for", "no referral is open for referral.decided")
        ]

    def test_where_two_had_closed_it_is_refused_with_the_choice(self):
        closed = row("case.closed", "2025-12-30T10:00", **{"for": "r1"})
        second = {**R1, "id": "r2"}
        also = row("case.closed", "2025-12-30T10:00", **{"for": "r2"})
        told = row("referral.acknowledged", "2026-01-05")
        (fault,) = read_case(case(R1, closed, second, also, told), vocabulary())
        assert (fault.place, fault.problem) == ("events[4].for", "no referral was open then")
        assert fault.expected == '"for" naming one of r1, r2'

    def test_a_second_referral_typed_in_late_does_not_change_where_an_event_belonged(self):
        left_out = {key: value for key, value in D1.items() if key != "for"}
        late = {**R1, "id": "r2", "recorded_at": "2026-01-09T10:00"}
        assert read(case(R1, left_out, late)).events[1].strand == "r1"

    def test_an_opener_typed_in_after_what_belongs_to_it(self):
        late = {**R1, "recorded_at": "2026-01-09T10:00"}
        left_out = {key: value for key, value in D1.items() if key != "for"}
        assert read(case(late, left_out)).events[1].strand == "r1"

    def test_what_opens_a_strand_may_stand_alone(self):
        assert read(case(row("assessment.started", "2026-01-05"))).events[0].strand is None

    def test_events_of_a_referral_that_was_withdrawn_are_still_read(self):
        gone = row("event.withdrawn", "2026-01-09", data={"withdraws": "r1"})
        assert read(case(R1, D1, gone)).events[1].strand == "r1"
        left_out = {key: value for key, value in D1.items() if key != "for"}
        assert read(case(R1, left_out, gone)).events[1].strand == "r1"
        after = row("referral.acknowledged", "2026-02-05")
        assert faults(case(R1, D1, gone, after))[0][0] == "events[3].for"

    def test_an_event_before_the_referral_it_belongs_to(self):
        early = {**D1, "at": "2025-12-24T16:44"}
        (fault,) = read_case(case(R1, early), vocabulary())
        assert (fault.place, fault.problem) == (
            "events[1].at",
            "'d1' happened before the referral it belongs to",
        )
        assert fault.expected == "a time from that of 'r1', 24 December 2025, 4:45pm"

    def test_several_doubts_in_the_order_of_the_file(self):
        one, other = row("referral.decided", "2026-01-09"), row("referral.decided", "2026-01-05")
        assert [place for place, _ in faults(case(one, other))] == ["events[0].for", "events[1].for"]


class TestMending:
    def correction(self, at="2026-01-09T10:00", **data):
        return row("event.corrected", at, "c1", data={"corrects": "r1", **data})

    def test_a_correction_is_read(self):
        assert len(read(case(R1, self.correction(data={"source": "police"}))).events) == 2

    def test_of_what_is_not_there(self):
        assert faults(case(R1, self.correction(corrects="zz"))) == [
            ("events[1].data.corrects", "no event has the id 'zz'")
        ]
        gone = row("event.withdrawn", "2026-01-09", data={"withdraws": "zz"})
        assert faults(case(R1, gone)) == [("events[1].data.withdraws", "no event has the id 'zz'")]

    def test_that_leaves_what_could_not_be(self):
        assert faults(case(R1, self.correction(data={"source": "moon", "sauce": 1}))) == [
            ("events[1].data.data.sauce", "referral.received has no field 'sauce'"),
            ("events[1].data.data.source", "'moon' is not an option"),
        ]
        assert faults(
            case(
                R1, self.correction(at="2026-01-09T09:00") | {"data": {"corrects": "r1", "at": "2026-01-10"}}
            )
        ) == [("events[1].data.at", "it cannot have happened after it was recorded")]

    def test_before_what_it_corrects(self):
        assert faults(case(R1, self.correction(at="2025-12-24T16:44"))) == [
            ("events[1].data.corrects", "recorded before 'r1', which it mends")
        ]

    def test_of_a_withdrawal(self):
        gone = row("event.withdrawn", "2026-01-08", "w1", data={"withdraws": "r1"})
        assert faults(case(R1, gone, self.correction(corrects="w1"))) == [
            ("events[2].data.corrects", "'w1' cannot be corrected")
        ]

    def test_of_itself(self):
        assert faults(case(R1, self.correction(corrects="c1"))) == [
            ("events[1].data.corrects", "'c1' cannot be corrected")
        ]


class TestOneEvent:
    def test_an_act_to_be_tried_has_an_id_of_its_own(self):
        found = read_event(row("referral.decided", "2026-01-05"), vocabulary())
        assert found.id == "the-act"
        assert read_event(row("referral.decided", "2026-01-05", "d9"), vocabulary()).id == "d9"

    def test_its_faults(self):
        found = read_event({"type": "x"}, vocabulary())
        assert [fault.place for fault in found] == ["the event.type", "the event.at", "the event.by"]
        assert [fault.place for fault in read_event(None, vocabulary())] == ["the event"]


def test_a_month_or_a_year_is_taken_of_the_chronology_alone():
    entered = {
        "type": "chronology.entered",
        "at": "2024",
        "recorded_at": "2026-01-05T10:00",
        "by": BY,
        "data": {"what": "Made up."},
    }
    found = read_case(case(entered), in_use().vocabulary)
    assert isinstance(found, CaseFile)
    assert found.events[0].happened_at == Moment.in_year(2024)
    refused = read_case(case({**R1, "at": "2024", "recorded_at": "2026-01-05T10:00"}), in_use().vocabulary)
    assert isinstance(refused, list)
    assert [one.place for one in refused] == ["events[0].at"]
