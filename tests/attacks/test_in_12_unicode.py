"""Whatever can be written can be typed: it is stored, or refused at its field with what to do, and never fails (IN-12)."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.attacks import filling
from tests.interfaces.web.views.children import event

ODD = {
    "right to left override": "Wren \u202egnp.exe",
    "embedding that is not closed": "\u202bWren \u202a\u2066\u2067\u2068",
    "zero width": "W\u200br\u200ce\u200dn\u2060\ufeff",
    "homoglyphs": "\u0420\u0430ul W\u0433\u0435n",
    "NUL": "Wr\x00en",
    "controls": "Wren\x01\x08\x0b\x0c\x1b[31m\x7f\x85\x9b",
    "no characters": "Wren\ufffe\uffff\U0001fffe\ufdd0",
    "line and paragraph separators": "Wren\u2028\u2029",
    "tags": "Wren\U000e0041\U000e007f",
    "private use": "Wren\ue000\U00100000",
    "joined figures": "\U0001f469\u200d\U0001f469\u200d\U0001f466",
    "many marks": "e" + "\u0301\u0316" * 2_000,
    "figures that are none of ours": "\u0661\u0662\u00b2\u2167\u2460\uff11",
    "blanks of every width": "\u00a0\u1680\u2000\u2003\u202f\u205f\u3000",
    "a number without end": "9" * 5_000,
}
MILLION = "e" + "\u0301\u0316" * 262_144
# Bytes that are no UTF-8, as a form sends them: half of a pair, half of a letter, more than one spelling of "/".
BYTES = (b"%ED%A0%80", b"%ED%B0%80x", b"%FF%FE", b"%C3", b"%C0%AF", b"\xed\xa0\x80", b"%F4%90%80%80")
LONGEST_TIME = 10.0


def is_kept(tried, least):
    number = 0
    for one in tried:
        assert one.is_kept, str(one)
        number += 1
    assert number >= least


@pytest.mark.attack
def test_a_sample_of_it_in_everything_that_a_form_carries_never_fails(house):
    is_kept(filling.sent(house, ["".join(ODD.values())[:900] + "\x00"], typed_only=False), 80)


@pytest.mark.attack
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ODD)
def test_in_every_box_of_every_form_and_behind_every_address(house, kind):
    is_kept(filling.sent(house, [ODD[kind]], typed_only=True), 80)
    is_kept(filling.asked_at_once(house, ODD[kind]), 80)
    is_kept(filling.in_addresses(house, [ODD[kind][:200]]), 250)


@pytest.mark.attack
@pytest.mark.timeout(900)
def test_in_each_field_of_every_form_by_itself(house):
    is_kept(filling.one_by_one(house, "Wr\x00en \u202e\U0001fffe" + "9" * 400), 1_500)


@pytest.mark.parametrize("sent", BYTES)
def test_bytes_that_are_no_text_are_read_as_what_cannot_be_read(house, sent):
    child = house.allocated
    for address, name in (
        (reverse("find"), "find"),
        (reverse("add-note", args=[child]), "text"),
        (reverse("draft", args=[uuid4()]), "text"),
    ):
        answer = house.client("Martin Oyelaran").generic(
            "POST", address, name.encode() + b"=Wren+" + sent + b"&draft-act=add-note&version=0",
            "application/x-www-form-urlencoded",
        )  # fmt: skip
        assert answer.status_code < 500, address
    for address in (b"/procedures/" + sent + b"/", b"/records/" + sent + b"/", b"/team/list/?what=" + sent):
        path, _, asked = address.decode("latin-1").partition("?")
        assert house.client("Priya Shah").get(path, QUERY_STRING=asked).status_code < 500, address


def test_a_million_marks_in_a_search_are_refused_at_once(house):
    began = time.monotonic()
    for name in ("find", "first_name", "surname", "born", "other"):
        refused = house.client("Beth Lomas").post(reverse("find"), {name: MILLION})
        assert refused.status_code == 422, name
        assert "needs to be 200 characters or fewer" in refused.content.decode()
    assert time.monotonic() - began < LONGEST_TIME
    assert house.client("Beth Lomas").post(reverse("find"), {"find": "Wren"}).status_code == 200


def test_a_million_marks_in_a_text_are_refused_at_their_field_with_what_to_do_and_kept(house):
    client, key = house.client("Priya Shah"), str(uuid4())
    form = {"draft": key, "version": "0", "key": key, "text": MILLION}
    refused = client.post(reverse("add-note", args=[house.allocated]), form)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "needs to be 100,000 characters or fewer; it has 524,289" in page
    # Nothing typed is lost: it stands in its box to be cut.
    assert MILLION in page
    fits = client.post(reverse("add-note", args=[house.allocated]), {**form, "text": MILLION[:90_000]})
    assert fits.status_code == 302
    assert event(house.allocated, "note.added").data["text"] == MILLION[:90_000]


@pytest.mark.attack
@pytest.mark.timeout(900)
def test_a_million_marks_in_each_box_of_every_form(house):
    """None keeps a worker of the server for longer than ten seconds, and none fails."""
    tried = 0
    for name, place, form in filling.forms(house):
        client = house.client(place.who)
        client.raise_request_exception = False
        for box in form.typed[:8]:
            began = time.monotonic()
            answer = client.post(form.address, form.sent({box: MILLION}, (form.buttons or (None,))[-1]))
            assert answer.status_code < 500, (name, box)
            assert time.monotonic() - began < LONGEST_TIME, (name, box)
            tried += 1
    assert tried > 150


NAMES = (
    "\u202egnp.exe.txt", "a\x00b.txt", "x" * 4_000 + ".txt", "\ufffe\uffff.txt", "", ".txt", "e" + "\u0301\u0316" * 200_000 + ".txt",
    "\ud83d.txt".encode("utf-8", "replace").decode(), "Wren\r\nSet-Cookie: a=b.txt", "a\u2028b.txt", "con.txt",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_by_any_name_is_filed_under_one_that_is_read_as_it_is(house, name):
    client, key = house.client("Priya Shah"), str(uuid4())
    form = {
        "draft": key, "version": "0", "key": key, "from_whom": "Made-up School", "text": "Late again.", "arrived-whole": "yes",
        "documents": SimpleUploadedFile(name or "x", b"Late again."),
    }  # fmt: skip
    began = time.monotonic()
    filed = client.post(reverse("record-correspondence", args=[house.allocated]), form)
    assert filed.status_code in (302, 400, 422)
    assert time.monotonic() - began < LONGEST_TIME
    if filed.status_code == 302:
        kept = event(house.allocated, "correspondence.received").data["documents"][0]
        assert re.fullmatch(
            r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069/\\]{1,125}", kept["name"]
        )
        given = client.get(reverse("document", args=[house.allocated, kept["document"]]))
        assert given["Content-Disposition"].isascii()
        assert b"".join(given) == b"Late again."
