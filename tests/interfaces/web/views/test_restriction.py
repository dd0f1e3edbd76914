"""A restricted record in the pages: its head says why, others find the name alone, and no list or number of theirs has it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, event, later, looks, main

from cairn.application.covering import CoverWanted, set_cover
from cairn.application.ports import now
from cairn.records import ties

JOANNE = "Joanne Whitlock"


@pytest.fixture
def plain(people):
    """A child with whom Priya Shah works, with an address, a mother and a day on which a visit is booked."""
    child = allocated(people)
    steps = (
        ("Priya Shah", "record-address", {"address": "3 Hidden Court", "postcode": "FE1 2AB"}),
        ("Priya Shah", "book-visit", {"when": "2026-11-24T10:00", "place": "At home"}),
    )
    return record(people, *steps, on=child)


@pytest.fixture
def child(people, plain):
    """The same, restricted."""
    answers = {"reason": "witness_protection", "words": "Her uncle must not learn where she is."}
    return record(people, (JOANNE, "restrict-record", answers), on=plain)


def page(people, who, name, *args, **query):
    return people.client(who).get(reverse(name, args=args), query)


def find(people, who, **typed):
    return main(people.client(who).post(reverse("find"), typed))


def test_the_head_of_each_page_says_that_it_is_restricted_and_why_to_who_may_open_it(people, child):
    for who in ("Priya Shah", JOANNE):
        for name in ("child", "timeline", "documents", "restriction"):
            shown = main(page(people, who, name, child))
            assert "Restricted: Witness protection." in shown
            assert "Her uncle must not learn" in shown


def test_others_are_refused_with_how_to_ask_and_learn_no_reason(people, child):
    for who in ("Ewan Marsh", "Dilys Penhale", "Martin Oyelaran", "Rosa Quill", "Beth Lomas"):
        for name in ("child", "restriction", "looked", "timeline"):
            answer = page(people, who, name, child)
            assert answer.status_code == 403
            shown = answer.content.decode()
            assert "Witness" not in shown
            assert "Wren" not in shown
        assert looks(child)[0][1:] == ("refused", False)


def test_a_search_shows_the_name_alone_and_how_to_ask(people, child):
    for who in ("Beth Lomas", "Ewan Marsh", "Rosa Quill"):
        shown = find(people, who, find="Wren Made-up 21/3/2018")
        assert "Wren Made-up" in shown
        assert "Restricted" in shown
        for hidden in ("Strong match", "Possible", "Hidden Court", "Priya", "FC-", "girl", "2018", "Witness"):
            assert hidden not in shown.partition("<ol")[2].partition("</ol")[0], (who, hidden)
        assert "Ask the team" in shown


@pytest.mark.parametrize(
    "typed", [{"other": "3 Hidden Court, FE1 2AB"}, {"born": "21 3 2018"}, {"other": "mother Hanne Pryce"}]
)
def test_nobody_finds_it_by_anything_but_the_name(people, child, typed):
    for who in ("Ewan Marsh", "Rosa Quill", "Beth Lomas"):
        assert "Wren" not in find(people, who, **typed).partition("<ol")[2].partition("</ol")[0], who


def test_whoever_may_open_it_finds_it_by_all_of_it(people, child):
    shown = find(people, "Priya Shah", born="21 3 2018", surname="Made-up")
    assert "3 Hidden Court" in shown
    assert reverse("child", args=[child]) in shown


LISTS = (
    ("my-work", {}),
    ("team-work", {}),
    ("team-list", {"what": "due"}),
    ("team-list", {"what": "children"}),
)


@pytest.mark.parametrize(("name", "query"), LISTS)
def test_no_list_of_the_team_has_it_but_that_of_its_manager_and_its_worker(people, child, name, query):
    for who in ("Ewan Marsh", "Martin Oyelaran", "Dilys Penhale"):
        assert "Wren" not in page(people, who, name, **query).content.decode(), who
    assert "Wren" in page(people, JOANNE, "team-list", what="children").content.decode()
    assert "Wren" in page(people, "Priya Shah", "my-work").content.decode()


def test_no_number_counts_it_for_who_may_not_open_it(people, plain):
    def numbers():
        return re.sub(
            r'name="csrfmiddlewaretoken" value="[^"]+"', "", main(page(people, "Ewan Marsh", "team-work"))
        )

    before = numbers()
    answers = {"reason": "media"}
    other = record(people, (JOANNE, "restrict-record", answers), on=allocated(people))
    assert numbers() == before
    assert str(other) not in before


def test_it_is_restricted_looked_at_again_and_lifted_on_its_pages(people, plain, clock):
    client = people.client(JOANNE)
    missing = client.post(reverse("restrict-record", args=[plain]), {"do": "sent", "send": "yes"})
    assert missing.status_code == 422
    sent = {"reason": "media", "words": "A reporter rings."}
    assert client.post(reverse("restrict-record", args=[plain]), sent).status_code == 302
    assert event(plain, "record.restricted").data["reason"] == "media"
    later(clock, days=91)
    shown = main(page(people, JOANNE, "restriction", plain))
    assert "Overdue" in shown
    assert "Overdue" in main(page(people, JOANNE, "restricted"))
    assert "Restrictions to look at again" in main(page(people, JOANNE, "my-work"))
    assert client.post(reverse("review-restriction", args=[plain]), {"words": "Still."}).status_code == 302
    assert "Overdue" not in main(page(people, JOANNE, "restricted"))
    assert "Restrictions to look at again" not in main(page(people, JOANNE, "my-work"))
    assert client.post(reverse("lift-restriction", args=[plain]), {"words": "Over."}).status_code == 302
    assert page(people, "Ewan Marsh", "child", plain).status_code == 200
    assert page(people, JOANNE, "lift-restriction", plain).status_code == 302


def test_whoever_restricts_it_away_from_themselves_is_told_before(people, plain):
    assert "You are not among them" in main(page(people, "Martin Oyelaran", "restrict-record", plain))
    assert "You are not among them" not in main(page(people, JOANNE, "restrict-record", plain))
    done = people.client("Martin Oyelaran").post(
        reverse("restrict-record", args=[plain]), {"reason": "media"}, follow=True
    )
    assert done.status_code == 403
    assert "The record is restricted." in main(done)


def test_somebody_is_named_extended_and_ended(people, child):
    client, here = people.client(JOANNE), reverse("restriction", args=[child])
    assert client.post(here, {"how": "task"}).status_code == 422
    wanted = {"person": str(people.ids["Rosa Quill"]), "how": "task", "reason": "The contact on Friday"}
    assert client.post(here, wanted).status_code == 302
    shown = main(client.get(here))
    assert "Rosa Quill" in shown
    assert "until 7 December 2026, 10:12am" in shown
    assert page(people, "Rosa Quill", "child", child).status_code == 200
    assert "Name somebody" not in main(page(people, "Rosa Quill", "restriction", child))
    named = reverse("restriction-named", args=[child, ties.of_record(child)[0].id])
    assert client.post(named, {"do": "involved"}).status_code == 302
    assert client.post(named, {"do": "end"}).status_code == 404
    standing = next(one for one in ties.of_record(child) if one.ended_at is None)
    named = reverse("restriction-named", args=[child, standing.id])
    assert people.client("Rosa Quill").post(named, {"do": "involved"}).status_code == 403
    assert client.post(named, {"do": "end"}).status_code == 302
    assert page(people, "Rosa Quill", "child", child).status_code == 403
    assert "named by Joanne Whitlock" in main(client.get(here))


def test_an_entry_about_the_restriction_offers_no_mending(people, child):
    entry = event(child, "record.restricted").id
    assert "Withdraw it" not in main(page(people, JOANNE, "entry", child, entry))
    assert page(people, JOANNE, "withdraw", child, entry).status_code == 403
    other = event(child, "address.recorded").id
    assert "Withdraw it" in main(page(people, JOANNE, "entry", child, other))


def test_to_set_cover_says_which_children_whoever_covers_has_to_be_named_on(people, child):
    today = now().date()
    who = (people.ids["Priya Shah"], people.ids["Ewan Marsh"], today, today, "Leave.")
    set_cover(people.actor(JOANNE), CoverWanted(*who))
    shown = main(page(people, JOANNE, "cover"))
    assert "Wren Made-up" in shown
    assert reverse("restriction", args=[child]) in shown
    assert page(people, "Ewan Marsh", "child", child).status_code == 403
    assert "Wren" not in main(page(people, "Ewan Marsh", "cover"))
    assert "Wren" not in main(page(people, "Ewan Marsh", "my-work"))


def test_the_list_is_for_who_restricts(people, child):
    assert "Wren Made-up" in main(page(people, JOANNE, "restricted"))
    assert "Wren" not in main(page(people, "Tunde Bright", "restricted"))
    assert page(people, "Priya Shah", "restricted").status_code == 403


def test_only_what_can_be_done_is_offered(people, plain):
    def offered():
        shown = main(page(people, JOANNE, "acts", plain))
        return [verb in shown for verb in ("Restrict the record", "still needed", "Lift the restriction")]

    assert offered() == [True, False, False]
    record(people, (JOANNE, "restrict-record", {"reason": "staff"}), on=plain)
    assert offered() == [True, True, True]
