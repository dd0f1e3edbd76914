"""A contact returned: asked, answered, decided; the clock runs on, and nothing typed of the decision is lost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import CONTACT, REFERRAL

from cairn.records import drafts, ledger, register

ASKED = "Who lives in the household?"
ANSWER = {"found_out": "Her mother and an uncle.", "from_whom": "Hannah Pryce, St Botolph’s"}


@pytest.fixture
def child(people):
    return record(people, ("Beth Lomas", "record-contact", CONTACT))


@pytest.fixture
def returned(people, child):
    return record(people, ("Sheila Knowles", "return-contact", {"reason": ASKED}), on=child)


def types(child):
    return [event.type for event in ledger.read_stream(child)]


def sent(child, draft=None, **typed):
    strand = next(event.id for event in ledger.read_stream(child) if event.type == "contact.received")
    seen = str(register.record(child).version)
    return {"draft": str(draft or uuid4()), "version": "0", "seen": seen, "strand": strand, **typed}


def send_back(people, child, name="Sheila Knowles", **typed):
    browser = people.client(name)
    return browser, browser.post(
        reverse("decide-contact", args=[child]), sent(child, **{"return": "yes"}, **typed)
    )


def answer(people, child, name="Beth Lomas", **typed):
    browser = people.client(name)
    return browser.post(reverse("complete-contact", args=[child]), sent(child, sign="yes", **typed))


def work_of(people, name):
    return people.client(name).get(reverse("my-work")).content.decode()


def test_the_manager_returns_it_and_the_contact_centre_has_it_on_its_list(people, child):
    browser, done = send_back(people, child, **{"return-reason": ASKED})
    assert done.status_code == 302
    assert types(child)[-1] == "contact.returned"
    said = browser.get(reverse("my-work")).content.decode()
    assert "Returned to the contact centre" in said
    # The clock of 2.3 is not stopped, and the page says so.
    assert "still to be decided by" in said
    assert "Find out what the manager asked" in work_of(people, "Beth Lomas")


def test_who_waits_for_whom_stands_in_each_ones_work(people, returned):
    waiting = work_of(people, "Sheila Knowles").partition("Waiting for other people")[2]
    assert "The Contact Centre, about" in waiting
    assert "Decide the contact" in work_of(people, "Sheila Knowles")
    assert (
        "The Contact Centre, about"
        not in work_of(people, "Beth Lomas").partition("Waiting for other people")[2]
    )
    answer(people, returned, **ANSWER)
    assert "The Contact Centre, about" not in work_of(people, "Sheila Knowles")
    assert "Find out what the manager asked" not in work_of(people, "Beth Lomas")


def test_the_decision_shows_what_was_asked_and_answered(people, returned):
    manager = people.client("Sheila Knowles")
    waiting = manager.get(reverse("decide-contact", args=[returned])).content.decode()
    assert ASKED in waiting
    assert "has not answered yet" in waiting
    assert answer(people, returned, **ANSWER).status_code == 302
    page = manager.get(reverse("decide-contact", args=[returned])).content.decode()
    assert ANSWER["found_out"] in page
    assert ANSWER["from_whom"] in page
    assert "has not answered yet" not in page


def test_the_contact_centre_sees_what_is_asked_and_how_long_there_is(people, returned):
    page = people.client("Beth Lomas").get(reverse("complete-contact", args=[returned])).content.decode()
    assert ASKED in page
    assert "Sheila Knowles" in page
    assert "Decide by" in page


@pytest.mark.parametrize("left_out", list(ANSWER))
def test_an_answer_says_what_and_from_whom(people, returned, left_out):
    refused = answer(people, returned, **{name: said for name, said in ANSWER.items() if name != left_out})
    assert refused.status_code == 422
    assert "There is a problem" in refused.content.decode()
    assert "contact.completed" not in types(returned)


def test_what_was_typed_of_the_decision_is_there_when_the_answer_is(people, child):
    draft = uuid4()
    browser, _ = send_back(people, child, draft=draft, **{"return-reason": ASKED}, **REFERRAL)
    answer(people, child, **ANSWER)
    page = browser.get(reverse("decide-contact", args=[child])).content.decode()
    assert REFERRAL["reason"] in page
    # What was asked is sent: it is not asked again.
    assert ASKED not in page.partition('id="return"')[2]
    assert f'value="{draft}"' in page


def test_returned_with_nothing_decided_it_leaves_no_draft(people, child):
    send_back(people, child, **{"return-reason": ASKED})
    assert drafts.list_of(people.ids["Sheila Knowles"]) == []


def test_without_a_question_it_is_not_returned_and_the_decision_stays(people, child):
    _, refused = send_back(people, child, reason="My own reasons.")
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Say what is to be found out first" in page
    assert "My own reasons." in page
    assert "contact.returned" not in types(child)


def test_sent_twice_it_is_returned_once_and_after_the_answer_again(people, child):
    draft = uuid4()
    form = sent(child, draft, **{"return": "yes", "return-reason": ASKED}, **REFERRAL)
    browser = people.client("Sheila Knowles")
    for _ in range(2):
        assert browser.post(reverse("decide-contact", args=[child]), form).status_code == 302
    assert types(child).count("contact.returned") == 1
    answer(people, child, **ANSWER)
    again = sent(child, draft, **{"return": "yes", "return-reason": "And who has parental responsibility?"})
    assert browser.post(reverse("decide-contact", args=[child]), again).status_code == 302
    assert types(child).count("contact.returned") == 2


def test_only_who_decides_returns_it(people, child):
    _, refused = send_back(people, child, name="Beth Lomas", **{"return-reason": ASKED})
    assert refused.status_code == 403
    assert "contact.returned" not in types(child)


def test_where_nothing_was_asked_the_page_says_so(people, child):
    refused = people.client("Beth Lomas").get(reverse("complete-contact", args=[child]))
    assert refused.status_code == 404
    assert "waits for an answer of the contact centre" in refused.content.decode()
