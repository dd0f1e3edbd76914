"""An assessment written section by section, as its pages show it and take it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse
from tests.assessments import approve, begin, hand_in, past
from tests.cases import open_to_priya, record
from tests.interfaces.web.views.children import DECISION, later, main, referral
from tests.siblings import allocate
from tests.statements import statements

from cairn.application.section_writing import save_section
from cairn.records import access_log, sections

EVERY_SCRIPT = "Ọmọ 曉明 Zoë عمر שלום 👩‍👧 <b>Ağça</b>"
AS_SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def child(people):
    return open_to_priya(people)


@pytest.fixture
def strand(people, child):
    return begin(people, child)


@pytest.fixture
def priya(people):
    return people.client("Priya Shah")


def list_of(child, strand):
    return reverse("assessment", args=[child, strand])


def page_of(child, strand, section="health"):
    return reverse("assessment-section", args=[child, strand, section])


def save(people, child, strand, data, version=0, who="Priya Shah", section="health"):
    return save_section(people.actor(who), child, strand, section, data, version)


def kept(strand, section="health"):
    found = sections.section(UUID(strand), section)
    return found and found.data


def test_the_list_shows_every_part_its_state_and_the_clock(people, child, strand, priya):
    save(people, child, strand, {"text": "Sleeps badly since June.\n\nMore."})
    save(people, child, strand, {"text": "Reads well.", "completed": True}, section="education")
    save(
        people, child, strand, {"text": "x", "to_settle": "Two accounts of 20 November."}, section="emotional"
    )
    shown = main(priya.get(list_of(child, strand)))
    assert "3 of 28 sections begun, 1 completed" in shown
    for said in (
        "Sleeps badly since June.",
        "Two accounts of 20 November.",
        "Problem",
        "Ifeoma’s developmental needs",
    ):
        assert said in shown
    assert shown.count("c-work__act") == 28
    assert "20 dimensions" in shown
    assert "Why?" in shown


def test_the_text_is_kept_as_typed_and_shown_as_text(child, strand, priya):
    sent = {"version": "0", "text": EVERY_SCRIPT, "do": "save"}
    assert priya.post(page_of(child, strand), sent).status_code == 302
    assert kept(strand)["text"] == EVERY_SCRIPT
    shown = priya.get(page_of(child, strand)).content.decode()
    assert "&lt;b&gt;Ağça&lt;/b&gt;" in shown
    assert "<b>Ağça" not in shown


def test_the_script_is_answered_with_the_version_and_who_else_is_there(people, child, strand, priya):
    people.client("Ewan Marsh").get(page_of(child, strand))
    told = priya.post(page_of(child, strand), {"version": "0", "text": "x"}, **AS_SCRIPT)
    assert told.json() == {
        "version": 1,
        "saved_at": "10:12am",
        "more": "On Cairn’s server. Ewan Marsh has this section open too.",
    }


def test_two_at_once_by_script_both_are_kept_and_the_page_shows_both(people, child, strand, priya):
    ewan = people.client("Ewan Marsh")
    priya.post(page_of(child, strand), {"version": "0", "text": "Priya’s."}, **AS_SCRIPT)
    told = ewan.post(page_of(child, strand), {"version": "0", "text": "Ewan’s."}, **AS_SCRIPT)
    assert (told.status_code, told.json()["merge"]) == (409, page_of(child, strand))
    apart = told.json()["apart"]
    ewan.post(page_of(child, strand), {"version": "0", "apart": apart, "text": "Ewan’s, more."}, **AS_SCRIPT)
    shown = main(priya.get(page_of(child, strand)))
    assert "Ewan Marsh wrote at the same time" in shown
    assert "Ewan’s, more." in shown
    assert "Priya’s." in shown

    priya.post(page_of(child, strand), {"version": "1", "text": "Priya’s.", "take": apart})
    assert kept(strand)["text"] == "Priya’s.\n\nEwan’s, more."
    priya.post(page_of(child, strand), {"version": "2", "text": "Both.", "settles": apart, "do": "settle"})
    shown = main(priya.get(page_of(child, strand)))
    assert "at the same time" not in shown
    assert kept(strand)["text"] == "Both."


def test_without_the_script_a_late_form_is_kept_beside_and_says_so(people, child, strand, priya):
    save(people, child, strand, {"text": "First."}, who="Ewan Marsh")
    sent = priya.post(page_of(child, strand), {"version": "0", "text": "Second.", "do": "next"}, follow=True)
    shown = main(sent)
    for said in ("Both texts are kept", "First.", "Second.", "You wrote at the same time"):
        assert said in shown


def test_what_stops_completing_is_said_at_its_field_and_everything_is_saved(child, strand, priya):
    sent = {"version": "0", "changed": "c", "own_words": "mine", "to_settle": "a gap", "do": "complete"}
    answer = priya.post(page_of(child, strand), sent)
    assert answer.status_code == 422
    assert 'href="#to_settle"' in answer.content.decode()
    assert kept(strand)["own_words"] == "mine"
    done = {**sent, "version": "1", "to_settle": "", "text": "Known."}
    assert priya.post(page_of(child, strand), done).url == list_of(child, strand)
    assert kept(strand)["completed"] is True


def test_autosave_keeps_a_completed_section_completed_and_a_button_opens_it_again(
    people, child, strand, priya
):
    save(people, child, strand, {"text": "Known.", "completed": True})
    shown = priya.get(page_of(child, strand)).content.decode()
    assert 'name="completed" value="yes"' in shown
    priya.post(
        page_of(child, strand), {"version": "1", "text": "Known too.", "completed": "yes"}, **AS_SCRIPT
    )
    assert kept(strand)["completed"] is True
    priya.post(
        page_of(child, strand), {"version": "2", "text": "Known too.", "completed": "yes", "do": "open"}
    )
    assert kept(strand)["completed"] is False


def test_save_and_go_leads_to_the_next_section(child, strand, priya):
    sent = priya.post(page_of(child, strand), {"version": "0", "text": "x", "do": "next"})
    assert sent.url == page_of(child, strand, "education")
    last = priya.post(page_of(child, strand, "follow"), {"version": "0", "text": "x", "do": "save"})
    assert last.url == page_of(child, strand, "follow")


def test_last_time_is_beside_it_with_its_date_and_one_passage_is_taken(people, child, strand, priya):
    save(people, child, strand, {"text": "Well in June.\n\nTeeth to be seen to.", "completed": True})
    approve(people, child, strand, hand_in(people, child, strand))
    second = begin(people, child)
    shown = main(priya.get(page_of(child, second)))
    assert "Last time: 23 November 2026" in shown
    assert "Approved by Joanne Whitlock" in shown
    key = sections_offered(priya.get(page_of(child, second)))[1]
    priya.post(page_of(child, second), {"version": "0", "text": "New.", "use": key})
    assert [row["text"] for row in kept(second)["passages"]] == ["Teeth to be seen to."]
    shown = priya.get(page_of(child, second)).content.decode()
    assert f'name="passage" value="{key}"' in shown
    assert "Assessment by Priya Shah, approved, 23 November 2026" in main(priya.get(page_of(child, second)))
    priya.post(page_of(child, second), {"version": "1", "text": "New.", "passage": key, "drop": key})
    assert kept(second)["passages"] == []
    assert "Last time: Well in June." not in main(priya.get(list_of(child, second)))


def sections_offered(response):
    """The keys of the passages that may be used, as the page's buttons have them."""
    return [part.split('"')[0] for part in response.content.decode().split('name="use" value="')[1:]]


def test_what_an_agency_said_is_quoted_from_beside(people, child, strand, priya):
    past(
        people, child, strand, "check.answered", {"agency": "gp", "name": "Dr Marsh", "answer": "Seen twice."}
    )
    shown = priya.get(page_of(child, strand))
    assert "Dr Marsh" in main(shown)
    (key,) = sections_offered(shown)
    priya.post(page_of(child, strand), {"version": "0", "use": key})
    (row,) = kept(strand)["passages"]
    assert (row["taken_from"], row["written_on"]) == ("Dr Marsh", "2026-11-23")


def test_handed_in_nothing_can_be_changed_and_a_late_text_is_kept(people, child, strand, priya):
    save(people, child, strand, {"text": "Handed in."})
    hand_in(people, child, strand)
    assert "It waits for a manager" in main(priya.get(list_of(child, strand)))
    assert "Mark as completed" not in main(priya.get(page_of(child, strand)))
    late = priya.post(page_of(child, strand), {"version": "1", "text": "Late."})
    assert late.status_code == 409
    assert "Your text is kept beside the section" in main(late)
    assert "Late." in main(priya.get(page_of(child, strand)))
    told = priya.post(page_of(child, strand), {"version": "1", "text": "Later."}, **AS_SCRIPT)
    assert told.status_code == 409
    assert "kept beside" in told.json()["text"]


@pytest.mark.parametrize("who", ["Rosa Quill", "Farah Lindqvist"])
def test_an_outsider_sees_and_writes_nothing(people, child, strand, who):
    save(people, child, strand, {"text": "Secret."})
    client = people.client(who)
    answers = [
        client.get(list_of(child, strand)),
        client.get(page_of(child, strand)),
        client.post(page_of(child, strand), {"version": "1", "text": "x"}),
        client.post(page_of(child, strand), {"version": "1", "text": "x"}, **AS_SCRIPT),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert not any("Secret" in answer.content.decode() for answer in answers)
    assert kept(strand)["text"] == "Secret."


def test_who_may_read_but_not_write_is_told_whom_to_ask(people, child, strand):
    dilys = people.client("Dilys Penhale")
    assert dilys.get(list_of(child, strand)).status_code == 200
    refused = dilys.post(page_of(child, strand), {"version": "0", "text": "x"})
    assert refused.status_code == 403
    assert "social worker" in main(refused)


def test_each_page_of_it_is_one_look_in_the_log(people, child, strand, priya):
    before = len(access_log.of_record(child))
    priya.get(list_of(child, strand))
    priya.get(page_of(child, strand))
    assert len(access_log.of_record(child)) == before + 2


@pytest.mark.parametrize("section", ["nothing", "health_"])
def test_a_section_that_is_not_there_is_said(child, strand, priya, section):
    assert priya.get(page_of(child, strand, section)).status_code == 404
    assert priya.post(page_of(child, strand, section), {"text": "x"}).status_code == 404


def test_begun_by_its_form_it_leads_to_the_list(child, priya):
    sent = priya.post(reverse("start-assessment", args=[child]), {"kind": "initial"})
    assert sent.status_code == 302
    assert "/assessments/" in sent.url
    assert "Initial assessment" in main(priya.get(sent.url))


def test_the_pages_ask_the_same_of_the_database_however_much_is_written(people, child, strand, priya):
    save(people, child, strand, {"text": "x"})
    for address in (list_of(child, strand), page_of(child, strand)):
        priya.get(address)
        few = statements(lambda at=address: priya.get(at))
        for name in ("education", "identity", "housing", "why"):
            save(people, child, strand, {"text": "z" * 20_000}, section=name, who="Ewan Marsh")
        assert statements(lambda at=address: priya.get(at)) == few


def test_from_the_record_one_click_goes_on_with_it(people, child, strand, priya):
    overview = reverse("child", args=[child])
    assert f'href="{list_of(child, strand)}">Go on with the assessment' in main(priya.get(overview))
    submitted = hand_in(people, child, strand)
    assert "Look at the assessment" in main(priya.get(overview))
    approve(people, child, strand, submitted)
    assert list_of(child, strand) not in main(priya.get(overview))


def test_my_work_shows_what_is_written_with_me_and_nothing_of_others(people, child, strand, priya):
    save(people, child, strand, {"text": "x"}, who="Ewan Marsh")
    for who in ("Priya Shah", "Ewan Marsh"):
        shown = main(people.client(who).get(reverse("my-work")))
        assert list_of(child, strand) in shown
        assert "Assessment of Ifeoma Okafor" in shown
    for who in ("Rosa Quill", "Joanne Whitlock"):
        assert list_of(child, strand) not in main(people.client(who).get(reverse("my-work")))
    approve(people, child, strand, hand_in(people, child, strand))
    assert list_of(child, strand) not in main(priya.get(reverse("my-work")))


def test_who_wrote_in_it_and_may_no_longer_open_it_is_shown_nothing(people, child, strand):
    save(people, child, strand, {"text": "x"}, who="Ewan Marsh")
    moved = {
        "worker": "Rosa Quill", "worker_id": str(people.ids["Rosa Quill"]),
        "team": "Family Support", "team_id": str(people.teams["Family Support"]),
    }  # fmt: skip
    record(people, ("Joanne Whitlock", "allocate", moved), on=child)
    shown = people.client("Ewan Marsh").get(reverse("my-work")).content.decode()
    assert list_of(child, strand) not in shown
    assert "Ifeoma" not in shown
    assert list_of(child, strand) in main(people.client("Rosa Quill").get(reverse("my-work")))


def test_whose_only_text_stands_beside_a_section_finds_it_on_my_work(people, child, strand):
    save(people, child, strand, {"text": "First."})
    save(people, child, strand, {"text": "Beside it."}, who="Ewan Marsh")
    assert list_of(child, strand) in main(people.client("Ewan Marsh").get(reverse("my-work")))


def test_what_my_work_shows_of_it_is_in_the_log(people, child, strand):
    save(people, child, strand, {"text": "x"}, who="Ewan Marsh")
    people.client("Ewan Marsh").get(reverse("my-work"))
    row = access_log.of_record(child)[0]
    assert (row.actor_name, row.line.page) == ("Ewan Marsh", "my-work")


def test_whoever_is_about_to_begin_another_is_shown_the_one_that_is_open(child, strand, priya):
    start = reverse("start-assessment", args=[child])
    assert f'href="{list_of(child, strand)}">Go on with it instead' in main(priya.get(start))


def test_who_was_seen_before_it_began_is_not_said_never_to_have_been_seen(people, child, priya, clock):
    past(people, child, None, "child.seen", {"seen_alone": True})
    later(clock, days=1)
    begun = begin(people, child)
    shown = main(priya.get(list_of(child, begun)))
    assert "Not seen yet" in shown
    assert "outside this assessment, so it does not count for it" in shown
    assert reverse("entry", args=[child, begun]) in shown


def test_what_has_to_be_there_stands_as_facts_with_their_paragraphs(people, child, strand, priya):
    shown = main(priya.get(list_of(child, strand)))
    assert "See the child" in shown
    assert "Not seen yet" in shown
    assert "outside this assessment" not in shown
    past(people, child, None, "child.seen", {"seen_alone": True, "child_said": "I want to stay."})
    shown = main(priya.get(list_of(child, strand)))
    assert "Seen alone" in shown
    assert "See the child, or" not in shown
    assert "I want to stay." in shown
    assert "has not been handed in" not in shown


@pytest.mark.parametrize("with_caf", [True, False])
def test_a_common_assessment_that_came_is_named_until_it_is_handed_in(people, priya, with_caf):
    made = referral(people, with_caf=with_caf)
    record(people, ("Martin Oyelaran", "decide-referral", DECISION), on=made)
    allocate(people, made, "Priya Shah")
    begun = begin(people, made)
    shown = main(priya.get(list_of(made, begun)))
    assert ("Take the CAF into account" in shown) is with_caf
    save(people, made, begun, {"text": "The CAF of May said the same."}, section="why")
    hand_in(people, made, begun)
    assert "Take the CAF into account" not in main(priya.get(list_of(made, begun)))
