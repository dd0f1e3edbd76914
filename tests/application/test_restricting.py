"""Who may open a restricted record: its worker, the managers of its team, and those named on it, for as long as it lasts."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later
from tests.interfaces.web.views.conftest import clock, people

from cairn.application.door import OpenRecord, open_record, was_found
from cairn.application.entries import Correction, correct_entry, move_entry, withdraw_entry
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.application.restricting import (
    RestrictionPage,
    end_named,
    extend,
    name_somebody,
    restricted_of,
    restricted_records,
    reviews_due,
    who_may_open,
)
from cairn.records import projections, staff, ties
from cairn.records.ties import NewTie

__all__ = ["clock", "people"]
pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
JOANNE = "Joanne Whitlock"


@pytest.fixture
def child(people):
    """A restricted child with whom Priya Shah works."""
    return record(
        people,
        (JOANNE, "restrict-record", {"reason": "media", "words": "A reporter rings."}),
        on=allocated(people),
    )


def opens(people, who, child):
    return isinstance(open_record(people.actor(who), child, page="child"), OpenRecord)


def name(people, child, who="Rosa Quill", how="task", by=JOANNE, reason="The contact on Friday"):
    return name_somebody(people.actor(by), child, people.ids[who], how, reason)


def test_restricted_it_is_for_its_worker_and_the_manager_of_the_team_alone(people, child):
    for who in people.ids.keys() - {"Gone Away"}:
        assert opens(people, who, child) is (who in ("Priya Shah", JOANNE)), who


def test_its_line_says_why_and_by_when_it_is_looked_at_again(people, child):
    line = projections.summary(child)
    assert (line.restriction, line.restriction_review_by) == ("media", now() + timedelta(days=90))
    record(people, (JOANNE, "lift-restriction", {"words": "Nobody asks any more."}), on=child)
    line = projections.summary(child)
    assert (line.restriction, line.restriction_review_by) == ("", None)


def test_lifted_it_is_open_to_the_team_at_once(people, child):
    record(people, (JOANNE, "lift-restriction", {"words": "Nobody asks any more."}), on=child)
    assert opens(people, "Ewan Marsh", child)


@pytest.mark.parametrize(("how", "days"), [("task", 14), ("involved", 183)])
def test_whoever_is_named_opens_it_to_the_very_second_and_no_longer(people, child, clock, how, days):
    assert not opens(people, "Rosa Quill", child)
    tie = name(people, child, how=how)
    assert tie.until == now() + timedelta(days=days)
    assert opens(people, "Rosa Quill", child)
    later(clock, days=days)
    clock.at -= SECOND
    assert opens(people, "Rosa Quill", child)
    clock.at += SECOND
    assert not opens(people, "Rosa Quill", child)


def test_extended_it_lasts_from_then_and_never_shorter_than_before(people, child, clock):
    tie = name(people, child)
    later(clock, days=13)
    longer = extend(people.actor(JOANNE), child, tie.id, "task")
    assert longer.until == now() + timedelta(days=14)
    involved = extend(people.actor(JOANNE), child, longer.id, "involved")
    assert extend(people.actor(JOANNE), child, involved.id, "task").until == involved.until
    in_force = [one for one in ties.of_record(child, ("named",)) if one.is_in_force(now())]
    assert len(in_force) == 1
    later(clock, days=183)
    assert not opens(people, "Rosa Quill", child)


def test_ended_the_next_request_is_refused(people, child):
    tie = name(people, child)
    assert end_named(people.actor(JOANNE), child, tie.id).id == tie.id
    assert not opens(people, "Rosa Quill", child)
    assert end_named(people.actor(JOANNE), child, tie.id).code == "not found"
    assert extend(people.actor(JOANNE), child, tie.id, "task").code == "not found"


@pytest.mark.parametrize("who", ["Farah Lindqvist", "Gone Away", JOANNE, "Priya Shah"])
def test_nobody_is_named_who_works_with_no_child_nor_oneself_nor_the_worker(people, child, who):
    refused = name(people, child, who)
    assert isinstance(refused, Refused)
    assert refused.faults[0].place == "person"


def test_a_reason_is_asked(people, child):
    assert name(people, child, reason="  ").faults[0].place == "reason"


@pytest.mark.parametrize("who", ["Priya Shah", "Ewan Marsh", "Tunde Bright", "Martin Oyelaran"])
def test_who_may_not_restrict_or_not_open_it_names_nobody(people, child, who):
    other = "Rosa Quill"
    refused = name(people, child, other, by=who)
    assert refused.code == "not allowed"
    assert not opens(people, other, child)


def test_nobody_with_a_conflict_is_named_and_nobody_named_comes_in_with_one(people, child):
    mine = people.ids["Rosa Quill"]
    tie = NewTie(mine, child, "family", now(), None, "Made up", people.ids[JOANNE], now())
    ties.add(tie)
    assert name(people, child).faults[0].place == "person"
    assert not opens(people, "Rosa Quill", child)


def test_on_a_record_that_is_not_restricted_nobody_is_named(people):
    assert name(people, allocated(people)).code == "not taken"


def test_nobody_is_named_by_a_tie_of_another_record(people, child):
    other = record(people, (JOANNE, "restrict-record", {"reason": "staff"}), on=allocated(people))
    tie = name(people, other)
    assert end_named(people.actor(JOANNE), child, tie.id).code == "not found"
    assert opens(people, "Rosa Quill", other)


def test_the_page_lists_exactly_those_who_open_it(people, child, clock):
    name(people, child)
    found = who_may_open(people.actor("Priya Shah"), child)
    assert isinstance(found, RestrictionPage)
    told = {one.name for one in found.opens}
    assert told == {who for who in people.ids.keys() - {"Gone Away"} if opens(people, who, child)}
    assert (found.may_restrict, found.able) == (False, ())
    later(clock, days=14)
    found = who_may_open(people.actor(JOANNE), child)
    assert {one.name for one in found.opens} == {"Priya Shah", JOANNE}
    assert [one.name for one in found.before] == ["Rosa Quill"]


def test_whoever_manages_the_whole_opens_it_and_is_listed(people, child):
    whole = staff.add_team("Children’s Social Care", "assessment")
    people.ids["Ruth Ames"] = staff.add_person("Ruth Ames", "service manager", whole)
    staff.give_manager(whole, people.ids["Ruth Ames"])
    staff.put_within(people.teams["Referral and Assessment"], whole)
    assert opens(people, "Ruth Ames", child)
    assert "Ruth Ames" in {one.name for one in who_may_open(people.actor(JOANNE), child).opens}


def test_what_is_overdue_is_listed_from_the_very_second_on(people, child, clock):
    joanne = people.actor(JOANNE)
    assert reviews_due(joanne) == ()
    later(clock, days=90)
    clock.at -= SECOND
    assert [one.is_overdue for one in in_sight(joanne, reviews_due)] == [False]
    clock.at += SECOND
    assert [one.is_overdue for one in in_sight(joanne, reviews_due)] == [True]
    record(people, (JOANNE, "review-restriction", {"words": "They still ring."}), on=child)
    assert in_sight(joanne, reviews_due) == ()


def in_sight(actor, use):
    from cairn.application.door import one_request  # noqa: PLC0415 - as every request is answered

    with one_request(actor):
        return use(actor)


def test_the_list_holds_those_one_opens_and_for_whoever_guards_access_all_by_number(people, child):
    people.ids["Ines Okoro"] = staff.add_person("Ines Okoro", "information governance")
    of_manager = in_sight(people.actor(JOANNE), restricted_records)
    assert [(one.record, bool(one.name), one.may_open) for one in of_manager] == [(child, True, True)]
    assert in_sight(people.actor("Tunde Bright"), restricted_records) == ()
    guarding = in_sight(people.actor("Ines Okoro"), restricted_records)
    assert [(one.record, one.name, one.may_open) for one in guarding] == [(child, "", False)]
    assert in_sight(people.actor("Priya Shah"), restricted_records).code == "not allowed"


def test_a_worker_s_restricted_children_are_told_to_whom_they_are_open(people, child):
    def of_priya(actor):
        return restricted_of(actor, people.ids["Priya Shah"])

    assert [one.record for one in in_sight(people.actor(JOANNE), of_priya)] == [child]
    assert in_sight(people.actor("Ewan Marsh"), of_priya) == ()


@pytest.mark.parametrize("kind", ["record.restricted", "restriction.lifted"])
def test_what_decides_who_may_open_it_is_never_mended(people, child, kind):
    if kind == "restriction.lifted":
        record(people, (JOANNE, kind_act(kind), {"words": "Over."}), on=child)
    entry, other = event(child, kind).id, allocated(people)
    joanne = people.actor(JOANNE)
    for done in (
        withdraw_entry(joanne, child, entry, "By mistake", uuid4()),
        correct_entry(joanne, child, Correction(entry, {"words": "x"}, "By mistake"), uuid4()),
        move_entry(joanne, child, entry, other, "Wrong child", uuid4()),
    ):
        assert isinstance(done, Refused)
        assert "stays as it was recorded" in done.reason
    assert event(child, kind).id == entry


def kind_act(kind):
    return {"restriction.lifted": "lift-restriction"}[kind]


def test_other_entries_of_it_are_mended_as_ever(people, child):
    record(people, ("Priya Shah", "add-note", {"text": "A made-up note."}), on=child)
    note = event(child, "note.added").id
    assert not isinstance(
        withdraw_entry(people.actor("Priya Shah"), child, note, "By mistake", uuid4()), Refused
    )


def test_that_it_was_never_found_by_a_search_is_no_way_in(people, child):
    assert not was_found(people.actor("Beth Lomas"), child)
