"""Who may open what in the made-up authority beside teams: chairs, a sample, a conflict of interest, glass that was broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from cairn.application.actors import Actor
from cairn.application.breaking_glass import Breaking, break_glass
from cairn.application.guarding import answer
from cairn.application.refused import Refused
from cairn.application.sign_in import actor as actor_of
from cairn.application.ties import TieWanted, end_tie, give_tie
from cairn.records.alerts import open_alerts

SetTo = Callable[[str], None]


def load(
    written: Iterable[Mapping[str, Any]],
    people: Mapping[str, UUID],
    records: Mapping[str, UUID],
    set_to: SetTo,
) -> None:
    """Do each of these in its time. A tie names whom it is given to; broken glass may say when it was closed, and the answer.

    RuntimeError where one is refused, for then the demo is wrong.
    """
    for one in written:
        set_to(str(one["when"]))
        by, record = _actor(people, one["by"]), records[one["record"]]
        if "kind" in one:
            wanted = TieWanted(people[one["staff"]], record, one["kind"], str(one["reason"]))
            _done(one, give_tie(by, wanted))
        else:
            _glass(one, by, record, people, set_to)


def _glass(
    one: Mapping[str, Any], by: Actor, record: UUID, people: Mapping[str, UUID], set_to: SetTo
) -> None:
    said = Breaking(str(one["reason_kind"]), str(one["words"]), uuid4(), strong=True)
    tie = _done(one, break_glass(by, record, said))
    if "closed" in one:
        set_to(str(one["closed"]))
        _done(one, end_tie(by, tie.id))
    if "answer" in one:
        given = one["answer"]
        set_to(str(given["when"]))
        alert = next(found.id for found in open_alerts() if found.tie == tie.id)
        words = str(given["words"])
        _done(one, answer(_actor(people, given["by"]), alert, str(given["verdict"]), words))


def _actor(people: Mapping[str, UUID], name: str) -> Actor:
    found = actor_of(people[name])
    if found is None:
        raise RuntimeError(f"{name} is not in the made-up authority")
    return found


def _done(one: Mapping[str, Any], done: Any) -> Any:
    if isinstance(done, Refused):
        raise RuntimeError(f"access, {one['by']} on {one['record']}: {done}")
    return done
