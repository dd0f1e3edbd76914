"""Deciding a referral: by the rules, with brothers and sisters one by one, each on a record of their own."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record

from cairn.application.ports import now
from cairn.records import access_log, ledger, register

CONTACT = {
    "name": "Ifeoma Okafor", "forename": "Ifeoma", "surname": "Okafor", "born": "2019-02-11", "source": "school",
    "contact_type": "worry_about_child", "caller_name": "Hannah Pryce", "concern_kind": ["domestic_violence"],
    "affects_other_children": True, "unsafe_ways": "Do not write to the flat.",
    "facts": [{"text": "We slept in the car.", "who": "Ify to Ms Fenn"}],
    "opinions": [{"text": "They are not safe tonight.", "whose": "Hannah Pryce"}],
    "siblings": [
        {"name": "Kene Okafor", "born": "2023-05-02", "household": "same"},
        {"name": "Jerome Bell", "born": "2014-01-09", "household": "other", "relation": "half"},
    ],
}  # fmt: skip
TO_REFERRAL = {
    "outcome": "progress_to_referral", "reason": "An assessment is needed.", "referral_reason": "further_assessment",
    "level": "3", "recommended_service": "referral_and_assessment", "referral_source": "school",
    "referrer_name": "Hannah Pryce", "concern": "They slept in a car.", "concern_kind": ["domestic_violence"],
    "affects_other_children": True, "possible_crime": True,
}  # fmt: skip
DECISION = {
    "outcome": ["assessment"], "leads_to": "child_in_need", "reason": "Their home may not be safe.",
    "against": "One account only.", "status": "not_known", "earlier_records_located": "none_exist",
    "impact_on_others": "Kene was in the car.",
}  # fmt: skip


@pytest.fixture
def ify(people):
    child = record(people, ("Beth Lomas", "record-contact", CONTACT))
    contact = latest(child, "contact.received").id
    return record(
        people, ("Sheila Knowles", "decide-contact", {**TO_REFERRAL, "from_contact": contact}), on=child
    )


def latest(child, kind):
    return [event for event in ledger.read_stream(child) if event.type == kind][-1]


def types_of(child):
    return [event.type for event in ledger.read_stream(child)]


def page_of(child):
    return reverse("decide-referral", args=[child])


def listed(child):
    return {
        event.data["name"]: event.id for event in ledger.read_stream(child) if event.type == "sibling.listed"
    }


def about(child, name, decision="", reason="", whose=""):
    place = f"sibling-{listed(child)[name]}"
    typed = {f"{place}-decision": decision, f"{place}-reason": reason, f"{place}-record": whose}
    return {name: value for name, value in typed.items() if value}


def decide(people, child, name="Martin Oyelaran", draft=None, seen=None, **typed):
    sent = {
        "draft": str(draft or uuid4()), "version": "0", "strand": latest(child, "referral.received").id,
        "seen": seen or str(register.record(child).version), "sign": "yes", **typed,
    }  # fmt: skip
    return people.client(name).post(page_of(child), sent)


def both(child, **kene):
    """Kene opened; Jerome waits for an answer, by a departure from 3.7 with its reason."""
    return {
        **about(child, "Kene Okafor", "open", **kene),
        **about(child, "Jerome Bell", "ask_first"),
        "past_siblings_opened": "Northwick is asked first: he lives there.",
    }


def test_the_page_shows_what_was_said_whom_to_tell_and_the_rules(people, ify):
    page = people.client("Martin Oyelaran").get(page_of(ify)).content.decode()
    for said in (
        "We slept in the car.",
        "They are not safe tonight.",
        "Do not write to the flat",
        "Hannah Pryce",
    ):
        assert said in page
    assert "24 November 2026, 10:12am" in page
    assert "30 November 2026" in page
    assert "Police" in page.partition("Who must be told")[2]
    assert "8 December" not in page.partition("Your decision")[0]
    assert "7 December 2026 (4.19)" in page


def test_each_brother_and_sister_has_the_default_of_the_rule_and_unknown_stays_unset(people, ify):
    page = people.client("Martin Oyelaran").get(page_of(ify)).content.decode()
    kene, jerome = (f"sibling-{listed(ify)[name]}-decision" for name in ("Kene Okafor", "Jerome Bell"))
    assert page.count(f'name="{kene}" type="radio" value="open" checked') == 1
    assert f'name="{jerome}" type="radio" value="open" checked' not in page
    assert "(paragraph 3.7)" in page
    assert "Unknown is not taken for no (paragraph 3.6)" in page
    assert "Jerome Bell is not decided" in page
    assert "Sign for Ifeoma and Kene" in page


def test_signing_opens_a_record_with_the_contact_and_a_referral_and_nothing_else(people, ify):
    assert decide(people, ify, **DECISION, **both(ify)).status_code == 302
    kene = latest(ify, "sibling.decided")
    kene = next(
        event
        for event in ledger.read_stream(ify)
        if event.type == "sibling.decided" and event.data["decision"] == "open"
    )
    theirs = kene.data["record"]
    assert types_of(theirs) == [
        "person.described",
        "contact.received",
        "contact.decided",
        "referral.received",
    ]
    assert latest(theirs, "person.described").data["born"] == "2023-05-02"
    copied = latest(theirs, "contact.received").data
    assert copied["copied_from"] == latest(ify, "contact.received").id
    assert copied["facts"] == latest(ify, "contact.received").data["facts"]
    assert "how_known" not in copied
    assert (
        latest(theirs, "referral.received").data["original_referral"] == latest(ify, "referral.received").id
    )
    assert "against" not in latest(theirs, "referral.received").data


def test_a_sister_opened_with_the_first_was_not_known_before(people, ify):
    """The contact that was copied to her record is that of this referral, and no earlier one."""
    decide(people, ify, **DECISION, **both(ify))
    kene = next(one.data["record"] for one in ledger.read_stream(ify) if one.data.get("decision") == "open")
    page = people.client("Martin Oyelaran").get(page_of(kene)).content.decode()
    assert "Not known to us before this" in page
    assert "1 contact or referral" in page


def test_the_people_page_leads_to_the_record_that_was_opened(people, ify):
    decide(people, ify, **DECISION, **both(ify))
    theirs = next(
        event.data["record"] for event in ledger.read_stream(ify) if event.data.get("decision") == "open"
    )
    page = people.client("Martin Oyelaran").get(reverse("people", args=[ify])).content.decode()
    assert reverse("child", args=[theirs]) in page


def test_one_can_wait_while_another_is_signed(people, ify):
    decide(people, ify, **DECISION, **both(ify))
    decisions = {
        event.data["sibling"]: event.data["decision"]
        for event in ledger.read_stream(ify)
        if event.type == "sibling.decided"
    }
    assert decisions == {listed(ify)["Kene Okafor"]: "open", listed(ify)["Jerome Bell"]: "ask_first"}
    assert "referral.decided" in types_of(ify)


def test_sent_twice_there_is_one_decision_and_one_new_record(people, ify):
    draft = uuid4()
    answers = {**DECISION, **both(ify)}
    before = len(register.ids())
    first, second = (decide(people, ify, draft=draft, seen="7", **answers) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert types_of(ify).count("referral.decided") == 1
    assert len(register.ids()) == before + 1


def test_a_record_that_is_theirs_already_is_used_where_it_is_chosen(people, ify):
    kene = record(
        people, ("Beth Lomas", "record-contact", {"name": "Kene Okafor", "forename": "Kene", "surname": "Okafor",
                 "born": "2023-05-02", "source": "police", "contact_type": "worry_about_child"}),
    )  # fmt: skip
    page = people.client("Martin Oyelaran").get(page_of(ify)).content.decode()
    assert "Which record is Kene’s?" in page
    assert "Strong match" in page
    refused = decide(people, ify, **DECISION, **both(ify))
    assert refused.status_code == 422
    assert "Say whose record" in refused.content.decode()
    assert decide(people, ify, **DECISION, **both(ify, whose=str(kene))).status_code == 302
    assert types_of(kene)[-1] == "referral.received"
    assert types_of(kene).count("person.described") == 1


def test_nothing_at_all_is_recorded_where_anything_is_refused(people, ify):
    before = len(register.ids())
    refused = decide(people, ify, **{**DECISION, "status": ""}, **both(ify))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "paragraph 3.5" in page
    assert "Their home may not be safe." in page
    assert "Northwick is asked first" in page
    assert len(register.ids()) == before
    assert "sibling.decided" not in types_of(ify)


def test_what_was_refused_is_still_there_when_one_comes_back_from_its_remedy(people, ify):
    decide(people, ify, **{**DECISION, "status": ""}, **both(ify))
    back = people.client("Martin Oyelaran").get(page_of(ify)).content.decode()
    assert "Their home may not be safe." in back
    assert "Northwick is asked first" in back


def test_a_rule_that_may_be_departed_from_asks_for_the_reason(people, ify):
    answers = {
        **DECISION,
        **about(ify, "Kene Okafor", "do_not_open", "Kene is with his father."),
        **about(ify, "Jerome Bell", "open"),
    }
    refused = decide(people, ify, **answers)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "past_siblings_opened" in page
    assert "team manager or duty manager" in page
    assert (
        decide(people, ify, **answers, past_siblings_opened="He has not been home for a month.").status_code
        == 302
    )
    assert latest(ify, "departure.recorded").data["reason"] == "He has not been home for a month."


def test_not_opening_needs_its_reason(people, ify):
    refused = decide(
        people,
        ify,
        **DECISION,
        **about(ify, "Kene Okafor", "do_not_open"),
        **about(ify, "Jerome Bell", "open"),
    )
    assert refused.status_code == 422
    assert "Say why no referral is opened for Kene Okafor" in refused.content.decode()


def test_left_undecided_it_is_refused_with_the_paragraph(people, ify):
    refused = decide(people, ify, **DECISION, **about(ify, "Kene Okafor", "open"))
    assert refused.status_code == 422
    assert "Decide for each brother and sister" in refused.content.decode()


def test_what_happened_meanwhile_is_shown_and_nothing_is_lost(people, ify):
    seen = str(register.record(ify).version)
    record(people, ("Martin Oyelaran", "add-note", {"text": "Police rang."}), on=ify)
    stale = decide(people, ify, seen=seen, **DECISION, **both(ify))
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Case note" in page
    assert "Their home may not be safe." in page
    assert "referral.decided" not in types_of(ify)


def test_a_second_decision_replaces_the_first_by_name(people, ify):
    decide(people, ify, **DECISION, **both(ify))
    first = latest(ify, "referral.decided")
    strand = latest(ify, "referral.received").id
    page = people.client("Martin Oyelaran").get(page_of(ify), {"strand": strand}).content.decode()
    assert "replaces that decision" in page
    again = decide(
        people, ify, **{**DECISION, "outcome": ["advice_to_referrer"], "reason": "New facts."}, **both(ify)
    )
    assert again.status_code == 302
    assert latest(ify, "referral.decided").data["supersedes"] == first.id


@pytest.mark.parametrize("left_out", ["outcome", "reason"])
def test_what_is_missing_is_said_and_what_was_typed_stays(people, ify, left_out):
    refused = decide(
        people, ify, **{name: value for name, value in DECISION.items() if name != left_out}, **both(ify)
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "<title>Error: " in page
    assert "One account only." in page


def test_a_saved_draft_opens_again_with_everybody_in_it(people, ify):
    draft = uuid4()
    decide(people, ify, draft=draft, **DECISION, **about(ify, "Jerome Bell", "ask_first"), save="yes")
    page = people.client("Martin Oyelaran").get(page_of(ify), {"draft": draft}).content.decode()
    assert "Their home may not be safe." in page
    assert (
        f'name="sibling-{listed(ify)["Jerome Bell"]}-decision" type="radio" value="ask_first" checked' in page
    )


def test_a_draft_says_which_of_several_referrals_it_decides(people, ify):
    draft = uuid4()
    second = {"source": "police", "concern": "A second worry."}
    record(people, ("Martin Oyelaran", "record-referral", second), on=ify)
    asked = people.client("Martin Oyelaran").get(page_of(ify)).content.decode()
    assert "which one?" in asked
    decide(people, ify, draft=draft, **DECISION, save="yes")
    page = people.client("Martin Oyelaran").get(page_of(ify), {"draft": draft}).content.decode()
    assert "Their home may not be safe." in page
    assert "which one?" not in page


@pytest.mark.parametrize("name", ["Beth Lomas", "Priya Shah", "Tunde Bright", "Farah Lindqvist"])
def test_others_are_refused_and_see_nothing(people, ify, name):
    shown = people.client(name).get(page_of(ify))
    assert shown.status_code == 403
    assert "slept in" not in shown.content.decode()


def test_the_view_and_the_searches_are_in_the_access_log(people, ify):
    people.client("Martin Oyelaran").get(page_of(ify))
    rows = access_log.of_actor(people.ids["Martin Oyelaran"], now(), now())
    assert any(row.line.what == "view" and ify in row.line.records for row in rows)
    assert any(row.line.what == "search" for row in rows)


def test_other_methods_are_turned_away(people, ify):
    assert people.client("Martin Oyelaran").put(page_of(ify)).status_code == 405
