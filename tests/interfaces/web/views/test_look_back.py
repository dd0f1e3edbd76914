"""The record as it stood on a day and as it was known on one: asked for, refused with words, read, and nothing done from it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests import cases
from tests.interfaces.web.views.children import (
    allocated,
    contact,
    decided,
    event,
    later,
    looks,
    main,
    referral,
)
from tests.statements import statements

from cairn.application.sign_in import is_made_up
from cairn.records import access_log

pytestmark = pytest.mark.django_db
MANAGER = "Joanne Whitlock"


def asked(people, child, name=MANAGER, **query):
    return people.client(name).get(reverse("look-back", args=[child]), query)


def boxes(name, day, month="11", year="2026", time=""):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year, f"{name}-time": time}


def note(people, child, text, at=""):
    from cairn.application.recording import Recorded, Request, record_act  # noqa: PLC0415 - beside what uses it

    done = record_act(
        people.actor("Martin Oyelaran"), Request(act="add-note", answers={"text": text}, record=child, at=at)
    )
    assert isinstance(done, Recorded), done
    return done.events[0]


def mend(people, child, act, **answers):
    cases.record(people, ("Martin Oyelaran", act, answers), on=child)


def test_the_overview_leads_to_the_form_and_the_form_to_an_address_that_can_be_kept(people, clock):
    child = referral(people)
    overview = main(people.client(MANAGER).get(reverse("child", args=[child])))
    assert f'href="{reverse("look-back", args=[child])}">Look back at a day</a>' in overview
    form = main(asked(people, child))
    assert re.search(r"Which day do you want to look back at\?\s*<", form)
    assert "As it was known on (optional)" in form
    later(clock, days=3)
    sent = asked(people, child, show="1", **boxes("on", "23", time="2:30pm"), **boxes("known", "25"))
    assert (
        sent.url == f"{reverse('look-back', args=[child])}?on=2026-11-23T14%3A30%2B00%3A00&known=2026-11-25"
    )
    page = main(people.client(MANAGER).get(sent.url))
    assert "as it stood on <strong>23 November 2026, 2:30pm</strong>" in page
    assert "as it was known on <strong>25 November 2026</strong>" in page


def test_it_shows_what_stood_then_and_nothing_of_since(people, clock):
    child = referral(people)
    later(clock, days=3)
    note(people, child, "Learnt since.")
    page = main(asked(people, child, on="2026-11-23"))
    assert (
        "as it stood on <strong>23 November 2026</strong>, with what was known by the end of that day" in page
    )
    assert "Nothing can be recorded from here" in page
    assert "Learnt since." not in page
    assert "Decide the type of response" in page
    assert "Nothing overdue" in page
    assert "Referral received, 23 November 2026" in page.partition('id="open"')[2].partition("</section>")[0]
    assert "3 overdue" in main(asked(people, child, on="2026-11-26"))


def test_what_was_recorded_later_about_that_time_is_counted_and_listed_where_it_is_asked_for(people, clock):
    child = referral(people)
    later(clock, days=2)
    note(people, child, "Rang on Monday already.", at="2026-11-23T10:12")
    note(people, child, "This is of Wednesday.")
    then = main(asked(people, child, on="2026-11-23"))
    assert "1 entry about that time has been recorded, corrected or withdrawn since." in then
    assert "Rang on Monday already." not in then
    assert "Learned later" not in then
    link = re.search(r'href="([^"]*)">See that day with what is known today', then)[1].replace("&amp;", "&")
    assert link == f"{reverse('look-back', args=[child])}?on=2026-11-23&known=2026-11-25"
    known = main(people.client(MANAGER).get(link))
    learned = known.partition('id="learned"')[2].partition("</section>")[0]
    assert "Recorded later" in learned
    assert "Case note, 23 November 2026, 10:12am" in learned
    assert "Martin Oyelaran, duty manager, 25 November 2026, 10:12am" in learned
    assert learned.count("<li>") == 1
    assert "Nothing about that time has been recorded, corrected or withdrawn since." in known


def test_a_correction_and_a_withdrawal_that_came_later_are_named_with_their_reasons(people, clock):
    child = referral(people)
    wrong, gone = note(people, child, "The school rang."), note(people, child, "Of another child.")
    later(clock, days=1)
    mend(people, child, "correct-entry", corrects=wrong, data={"text": "The nurse rang."}, reason="Misheard.")
    mend(people, child, "withdraw-entry", withdraws=gone, reason="Not this child.")
    then = main(asked(people, child, on="2026-11-23"))
    assert "The school rang." in then
    assert "The nurse rang." not in then
    assert "2 entries about that time have been recorded, corrected or withdrawn since." in then
    learned = main(asked(people, child, on="2026-11-23", known="2026-11-24"))
    shown = learned.partition('id="learned"')[2].partition("</section>")[0]
    assert re.search(r"Corrected.*Misheard\..*Withdrawn.*Not this child\.", shown, re.DOTALL)
    assert "The nurse rang." in learned


def test_a_lateness_that_has_gone_since_is_named_with_what_took_it(people, clock):
    child = referral(people)
    later(clock, days=2)
    late = event(child, "referral.received").id
    mend(
        people, child, "correct-entry",
        corrects=late, data={}, at="2026-11-24T09:00", reason="It came the day after.",
    )  # fmt: skip
    then = main(asked(people, child, on="2026-11-25T09:00"))
    assert "Shown as late here, not now" in then
    assert "a correction by Martin Oyelaran" in then
    known = main(asked(people, child, on="2026-11-25T09:00", known="2026-11-25"))
    assert "Shown as late here, not now" not in known
    assert "No longer late" in known
    assert "Dates that read otherwise for it" in known


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ({"on": "2027-01-04"}, "on-day", "Enter a day that has been, or today"),
        ({"on": "2026-11-25T23:00"}, "on-day", "Enter a day that has been, or today"),
        ({"on": "2026-11-24", "known": "2027-01-04"}, "known-day", "nobody knows yet what will be recorded"),
        ({"on": "2026-11-25", "known": "2026-11-24"}, "known-day", "Enter 25 November 2026 or a later time"),
        ({"on": "2026-11-24", "known": "2026-11-24T09:00"}, "known-day", "before it had happened nobody could"),
        ({"on": "2026-11-20"}, "on-day", "the first entry was recorded on 23 November 2026, 10:12am"),
        ({"on": "2026-11-19", "known": "2026-11-20"}, "known-day", "Nothing had been recorded of this child"),
        ({"on": "2026-11-20", "known": "2026-11-24"}, "on-day", "The record begins on 23 November 2026, 10:12am"),
        ({"on": "2026-03-29T01:30"}, "on-day", "does not exist in London"),
        ({"on": "2026-10-25T01:30"}, "on-day", "comes twice in London"),
        ({"on": "2026-02-30"}, "on-day", "&#x27;2026-02-30&#x27;: day is out of range for month"),
        ({"on": "yesterday"}, "on-day", "is not a date or time that can be read"),
        ({"on": "2026-11-24", "known": "soon"}, "known-day", "is not a date or time that can be read"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_looked_back_at_is_refused_with_words_at_its_field(
    people, clock, query, field, said
):
    child = referral(people)
    later(clock, days=2)
    sent = asked(people, child, **query)
    assert sent.status_code == 422
    page = main(sent)
    assert said in page
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert "You see this record as it stood" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (boxes("on", "29", "3", time="1:30am"), "does not exist: the clocks went forward over it"),
        (boxes("on", "25", "10", time="1:30am"), "came twice that day, as the clocks went back"),
        (boxes("on", "", "", ""), "Enter the day that you want to look back at"),
        (boxes("on", "24", "11", "26"), "needs a year of 4 figures"),
    ],
)
def test_what_was_typed_stays_with_what_is_wrong_with_it(people, typed, said):
    sent = asked(people, referral(people), show="1", **typed)
    page = main(sent)
    assert sent.status_code == 422
    assert said in page
    assert f'value="{typed["on-day"]}"' in page or not typed["on-day"]


def test_a_time_that_came_twice_is_looked_back_at_with_its_offset(people, clock):
    child = contact(people)
    later(clock, days=400)
    first, second = "2027-10-31T01:30+01:00", "2027-10-31T01:30+00:00"
    for text in (first, second):
        assert "31 October 2027, 1:30am" in main(asked(people, child, "Beth Lomas", on=text))


def test_today_is_looked_back_at_as_it_stands_now(people):
    child = referral(people)
    page = main(asked(people, child, on="2026-11-23"))
    assert "as it stood on <strong>23 November 2026</strong>" in page
    assert "Nothing about that time has been recorded, corrected or withdrawn since." in page


def test_nothing_can_be_done_from_it_nor_from_the_pages_it_leads_to(people, clock):
    child = allocated(people)
    later(clock, days=1)
    client = people.client(MANAGER)
    page = main(client.get(reverse("look-back", args=[child]), {"on": "2026-11-23"}))
    assert 'method="post"' not in page
    waiting = re.findall(r'href="(/records/[^"]*)"', page)
    away = {"/why/", "/entries/", "/timeline/", "/look-back/", "/family/", "/looked/", "/documents/", "/bookings/", "/sharing/", "/chronology/", "/plan/", "/meetings/", "/closing/"}  # fmt: skip
    for link in waiting:
        assert any(part in link for part in away) or link == reverse("child", args=[child]), link
    for link in {link for link in waiting if "on=2026" in link and "/look-back/" not in link}:
        there = main(client.get(link.replace("&amp;", "&")))
        assert "You see this record as it stood" in there, link
        for act in ("/correct/", "/withdraw/", "/move/", "/act/", "/visit/", "/enter/"):
            assert act not in there, (link, act)
    assert client.post(reverse("look-back", args=[child]), {"on": "2026-11-23"}).status_code == 405


def test_the_overview_of_an_earlier_day_is_the_look_back(people, clock):
    child = referral(people)
    later(clock, days=1)
    there = people.client(MANAGER).get(reverse("child", args=[child]), {"on": "2026-11-23"})
    assert there.url == reverse("look-back", args=[child]) + "?on=2026-11-23"


def test_every_look_is_in_the_log_with_the_day_and_a_refused_one_too(people, clock):
    child = referral(people)
    later(clock, days=2)
    asked(people, child, on="2026-11-23", known="2026-11-24")
    line = access_log.of_record(child)[0].line
    assert (line.page, line.what, line.allowed) == ("look-back", "view", True)
    assert line.purpose == "as it stood on 23 November 2026, as known on 24 November 2026"
    assert asked(people, child, "Rosa Quill", on="2026-11-23").status_code == 403
    assert looks(child)[0] == ("look-back", "refused", False)
    log = main(people.client(MANAGER).get(reverse("looked", args=[child])))
    assert "read the record as it stood on a day" in log
    assert "as it stood on 23 November 2026, as known on 24 November 2026" in log


def test_the_rights_are_those_of_today(people, clock):
    """Who had the child then and has not now sees nothing of then."""
    child = allocated(people)
    assert asked(people, child, "Beth Lomas", on="2026-11-23").status_code == 403
    later(clock, days=1)
    cases.record(
        people,
        (
            MANAGER, "allocate",
            {"worker": "Rosa Quill", "worker_id": str(people.ids["Rosa Quill"]), "team": "Family Support",
             "team_id": str(people.teams["Family Support"])},
        ),
        on=child,
    )  # fmt: skip
    assert asked(people, child, "Priya Shah", on="2026-11-23").status_code == 403
    page = main(asked(people, child, "Rosa Quill", on="2026-11-23"))
    assert "Priya Shah" in page
    bar = page.partition("<h1>")[2].partition("</dl>")[0]
    assert "Referral and Assessment" in bar
    assert "Family Support" not in bar


def test_an_address_restricted_today_is_not_shown_of_the_days_before(people, clock):
    child = referral(people)
    mend(people, child, "record-address", address="1 Nowhere Lane", postcode="ZZ1 1ZZ")
    later(clock, days=1)
    assert "1 Nowhere Lane" in main(asked(people, child, on="2026-11-23"))
    mend(
        people,
        child,
        "record-address",
        address="2 Elsewhere Row",
        restricted=True,
        restricted_reason="Danger.",
    )
    then = asked(people, child, on="2026-11-23").content.decode()
    assert "Nowhere Lane" not in then
    assert "Protected" in then


def test_a_printed_sheet_says_whose_record_as_of_when_and_its_number(people, clock):
    child = referral(people)
    later(clock, days=1)
    page = asked(people, child, on="2026-11-23").content.decode()
    head = page.partition('class="c-printhead"')[2].partition("</div>")[0]
    assert "Wren Made-up" in head
    assert people.number(child) in head
    assert "as it stood on 23 November 2026" in head
    assert "Printed by Joanne Whitlock, team manager" in head


def test_it_asks_the_database_the_same_however_much_happened(people, clock):
    is_made_up()
    child, client = decided(people), people.client(MANAGER)
    address = reverse("look-back", args=[child])
    days = {"on": "2026-11-23", "known": "2026-11-24"}

    def written(number):
        corrects = note(people, child, f"{number}")
        mend(people, child, "correct-entry", corrects=corrects, data={"text": "More."}, reason="Made up.")

    written(0)
    later(clock, days=1)
    client.get(address, days)
    few = statements(lambda: client.get(address, days))
    for number in range(1, 12):
        written(number)
    assert statements(lambda: client.get(address, days)) == few
    assert few.count("read ledgerevent") == few.count("read record") == few.count("add to accessentry") == 1
