"""The connection cut before statement 1, 2, ... n and at COMMIT: all or nothing, and the user is told which (RE-1).

Where the answer to COMMIT is lost nobody can know; the page says so, and the same form sent again gets the truth.
"""

from __future__ import annotations

import pytest
from tests.attacks.cutting import AFTER_COMMIT, AFTERWARDS, NEVER, cut
from tests.attacks.database import counted, rows
from tests.attacks.house import house as build
from tests.attacks.operations import OPERATIONS
from tests.people import made_up_staff

from cairn.interfaces.web.views.errors import NOT_KNOWN, NOTHING, RECORDED

SAMPLE = frozenset({"record a contact", "save a section", "approve an assessment"})
CASES = [pytest.param(name, marks=() if name in SAMPLE else pytest.mark.attack) for name in OPERATIONS]
LOG = "records_accessentry"
MOST = 400  # statements of one request; more would be another fault


@pytest.fixture
def made(committed_database, clock):
    return build(made_up_staff())


def told(answer):
    """What the page says became of what was sent."""
    text = answer.content.decode()
    return [one for one in (NOTHING, RECORDED, NOT_KNOWN) if one in text]


@pytest.mark.parametrize("name", CASES)
def test_all_or_nothing_wherever_the_connection_is_cut(made, name):
    wanted = OPERATIONS[name](made)
    browser = made.client(wanted.who)
    before, looked = rows(), counted(LOG)
    for number in range(1, MOST):
        with cut(number) as done:
            answer = wanted.send(browser)
        assert done.done, number
        assert answer.status_code == 503, (number, answer.status_code)
        assert rows() == before, number
        assert counted(LOG) == looked, number
        if done.statements < number:
            break
        assert told(answer) == [NOTHING], number
    # Beyond the last statement it was cut at COMMIT: nothing was kept, which nobody on this side can know.
    assert told(answer) == [NOT_KNOWN]
    assert number > 10
    print(f"{name}: cut before each of {number - 1} statements and at COMMIT")

    with cut(AFTER_COMMIT):
        answer = wanted.send(browser)
    assert (answer.status_code, told(answer)) == (503, [NOT_KNOWN])
    kept, looked = rows(), counted(LOG)
    assert kept != before
    again = wanted.send(browser)
    assert again.status_code == 302, again.content.decode()
    assert changed(kept) == set()
    # What was looked at again is in the log again, and nothing else is new.
    assert counted(LOG) >= looked


def changed(before):
    """The tables in which something is another than it was."""
    return {name for name, digest in rows().items() if digest != before[name]}


@pytest.mark.parametrize("name", ["write a note", "record a contact"])
def test_cut_after_it_was_kept_the_page_says_so(made, name):
    """The session's own row is written last, in a transaction of its own."""
    wanted, before = OPERATIONS[name](made), rows()
    browser = made.client(wanted.who)
    with cut(AFTERWARDS) as done:
        answer = wanted.send(browser)
    assert done.done
    assert (answer.status_code, told(answer)) == (503, [RECORDED])
    kept = rows()
    assert kept != before
    assert wanted.send(browser).status_code == 302
    assert rows() == kept


def test_uncut_each_is_taken(made):
    """The twin: with the connection left alone every one of these forms is taken."""
    for name, prepared in OPERATIONS.items():
        wanted = prepared(made)
        before = rows()
        with cut(NEVER):
            answer = wanted.send(made.client(wanted.who))
        assert answer.status_code == 302, (name, answer.content.decode())
        assert rows() != before, name
