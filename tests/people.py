"""A made-up authority's staff, put into the test's database: who they are, and a client signed in as one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client

from cairn.application.actors import Actor
from cairn.application.ports import now
from cairn.application.sign_in import account, actor
from cairn.interfaces.web import sessions
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
PATIENT = timedelta(minutes=10)
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
        """A browser in which that person is signed in; with `csrf` it is checked as in production.

        Whenever the clock was moved by more than some minutes they have signed in again meanwhile.
        """
        browser = SignedIn(enforce_csrf_checks=csrf)
        session = browser.session
        sign_in(session, self.ids[name])
        session.save()
        browser.at = now()
        return browser


class SignedIn(Client):
    """A browser whose session does not end because a test lets days pass."""

    at: datetime

    def request(self, **request):
        if abs(now() - self.at) > PATIENT and sessions.SIGNED_IN in self.session:
            session = self.session
            sign_in(session, UUID(session[sessions.SIGNED_IN]))
            session.save()
            self.at = now()
        return super().request(**request)


def sign_in(session, staff_id: UUID) -> None:
    """Sign somebody in by a session, with two factors; somebody whose account is closed was signed in before."""
    found = account(staff_id)
    if found is not None:
        sessions.begin(session, found, "two factors")
        return
    at = int(now().timestamp())
    times = dict.fromkeys((sessions.BEGAN, sessions.KEPT, sessions.SHOWN), at)
    session.update(
        {sessions.SIGNED_IN: str(staff_id), sessions.HOW: "two factors", sessions.ROUND: 0, **times}
    )


def all_sign_in_again() -> None:
    """Whoever is signed in anywhere has signed in again by now: for stories in which days pass."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        if sessions.SIGNED_IN in session:
            sign_in(session, UUID(session[sessions.SIGNED_IN]))
            session.save()


def made_up_staff() -> Staff:
    """Put the made-up staff into the database."""
    teams = {name: staff.add_team(name, kind) for name, kind in TEAMS.items()}
    ids = {name: staff.add_person(name, role, teams[team] if team else None) for name, role, team in PEOPLE}
    for team, manager in MANAGERS.items():
        staff.give_manager(teams[team], ids[manager])
    staff.switch(ids["Gone Away"], active=False)
    return Staff(ids, teams)
