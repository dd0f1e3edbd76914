"""Opening a record in an emergency: offered where it is refused, said plainly, and marked on every page until it closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import CONTACT, allocated, main
from tests.interfaces.web.views.test_finding import find

from cairn.application.breaking_glass import NOT_STRONG, Breaking, break_glass
from cairn.application.refused import Refused
from cairn.application.ties import TieWanted, give_tie
from cairn.records import access_log, alerts, ties
from cairn.records.models import Staff

pytestmark = pytest.mark.django_db
ROSA = "Rosa Quill"
WORDS = "Her uncle rang: he is on his way to her with a knife."
SENT = {"reason_kind": "child_at_risk_now", "words": WORDS}
# Pages of a record that have frames of their own among them.
PAGES = ("child", "timeline", "family", "looked", "documents", "add-note", "record-visit", "acts")


@pytest.fixture
def child(people):
    return allocated(people)


def address(child):
    return reverse("break-glass", args=[child])


def broken(people, child, who=ROSA, **more):
    return people.client(who).post(address(child), {**SENT, "key": str(uuid4()), **more})


def glass(people, child, who=ROSA):
    return [one for one in ties.of_record(child, ["break glass"]) if one.staff == people.ids[who]]


def test_where_a_record_is_refused_its_emergency_is_offered_to_whoever_may(people, child):
    refused = people.client(ROSA).get(reverse("child", args=[child]))
    assert refused.status_code == 403
    assert address(child) in main(refused)
    # Not to a role without the right, nor where it is no record.
    for who, where in (("Farah Lindqvist", child), (ROSA, uuid4())):
        page = people.client(who).get(reverse("child", args=[where]))
        assert page.status_code in (403, 404)
        assert "/emergency/" not in main(page)


def test_a_search_offers_it_for_whom_it_shows_and_then_the_page_has_the_name(people, child):
    page = people.client(ROSA).get(address(child)).content.decode()
    assert "Wren" not in page
    assert people.number(child) in page
    found = main(find(people, ROSA, first_name="Wren", surname="Made-up"))
    assert address(child) in found
    assert "Wren Made-up" in people.client(ROSA).get(address(child)).content.decode()
    # Nobody who may open it anyhow is offered an emergency.
    assert address(child) not in main(find(people, "Priya Shah", first_name="Wren", surname="Made-up"))


def test_the_page_says_plainly_what_will_happen(people, child):
    page = main(people.client(ROSA).get(address(child)))
    for said in ("for 8 hours", "6:12pm", "information governance", "2 working days", "outside your team"):
        assert said in page, said
    assert access_log.of_record(child)[0].line.what == "asked"


def test_it_opens_and_every_page_of_the_record_says_so_until_it_is_closed(people, child):
    opened = broken(people, child)
    assert (opened.status_code, opened["Location"]) == (302, reverse("child", args=[child]))
    for name in PAGES:
        page = people.client(ROSA).get(reverse(name, args=[child]))
        assert page.status_code == 200, name
        shown = page.content.decode()
        assert f"You opened {people.number(child)} in an emergency" in shown, name
        assert "It closes by itself on 23 November 2026, 6:12pm" in shown, name
        assert WORDS in shown, name
        assert reverse("close-glass", args=[glass(people, child)[0].id]) in shown, name
    # Nobody else's page says so, nor a page that is of no record.
    assert (
        "in an emergency"
        not in people.client("Priya Shah").get(reverse("child", args=[child])).content.decode()
    )
    assert "You opened" not in people.client(ROSA).get(reverse("my-work")).content.decode()
    closed = people.client(ROSA).post(reverse("close-glass", args=[glass(people, child)[0].id]), follow=True)
    assert f"{people.number(child)} is closed to you again." in main(closed)
    assert people.client(ROSA).get(reverse("child", args=[child])).status_code == 403


def test_what_is_recorded_meanwhile_is_marked_in_the_log(people, child):
    broken(people, child)
    done = people.client(ROSA).post(
        reverse("add-note", args=[child]), {"text": "She is safe at the station.", "key": str(uuid4())}
    )
    assert done.status_code == 302
    line = access_log.of_record(child)[0].line
    assert (line.what, line.page) == ("act", "act:add-note")
    assert line.relied_on == "broken glass, until 23 November 2026, 6:12pm"


def test_what_is_missing_is_said_at_its_question_and_nothing_typed_is_lost(people, child):
    empty = broken(people, child, reason_kind="", words="")
    assert empty.status_code == 422
    assert "Error: " in empty.content.decode()
    assert "Choose why it has to be now" in main(empty)
    short = broken(people, child, words="Uncle with a knife.")
    assert short.status_code == 422
    assert "Uncle with a knife." in main(short)
    assert "20 characters" in main(short)
    assert glass(people, child) == []


def test_those_who_may_open_it_anyhow_are_led_to_it(people, child):
    led = people.client("Priya Shah").get(address(child))
    assert (led.status_code, led["Location"]) == (302, reverse("child", args=[child]))
    sent = broken(people, child, who="Priya Shah")
    assert (sent.status_code, sent["Location"]) == (302, reverse("child", args=[child]))
    assert glass(people, child, "Priya Shah") == []
    assert alerts.open_alerts() == []


def test_only_whoever_broke_it_or_guards_access_closes_it(people, child):
    broken(people, child)
    tie = glass(people, child)[0].id
    close = reverse("close-glass", args=[tie])
    assert people.client("Ewan Marsh").post(close).status_code == 403
    assert people.client("Tunde Bright").post(close).status_code == 403
    assert people.client(ROSA).get(close).status_code == 405
    assert people.client("Ruth Abara").post(close).status_code == 302
    assert ties.tie(tie).ended_by_name == "Ruth Abara"
    again = people.client(ROSA).post(close, follow=True)
    assert again.status_code == 200


def test_a_second_conflict_ends_what_was_opened(people, child):
    """A conflict that comes to light while the record stands open bars it at once."""
    broken(people, child)
    given = TieWanted(people.ids[ROSA], child, "family", "It is her cousin.")
    give_tie(people.actor("Ruth Abara"), given)
    assert people.client(ROSA).get(reverse("child", args=[child])).status_code == 404


def test_a_role_that_is_changed_meanwhile_has_lost_what_it_opened(people, child):
    broken(people, child)
    assert people.client(ROSA).get(reverse("child", args=[child])).status_code == 200
    Staff.objects.filter(pk=people.ids[ROSA]).update(role="business support")
    assert people.client(ROSA).get(reverse("child", args=[child])).status_code == 403


def test_the_hours_are_the_authority_s_own(people, child, clock):
    broken(people, child)
    assert glass(people, child)[0].until - clock.at == timedelta(hours=8)


def test_a_contact_is_no_emergency(people):
    """The front door may add to any record it found; it needs no glass for it, and is not offered it."""
    child = allocated(people)
    page = main(find(people, "Beth Lomas", first_name="Wren", surname="Made-up"))
    assert CONTACT["name"] in page
    assert address(child) not in page


def test_the_use_case_itself_refuses_a_sign_in_that_is_not_fresh(people, child):
    """The page asks before; whoever calls it otherwise is refused too."""
    asked = Breaking(SENT["reason_kind"], WORDS, uuid4(), strong=False)
    assert break_glass(people.actor(ROSA), child, asked) == NOT_STRONG
    assert glass(people, child) == []
    assert not isinstance(break_glass(people.actor(ROSA), child, replace(asked, strong=True)), Refused)
