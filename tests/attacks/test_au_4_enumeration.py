"""AU-4: nobody learns from an answer, or from how long it took, whether there is such an account, or a closed one."""

from __future__ import annotations

import random
import re
import time
from statistics import median

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.accounts import made, set_up

from cairn.application import accounts, passwords
from cairn.records.models import Guess

SAMPLES = 500
WRONG = "wrong horse battery"
FURTHEST = 0.05
P_AT_LEAST = 0.01
NAMES = {
    "known": "wren.fellow",
    "unknown": "wren.nobody",
    "closed": "gone.fellow",
    "not set up": "late.fellow",
}


@pytest.fixture
def names(people):
    """An account that is set up, none, one that was closed, and one that is not set up yet."""
    set_up(made())
    set_up(made("gone.fellow", "Gone Fellow"))
    accounts.disable("gone.fellow")
    made("late.fellow", "Late Fellow")
    Guess.objects.all().delete()
    return NAMES


def given(name, password=WRONG):
    return Client().post("/sign-in/", {"sign-in-name": name, "password": password})


def plain(response, name):
    """The answer without what is new in each: the key of its form, and the name that was typed."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return text.replace(name, "-" * len(name))


def test_each_is_answered_alike(names):
    answers = {kind: given(name) for kind, name in names.items()}
    known = answers["known"]
    for kind, response in answers.items():
        assert response.status_code == known.status_code == 200, kind
        assert plain(response, names[kind]) == plain(known, names["known"]), kind
        assert len(response.content) == len(known.content), kind
        assert sorted(response.headers) == sorted(known.headers), kind
        assert set(response.cookies) == set(known.cookies), kind


def test_so_is_each_when_there_were_too_many(names):
    for name in names.values():
        Guess.objects.all().delete()
        answers = [given(name) for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 6 + [429]


def test_the_right_password_of_a_closed_account_is_as_wrong_as_any(names):
    assert "is not right" in given("gone.fellow", "otter lantern quarry").content.decode()
    assert "Show that it is you" in given("wren.fellow", "otter lantern quarry").content.decode()


def test_the_same_work_is_done_for_each(names, monkeypatch):
    """One hash, with the same parameters, and as many statements."""
    work = {}
    check = passwords.check_password
    passwords.password_given("warm.up", "x", "192.0.2.1")
    for kind, name in names.items():
        hashes = []
        monkeypatch.setattr(
            passwords, "check_password", lambda p, kept, seen=hashes: (seen.append(kept), check(p, kept))[1]
        )
        with CaptureQueriesContext(connection) as sent:
            given(name)
        work[kind] = ([kept.rsplit("$", 2)[0] for kept in hashes], len(sent))
    assert len(set(map(str, work.values()))) == 1, work
    assert len(work["known"][0]) == 1


def ks_p(first, second):
    """The p-value of the two-sample Kolmogorov-Smirnov test (asymptotic)."""
    ordered = sorted([(one, 0) for one in first] + [(one, 1) for one in second])
    counts, furthest = [0, 0], 0.0
    for _, whose in ordered:
        counts[whose] += 1
        furthest = max(furthest, abs(counts[0] / len(first) - counts[1] / len(second)))
    scaled = furthest * (len(first) * len(second) / (len(first) + len(second))) ** 0.5
    terms = ((-1) ** (k - 1) * 2.718281828459045 ** (-2 * k * k * scaled * scaled) for k in range(1, 101))
    return min(1.0, max(0.0, 2 * sum(terms))) if scaled > 0.2 else 1.0


def test_the_test_itself_tells_apart_what_is_apart():
    same = [random.Random(one).gauss(1, 0.1) for one in range(SAMPLES)]
    again = [random.Random(-1 - one).gauss(1, 0.1) for one in range(SAMPLES)]
    slower = [one * 1.05 for one in again]
    assert ks_p(same, again) > P_AT_LEAST
    assert ks_p(same, slower) < P_AT_LEAST


def timed(names):
    """How long each took, in turns of a random order, so that whatever else the machine does falls on all alike."""
    took = {kind: [] for kind in names}
    turns = random.Random(20261130)
    for _ in range(SAMPLES):
        for kind in turns.sample(sorted(names), len(names)):
            Guess.objects.all().delete()
            began = time.perf_counter()
            given(names[kind])
            took[kind].append(time.perf_counter() - began)
    return took


def told_apart(took):
    """The kinds whose times differ from those of a known account."""
    known = took["known"]
    return {
        kind: (round(median(times) / median(known) - 1, 4), round(ks_p(known, times), 4))
        for kind, times in took.items()
        if kind != "known"
        and (abs(median(times) / median(known) - 1) >= FURTHEST or ks_p(known, times) <= P_AT_LEAST)
    }


@pytest.mark.attack
@pytest.mark.timeout(1_800)
def test_how_long_it_takes_tells_nothing(names):
    """500 of each. By chance alone one run in thirty says that two are apart; two runs that say the same are no chance."""
    for name in names.values():
        given(name)
    first = told_apart(timed({kind: names[kind] for kind in ("known", "unknown", "closed")}))
    if first:
        second = told_apart(timed({kind: names[kind] for kind in ("known", "unknown", "closed")}))
        assert not set(first) & set(second), (first, second)
