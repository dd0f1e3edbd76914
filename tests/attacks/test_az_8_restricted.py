"""AZ-8: who may open a restricted record ends to the second, what is overdue is listed exactly, and nothing of it is seen beside others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import siblings
from tests.cases import record
from tests.interfaces.web.views.children import later

from cairn.application.restricting import end_named, extend, name_somebody
from cairn.interfaces.web.urls import urlpatterns
from cairn.records import access_log, ties

JOANNE, ROSA = "Joanne Whitlock", "Rosa Quill"
SECOND = timedelta(seconds=1)
CANARY = "Zqrestrictedtext"


@pytest.fixture
def amara(people):
    """A child open to the team, whose brother Theo is too."""
    return siblings.child(people, siblings.AMARA)


@pytest.fixture
def theo(people, amara):
    """Her brother, with words of his own on his record, which is restricted after all of it."""
    made = siblings.child(people, siblings.THEO, concern=CANARY)
    siblings.related(people, amara, (siblings.THEO, made))
    siblings.related(people, made, (siblings.AMARA, amara))
    steps = (
        ("Priya Shah", "record-address", {"address": f"3 {CANARY} Court", "lives_with": CANARY}),
        ("Priya Shah", "add-note", {"text": f"{CANARY} rang."}),
        ("Priya Shah", "enter-chronology", {"what": CANARY, "significance": CANARY}),
        ("Priya Shah", "record-school-and-gp", {"school": f"{CANARY} School"}),
        ("Priya Shah", "book-visit", {"when": "2026-11-25T10:00", "place": CANARY}),
        (JOANNE, "restrict-record", {"reason": "high_risk", "words": CANARY}),
    )
    return record(people, *steps, on=made)


def status(people, who, child):
    return people.client(who).get(reverse("child", args=[child])).status_code


def named(people, child, how):
    done = name_somebody(people.actor(JOANNE), child, people.ids[ROSA], how, "The contact on Friday")
    return done.id


@pytest.mark.parametrize(("how", "days"), [("task", 14), ("involved", 183)])
def test_named_it_lapses_to_the_second_in_a_session_that_goes_on(people, theo, clock, how, days):
    assert status(people, ROSA, theo) == 403
    named(people, theo, how)
    assert status(people, ROSA, theo) == 200
    later(clock, days=days)
    clock.at -= SECOND
    assert status(people, ROSA, theo) == 200
    clock.at += SECOND
    assert status(people, ROSA, theo) == 403
    last = access_log.of_record(theo)[0].line
    assert (last.allowed, last.reason) == (False, "This record is restricted to those named on it")


def test_extended_it_lasts_on_and_lapses_at_its_new_end(people, theo, clock):
    first = named(people, theo, "task")
    later(clock, days=13)
    assert extend(people.actor(JOANNE), theo, first, "task").until == clock.at + timedelta(days=14)
    later(clock, days=14)
    clock.at -= SECOND
    assert status(people, ROSA, theo) == 200
    clock.at += SECOND
    assert status(people, ROSA, theo) == 403


def test_ended_the_next_request_is_refused_and_no_tie_is_left(people, theo, clock):
    tie = named(people, theo, "involved")
    assert status(people, ROSA, theo) == 200
    end_named(people.actor(JOANNE), theo, tie)
    assert status(people, ROSA, theo) == 403
    assert [one for one in ties.of_record(theo) if one.is_in_force(clock.at)] == []


def test_lifted_the_team_is_in_at_once_and_restricted_again_at_once_out(people, theo):
    assert status(people, "Ewan Marsh", theo) == 403
    record(people, (JOANNE, "lift-restriction", {"words": "Over."}), on=theo)
    assert status(people, "Ewan Marsh", theo) == 200
    record(people, (JOANNE, "restrict-record", {"reason": "media"}), on=theo)
    assert status(people, "Ewan Marsh", theo) == 403


@pytest.mark.parametrize("who", ["Priya Shah", "Ewan Marsh", "Tunde Bright", "Martin Oyelaran", ROSA])
@pytest.mark.parametrize("act", ["lift-restriction", "review-restriction", "restrict-record"])
def test_nobody_lifts_it_who_may_not_restrict_or_not_open_it(people, theo, who, act):
    sent = people.client(who).post(reverse(act, args=[theo]), {"words": "Mine.", "reason": "media"})
    assert sent.status_code == 403
    assert status(people, "Ewan Marsh", theo) == 403


def test_overdue_is_what_is_ninety_days_old_to_the_second_and_nothing_else(people, theo, amara, clock):
    def overdue():
        page = people.client(JOANNE).get(reverse("restricted")).content.decode()
        rows = page.partition("<tbody")[2].split("<tr>")[1:]
        return {name for name in ("Theo", "Amara") for row in rows if name in row and "Overdue" in row}

    later(clock, days=1)
    record(people, (JOANNE, "restrict-record", {"reason": "media"}), on=amara)
    later(clock, days=89)
    clock.at -= SECOND
    assert overdue() == set()
    clock.at += SECOND
    assert overdue() == {"Theo"}
    later(clock, days=1)
    assert overdue() == {"Theo", "Amara"}
    record(people, (JOANNE, "review-restriction", {"words": "Still."}), on=theo)
    assert overdue() == {"Amara"}
    record(people, (JOANNE, "lift-restriction", {"words": "Over."}), on=amara)
    assert overdue() == set()


ALONE = sorted(one.name for one in urlpatterns if set(one.pattern.converters) == {"record"})
LISTS = ("/work/", "/team/", "/team/list/?what=due", "/team/list/?what=children", "/team/list/?what=booked",
         "/team/cover/", "/team/allocation-meeting/", "/restricted/")  # fmt: skip


@pytest.mark.parametrize("who", ["Ewan Marsh", "Martin Oyelaran"])
def test_on_no_page_of_a_sister_and_in_no_list_is_anything_of_it(people, amara, theo, who):
    """Family, joint acts, chronologies, letters, hand-outs: every page that the sister's record has, and every list."""
    client = people.client(who)
    assert status(people, who, amara) == 200
    addresses = [*(reverse(name, args=[amara]) for name in ALONE), *LISTS]
    shown = [client.get(address) for address in addresses]
    assert sum(one.status_code == 200 for one in shown) > 30
    for address, answer in zip(addresses, shown, strict=True):
        assert CANARY not in answer.content.decode(), (who, address)
        assert str(theo) not in answer.content.decode() or address.endswith("/emergency/"), (who, address)


def test_the_worker_of_both_sees_it_there(people, amara, theo):
    client = people.client("Priya Shah")
    assert CANARY in client.get(reverse("child", args=[theo])).content.decode()
    assert str(theo) in client.get(reverse("child", args=[amara])).content.decode()
    assert str(theo) in client.get(reverse("family", args=[amara])).content.decode()
