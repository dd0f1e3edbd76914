"""What people do that is kept: one whole form for each sort of operation, new each time, as a browser sends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.attacks.house import House
from tests.closings import handed_in as closing
from tests.interfaces.web.views import signing
from tests.interfaces.web.views.children import event
from tests.interfaces.web.views.test_approval import form as approval_form
from tests.interfaces.web.views.test_closing import DECISION as CLOSE
from tests.interfaces.web.views.test_closing import hidden
from tests.interfaces.web.views.test_contact import NEW
from tests.interfaces.web.views.test_correspondence import TYPED
from tests.interfaces.web.views.test_cover import form as cover_form

from cairn.records import register

DECIDE = {
    "outcome": "assessment",
    "leads_to": "not_known",
    "reason": "A fuller picture is needed.",
    "status": "not_known",
    "earlier_records_located": "none_exist",
    "no_siblings": "yes",
    "impact_on_others": "She is the only child.",
    "sign": "yes",
}


@dataclass(frozen=True)
class Operation:
    """Who sends it, where to, and the form; `files` are its files by name, made anew for each sending."""

    who: str
    address: str
    form: dict[str, Any]
    files: dict[str, bytes]

    def send(self, browser) -> Any:
        """Send it once; an exception of the server's becomes the page that it would be."""
        browser.raise_request_exception = False
        chosen = [SimpleUploadedFile(name, content) for name, content in self.files.items()]
        return browser.post(self.address, {**self.form, **({"documents": chosen} if chosen else {})})


def _plain(who: str, page: str, args: list[object], /, **form: Any) -> Operation:
    key = str(uuid4())
    carried = {"draft": key, "version": "0", "key": key}
    return Operation(who, reverse(page, args=args), {**carried, **form}, {})


def _seen(record: UUID, kind: str) -> dict[str, str]:
    found = register.record(record)
    assert found is not None
    return {"seen": str(found.version), "strand": event(record, kind).id}


def contact(house: House) -> Operation:
    return _plain("Beth Lomas", "new-contact", [], **NEW, send="yes")


def decide_contact(house: House) -> Operation:
    child = house.children["contact"]
    given = {"outcome": "no_further_action", "reason": "Advice was enough.", "sign": "yes"}
    return _plain("Sheila Knowles", "decide-contact", [child], **given, **_seen(child, "contact.received"))


def decide_referral(house: House) -> Operation:
    child = house.children["referral"]
    return _plain(
        "Martin Oyelaran", "decide-referral", [child], **DECIDE, **_seen(child, "referral.received")
    )


def allocate(house: House) -> Operation:
    child, worker = house.children["decided"], str(house.people.ids["Ewan Marsh"])
    found = register.record(child)
    assert found is not None
    return _plain(
        "Joanne Whitlock", "allocate", [child], worker=worker, reason="Knows the school.", seen=str(found.version)
    )  # fmt: skip


def note(house: House) -> Operation:
    return _plain("Priya Shah", "add-note", [house.allocated], text="The school rang.")


def section(house: House) -> Operation:
    place = [house.allocated, house.assessment, "education"]
    return _plain("Priya Shah", "assessment-section", place, text="She reads.", do="save")


def plan_part(house: House) -> Operation:
    strand = event(house.allocated, "referral.received").id
    place = [house.allocated, "make-plan", strand, "words"]
    return _plain("Priya Shah", "plan-part", place, child_words="Toast.", do="save")


def document(house: House) -> Operation:
    form = {**TYPED, "arrived-whole": "yes"}
    sent = _plain("Priya Shah", "record-correspondence", [house.allocated], **form)
    return Operation(sent.who, sent.address, sent.form, {"letter.txt": b"She was late again."})


def cover(house: House) -> Operation:
    form = {name: str(value) for name, value in cover_form(house.people, by="Ewan Marsh").items()}
    return Operation("Joanne Whitlock", reverse("cover"), form, {})


def approve(house: House) -> Operation:
    child, _ = signing.handed_in(house.people)
    address = f"/records/{child}/assessment/approve/"
    shown = house.client("Joanne Whitlock").get(address)
    return Operation("Joanne Whitlock", address, approval_form(shown), {})


def close(house: House) -> Operation:
    child, _ = closing(house.people)
    address = f"/records/{child}/closing/sign/"
    shown = house.client("Joanne Whitlock").get(address)
    names = ("draft", "key", "version", "draft-act", "draft-record", "strand", "seen", "approves", "shown")
    return Operation(
        "Joanne Whitlock", address, {**{name: hidden(shown, name) for name in names}, **CLOSE}, {}
    )


OPERATIONS: dict[str, Callable[[House], Operation]] = {
    "record a contact": contact,
    "decide a contact": decide_contact,
    "decide a referral": decide_referral,
    "allocate": allocate,
    "write a note": note,
    "save a section": section,
    "save a part of a plan": plan_part,
    "file a document": document,
    "set cover": cover,
    "approve an assessment": approve,
    "close a case": close,
}
