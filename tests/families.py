"""Made-up families: half-brothers and -sisters in two households, recorded through the same door as everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, DECISION, REFERRAL
from tests.people import Staff

MOTHER, FATHER = "p-grace", "p-daniel"


@dataclass(frozen=True)
class MadeUpFamily:
    """Amara and Theo with their mother, Cole with his father elsewhere; the father is Theo's too."""

    amara: UUID
    theo: UUID
    cole: UUID


def child(
    people: Staff, name: str, *, team: str = "Referral and Assessment", worker: str = "Priya Shah", **who: Any
) -> UUID:
    """A child of that name, open to a worker of a team."""
    forename, _, surname = name.partition(" ")
    said = {**CONTACT, "name": name, "forename": forename, "surname": surname, "unsafe_ways": "", **who}
    contact = {one: value for one, value in said.items() if value}
    if "expected" in who:
        contact.pop("born", None)
    allocated = {
        "worker": worker, "worker_id": str(people.ids[worker]),
        "team": team, "team_id": str(people.teams[team]),
    }  # fmt: skip
    made = record(people, ("Beth Lomas", "record-contact", contact))
    return record(
        people,
        ("Sheila Knowles", "decide-contact", REFERRAL),
        ("Martin Oyelaran", "decide-referral", DECISION),
        ("Joanne Whitlock", "allocate", allocated),
        on=made,
    )


def related(people: Staff, on: UUID, **said: Any) -> None:
    """Somebody around a child, as Priya Shah records them."""
    record(people, ("Priya Shah", "record-relationship", said), on=on)


def family(people: Staff) -> MadeUpFamily:
    """The family of the tests."""
    made = MadeUpFamily(
        child(people, "Amara Okafor", born="2017-05-04"),
        child(people, "Theo Okafor-Reed", born="2020-01-16"),
        child(people, "Cole Reed", born="2014-01-09"),
    )
    grace = {"name": "Grace Okafor", "relation": "parent_mother", "person": MOTHER, "born": "1990-03-02",
             "parental_responsibility": "yes", "household": "same"}  # fmt: skip
    daniel = {"name": "Daniel Reed", "relation": "parent_father", "person": FATHER, "born": "1987-06-11"}
    related(people, made.amara, **grace)
    related(people, made.amara, **{**daniel, "relation": "step_parent", "household": "other"})
    related(people, made.theo, **grace)
    related(
        people, made.theo, **daniel, household="other", parental_responsibility="no", address="9 Lodge Lane"
    )
    related(people, made.cole, **daniel, household="same", parental_responsibility="yes")
    for one in (made.amara, made.theo):
        record(
            people, ("Priya Shah", "record-address", {"kind": "home", "address": "22 Sluice Road"}), on=one
        )
    record(
        people, ("Priya Shah", "record-address", {"kind": "home", "address": "9 Lodge Lane"}), on=made.cole
    )
    return made


def of_sixty(people: Staff, children: int = 6, adults: int = 54) -> UUID:
    """A family of so many: each adult is around each child. The first child."""
    made = [child(people, f"Child{n} Made-up", born=f"201{n % 9}-05-04") for n in range(children)]
    for number in range(adults):
        person = str(uuid4())
        for one in made if number % 3 == 0 else made[:1]:
            related(people, one, name=f"Adult {number}", relation="aunt_or_uncle", person=person)
    return made[0]
