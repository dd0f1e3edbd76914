"""What is written over days in the made-up authority: sections of an assessment, its handing-in, and letters filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from cairn.application.actors import Actor
from cairn.application.assessing import open_assessment
from cairn.application.filing import Fit, Offered, looked_through, record_with_documents
from cairn.application.handing_in import HandIn, hand_in
from cairn.application.recording import Recorded, Request, record_act
from cairn.application.refused import Refused
from cairn.application.section_writing import SectionSaved, save_section

WRITE, HAND_IN = "write-sections", "submit-assessment"


@dataclass(frozen=True)
class _Text:
    """A text as if it had been chosen as a file."""

    text: str

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, all at once."""
        yield self.text.encode()


def do(
    actor: Actor, request: Request, documents: Sequence[Mapping[str, str]] = ()
) -> Recorded | Refused | None:
    """Do one step: what was recorded, or why not; None where sections were written, which records nothing yet."""
    if request.act == WRITE:
        return _write(actor, request)
    if request.act == HAND_IN:
        record, strand = _place(request)
        return hand_in(actor, record, strand, HandIn(**request.answers), uuid4())
    if documents:
        return record_with_documents(actor, request, _files(documents))
    return record_act(actor, request)


def _write(actor: Actor, request: Request) -> Refused | None:
    record, strand = _place(request)
    for section, data in request.answers.items():
        done = save_section(actor, record, strand, section, data, _version(actor, record, strand, section))
        if isinstance(done, Refused):
            return done
        if not isinstance(done, SectionSaved) or done.faults:
            return Refused("not taken", f"The section {section} was not kept as it was written: {done}")
    return None


def _version(actor: Actor, record: UUID, strand: str, section: str) -> int:
    found = open_assessment(actor, record, strand)
    state = None if isinstance(found, Refused) else found.section(section)
    return state.text.version if state is not None and state.text is not None else 0


def _place(request: Request) -> tuple[UUID, str]:
    if request.record is None or request.strand is None:
        raise RuntimeError(f"{request.act} names no assessment")
    return request.record, request.strand


def _files(documents: Sequence[Mapping[str, Any]]) -> tuple[Fit, ...]:
    found = looked_through([Offered(one["name"], _Text(one["text"])) for one in documents])
    return tuple(one for one in found if isinstance(one, Fit))
