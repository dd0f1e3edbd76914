"""Who has seen a child, in sentences by person and day, each single look, as a file; and a person's own look-ups."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, later, looks, main

from cairn.application.ports import now
from cairn.records import ties
from cairn.records.ties import NewTie

PRIYA = "Priya Shah"


@pytest.fixture
def child(people, clock):
    """A child whose record was opened on two days, in different ways."""
    made = allocated(people)
    later(clock, days=1)
    for name in ("child", "timeline", "timeline"):
        people.client(PRIYA).get(reverse(name, args=[made]))
    people.client("Rosa Quill").get(reverse("child", args=[made]))
    people.client("Rosa Quill").post(reverse("find"), {"find": "Wren Made-up"})
    people.client("Joanne Whitlock").get("/team/list/?what=children")
    later(clock, days=1)
    record(people, (PRIYA, "add-note", {"text": "The school rang."}), on=made)
    return made


def page(people, who, name, *args, **query):
    return people.client(who).get(reverse(name, args=args), query)


def seen(people, child, who=PRIYA, **query):
    return main(page(people, who, "looked", child, **query))


def plain(text):
    return " ".join(text.replace("<strong>", "").replace("</strong>", "").split())


def test_each_person_s_day_is_one_sentence(people, child):
    shown = plain(seen(people, child))
    assert "Tuesday 24 November 2026" in shown
    assert (
        "Priya Shah, social worker, read the timeline and the overview 3 times, as allocated worker." in shown
    )
    assert "Rosa Quill, social worker, was refused the overview" in shown
    assert "Told: “You are not working with this child, nor is your team”" in shown
    assert "Rosa Quill, social worker, found the name by a search." in shown
    assert "Joanne Whitlock, team manager, saw the name in a list of Team work" in shown
    assert "Priya Shah, social worker, read who has seen this child and recorded “Add a note”" in shown


def test_to_look_at_it_is_in_it(people, child):
    seen(people, child, "Ewan Marsh")
    assert looks(child)[0] == ("looked", "view", True)
    assert "Ewan Marsh" in seen(people, child)


def test_it_is_shown_by_person_kind_and_day(people, child):
    rosa = seen(people, child, person=str(people.ids["Rosa Quill"])).partition("</form>")[2]
    assert "Rosa Quill" in rosa
    assert "Joanne" not in rosa
    for kind, there, not_there in (
        ("opened", "read the timeline", "recorded"),
        ("wrote", "recorded “Add a note”", "read the timeline"),
        ("searched", "found the name by a search", "read the"),
        ("listed", "saw the name in", "read the"),
        ("refused", "was refused the overview", "read the"),
    ):
        shown = seen(people, child, kind=kind).partition("</form>")[2]
        assert there in shown, kind
        assert not_there not in shown, kind
    typed = {"since-day": "24", "since-month": "11", "since-year": "2026",
             "until-day": "24", "until-month": "11", "until-year": "2026"}  # fmt: skip
    shown = seen(people, child, **typed)
    assert "Tuesday 24 November 2026" in shown
    assert "Wednesday 25" not in shown
    assert "Monday 23" not in shown


@pytest.mark.parametrize(
    "query", [{"person": "x"}, {"kind": "x"}, {"since": "x"}, {"before_day": "2026-13-40"}, {"until": "9999-12-31", "since": "0001-01-01", "before_day": "0001-01-01"}, {"before": "9" * 40}]
)  # fmt: skip
def test_what_cannot_be_read_asks_for_nothing(people, child, query):
    assert "Rosa Quill" in seen(people, child, **query)
    assert page(people, PRIYA, "looked-each", child, **query).status_code == 200


def test_many_days_are_on_several_pages_and_none_is_lost(people, child, clock):
    for _ in range(20):
        later(clock, days=1)
        people.client(PRIYA).get(reverse("child", args=[child]))
    shown = seen(people, child)
    assert shown.count("<h3") == 14
    earlier = shown.partition('href="?before_day=')[2].partition('"')[0]
    rest = seen(people, child, before_day=earlier)
    assert rest.count("<h3") == 9
    assert "Tuesday 24 November 2026" in rest


def test_each_single_look_stands_beneath(people, child):
    link = reverse("looked-each", args=[child])
    assert link in seen(people, child)
    day = {"person": str(people.ids[PRIYA]), "since": "2026-11-24", "until": "2026-11-24"}
    shown = main(page(people, PRIYA, "looked-each", child, **day))
    assert "by Priya Shah, on 24 November 2026" in shown
    assert shown.count("read the timeline") == 2
    assert shown.count("read the overview") == 1
    assert "24 November 2026, 10:12am" in shown


def test_it_is_taken_away_as_a_table_which_is_in_the_log_itself(people, child):
    answer = page(people, PRIYA, "take-looked", child)
    assert answer["Content-Type"].startswith("text/csv")
    assert "Wren" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    head, first, *rest = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["When", "Who", "Role", "What", "Because", "For what", "Refused because"]
    assert first[1:4] == [PRIYA, "social worker", "took away who has seen this child"]
    assert [row for row in rest if row[1] == "Rosa Quill" and row[6]]
    assert looks(child)[0] == ("looked", "export", True)
    only = page(people, PRIYA, "take-looked", child, kind="refused").content.decode()
    assert "timeline" not in only


def test_no_cell_of_it_is_worked_out_by_a_spreadsheet(people, child, clock):
    at = now()
    wanted = NewTie(
        people.ids["Rosa Quill"],
        child,
        "break glass",
        at,
        at.replace(hour=18),
        "x",
        people.ids["Rosa Quill"],
        at,
    )
    ties.add(wanted)
    from cairn.records.models import Staff  # noqa: PLC0415 - a name as a hostile directory might send it

    Staff.objects.filter(pk=people.ids["Rosa Quill"]).update(name='=HYPERLINK("http://x")')
    text = page(people, PRIYA, "take-looked", child).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert '\'=HYPERLINK("http://x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_glass_that_was_broken_is_told_with_its_reason_and_words(people, child):
    at, rosa = now(), people.ids["Rosa Quill"]
    words = "The grandmother rang, nobody could be reached."
    ties.add(
        NewTie(rosa, child, "break glass", at, at.replace(hour=18), words, rosa, at, "child_at_risk_now")
    )
    people.client("Rosa Quill").get(reverse("child", args=[child]))
    shown = seen(people, child)
    assert "Opened in an emergency" in shown
    assert words in shown
    assert "A child may come to harm now" in shown
    assert "Rosa Quill" in seen(people, child, kind="broken glass").partition("</form>")[2]
    assert "Joanne" not in seen(people, child, kind="broken glass").partition("</form>")[2]


def test_that_somebody_has_a_conflict_is_told_to_no_reader(people, child):
    at, ewan = now(), people.ids["Ewan Marsh"]
    ties.add(NewTie(ewan, child, "family", at, None, "Made up", people.ids["Joanne Whitlock"], at))
    assert page(people, "Ewan Marsh", "looked", child).status_code == 404
    shown = seen(people, child)
    assert "Ewan Marsh" in shown
    assert "onflict" not in shown
    assert "onflict" not in page(people, PRIYA, "take-looked", child).content.decode()


@pytest.mark.parametrize("who", ["Dilys Penhale"])
def test_whoever_has_not_the_right_is_told_whom_to_ask_and_is_offered_none_of_it(people, child, who):
    assert page(people, who, "child", child).status_code == 200
    for name in ("looked", "looked-each", "take-looked"):
        refused = page(people, who, name, child)
        assert refused.status_code == 403
        assert "team manager" in refused.content.decode()
        assert "Rosa" not in refused.content.decode()
        assert looks(child)[0] == ("looked", "refused", False)
    assert reverse("looked", args=[child]) not in page(people, who, "child", child).content.decode()
    assert reverse("looked", args=[child]) in page(people, PRIYA, "child", child).content.decode()


@pytest.mark.parametrize("name", ["looked", "looked-each", "take-looked"])
def test_whoever_may_not_open_the_record_reads_none_of_it(people, child, name):
    refused = page(people, "Rosa Quill", name, child)
    assert refused.status_code == 403
    assert "Priya" not in refused.content.decode()
    assert looks(child)[0] == ("looked", "refused", False)


def test_one_s_own_look_ups_are_one_s_own_by_day(people, child):
    shown = plain(main(page(people, PRIYA, "own-looks")))
    assert "Tuesday 24 November 2026" in shown
    assert "You read the timeline and the overview 3 times, as allocated worker." in shown
    assert "Wren Made-up" in shown
    assert "Rosa" not in shown
    joanne = plain(main(page(people, "Joanne Whitlock", "own-looks")))
    assert "You saw names in a list of Team work" in joanne
    rosa = plain(main(page(people, "Rosa Quill", "own-looks")))
    assert "You was" not in rosa
    assert "You were refused the overview" in rosa
    assert people.number(child) in rosa
    assert "Wren" not in rosa
    assert "The school" not in rosa


def test_names_in_one_s_own_look_ups_are_logged_as_in_any_list(people, child):
    page(people, PRIYA, "own-looks")
    assert looks(child)[0] == ("own-looks", "list", True)
    page(people, "Rosa Quill", "own-looks")
    assert looks(child)[0] == ("own-looks", "list", True)


def test_of_a_record_that_is_none_for_them_nothing_is_told_in_their_own(people, child):
    at, rosa = now(), people.ids["Rosa Quill"]
    ties.add(NewTie(rosa, child, "family", at, None, "Made up", people.ids["Joanne Whitlock"], at))
    assert people.number(child) not in main(page(people, "Rosa Quill", "own-looks"))


def test_they_are_reached_from_the_head_of_every_page(people, child):
    assert reverse("own-looks") in page(people, PRIYA, "my-work").content.decode().partition("<main")[0]
