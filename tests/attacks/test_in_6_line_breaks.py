"""A line break in a name starts no header, no second line of the log and no other message (IN-6, IN-7)."""

from __future__ import annotations

import json
import logging
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.interfaces.web.views.children import event

from cairn.config.logs import Discreet
from cairn.records.models import Outbox

BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "%0d%0a", "\u560a\u560d")
INJECTED = "X-Injected: yes"


@pytest.mark.parametrize("broken", BREAKS)
def test_a_file_s_name_starts_no_header(house, broken):
    client, key = house.client("Priya Shah"), str(uuid4())
    form = {
        "draft": key, "version": "0", "key": key, "from_whom": f"School{broken}{INJECTED}", "text": "Late.", "arrived-whole": "yes",
        "documents": SimpleUploadedFile(f'Wren{broken}{INJECTED}".txt', b"Late again."),
    }  # fmt: skip
    assert client.post(reverse("record-correspondence", args=[house.allocated]), form).status_code == 302
    kept = event(house.allocated, "correspondence.received").data["documents"][0]["document"]
    given = client.get(reverse("document", args=[house.allocated, kept]))
    assert "X-Injected" not in given
    told = given["Content-Disposition"]
    assert told.isascii()
    assert told.isprintable()
    assert told.startswith("attachment; filename")
    assert b"".join(given) == b"Late again."


@pytest.mark.parametrize("broken", BREAKS)
def test_an_answer_that_leads_on_has_one_place_to_lead_to(house, broken):
    client = house.client("Joanne Whitlock")
    for address, form in (
        (reverse("lines"), {"line": "x", "do": "seen", "back": f"/work/{broken}{INJECTED}"}),
        (reverse("sign-in"), {"person": "x", "next": f"/work/{broken}{INJECTED}"}),
    ):
        answer = client.post(address, form)
        assert "X-Injected" not in answer
        assert all(value.isprintable() for _, value in answer.items())


def test_an_errand_carries_ids_and_no_words_so_that_no_line_can_be_broken(house):
    """One message, one recipient: what is to be sent names the event, and nothing that somebody typed."""
    key = str(uuid4())
    form = {
        "draft": key,
        "version": "0",
        "key": key,
        "text": f"Wren\r\nBcc: all@elsewhere.example\r\n{INJECTED}",
    }
    before = Outbox.objects.count()
    assert (
        house.client("Priya Shah").post(reverse("add-note", args=[house.allocated]), form).status_code == 302
    )
    assert Outbox.objects.count() == before + 1
    said = json.dumps(list(Outbox.objects.values_list("payload", flat=True)), default=str)
    assert "elsewhere" not in said
    assert "Wren" not in said


LINES = (
    "Wren\n2026-12-01 00:00:00,000 INFO cairn forged", "Wren\r\nforged", "Wren\x1b[2J\x1b[31mforged", "Wren\x1b]0;forged\x07",
    '{"level": "INFO"}\n{"forged": true}', "Wren\u2028forged", "Wren\x85forged", "Wren\x0bforged\x0c", "%s %d %n\nforged", "\x9b2Jforged",
)  # fmt: skip


@pytest.mark.parametrize("said", LINES)
def test_in_7_one_event_is_one_line(said):
    for message, arguments in ((said.replace("%", "%%"), ()), ("looked for %s", (said,))):
        record = logging.LogRecord("cairn", logging.INFO, __file__, 1, message, arguments or None, None)
        line = Discreet("%(asctime)s %(levelname)s %(name)s %(message)s").format(record)
        assert len(line.splitlines()) == 1
        assert line.isprintable(), "nothing that a terminal would obey"
        assert "forged" in line, "what was said is there to be read"


@pytest.mark.parametrize("said", LINES)
def test_in_7_an_address_that_is_not_there_is_one_line_too(house, caplog, said):
    with caplog.at_level(logging.DEBUG):
        assert house.client("Priya Shah").get(f"/nowhere/{said}/").status_code == 404
    for record in caplog.records:
        assert len(Discreet("%(levelname)s %(message)s").format(record).splitlines()) == 1
