"""A made-up authority: its teams, staff and families, recorded through the same door as everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import transaction

from cairn.application import demo_access, demo_writing, ports, upkeep
from cairn.application.procedures import in_use
from cairn.application.recording import Request
from cairn.application.refused import Refused
from cairn.application.sign_in import actor as actor_of
from cairn.application.sign_in import is_made_up
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.view import View, derive
from cairn.core.protocol.load import parse_yaml
from cairn.records import ledger, staff


class NotMadeUp(RuntimeError):
    """The demo is loaded into a made-up authority's database only."""


@dataclass(frozen=True, slots=True)
class SetClock:
    """A clock that stands still, for recording what is said to have happened earlier."""

    at: datetime

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at


def is_empty() -> bool:
    """Whether nobody works here yet."""
    return not staff.active_staff()


def load(progress: Any = None) -> int:
    """Record the made-up authority, as if in the days before today; gives the number of acts recorded.

    Raises NotMadeUp on any other database; RuntimeError where an act is refused, for then the demo is wrong.
    """
    if not is_made_up():
        raise NotMadeUp("this database is not a made-up authority's")
    written = parse_yaml(
        "fellmere.yaml", (files("cairn.procedures") / "demo" / "fellmere.yaml").read_text("utf-8")
    )
    before = ports.wired()
    try:
        with transaction.atomic():
            people = _people(written)
            made = _Made(people, {}, before.clock.now())
            done = sum(_case(case, made) for case in written["cases"])
            demo_access.load(_plain(written["access"]), people, made.records, made.set_to)
    finally:
        ports.use(before)
    # What is written last need not have happened last: all of it is derived once more, as it stands now.
    upkeep.rebuild()
    return done


def _people(written: Mapping[str, Any]) -> dict[str, UUID]:
    teams = {team["name"]: staff.add_team(team["name"], team["kind"]) for team in written["teams"]}
    people = {
        person["name"]: staff.add_person(person["name"], person["role"], teams.get(person.get("team")))
        for person in written["staff"]
    }
    for team in written["teams"]:
        staff.give_manager(teams[team["name"]], people[team["manager"]])
        if "part_of" in team:
            staff.put_within(teams[team["name"]], teams[team["part_of"]])
    return people


@dataclass(frozen=True, slots=True)
class _Made:
    """What is there so far: the staff by name, the record of each case by its child's name, and the instant it is."""

    people: Mapping[str, UUID]
    records: dict[str, UUID]
    today: datetime

    def set_to(self, when: str) -> None:
        """Let it be that time for what comes next."""
        ports.use(replace(ports.wired(), clock=SetClock(_instant(when, self.today))))


def _case(case: Mapping[str, Any], made: _Made) -> int:
    record: UUID | None = None
    for step in case["steps"]:
        made.set_to(str(step["when"]))
        record = made.records[case["name"]] = _step(step, record, made, case)
    return len(case["steps"])


def _instant(when: str, today: datetime) -> datetime:
    """`-3 09:40` is 9:40am in London three days before today; never later than now."""
    days, _, clock = when.partition(" ")
    day = today.astimezone(LONDON).date() + timedelta(days=int(days))
    wanted = datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)
    return min(wanted, today)


def _step(step: Mapping[str, Any], record: UUID | None, made: _Made, case: Mapping[str, Any]) -> UUID:
    actor = actor_of(made.people[step["by"]])
    if actor is None:
        raise RuntimeError(f"{step['by']} is not in the made-up authority")
    strand = _strand(step, record)
    answers = _filled(_plain(step.get("answers", {})), made) | dict(_allocated(step, made.people))
    if step["act"] == "decide-contact":
        answers["from_contact"] = strand
    request = Request(
        act=step["act"],
        answers=_with_siblings(answers, record),
        record=record,
        new_kind=case.get("kind", "child"),
        at=str(_fill(step.get("at", ""), made)),
        strand=strand,
        departures=_plain(step.get("departures", {})),
    )
    done = demo_writing.do(actor, request, _plain(step.get("documents", [])))
    if isinstance(done, Refused):
        raise RuntimeError(f"{case['name']}, {step['act']} on {step['when']}: {done}")
    if done is not None:
        return done.record
    if record is None:
        raise RuntimeError(f"{case['name']}, {step['act']} on {step['when']}: there is no record yet")
    return record


def _filled(answers: Mapping[str, Any], made: _Made) -> dict[str, Any]:
    """Answers that only the loading can give.

    `day +60` is the day sixty days from today, `day +1 16:00` a time on it (London); `record of NAME` is the record
    of a case written above.
    """
    return {name: _fill(value, made) for name, value in answers.items()}


def _fill(value: Any, made: _Made) -> Any:
    if isinstance(value, list):
        return [_fill(one, made) for one in value]
    if isinstance(value, dict):
        return _filled(value, made)
    if isinstance(value, str) and value.startswith("record of "):
        return str(made.records[value.removeprefix("record of ")])
    if isinstance(value, str) and value.startswith(("day +", "day -")):
        days, _, clock = value.removeprefix("day ").partition(" ")
        day = made.today.astimezone(LONDON).date() + timedelta(days=int(days))
        return f"{day.isoformat()}T{clock}" if clock else day.isoformat()
    return value


def _allocated(step: Mapping[str, Any], people: Mapping[str, UUID]) -> Iterator[tuple[str, str]]:
    """An allocation names a worker by name; the ids are this database's."""
    worker = step.get("answers", {}).get("worker")
    if step["act"] == "allocate" and worker:
        person = staff.person(people[worker])
        if person and person.team_id:
            yield from (
                ("worker_id", str(person.id)),
                ("team_id", str(person.team_id)),
                ("team", person.team_name),
            )


def _view(record: UUID) -> View:
    return derive(ledger.read_stream(record), in_use(), as_at=ports.now())


def _strand(step: Mapping[str, Any], record: UUID | None) -> str | None:
    kind = step.get("strand")
    if kind is None or record is None:
        return None
    found = [strand.id for strand in _view(record).standing.strands.values() if strand.kind == kind]
    return found[-1]


def _with_siblings(answers: dict[str, Any], record: UUID | None) -> dict[str, Any]:
    """A sibling's decision names the listed sibling by name; the id is that of the listing."""
    rows = answers.get("siblings")
    if not isinstance(rows, list | tuple) or record is None:
        return answers
    listed = {
        event.data.get("name"): event.id
        for event in _view(record).standing.events
        if event.type == "sibling.listed"
    }
    return answers | {
        "siblings": [{**row, "sibling": listed.get(row.get("sibling"), row.get("sibling"))} for row in rows]
    }


def _plain(value: Any) -> Any:
    """Plain values: what the file's reader gives carries line numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value
