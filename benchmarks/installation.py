"""A made-up authority of its own for a benchmark: a fresh database on an embedded cluster, and many open cases.

The cluster is the one of the demo, with its own settings: what it acknowledges is on the disk (fsync is on).
Django reads its settings once, so each process has one installation.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django
import psycopg

from cairn.adapters.postgres import Cluster
from cairn.adapters.postgres.cluster import SUPERUSER
from cairn.adapters.postgres.databases import DATABASE, make_database

APP = "cairn_app"
WORKERS_A_TEAM, CASES_A_WORKER = 5, 20
BATCH = 200

CONTACT: Mapping[str, Any] = {
    "name": "Robin Made-up",
    "born": "2016-05-04",
    "sex": "F",
    "school": "Made-up Primary School",
    "postcode": "ZZ1 1AA",
    "source": "school",
    "caller_name": "A Teacher",
    "call_back": "01632 960 177",
    "may_name_caller": "yes",
    "contact_type": "worry_about_child",
    "in_danger": "no",
    "how_known": "In school until 3:15pm.",
    "facts": [{"text": "Came without a coat.", "who": "Seen by the class teacher"}],
    "parent_knows": "yes_agrees",
    "told_caller": "We decide within a day.",
    "concern_kind": ["neglect"],
    "affects_other_children": False,
}
PROGRESS: Mapping[str, Any] = {
    "outcome": "progress_to_referral",
    "reason": "The third such call this month.",
    "referral_reason": "further_assessment",
    "level": "3",
    "recommended_service": "referral_and_assessment",
    "referral_source": "school",
    "concern": "Came without a coat.",
    "concern_kind": ["neglect"],
    "affects_other_children": False,
    "referrer_name": "A Teacher",
    "with_caf": False,
    "possible_crime": False,
    "allegation_against_staff": False,
    "earlier_enquiries": 0,
}
ASSESS: Mapping[str, Any] = {
    "outcome": ["assessment"],
    "leads_to": "child_in_need",
    "reason": "An assessment is needed to know why.",
    "against": "Nobody has asked the child yet.",
    "status": "not_known",
    "earlier_records_located": "none_exist",
    "no_siblings": True,
    "impact_on_others": "There are no other children.",
    "further_action": "Child and Family Assessment",
}


@dataclass
class Installation:
    """Its cluster, its folder, and its staff by name."""

    cluster: Cluster
    home: Path
    people: dict[str, UUID] = field(default_factory=dict)
    records: dict[str, list[UUID]] = field(default_factory=dict)

    @property
    def app_url(self) -> str:
        """The address for the application's own role."""
        return self.cluster.url(DATABASE, APP)

    def make_empty(self, database: str) -> str:
        """One more database, empty and of the superuser's, for a peer; gives its address."""
        with psycopg.connect(self.cluster.url("postgres", SUPERUSER), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")  # type: ignore[call-overload]
        return self.cluster.url(database, SUPERUSER)

    def actor(self, name: str) -> Any:
        """That person, for one request."""
        from cairn.application.sign_in import actor

        found = actor(self.people[name])
        assert found is not None
        return found

    def client(self, name: str) -> Any:
        """A browser without a window, in which that person is signed in."""
        from django.test import Client

        from cairn.application.sign_in import account
        from cairn.interfaces.web import sessions

        browser, found = Client(), account(self.people[name])
        assert found is not None
        session = browser.session
        sessions.begin(session, found, "two factors")
        session.save()
        return browser


@contextlib.contextmanager
def installed() -> Iterator[Installation]:
    """A fresh installation, with a contact centre and one duty team; it is thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="cairn-bench-") as folder:
        home = Path(folder)
        with Cluster(home / "postgres") as cluster:
            owner = make_database(cluster)
            _surroundings(home, cluster)
            django.setup()
            _prepare(owner)
            made = Installation(cluster, home)
            _front_door(made)
            try:
                yield made
            finally:
                _let_go()


def _surroundings(home: Path, cluster: Cluster) -> None:
    for name in [each for each in os.environ if each.startswith("CAIRN_")]:
        del os.environ[name]
    os.environ["CAIRN_HOME"] = str(home)
    os.environ["CAIRN_APP_DATABASE_URL"] = cluster.url(DATABASE, APP)
    os.environ["CAIRN_PLAIN_HTTP"] = "yes"
    os.environ["CAIRN_HOSTS"] = "localhost,127.0.0.1,testserver"
    os.environ["DJANGO_SETTINGS_MODULE"] = "cairn.config.settings"


def _prepare(owner: str) -> None:
    from django.core.management import call_command

    from cairn.application import four_eyes
    from cairn.records import roles

    roles.prepare(owner, four_eyes.rules())
    call_command("collectstatic", interactive=False, verbosity=0)


def _let_go() -> None:
    from django.db import connections

    connections.close_all()
    with contextlib.suppress(AttributeError):
        connections["default"].close_pool()


def _front_door(made: Installation) -> None:
    from cairn.records import staff

    centre = staff.add_team("Contact Centre", "contact_centre")
    duty = staff.add_team("Referral and Assessment", "referral_and_assessment")
    for name, role, team in (
        ("Call Taker", "contact centre", centre),
        ("Contact Manager", "team manager", centre),
        ("Duty Manager", "duty manager", duty),
        ("Duty Team Manager", "team manager", duty),
    ):
        made.people[name] = staff.add_person(name, role, team)
    staff.give_manager(centre, made.people["Contact Manager"])
    staff.give_manager(duty, made.people["Duty Team Manager"])


def act(
    made: Installation, who: str, name: str, answers: Mapping[str, Any], record: UUID | None = None
) -> UUID:
    """One act through the one door in; the record it was recorded on."""
    from cairn.application.recording import Recorded, Request, record_act

    strand = _strand(record) if name == "decide-referral" and record else None
    done = record_act(made.actor(who), Request(act=name, answers=answers, record=record, strand=strand))
    assert isinstance(done, Recorded), done
    return done.record


def _strand(record: UUID) -> str:
    from cairn.records import ledger

    return next(event.id for event in ledger.read_stream(record) if event.type == "referral.received")


def contact(made: Installation, number: int = 0) -> UUID:
    """A contact of this moment about somebody new; the record."""
    return act(
        made, "Call Taker", "record-contact", {**CONTACT, "name": _name(number), "born": _born(number)}
    )


def open_cases(made: Installation, size: int) -> None:
    """So many children, each referred, allocated and being assessed: twenty a worker, five workers a team.

    One case is recorded act by act; the others are copies of its events under ids, names and workers of their own,
    written in batches through the ledger and the same derivation.
    """
    from cairn.records import ledger

    pattern = _pattern(made)
    stream = ledger.read_stream(pattern)
    workers = _workers(made, (size + CASES_A_WORKER - 1) // CASES_A_WORKER)
    for begin in range(0, size, BATCH):
        _write_batch(made, stream, workers, range(begin, min(begin + BATCH, size)))
    _analyse(made)


def _pattern(made: Installation) -> UUID:
    record = contact(made)
    act(made, "Contact Manager", "decide-contact", PROGRESS, record)
    act(made, "Duty Manager", "decide-referral", ASSESS, record)
    ids = {"worker": "Duty Manager", "worker_id": str(made.people["Duty Manager"])}
    act(made, "Duty Team Manager", "allocate", {**ids, "reason": "For now."}, record)
    return record


def _workers(made: Installation, number: int) -> list[tuple[str, UUID, UUID]]:
    from cairn.records import staff

    found = []
    there = len(made.records)
    for place in range(there, there + number):
        if place % WORKERS_A_TEAM == 0:
            team = staff.add_team(f"Team {place // WORKERS_A_TEAM}", "family_support")
            manager = f"Manager {place // WORKERS_A_TEAM}"
            made.people[manager] = staff.add_person(manager, "team manager", team)
            staff.give_manager(team, made.people[manager])
        name = f"Worker {place}"
        made.people[name] = staff.add_person(name, "social worker", team)
        made.records[name] = []
        found.append((name, made.people[name], team))
    return found


def _write_batch(
    made: Installation, stream: Sequence[Any], workers: Sequence[tuple[str, UUID, UUID]], numbers: range
) -> None:
    from django.db import transaction

    from cairn.application import ports, projecting
    from cairn.records import ledger, register

    with transaction.atomic():
        rows = register.open_records([("child", ports.now()) for _ in numbers])
        copies = {}
        for number, row in zip(numbers, rows, strict=True):
            worker = workers[number // CASES_A_WORKER]
            copies[row.id] = _copied(stream, number, worker)
            made.records[worker[0]].append(row.id)
        ledger.append_many(
            [(record, [ledger.NewEvent.of(event) for event in events]) for record, events in copies.items()]
        )
        teams = projecting.teams_by_kind()
        found = [
            projecting.consequences_of(one, events, ports.now(), teams) for one, events in copies.items()
        ]
        projecting.write(found, ports.now())


def _copied(stream: Sequence[Any], number: int, worker: tuple[str, UUID, UUID]) -> list[Any]:
    """The same story about somebody else: their own ids, name, day of birth, and worker."""
    from cairn.records.ids import time_ordered

    ids = {event.id: str(time_ordered(event.recorded_at)) for event in stream}
    acts = {event.act: str(uuid4()) for event in stream}
    return [
        replace(
            event,
            id=ids[event.id],
            act=acts[event.act],
            strand=ids.get(event.strand) if event.strand else None,
            data=_about(event, number, worker, ids),
        )
        for event in stream
    ]


def _about(event: Any, number: int, worker: tuple[str, UUID, UUID], ids: Mapping[str, str]) -> dict[str, Any]:
    data = {
        name: ids.get(value, value) if isinstance(value, str) else value for name, value in event.data.items()
    }
    if event.type == "person.described":
        return data | {"name": _name(number), "born": _born(number)}
    if event.type == "allocation.made":
        return data | {"worker": worker[0], "worker_id": str(worker[1]), "team_id": str(worker[2])}
    return data


FORENAMES = ("Robin", "Alex", "Sam", "Jo", "Ash", "Kit", "Lee", "Max", "Nico", "Remy", "Toni", "Val", "Wren")
SYLLABLES = (
    "ban",
    "cor",
    "den",
    "fel",
    "gar",
    "hol",
    "kes",
    "lun",
    "mar",
    "nor",
    "pel",
    "ros",
    "sten",
    "tor",
    "wyl",
)


def _name(number: int) -> str:
    whole, first = divmod(number, len(FORENAMES))
    surname = ""
    for _ in range(4):
        whole, place = divmod(whole, len(SYLLABLES))
        surname = SYLLABLES[place] + surname
    return f"{FORENAMES[first]} {surname.title()}"


def _born(number: int) -> str:
    return (date(2008, 6, 1) + timedelta(days=number * 7 % 6_000)).isoformat()


def _analyse(made: Installation) -> None:
    """What autovacuum does in its time: the planner knows how large the tables are."""
    with psycopg.connect(made.cluster.url(DATABASE, SUPERUSER), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
