"""A made-up authority's staff, put into the test's database: who they are, and a client signed in as one of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.test import Client

from cairn.application.actors import Actor
from cairn.application.sign_in import actor
from cairn.interfaces.web.policy import SIGNED_IN
from cairn.records import register, staff

TEAMS = {
    "Contact Centre": "contact_centre",
    "Referral and Assessment": "referral_and_assessment",
    "Family Support": "family_support",
}
PEOPLE = (
    ("Beth Lomas", "contact centre", "Contact Centre"),
    ("Sheila Knowles", "team manager", "Contact Centre"),
    ("Martin Oyelaran", "duty manager", "Referral and Assessment"),
    ("Joanne Whitlock", "team manager", "Referral and Assessment"),
    ("Priya Shah", "social worker", "Referral and Assessment"),
    ("Ewan Marsh", "social worker", "Referral and Assessment"),
    ("Dilys Penhale", "business support", "Referral and Assessment"),
    ("Tunde Bright", "team manager", "Family Support"),
    ("Rosa Quill", "social worker", "Family Support"),
    ("Farah Lindqvist", "performance analyst", None),
    ("Helen Strand", "service manager", None),
    ("Ruth Abara", "information governance", None),
    ("Colm Daly", "auditor", None),
    ("Olive Tranter", "independent chair", None),
    ("Gone Away", "social worker", "Referral and Assessment"),
)
MANAGERS = {
    "Contact Centre": "Sheila Knowles",
    "Referral and Assessment": "Joanne Whitlock",
    "Family Support": "Tunde Bright",
}


@dataclass(frozen=True)
class Staff:
    """Everybody by name, and the teams by name. "Gone Away" has left: the account is closed."""

    ids: dict[str, UUID]
    teams: dict[str, UUID]

    def actor(self, name: str) -> Actor:
        """That person, for one request."""
        found = actor(self.ids[name])
        assert found is not None, f"{name} has no live account"
        return found

    def number(self, record: UUID | str) -> str:
        """The number that people use for a record."""
        found = register.record(UUID(str(record)))
        assert found is not None
        return found.number

    def client(self, name: str, *, csrf: bool = False) -> Client:
        """A browser in which that person is signed in; with `csrf` it is checked as in production."""
        browser = Client(enforce_csrf_checks=csrf)
        session = browser.session
        session[SIGNED_IN] = str(self.ids[name])
        session.save()
        return browser


def made_up_staff() -> Staff:
    """Put the made-up staff into the database."""
    teams = {name: staff.add_team(name, kind) for name, kind in TEAMS.items()}
    ids = {name: staff.add_person(name, role, teams[team] if team else None) for name, role, team in PEOPLE}
    for team, manager in MANAGERS.items():
        staff.give_manager(teams[team], ids[manager])
    staff.switch(ids["Gone Away"], active=False)
    return Staff(ids, teams)
