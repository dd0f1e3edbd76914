"""The pages of closing: what has to be in order, the summary handed in, signed or sent back, and what is owed after."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.assessments import past
from tests.cases import record
from tests.closings import JOANNE, PRIYA, SUMMARY, closed, handed_in, sign, worked_on
from tests.interfaces.web.views.children import allocated, later, main
from tests.interfaces.web.views.test_jointly import seen, sent, signed

from cairn.application.recording import Recorded
from cairn.records import drafts, ledger
from cairn.records.models import Authorisation

ACTION = {"key": "1", "outcome": "1", "what": "A morning call.", "who": "The school"}
PLAN = {
    "kind": "child_in_need",
    "outcomes": [{"key": "1", "outcome": "She eats in the morning."}],
    "actions": [ACTION],
}
DECISION = {
    "decision": "close",
    "audit": ["record", "chronology"],
    "comment": "All is there.",
    "involvements-count": "1",
    "involvements-0-who": PRIYA,
    "involvements-0-as_what": "Social worker",
    "involvements-0-reason": "No longer in need",
    "reason": "RC7",
    "explanation": "No longer in need.",
    "sign": "yes",
}


def text_of(answer) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main(answer)).split()))


def hidden(answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return unescape(found[1]) if found else ""


def page(people, child, rest="", who=PRIYA):
    return people.client(who).get(f"/records/{child}/closing/{rest}")


def decide(people, child, opened, who=JOANNE, **more):
    names = ("draft", "key", "version", "draft-act", "draft-record", "strand", "seen", "approves", "shown")
    form = {name: hidden(opened, name) for name in names}
    return people.client(who).post(f"/records/{child}/closing/sign/", {**form, **DECISION, **more})


def written(**more):
    """The form of the summary, as a browser sends it."""
    said = {
        name: value
        for name, value in SUMMARY.items()
        if name not in ("agencies", "decided_on", "agencies_agree")
    }
    return {
        **said,
        "decided_on-day": "20",
        "decided_on-month": "11",
        "decided_on-year": "2026",
        "agencies_agree": "yes",
        "agencies-count": "1",
        "agencies-0-agency": "Made-up Primary School",
        "agencies-0-agrees": "yes",
        **more,
    }


def types(child):
    return [event.type for event in ledger.read_stream(child)]


def with_plan(people):
    child = worked_on(people)
    referral = next(one.id for one in ledger.read_stream(child) if one.type == "referral.received")
    past(people, child, referral, "plan.made", PLAN)
    return child


def test_stepping_down_is_offered_to_whoever_may_and_said_to_be_a_managers_to_others(people):
    child = with_plan(people)
    link = f'href="/records/{child}/step-down/"'
    assert link in main(page(people, child, who=JOANNE))
    assert link not in main(page(people, child))
    assert "A manager steps the case down to early help first." in text_of(page(people, child))


def test_what_has_to_be_in_order_stands_with_its_paragraph_and_the_way_to_it(people):
    child = with_plan(people)
    shown = page(people, child)
    said = text_of(shown)
    for line in (
        "Actions of the plan are open",
        "1: A morning call.",
        "paragraph 8.15",
        "Not all agencies agree that the case closes",
        "Enter the decision to close in the chronology",
        "A manager reads and signs the closing summary",
    ):
        assert line in said, line
    assert f"/records/{child}/chronology/enter/" in main(shown)
    assert f"/records/{child}/closing/hand-in/" in main(shown)
    assert "There The fields are filled in" in said


def test_a_referral_that_came_to_nothing_asks_for_no_summary(people):
    child = allocated(people)
    said = text_of(page(people, child, who=JOANNE))
    assert "the procedures ask for no closing summary (10.9)" in said
    assert "Write the closing summary" not in said


def test_the_summary_is_handed_in_with_agencies_row_by_row(people):
    child = worked_on(people)
    client = people.client(PRIYA)
    more = client.post(f"/records/{child}/closing/hand-in/", written(**{"add-another": "agencies"}))
    assert 'name="agencies-1-agency"' in main(more)
    assert "Made-up Primary School" in main(more)
    done = client.post(f"/records/{child}/closing/hand-in/", written())
    assert done.status_code == 302, text_of(done)
    assert done.url == f"/records/{child}/closing/"
    proposed = ledger.read_stream(child)[-1]
    assert proposed.type == "closure.proposed"
    assert proposed.data["agencies"] == SUMMARY["agencies"]
    assert "A manager has the closing summary" in text_of(page(people, child))


def test_each_open_action_is_named_and_has_to_be_settled(people):
    child = with_plan(people)
    client = people.client(PRIYA)
    opened = client.get(f"/records/{child}/closing/hand-in/")
    assert 'value="A morning call."' in main(opened)
    rows = {"actions_left-count": "1", "actions_left-0-action": "1", "actions_left-0-what": "A morning call."}
    refused = client.post(f"/records/{child}/closing/hand-in/", written(**rows))
    assert refused.status_code == 422
    assert "Say what becomes of action 1: A morning call." in text_of(refused)
    assert SUMMARY["summary"] in unescape(main(refused))
    done = client.post(
        f"/records/{child}/closing/hand-in/", written(**rows, **{"actions_left-0-becomes": "taken_on"})
    )
    assert done.status_code == 302, text_of(done)
    assert ledger.read_stream(child)[-1].data["actions_left"][0]["becomes"] == "taken_on"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"decided_on-year": "2027"}, "It cannot have been decided on a day that is still to come"),
        ({"other_help": "caf"}, "Name the lead professional from now on (8.16)"),
        ({"agencies-0-agrees": "no"}, "You wrote that Made-up Primary School does not agree"),
        ({"summary": " "}, "Write the closing summary"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_lost(people, more, said):
    child = worked_on(people)
    answer = people.client(PRIYA).post(f"/records/{child}/closing/hand-in/", written(**more))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert SUMMARY["reason"] in unescape(main(answer))
    assert "closure.proposed" not in types(child)


def test_while_a_manager_has_one_no_other_is_handed_in(people):
    child, _ = handed_in(people)
    away = people.client(PRIYA).get(f"/records/{child}/closing/hand-in/")
    assert away.status_code == 302
    second = people.client(PRIYA).post(f"/records/{child}/closing/hand-in/", written(summary="Mine."))
    assert second.status_code == 422
    assert "A manager has a closing summary already: Priya Shah handed it in" in text_of(second)
    assert "Mine." in main(second)
    assert types(child).count("closure.proposed") == 1


def test_a_manager_signs_what_was_shown_and_the_case_is_closed(people, clock):
    child, closing = handed_in(people)
    later(clock, hours=1)
    opened = page(people, child, "sign/", JOANNE)
    said = text_of(opened)
    assert SUMMARY["summary"] in said
    assert "You did not write the summary" in said
    assert f'value="{PRIYA}"' in main(opened), "whose involvement ends is prefilled"
    done = decide(people, child, opened)
    assert done.status_code == 302, text_of(done)
    assert types(child)[-2:] == ["closure.signed", "case.closed"]
    signed = ledger.read_stream(child)[-2]
    assert (signed.data["approves"], signed.data["shown"]) == (closing, hidden(opened, "shown"))
    assert Authorisation.objects.get().authors == [people.ids[PRIYA]]
    after = text_of(page(people, child, who=JOANNE))
    for line in (
        "The case is closed",
        "Write to the family that the case is closed",
        "Archive the file",
        "is a new contact",
    ):
        assert line in after, line


def test_each_involvement_that_ends_has_its_reason(people):
    child, _ = handed_in(people)
    opened = page(people, child, "sign/", JOANNE)
    refused = decide(people, child, opened, **{"involvements-0-reason": ""})
    assert refused.status_code == 422
    assert "Say why the involvement of Priya Shah ends (10.10)" in text_of(refused)
    assert "All is there." in main(refused)


def test_nobody_signs_their_own_summary_on_the_page_or_by_post(people):
    child = worked_on(people)
    record(people, (JOANNE, "propose-closure", SUMMARY), on=child)
    opened = page(people, child, "sign/", JOANNE)
    assert "Nobody approves their own work" in text_of(opened)
    refused = decide(people, child, opened)
    assert refused.status_code == 403
    assert "All is there." in main(refused)
    assert "case.closed" not in types(child)


def test_sent_back_with_what_has_to_be_done_and_handed_in_again(people):
    child, _ = handed_in(people)
    opened = page(people, child, "sign/", JOANNE)
    back = decide(people, child, opened, decision="return", to_do="Ask the GP first.")
    assert back.status_code == 302, text_of(back)
    assert "Ask the GP first." in text_of(page(people, child))
    again = people.client(PRIYA).get(f"/records/{child}/closing/hand-in/")
    assert "Ask the GP first." in text_of(again)
    assert SUMMARY["summary"] in unescape(main(again)), "what was written stands to be written on"
    people.client(PRIYA).post(f"/records/{child}/closing/hand-in/", written(summary="The GP agrees."))
    once_more = text_of(page(people, child, "sign/", JOANNE))
    assert "The GP agrees." in once_more
    assert "Ask the GP first." in once_more


def test_of_two_managers_one_closes_and_the_other_is_told_and_keeps_what_they_wrote(people):
    child, _ = handed_in(people)
    first, second = (page(people, child, "sign/", who) for who in (JOANNE, "Martin Oyelaran"))
    assert decide(people, child, first).status_code == 302
    late = decide(people, child, second, who="Martin Oyelaran", comment="Mine.")
    assert late.status_code == 404
    said = text_of(late)
    assert "Joanne Whitlock signed it, and the case is closed, 23 November 2026" in said
    assert "What you wrote is kept as a draft" in said
    assert [one.act for one in drafts.list_of(people.ids["Martin Oyelaran"])] == ["sign-closure"]
    assert types(child).count("case.closed") == 1


def test_signed_after_a_change_it_is_shown_again_and_not_signed(people):
    child, closing = handed_in(people)
    opened = page(people, child, "sign/", JOANNE)
    mended = {"corrects": closing, "data": {"summary": "Another text."}, "reason": "A slip."}
    record(people, (PRIYA, "correct-entry", mended), on=child)
    late = decide(people, child, opened)
    assert late.status_code == 409
    assert "The summary changed since you opened this page" in text_of(late)
    assert "All is there." in main(late)
    assert "case.closed" not in types(child)
    assert decide(people, child, late).status_code == 302


def test_what_is_missing_refuses_the_signature_and_one_may_go_past_with_a_reason(people):
    child, _ = handed_in(people, agencies_agree=False)
    opened = page(people, child, "sign/", JOANNE)
    assert "Not all agencies agree that the case closes" in text_of(opened)
    refused = decide(people, child, opened, despite="The family wants it.")
    assert refused.status_code == 422
    assert "All is there." in main(refused)
    done = decide(
        people,
        child,
        opened,
        despite="The family wants it.",
        past_agencies_agree_to_closing="They were heard.",
    )
    assert done.status_code == 302, text_of(done)
    assert types(child)[-3:] == ["departure.recorded", "closure.signed", "case.closed"]


def test_despite_a_disagreement_only_after_a_written_answer(people):
    child, _ = handed_in(people)
    record(
        people,
        (PRIYA, "record-dissent", {"whose": "The school", "about": "Closing", "text": "Too early."}),
        on=child,
    )
    opened = page(people, child, "sign/", JOANNE)
    refused = decide(people, child, opened)
    assert refused.status_code == 422
    assert "Answer in writing whoever disagrees" in text_of(refused)
    listed = people.client(JOANNE).get(f"/records/{child}/disagreements/")
    href = re.search(r'href="([^"]*disagreements/answer/\?dissent=[^"]*)"', main(listed))[1]
    answered = people.client(JOANNE).post(
        unescape(href),
        {"dissent": href.partition("dissent=")[2], "how": "written", "text": "We meet again in May."},
    )
    assert answered.status_code == 302, text_of(answered)
    assert "Answered in writing" in text_of(people.client(JOANNE).get(f"/records/{child}/disagreements/"))
    assert decide(people, child, page(people, child, "sign/", JOANNE)).status_code == 302


@pytest.mark.parametrize("who", ["Rosa Quill", "Farah Lindqvist"])
def test_another_team_and_other_roles_see_nothing_of_it(people, who):
    child, _ = handed_in(people)
    for rest in ("", "hand-in/", "sign/"):
        answer = page(people, child, rest, who)
        assert answer.status_code == 403
        assert SUMMARY["summary"] not in answer.content.decode()


def test_a_worker_does_not_decide(people):
    child, _ = handed_in(people)
    assert page(people, child, "sign/", "Ewan Marsh").status_code == 403


def test_the_lists_show_it_to_whoever_decides_and_back_to_whoever_wrote_it(people):
    child, closing = handed_in(people)
    mine = text_of(people.client(JOANNE).get("/work/"))
    assert "Closing summaries handed in or sent back" in mine
    assert f"/records/{child}/closing/sign/?strand={closing}" in main(people.client(JOANNE).get("/work/"))
    decide(people, child, page(people, child, "sign/", JOANNE), decision="return", to_do="Ask the GP.")
    assert "Sent back by Joanne Whitlock" in text_of(people.client(PRIYA).get("/work/"))


def test_after_closing_a_late_visit_is_taken_and_a_new_one_is_told_the_way(people, clock):
    child = worked_on(people)
    later(clock, days=2)
    handed_in(people, child)
    closing = next(one.id for one in ledger.read_stream(child) if one.type == "closure.proposed")
    assert isinstance(sign(people, child, closing), Recorded)
    later(clock, days=1)
    client = people.client(PRIYA)
    made = {"place": "At home", "when-happened-month": "11", "when-happened-year": "2026"}
    before = {**made, "when-happened-day": "24", "when-happened-time": "10am"}
    after = {**made, "when-happened-day": "26", "when-happened-time": "9am"}
    new = sent(client, child, seen(child), **after)
    assert "The case was closed by Joanne Whitlock" in text_of(new)
    assert "is a new contact" in text_of(new)
    assert "visit.made" not in types(child)
    signed(client, sent(client, child, seen(child), **before), child)
    assert types(child).count("visit.made") == 1


def test_a_disagreement_with_something_else_does_not_stop_the_closing(people):
    child, _ = handed_in(people)
    record(
        people,
        (PRIYA, "record-dissent", {"whose": "Iris", "about": "The breakfast club", "text": "No."}),
        on=child,
    )
    opened = page(people, child, "sign/", JOANNE)
    assert "Iris" in text_of(opened)
    assert decide(people, child, opened).status_code == 302


def test_it_stands_among_what_the_manager_has_to_do(people):
    child, _ = handed_in(people)
    listed = main(people.client(JOANNE).get("/work/"))
    assert "Decide the closing summary" in listed
    assert f"/records/{child}/closing/sign/" in listed


def test_the_team_finds_it_among_what_waits_for_approval(people):
    child, closing = handed_in(people)
    team = main(people.client(JOANNE).get("/team/"))
    assert f"/records/{child}/closing/sign/?strand={closing}" in team


def test_of_two_referrals_the_page_asks_which_and_shows_each_by_itself(people):
    child = worked_on(people)
    record(people, (PRIYA, "record-referral", {"source": "school", "concern": "Something new."}), on=child)
    first, second = (one.id for one in ledger.read_stream(child) if one.type == "referral.received")
    assert "Which referral may close?" in text_of(page(people, child))
    assert "Write the closing summary" in text_of(page(people, child, f"?strand={first}"))
    assert "no closing summary (10.9)" in text_of(page(people, child, f"?strand={second}", JOANNE))
    done = people.client(PRIYA).post(f"/records/{child}/closing/hand-in/", written(**{"in-strand": first}))
    assert done.status_code == 302, text_of(done)
    proposed = ledger.read_stream(child)[-1]
    assert (proposed.type, proposed.strand) == ("closure.proposed", first)


def test_a_closed_case_has_nothing_to_hand_in_or_sign(people):
    child = closed(people)
    for rest, who in (("hand-in/", PRIYA), ("sign/", JOANNE)):
        assert page(people, child, rest, who).status_code == 302
