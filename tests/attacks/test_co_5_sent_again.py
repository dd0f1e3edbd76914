"""Sent again by a double click, by Back, or after a lost answer: one record, one errand, the same answer (CO-5).

Forms at the front door and fifty at once are in test_twice.py; the lost answer to COMMIT is in test_re_1_cut.py.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from tests.attacks.database import counted, rows
from tests.attacks.house import house as build
from tests.attacks.operations import OPERATIONS
from tests.people import made_up_staff

AT_ONCE = 8
NOT_AT_ONCE = frozenset({"record a contact"})  # fifty at once, in test_twice.py


def test_each_sent_three_times_is_taken_once_and_answered_alike(house):
    for name, prepared in OPERATIONS.items():
        wanted = prepared(house)
        browser = house.client(wanted.who)
        first = wanted.send(browser)
        assert first.status_code == 302, (name, first.content.decode())
        taken, errands = rows(), counted("records_outbox")
        for _ in range(2):
            again = wanted.send(browser)
            assert (again.status_code, again["Location"]) == (302, first["Location"]), name
        assert rows() == taken, name
        assert counted("records_outbox") == errands, name


SAMPLE = frozenset({"approve an assessment"})
CASES = [
    pytest.param(name, marks=() if name in SAMPLE else pytest.mark.attack)
    for name in OPERATIONS
    if name not in NOT_AT_ONCE
]


@pytest.mark.parametrize("name", CASES)
def test_of_many_at_once_one_is_taken(committed_database, clock, name):
    """The same form from the same browser, eight times in the same moment."""
    house = build(made_up_staff())
    wanted = OPERATIONS[name](house)
    cookies, together = house.client(wanted.who).cookies, Barrier(AT_ONCE)
    before = {table: counted(table) for table in ("records_ledgerevent", "records_outbox", "records_cover")}

    def send(_):
        browser = Client()
        browser.cookies = cookies
        together.wait(60)
        try:
            return wanted.send(browser)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(send, range(AT_ONCE)))
    assert {answer.status_code for answer in answers} == {302}, [one.status_code for one in answers]
    assert len({answer["Location"] for answer in answers}) == 1
    after = {table: counted(table) for table in before}
    alone = wanted.send(house.client(wanted.who))
    assert alone.status_code == 302
    assert {table: counted(table) for table in before} == after
    added = after["records_ledgerevent"] - before["records_ledgerevent"]
    assert after["records_outbox"] - before["records_outbox"] == added
    assert after["records_cover"] - before["records_cover"] == (name == "set cover")
    assert added or name in ("set cover", "save a section", "save a part of a plan")
