"""Nobody approves their own work, nor another text than the one they were shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cairn.application.procedures import in_use
from cairn.core.calendar.london import parse_moment
from cairn.core.engine.four_eyes import writers_of, wrote
from cairn.core.engine.view import derive, gates
from cairn.core.history.event import Author, Event
from cairn.core.history.shown import digest_of

PRIYA, EWAN, JOANNE = (Author(name, "team manager", name.lower()) for name in ("Priya", "Ewan", "Joanne"))
SECTIONS = [{"section": "health", "text": "Well.", "writers": ["Ewan"], "writer_ids": ["ewan"]}]


def event(id_: str, type_: str, at: str, author: Author = PRIYA, strand: str | None = None, **data) -> Event:
    moment = parse_moment(at)
    return Event(id_, type_, moment, moment.latest, author, data, strand)


R1 = event("r1", "referral.received", "2026-01-05T10:00", source="1A")
A1 = event("a1", "assessment.started", "2026-01-06T10:00", strand="r1", kind="initial")
S1 = event("s1", "assessment.submitted", "2026-01-07T10:00", strand="a1", kind="initial", sections=SECTIONS)


def approval(author: Author = JOANNE, **data) -> Event:
    return event("p1", "assessment.approved", "2026-01-09T10:00", author, "a1", kind="initial", **data)


def codes(candidate: Event, *stream: Event) -> set[str]:
    view = derive(stream or (R1, A1, S1), in_use(), as_at=candidate.recorded_at)
    return {one.code for one in gates(view, candidate)} & {"own work", "changed"}


def test_whoever_wrote_nothing_signs_what_was_shown():
    assert codes(approval(approves="s1", shown=digest_of(S1))) == set()


@pytest.mark.parametrize("author", [PRIYA, EWAN])
def test_who_handed_it_in_and_who_wrote_a_section_are_refused(author):
    assert codes(approval(author, approves="s1", shown=digest_of(S1))) == {"own work"}
    assert codes(approval(author)) == {"own work"}


def test_without_ids_as_in_a_case_file_names_decide():
    unnamed = replace(S1, author=Author("Priya", "social worker"), data={"kind": "initial"})
    assert codes(approval(Author("Priya", "team manager")), R1, A1, unnamed) == {"own work"}
    assert codes(approval(Author("Joanne", "team manager")), R1, A1, unnamed) == set()


def test_another_text_than_was_shown_is_not_signed():
    assert codes(approval(approves="s1", shown="0" * 64)) == {"changed"}


def test_an_earlier_hand_in_is_not_signed():
    s2 = event("s2", "assessment.submitted", "2026-01-08T10:00", strand="a1", kind="initial")
    assert codes(approval(approves="s1", shown=digest_of(S1)), R1, A1, S1, s2) == {"changed"}


def test_a_correction_makes_it_another_text():
    corrected = event(
        "c1", "event.corrected", "2026-01-08T10:00", corrects="s1", data={"sections": []}, reason="x"
    )
    assert codes(approval(approves="s1", shown=digest_of(S1)), R1, A1, S1, corrected) == {"changed"}


def test_what_does_not_stand_is_not_signed():
    withdrawn = event("w1", "event.withdrawn", "2026-01-08T10:00", withdraws="s1", reason="x")
    assert codes(approval(approves="s1"), R1, A1, S1, withdrawn) == {"changed"}


def test_writers_are_found_wherever_they_are_named():
    assert writers_of(S1) == {"priya", "ewan"}
    assert not wrote(Author("", "team manager"), S1)


def test_the_digest_is_of_all_that_is_said_and_of_nothing_else():
    again = event(
        "s1", "assessment.submitted", "2026-01-07T10:00", strand="a1", sections=SECTIONS, kind="initial"
    )
    assert digest_of(again) == digest_of(S1)
    assert len({digest_of(replace(S1, id="s9")), digest_of(replace(S1, data={})), digest_of(S1)}) == 3


def test_of_an_entry_without_ids_and_without_a_name_nobody_is_known_to_have_written_it():
    unnamed = replace(S1, author=Author("", "social worker"), data={"kind": "initial"})
    assert writers_of(unnamed) == frozenset()
    assert not wrote(Author("", "team manager"), unnamed)
    assert not wrote(JOANNE, unnamed)


def test_naming_an_earlier_one_is_enough_to_be_refused_and_each_refusal_says_where():
    s2 = event("s2", "assessment.submitted", "2026-01-08T10:00", strand="a1", kind="initial")

    def refused(candidate, *stream):
        view = derive(stream, in_use(), as_at=candidate.recorded_at)
        return {
            (one.code, one.field, one.provision)
            for one in gates(view, candidate)
            if one.code in {"own work", "changed"}
        }

    assert refused(approval(approves="s1"), R1, A1, S1, s2) == {("changed", "approves", "")}
    assert refused(approval(approves="s2"), R1, A1, S1, s2) == set()
    assert refused(approval(approves="s1"), R1, A1) == {("changed", "approves", "")}
    assert refused(approval(PRIYA), R1, A1, S1) == {("own work", "", "")}
