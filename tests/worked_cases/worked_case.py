"""Worked cases: written by hand in YAML, with the working, and run through the engine as they stand.

A case says what happened (`events`), at what time the record is looked at (`as_at`, and `known_at` where it
differs), and what must then be so (`expect`). Nothing in it was worked out by the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from cairn.application.procedures import procedures
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.engine.duties import DutyView
from cairn.core.engine.view import View, derive, gates
from cairn.core.history.case_file import CaseFile, read_case, read_event
from cairn.core.history.event import Event

FOLDER = Path(__file__).parent / "cases"
PROTOCOL = "peterborough"
KNOWN = frozenset(
    {"case", "paragraphs", "working", "child", "events", "as_at", "known_at", "act", "expect", "protocol"}
)


@cache
def cases() -> Mapping[str, Mapping[str, Any]]:
    """Every worked case by name, in the order of the files."""
    found: dict[str, Mapping[str, Any]] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for case in YAML(typ="safe").load(file.read_text("utf-8"))["cases"]:
            assert set(case) <= KNOWN, f"{file.name}: {case['case']}: {set(case) - KNOWN}"
            assert case["case"] not in found, f"{file.name}: {case['case']} stands twice"
            found[case["case"]] = case
    return found


def failures(case: Mapping[str, Any]) -> list[str]:
    """What is not as the case says; empty where all is."""
    view = view_of(case)
    checks = {
        "duties": _duties,
        "none": _none,
        "without": _without,
        "kept": _kept,
        "next": _next,
        "not_next": _not_next,
        "place": _place,
        "gone": _gone,
    }
    expect = dict(case["expect"])
    said = list(_act(case, view, expect))
    for name, wanted in expect.items():
        said += list(checks[name](view, wanted))
    return said


def view_of(case: Mapping[str, Any]) -> View:
    """The case as it stood and was known at the times it gives."""
    found = procedures(case.get("protocol", PROTOCOL))
    assert found is not None
    read = read_case(
        {"child": case["child"], "events": [_event(row) for row in case["events"]]}, found.vocabulary
    )
    assert isinstance(read, CaseFile), "; ".join(map(str, read))
    as_at = _instant(case["as_at"])
    known_at = _instant(case["known_at"]) if "known_at" in case else as_at
    return derive(read.events, found, as_at=as_at, known_at=known_at, subject=read.subject)


def _instant(text: str) -> datetime:
    moment = parse_moment(text)
    assert isinstance(moment, Moment), text
    return moment.latest


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    """`{r1: referral.received, at: ..., by: a role}`: the first name is the event's own.

    Each role is one made-up person, unless `by` gives name and role.
    """
    identity, kind = next(iter(row.items()))
    by = row["by"] if isinstance(row["by"], dict) else {"name": f"A {row['by']}".title(), "role": row["by"]}
    whole = {"id": identity, "type": kind, "by": by}
    return whole | {name: row[name] for name in ("at", "for", "recorded_at", "data") if name in row}


def _found(view: View, name: str) -> list[DutyView]:
    return [duty for duty in view.duties if name in (duty.rule.id, duty.key)]


def _duties(view: View, wanted: Mapping[str, Any]) -> Iterator[str]:
    for name, said in wanted.items():
        found = _found(view, name)
        if len(found) != 1:
            yield f"{name}: {len(found)} duties of that name"
            continue
        expected = said if isinstance(said, dict) else {"state": said}
        shown = _shown(found[0])
        for part, value in expected.items():
            if shown[part] != value:
                yield f"{name}: {part} is {shown[part]!r}, not {value!r}"


def _shown(duty: DutyView) -> dict[str, Any]:
    return {
        "state": duty.state,
        "due": _london(duty.due),
        "met": duty.met_by.id if duty.met_by else None,
        "also": [_london(one.due) for one in duty.also],
        "missing": duty.missing,
        "who": duty.rule.who,
        "late": duty.late,
        "departure": duty.departed.reason if duty.departed else None,
        "paragraph": duty.rule.source.paragraph,
        "pace": duty.rule.pace,
    }


def _london(instant: datetime | None) -> str | None:
    return instant.astimezone(LONDON).isoformat() if instant else None


def _none(view: View, wanted: list[str]) -> Iterator[str]:
    yield from (f"{name}: there is such a duty" for name in wanted if _found(view, name))


def _lacking(view: View, event: str) -> set[str]:
    return {one.refusal.provision for one in view.recorded_without if one.event.id == event}


def _without(view: View, wanted: Mapping[str, list[str]]) -> Iterator[str]:
    for event, rules in wanted.items():
        lacking = _lacking(view, event)
        yield from (
            f"{event} is not shown as recorded without {rule}" for rule in rules if rule not in lacking
        )


def _kept(view: View, wanted: Mapping[str, list[str]]) -> Iterator[str]:
    for event, rules in wanted.items():
        lacking = _lacking(view, event)
        yield from (f"{event} is shown as recorded without {rule}" for rule in rules if rule in lacking)


def _next(view: View, wanted: Mapping[str, str]) -> Iterator[str]:
    steps = {step.rule.id: step.rule.to for step in view.next_steps if not step.missing}
    for rule, to in wanted.items():
        if steps.get(rule) != to:
            yield f"{rule} goes to {steps.get(rule)!r}, not {to!r}"


def _not_next(view: View, wanted: list[str]) -> Iterator[str]:
    steps = {step.rule.id for step in view.next_steps if not step.missing}
    yield from (f"{rule} stands open" for rule in wanted if rule in steps)


def _place(view: View, wanted: Mapping[str, str]) -> Iterator[str]:
    places = {stand.node.id: stand.place for one in view.positions for stand in one.stands}
    for node, place in wanted.items():
        if places.get(node) != place:
            yield f"{node} is {places.get(node)!r}, not {place!r}"


def _gone(view: View, wanted: Mapping[str, str]) -> Iterator[str]:
    gone = {one.key: one.cause for one in view.lateness_gone}
    for key, cause in wanted.items():
        if gone.get(key) != cause:
            yield f"the lateness of {key} went by {gone.get(key)!r}, not {cause!r}"


def _act(case: Mapping[str, Any], view: View, expect: dict[str, Any]) -> Iterator[str]:
    """`refused` is every rule that refuses the act, and no other; an empty list says that it is taken."""
    if "act" not in case:
        return
    candidate = read_event(_event(case["act"]), view.procedures.vocabulary)
    assert isinstance(candidate, Event), candidate
    found = gates(view, candidate)
    refused, may = {one.provision or one.code for one in found}, expect.pop("may_depart", {})
    if refused != set(expect.get("refused", ())):
        yield f"refused by {sorted(refused)}, not by {sorted(expect.get('refused', ()))}"
    for rule, roles in may.items():
        given = [list(one.may_depart) for one in found if one.provision == rule]
        if given != [roles]:
            yield f"from {rule} may depart {given}, not {roles}"
    expect.pop("refused", None)
