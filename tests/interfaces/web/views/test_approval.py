"""The manager's page of an assessment: what is missing, what changed, signed or returned, and nothing lost."""

from __future__ import annotations

import re

import pytest
from tests.cases import record
from tests.interfaces.web.views.signing import JOANNE, PRIYA, handed_in, post_hand_in, short, write
from tests.statements import statements

from cairn.application.approving import to_sign
from cairn.records import drafts, ledger
from cairn.records.models import Authorisation

REASON = "Her needs are clear and the plan is her own."


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page(people, child, who=JOANNE):
    return people.client(who).get(f"/records/{child}/assessment/approve/")


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def form(answer, **more) -> dict[str, object]:
    names = ("draft", "key", "version", "strand", "seen", "approves", "shown")
    asked = re.findall(r'<textarea[^>]* name="(past_[a-z_]+)"', answer.content.decode())
    return {
        **dict.fromkeys(asked, "There was no time before section 47."),
        **{name: hidden(answer, name) for name in names},
        "decision": "approve",
        "outcome": ["child_in_need_plan"],
        "reason": REASON,
        "sign": "yes",
        **more,
    }


def sign(people, child, answer, who=JOANNE, **more):
    return people.client(who).post(f"/records/{child}/assessment/approve/", form(answer, **more))


def types(child) -> list[str]:
    return [event.type for event in ledger.read_stream(child)]


def test_a_manager_who_wrote_nothing_signs_what_was_shown(people):
    child, _ = handed_in(people)
    shown = page(people, child)
    assert "You did not write any part of it" in text_of(shown)
    assert "Ifeoma is starting to miss out." in text_of(shown)
    done = sign(people, child, shown)
    assert done.status_code == 302, text_of(done)
    approved = ledger.read_stream(child)[-1]
    assert (approved.type, approved.data["outcome"], approved.data["reason"]) == (
        "assessment.approved",
        ["child_in_need_plan"],
        REASON,
    )
    assert (approved.data["approves"], approved.data["shown"]) == (
        hidden(shown, "approves"),
        hidden(shown, "shown"),
    )
    signed = Authorisation.objects.get()
    assert (str(signed.event_id), signed.authors) == (approved.id, [people.ids[PRIYA]])


@pytest.mark.parametrize("writes", ["a section", "all of it"])
def test_nobody_signs_their_own_work_on_the_page_or_by_post(people, writes):
    child, strand = short(people)
    write(people, child, strand, "identity", "Joanne wrote this.", who=JOANNE)
    post_hand_in(people.client(JOANNE if writes == "all of it" else PRIYA), child)
    shown = page(people, child)
    assert "Nobody approves their own work, and you wrote part of this" in text_of(shown)
    refused = sign(people, child, shown)
    assert refused.status_code == 403
    assert "Nobody approves their own work" in text_of(refused)
    assert REASON in refused.content.decode()
    assert "assessment.approved" not in types(child)


def test_returned_with_what_to_change_and_handed_in_again_with_what_was_done(people):
    child, strand = handed_in(people)
    done = sign(people, child, page(people, child), decision="return", reason="Say who checked her weight.")
    assert done.status_code == 302, text_of(done)
    assert types(child)[-1] == "assessment.returned"

    asked = people.client(PRIYA).get(f"/records/{child}/assessment/hand-in/")
    assert "Say who checked her weight." in text_of(asked)
    write(
        people,
        child,
        strand,
        "health",
        "Ifeoma’s weight has moved to the 25th centile. Sana Malik checked it. She eats well.",
        1,
    )
    write(people, child, strand, "identity", "A new section.")
    post_hand_in(people.client(PRIYA), child, response="Sana Malik checked it on 17 November.")
    again = text_of(page(people, child))
    for line in (
        "Joanne Whitlock asked: Say who checked her weight.",
        "Sana Malik checked it on 17 November.",
        "Removed Ifeoma’s weight has moved to the 20th centile. Added Ifeoma’s weight has moved to the 25th centile. Sana Malik checked it.",
        "New section",
        "(second time)",
    ):
        assert line in again, again
    assert re.search(r"\d+ sections have not changed", again)


def test_signed_after_a_newer_hand_in_it_shows_what_changed_and_keeps_what_was_typed(people):
    child, strand = handed_in(people)
    opened = page(people, child)
    sign(people, child, page(people, child), decision="return", reason="Once more.")
    write(people, child, strand, "health", "Her weight is well.", 1)
    post_hand_in(people.client(PRIYA), child)
    late = sign(people, child, opened)
    assert late.status_code == 409
    assert REASON in late.content.decode()
    said = text_of(late)
    assert "What changed since you opened this page" in said
    assert "Added Her weight is well." in said
    assert "assessment.approved" not in types(child)
    assert sign(people, child, late).status_code == 302


def test_what_a_rule_stopped_is_still_there_when_the_manager_comes_back_from_its_remedy(people):
    child, _ = handed_in(people)
    shown = page(people, child)
    without = {name: "" for name in form(shown) if name.startswith("past_")}
    assert without
    assert sign(people, child, shown, **without).status_code == 422
    again = page(people, child)
    assert REASON in text_of(again)
    assert sign(people, child, again).status_code == 302


def test_signed_after_an_edit_it_is_not_signed(people):
    child, _ = handed_in(people)
    opened = page(people, child)
    submitted = ledger.read_stream(child)[-1]
    rows = [dict(row) for row in submitted.data["sections"]]
    rows[0] = {**rows[0], "text": "Another text than was shown."}
    record(
        people,
        (PRIYA, "correct-entry", {"corrects": submitted.id, "data": {"sections": rows}, "reason": "A slip."}),
        on=child,
    )
    late = sign(people, child, opened)
    assert late.status_code == 409
    assert "Added Another text than was shown." in text_of(late)
    # Even a page that says it saw the last event signs only the text that it showed.
    forged = sign(people, child, opened, seen=hidden(late, "seen"))
    assert forged.status_code == 409
    assert "assessment.approved" not in types(child)


def test_a_form_sent_twice_is_signed_once(people):
    child, _ = handed_in(people)
    shown = page(people, child)
    first, again = (sign(people, child, shown) for _ in range(2))
    assert first.status_code == 302
    assert again.status_code in (302, 404, 409)
    assert types(child).count("assessment.approved") == 1


@pytest.mark.parametrize(
    ("without", "says"),
    [
        ({"outcome": []}, "Choose what follows for Ifeoma Okafor"),
        ({"reason": ""}, "Give your reasons"),
        ({"decision": ""}, "Choose whether you approve the assessment or return it"),
    ],
)
def test_what_is_left_out_is_named_and_the_rest_stays(people, without, says):
    child, _ = handed_in(people)
    refused = sign(people, child, page(people, child), decided_with="Priya Shah and I", **without)
    assert refused.status_code == 422
    assert says in text_of(refused)
    assert "Priya Shah and I" in refused.content.decode()


def test_who_does_not_decide_assessments_is_refused(people):
    child, _ = handed_in(people)
    assert page(people, child, PRIYA).status_code == 403
    assert page(people, child, "Tunde Bright").status_code == 403


def test_nothing_to_sign_is_said(people):
    child, _ = short(people)
    browser = people.client(JOANNE)
    led = browser.get(f"/records/{child}/assessment/approve/")
    assert (led.status_code, led["Location"]) == (302, f"/records/{child}/")
    assert "No assessment waits for a decision on this record" in text_of(browser.get(led["Location"]))


def test_decided_meanwhile_what_was_typed_is_kept(people):
    child, _ = handed_in(people)
    opened = page(people, child)
    assert sign(people, child, page(people, child)).status_code == 302
    late = sign(people, child, opened)
    assert late.status_code == 404
    assert "What you wrote is kept as a draft" in text_of(late)
    assert [one.data["reason"] for one in drafts.list_of(people.ids[JOANNE])] == [[REASON]]


def test_what_waits_and_what_came_back_stand_under_my_work_with_their_dates(people):
    child, strand = handed_in(people)
    managers = people.client(JOANNE).get("/work/")
    assert "Handed in by Priya Shah, 23 November 2026, 10:12am Decide it" in text_of(managers)
    assert f"/records/{child}/assessment/approve/?strand={strand}" in managers.content.decode()
    assert "It waits for the manager. Read it" in text_of(people.client(PRIYA).get("/work/"))
    sign(people, child, page(people, child), decision="return", reason="Once more.")
    workers = text_of(people.client(PRIYA).get("/work/"))
    assert "Returned by Joanne Whitlock, 23 November 2026, 10:12am See what was asked and write on" in workers


def test_what_each_outcome_starts_is_said_before_it_is_chosen(people):
    child, _ = handed_in(people)
    said = text_of(page(people, child))
    assert "When you approve" in said
    assert "Child in need meeting and plan: Hold a child in need meeting and make the plan." in said


def test_queries_do_not_grow_with_hand_ins_and_sections(people):
    child, strand = handed_in(people)
    joanne = people.actor(JOANNE)
    once = statements(lambda: to_sign(joanne, child, strand))
    for version in (1, 2, 3):
        sign(people, child, page(people, child), decision="return", reason="Once more.")
        write(people, child, strand, "health", f"Version {version}.", version)
        write(people, child, strand, ("identity", "housing", "income")[version - 1], "More.")
        post_hand_in(people.client(PRIYA), child)
    assert statements(lambda: to_sign(joanne, child, strand)) == once
