"""Made-up families for tests: brothers and sisters, each with a record of their own, who know of each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL
from tests.people import Staff

AMARA, THEO, LEILA = "Amara Made-up", "Theo Made-up", "Leila Made-up"
BORN = {AMARA: "2017-02-04", THEO: "2020-05-11", LEILA: "2024-03-30"}


def child(people: Staff, name: str, worker: str | None = "Priya Shah", **more: Any) -> UUID:
    """A child with a record of their own, with whom that worker of Referral and Assessment works; with None nobody does."""
    first, _, last = name.partition(" ")
    said = {"name": name, "forename": first, "surname": last, "born": BORN.get(name, "2016-06-01")}
    made = record(people, ("Beth Lomas", "record-contact", {**CONTACT, **said, **more}))
    record(people, ("Sheila Knowles", "decide-contact", REFERRAL), on=made)
    record(people, ("Martin Oyelaran", "decide-referral", DECISION), on=made)
    if worker is not None:
        allocate(people, made, worker)
    return made


def allocate(
    people: Staff, made: UUID, worker: str, team: str = "Referral and Assessment", by: str = "Joanne Whitlock"
) -> None:
    """Give a child to a worker and a team."""
    answers = {
        "worker": worker,
        "worker_id": str(people.ids[worker]),
        "team": team,
        "team_id": str(people.teams[team]),
    }
    record(people, (by, "allocate", answers), on=made)


def related(people: Staff, first: UUID, *others: tuple[str, UUID], household: str = "same") -> None:
    """List the others as brothers or sisters on the first one's record, each with their own record."""
    for name, other in others:
        listed = {"name": name, "household": household, "record": str(other)}
        record(people, ("Priya Shah", "list-sibling", listed), on=first)


def three(people: Staff) -> tuple[UUID, UUID, UUID]:
    """Amara, Theo and Leila, all of them open to Priya Shah."""
    made = child(people, AMARA), child(people, THEO), child(people, LEILA)
    related(people, made[0], (THEO, made[1]), (LEILA, made[2]))
    return made


def taken_away(people: Staff, made: UUID) -> None:
    """The child goes to another team: Priya Shah may not open the record any more."""
    allocate(people, made, "Rosa Quill", "Family Support")


def given_back(people: Staff, made: UUID) -> None:
    """The child comes back to Priya Shah."""
    allocate(people, made, "Priya Shah", by="Tunde Bright")
