"""An assessment on its way to its signature, for tests of the pages: written, handed in, returned."""

from __future__ import annotations

from uuid import UUID

from django.test import Client
from tests.assessments import begin
from tests.cases import open_to_priya, record
from tests.people import Staff

from cairn.application.section_writing import SectionSaved, save_section

PRIYA, EWAN, JOANNE = "Priya Shah", "Ewan Marsh", "Joanne Whitlock"
TEXTS = {
    "health": "Ifeoma’s weight has moved to the 20th centile. She eats well.",
    "education": "She goes to nursery 2 days in 3.",
    "analysis": "Ifeoma is starting to miss out.",
}


def begun(people: Staff, kind: str = "child_and_family") -> tuple[UUID, str]:
    """A child open to Priya, and an assessment of hers in which nothing is written."""
    child = open_to_priya(people)
    return child, begin(people, child, kind)


def write(
    people: Staff, child: UUID, strand: str, section: str, text: str, version: int = 0, who: str = PRIYA
) -> int:
    """Write in a section; its version."""
    kept = save_section(people.actor(who), child, strand, section, {"text": text}, version)
    assert isinstance(kept, SectionSaved), kept
    return kept.version


def see(people: Staff, child: UUID, strand: str) -> None:
    """The child is seen, as part of the assessment."""
    record(
        people,
        (PRIYA, "record-visit", {"child_seen": True, "child_said": "She said “bus”.", "place": "home"}),
        on=child,
    )


def short(people: Staff) -> tuple[UUID, str]:
    """An assessment in which three sections are written, and the child was seen."""
    child, strand = begun(people)
    for section, text in TEXTS.items():
        write(people, child, strand, section, text)
    see(people, child, strand)
    return child, strand


def post_hand_in(browser: Client, child: UUID, **more: str):
    """The form of the handing-in, sent; a short assessment says why."""
    return browser.post(
        f"/records/{child}/assessment/hand-in/",
        {"synopsis": "Section 47 is indicated.", "send": "yes", **more},
    )


def handed_in(people: Staff) -> tuple[UUID, str]:
    """The same, handed in by Priya."""
    child, strand = short(people)
    answer = post_hand_in(people.client(PRIYA), child)
    assert answer.status_code == 302, answer.content.decode()
    return child, strand
