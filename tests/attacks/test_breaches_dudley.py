"""Dudley 2013: a file left in the home named the relative who had told the council (PR-6).

Here who does not wish to be named is on nothing that the family could see, nor anywhere else but behind a button with a reason.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.application.test_referrers import CALL, REFER, WHO, leaks
from tests.cases import record
from tests.interfaces.web.views.children import DECISION, event, main
from tests.interfaces.web.views.conftest import clock, people, static_files

from cairn.application.contact import decide_contact
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.records import access_log

__all__ = ["clock", "people", "static_files"]
WORKER, MANAGER, SUPPORT, DUTY = "Priya Shah", "Joanne Whitlock", "Dilys Penhale", "Sheila Knowles"
FAR_ENOUGH = 150


@pytest.fixture
def child(people):
    """An allocated child: the call came from a neighbour who does not wish to be named."""
    found = record(people, ("Beth Lomas", "record-contact", CALL))
    call = event(found, "contact.received")
    done = decide_contact(people.actor(DUTY), Request("decide-contact", REFER, found, strand=call.id), call)
    assert isinstance(done, Recorded), done
    worker = {
        "worker": WORKER, "worker_id": str(people.ids[WORKER]), "team": "Referral and Assessment",
        "team_id": str(people.teams["Referral and Assessment"]),
    }  # fmt: skip
    return record(
        people,
        ("Martin Oyelaran", "decide-referral", DECISION),
        ("Joanne Whitlock", "allocate", worker),
        on=found,
    )


def named_in(text):
    return [one for one in (*WHO.values(), "anary") if one in text]


def text_of(response):
    """A page, or the text of a PDF with what its file says of itself, or all of a Word file; and the headers."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    said = str(response.headers)
    if content.startswith(b"%PDF"):
        pdf = PdfReader(io.BytesIO(content))
        return said + str(pdf.metadata) + " ".join(page.extract_text() for page in pdf.pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return said + " ".join(parts.read(one).decode("utf-8", "replace") for one in parts.namelist())
    return said + content.decode(errors="replace")


def pages(people, child, name):
    """Every page and file of the record that links lead this person to, each once, and as many as are enough."""
    client = people.client(name)
    waiting, seen = (
        [reverse("child", args=[child]), reverse("my-work"), reverse("timeline", args=[child])],
        set(),
    )
    while waiting and len(seen) < FAR_ENOUGH:
        address = waiting.pop(0)
        if address in seen or "sign-out" in address:
            continue
        seen.add(address)
        text = text_of(client.get(address))
        yield address, text
        links = [one.partition('"')[0].partition("#")[0] for one in text.split('href="')[1:]]
        waiting += [one for one in links if str(child) in one and one not in seen]


ALL_OF_IT = pytest.mark.attack


@pytest.mark.parametrize(
    "name", [SUPPORT, *(pytest.param(one, marks=ALL_OF_IT) for one in (WORKER, MANAGER))]
)
def test_no_page_and_no_file_of_the_record_says_who_it_was(people, child, name):
    found = dict(pages(people, child, name))
    assert len(found) > 40
    assert {address: named_in(text) for address, text in found.items() if named_in(text)} == {}
    assert any("Member of the public (identity withheld)" in text for text in found.values())
    assert leaks() == set()


def entry_of(child, type_="referral.received"):
    return event(child, type_).id


def test_it_is_behind_a_button_with_a_reason_for_those_who_may(people, child):
    address = reverse("who-referred", args=[child, entry_of(child)])
    client = people.client(WORKER)
    assert not named_in(main(client.get(address)))
    assert client.post(address, {"reason": " "}).status_code == 422
    shown = client.post(address, {"reason": "To ask what she saw"})
    assert WHO["caller_name"] in main(shown)
    assert "no-store" in shown["Cache-Control"]
    lines = [row.line for row in access_log.of_record(child) if row.line.what == "identity"]
    assert [(one.allowed, one.purpose) for one in lines] == [(True, "To ask what she saw")]
    assert not named_in(str(access_log.of_record(child)))


@pytest.mark.parametrize("name", [SUPPORT, "Rosa Quill", "Farah Lindqvist", "Colm Daly"])
def test_and_for_nobody_else(people, child, name):
    address = reverse("who-referred", args=[child, entry_of(child)])
    for answer in (
        people.client(name).get(address),
        people.client(name).post(address, {"reason": "Why not"}),
    ):
        assert answer.status_code == 403
        assert not named_in(answer.content.decode())
    assert (
        "See who it was"
        not in people.client(SUPPORT).get(reverse("entry", args=[child, entry_of(child)])).content.decode()
    )


@pytest.mark.parametrize(
    "typed", ["Canaryneighbour", "Nell Canaryneighbour", "Canary Allotments", "01632 960 999"]
)
def test_nobody_is_found_by_it(people, child, typed):
    answer = people.client(WORKER).get(reverse("find"), {"surname": typed, "name": typed, "look": "yes"})
    page = answer.content.decode()
    assert "Made-up" not in page.partition("<main")[2]


def letter(people, child, name, **more):
    address = reverse("acknowledge-referral", args=[child])
    return people.client(name).post(address, {"how": "letter", "strand": entry_of(child), **more})


def test_the_letter_to_them_has_their_name_and_what_is_kept_of_it_has_not(people, child):
    shown = text_of(letter(people, child, WORKER, do="show"))
    assert not named_in(shown)
    sheet = text_of(letter(people, child, WORKER, do="pdf"))
    assert "Dear Nell Canaryneighbour" in sheet
    assert "Canaryneighbour" not in sheet.partition("Dear")[0].partition("filename")[2].partition("}")[0]
    assert letter(people, child, WORKER, do="sent").status_code == 302
    sent = event(child, "letter.sent").data
    assert not named_in(str(sent))
    assert "Sir or Madam" in sent["text"]
    assert leaks() == set()


def test_who_may_not_see_it_writes_them_no_letter(people, child):
    for do in ("show", "pdf", "sent"):
        answer = letter(people, child, SUPPORT, do=do)
        assert "only somebody who may see who it was can write to them" in text_of(answer)


def test_it_cannot_be_written_into_what_the_family_gets_by_those_who_know_it(people, child):
    told = {
        "letter": "visit",
        "to": "Hanne",
        "how": "letter",
        "subject": "A visit",
        "text": "Nell Canaryneighbour told us.",
    }
    refused = record_act(people.actor(WORKER), Request("send-standard-letter", told, child))
    assert isinstance(refused, Refused)
    assert "does not wish to be named" in str(refused.faults)
    done = record_act(
        people.actor(WORKER), Request("send-standard-letter", {**told, "text": "Somebody told us."}, child)
    )
    assert isinstance(done, Recorded)


def test_nobody_points_an_entry_of_theirs_at_somebody_elses_caller(people, child):
    """Where an identity is kept is filled in, and read from no form."""
    typed = {
        "received-day": "23", "received-month": "11", "received-year": "2026", "received-time": "9:40am", "source": "anonymous",
        "contact_type": "information", "who": "unknown", "identity_of": entry_of(child), "send": "yes",
    }  # fmt: skip
    client = people.client("Beth Lomas")
    assert 'name="identity_of"' not in client.get(reverse("new-contact")).content.decode()
    sent = client.post(reverse("new-contact"), typed)
    assert sent.status_code == 302
    other = sent["Location"].split("/")[2]
    assert "identity_of" not in event(other, "contact.received").data
