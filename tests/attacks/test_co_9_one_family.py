"""Twenty workers on families that overlap: nobody's page fails, nothing is written twice or lost (CO-9).

Nothing is retried by the program: the records of an act are held in one order, by id, so that no two can wait for each
other. Whoever waits longer than the limit of four seconds is told so with a page (503), and sends the same form again;
here each does so at most three times.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse
from psycopg import errors
from tests.attacks.crossing import crossed
from tests.interfaces.web.views.children import view
from tests.people import made_up_staff
from tests.siblings import child, related

from cairn.application.drafting import save_draft
from cairn.application.jointly import JointRequest, OwnPart, Signed, sign_jointly
from cairn.application.ports import now
from cairn.records import staff

WORKERS, CHILDREN, AGAIN = 20, 12, 3
ROUNDS = [pytest.param(2, id="2 rounds"), pytest.param(25, id="25 rounds", marks=[pytest.mark.attack, pytest.mark.timeout(1_200)])]  # fmt: skip
SEED = 20261123


@pytest.fixture
def people(committed_database, clock):
    made = made_up_staff()
    for number in range(WORKERS):
        name = f"Worker {number}"
        made.ids[name] = staff.add_person(name, "social worker", made.teams["Referral and Assessment"])
    return made


@pytest.fixture
def family(people):
    """Brothers and sisters in a row, each listed on the record of the one before: many families that overlap."""
    names = [f"Child{number} Made-up" for number in range(CHILDREN)]
    made = [child(people, name, born=f"{2010 + number}-06-01") for number, name in enumerate(names)]
    for number, one in enumerate(made[:-1]):
        related(people, one, (names[number + 1], made[number + 1]))
    return made


def deadlocks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


class Worker(threading.Thread):
    """Does one joint act and one page's act a round, on children chosen by chance, in an order chosen by chance."""

    def __init__(self, number, people, family, rounds, together):
        super().__init__(daemon=True)
        self.who, self.people, self.family, self.rounds = f"Worker {number}", people, family, rounds
        self.chance, self.together = random.Random(SEED + number), together
        self.visited, self.noted, self.failed, self.waited = Counter(), Counter(), [], 0
        self.cookies = people.client(self.who).cookies

    def run(self):
        try:
            self.together.wait(60)
            for _ in range(self.rounds):
                self.visit()
                self.note()
        except BaseException as fault:  # noqa: BLE001 - whatever it was, the test says so
            self.failed.append(repr(fault))
        finally:
            connections.close_all()

    def visit(self):
        """A visit to two to four neighbours in the row, asked for in any order, signed in one transaction."""
        first = self.chance.randrange(CHILDREN - 1)
        some = self.family[first : first + self.chance.randint(2, 4)]
        self.chance.shuffle(some)
        actor, draft = self.people.actor(self.who), uuid4()
        save_draft(actor, draft, "record-visit", some[0], {"child": [str(one) for one in some]}, 0)
        parts = tuple(OwnPart(one, {"child_seen": True, "seen_alone": True}) for one in some)
        wanted = JointRequest("record-visit", draft, {"account": self.who}, now().isoformat(), parts)
        done = self.until_taken(lambda: sign_jointly(actor, wanted))
        if isinstance(done, Signed) and not done.refused:
            self.visited.update(some)
        else:
            self.failed.append(repr(done))

    def until_taken(self, send):
        """Send it, and again where it waited too long; the last answer."""
        for _ in range(AGAIN):
            try:
                return send()
            except OperationalError as fault:
                if not isinstance(fault.__cause__, errors.LockNotAvailable | errors.QueryCanceled):
                    raise
                self.waited += 1
        return send()

    def note(self):
        """A note on one child, by the page."""
        one, key = self.chance.choice(self.family), str(uuid4())
        browser = Client(raise_request_exception=False)
        browser.cookies = self.cookies
        form = {"draft": key, "version": "0", "key": key, "text": f"{self.who} rang."}
        for _ in range(1 + AGAIN):
            answer = browser.post(reverse("add-note", args=[one]), form)
            if answer.status_code == 302:
                self.noted[one] += 1
                return
            self.waited += answer.status_code == 503
        self.failed.append(f"{answer.status_code}")


@pytest.mark.parametrize("rounds", ROUNDS)
def test_nobody_fails_and_everything_is_there(people, family, rounds):
    before, began = deadlocks(), time.monotonic()
    together = threading.Barrier(WORKERS)
    workers = [Worker(number, people, family, rounds, together) for number in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(900)
    assert [worker.failed for worker in workers if worker.failed] == []
    visited = sum((worker.visited for worker in workers), Counter())
    noted = sum((worker.noted for worker in workers), Counter())
    for one in family:
        kinds = Counter(event.type for event in view(one).standing.events)
        assert (kinds["visit.made"], kinds["note.added"]) == (visited[one], noted[one])
    assert deadlocks() == before
    acts = visited.total() + noted.total()
    waited = sum(worker.waited for worker in workers)
    print(
        f"{WORKERS} workers, {acts} entries in {time.monotonic() - began:.1f} s, {waited} sent again, 0 deadlocks"
    )


def test_held_in_one_order_whatever_the_order_of_asking(people, family):
    """The twin that shows the danger is real: without the one order PostgreSQL has to break one of two off."""
    assert crossed(family[0], family[1], in_order=True) == []
    assert [type(one).__name__ for one in crossed(family[0], family[1], in_order=False)] == [
        "OperationalError"
    ]
