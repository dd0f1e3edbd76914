"""An assessment of a kind for which the procedures have no form: it came with an import, or from before."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.application.child import ChildPage
from cairn.application.refused import Refused
from cairn.core.history.history import Strand

HOW = "Write it as a document, file it, and hand it in with a summary."


@dataclass(frozen=True, slots=True)
class NoForm(Refused):
    """There is nothing to write in: the assessment (`strand`), its `kind` and that kind in words. `page` is the
    record, where it was opened for somebody to read.
    """

    strand: Strand | None = None
    kind: str = ""
    title: str = ""
    page: ChildPage | None = None


def no_form(strand: Strand, kind: str, title: str) -> NoForm:
    """Why an assessment has no sections, and what to do instead."""
    return NoForm(
        "not found", f"The procedures have no form for this kind: {title}", HOW, strand=strand, kind=kind, title=title
    )  # fmt: skip
