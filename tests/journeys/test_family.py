"""A brother opened with his sister's referral, the referrer written to, and a date corrected and explained."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases import record
from tests.interfaces.web.views.children import REFERRAL, event
from tests.journeys.test_four_roles import Desk, yesterday
from tests.people import made_up_staff

from cairn.application import sign_in
from cairn.application.ports import now
from cairn.core.calendar.moment import LONDON
from cairn.interfaces.web.words import day_words
from cairn.records import ledger

pytestmark = pytest.mark.browser
CONTACT = {
    "name": "Ada Fenwick", "forename": "Ada", "surname": "Fenwick", "born": "2017-05-14", "source": "school",
    "caller_name": "Hannah Pryce", "contact_type": "worry_about_child", "concern_kind": ["domestic_violence"],
    "facts": [{"text": "We slept in the car.", "who": "Ada to Ms Fenn"}],
    "siblings": [
        {"name": "Noah Fenwick", "born": "2020-08-02", "household": "same", "relation": "brother_or_sister"},
        {"name": "Cole Bell", "born": "2014-01-09", "household": "other", "relation": "half"},
    ],
}  # fmt: skip


@pytest.fixture
def people(web_server, monkeypatch):
    monkeypatch.setattr(sign_in, "MADE_UP_PREFIX", "cairn_")
    return made_up_staff()


@pytest.fixture
def ada(people):
    """A referral of a worry that reaches the whole household: two brothers are listed."""
    child = record(people, ("Beth Lomas", "record-contact", CONTACT))
    more = {
        "concern_kind": ["domestic_violence"],
        "affects_other_children": True,
        "from_contact": event(child, "contact.received").id,
    }
    return record(people, ("Sheila Knowles", "decide-contact", {**REFERRAL, **more}), on=child)


@pytest.fixture
def desk(web_server, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(8_000)
    yield Desk(page, web_server)
    context.close()


def test_a_brother_is_opened_with_the_referral_and_only_the_contact_goes_along(desk, ada):
    desk.sign_in("Martin Oyelaran")
    desk.follow("Decide whether to assess")
    desk.page.get_by_label("Child and Family Assessment").check()
    desk.write("Your reasons", "Their home may not be safe.")
    desk.choose("Have earlier records and files been located?", "Looked for, there are none")
    desk.write(
        "How may this affect other children in the household or the wider family?", "Noah was in the car."
    )
    desk.page.locator(".c-sib", has_text="Cole Bell").get_by_label("Do not open").check()
    desk.send(desk.page.get_by_role("button", name="Sign for"))
    the_gate_names_what_is_missing(desk)
    desk.choose("What does the status check show?", "Not known to us")
    desk.page.locator(".c-sib", has_text="Cole Bell").get_by_label("Why, for Cole").fill(
        "He never stays there."
    )
    desk.send(desk.page.get_by_role("button", name="Sign for"))
    the_paragraph_asks_for_a_reason(desk)
    desk.send(desk.page.get_by_role("button", name="Sign for"))
    assert "Error" not in desk.page.title(), desk.text
    theirs = event(ada, "sibling.decided")
    decided = {one.data["decision"]: one.data for one in ledger.read_stream(ada) if one.type == theirs.type}
    noah = decided["open"]["record"]
    assert {one.type for one in ledger.read_stream(noah)} >= {"contact.received", "referral.received"}
    assert event(noah, "contact.received").data["facts"] == event(ada, "contact.received").data["facts"]
    assert not decided["do_not_open"].get("record")
    # He waits for his own decision, on a list of his own.
    desk.page.goto(f"{desk.address}/team/")
    assert "Noah Fenwick" in desk.text


def the_gate_names_what_is_missing(desk):
    assert desk.page.title().startswith("Error: ")
    assert "Say why no referral is opened for Cole Bell" in desk.text
    # Nothing that was written is lost.
    assert desk.page.get_by_label("Your reasons", exact=True).input_value() == "Their home may not be safe."


def the_paragraph_asks_for_a_reason(desk):
    assert desk.page.title().startswith("Error: ")
    assert "This cannot be recorded yet" in desk.text
    assert "(paragraph 3.7)" in desk.text
    desk.page.get_by_label("Your reason for going past").fill("Cole lives with his father, far away.")


def test_the_referrer_is_written_to_and_the_duty_is_done(desk, ada, people):
    desk.sign_in("Dilys Penhale")
    desk.page.goto(f"{desk.address}/records/{ada}/")
    assert "Acknowledge" in desk.text
    desk.page.goto(f"{desk.address}/records/{ada}/acknowledge/")
    letter = desk.page.locator("article.c-letter").inner_text()
    assert "Dear Hanne Pryce" in letter
    assert "Ada" not in letter
    desk.press("Mark as sent")
    assert "Choose how it is sent" in desk.text
    desk.page.get_by_label("By post").check()
    desk.press("Mark as sent")
    assert "Marked as sent: We have your referral." in desk.text
    assert event(ada, "referral.acknowledged").data["how"] == "letter"
    desk.follow("Documents")
    assert "Dear Hanne Pryce" in desk.text


def test_after_a_correction_why_counts_from_the_corrected_day(desk, ada):
    desk.sign_in("Martin Oyelaran")
    desk.page.goto(desk.address + desk.page.locator("a.c-why").first.get_attribute("href"))
    assert in_words(0) in desk.text
    desk.follow("Correct the entry")
    for part, text in zip(("day", "month", "year"), yesterday(), strict=True):
        desk.page.locator(f"#when-happened-{part}").fill(text)
    desk.page.locator("#when-happened-time").fill("9:00am")
    desk.page.locator("#mend-reason").fill("It came yesterday.")
    desk.press("Correct the entry")
    # Said at once: which dates were, and are, others.
    assert "was due" in desk.text
    desk.page.get_by_role("link", name="Why?").first.click()
    desk.page.wait_for_load_state()
    assert f"{in_words(1)}, 9am" in desk.text, desk.text


def in_words(days_ago):
    """A day of this week as pages write it."""
    return day_words(now().astimezone(LONDON).date() - timedelta(days=days_ago))
