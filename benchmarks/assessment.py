"""An assessment as it is written: one autosave of a section by its page, and the largest one saved and shown.

    python -m benchmarks.assessment

The largest has 20,000 characters in every section. Held against the same with a tenth of that, taken in turn in the
same run; both stand beside last time's assessment of the same size. Prints JSON.
"""

# ruff: noqa: PLC0415 - Django's models load once the database's address is known

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from benchmarks.installation import Installation, installed, open_cases
from benchmarks.table import Line, milliseconds, times

CASES, ROUNDS, WARM_UP = 20, 60, 5
LARGEST, TENTH = 20_000, 2_000
AUTOSAVE_MS, SHOWN_MS = 100, 300
AS_SCRIPT = {"HTTP_ACCEPT": "application/json"}
WAYS = {
    "autosave": "a section saved as one types, by its page",
    "section": "a section opened to be written in, page",
    "list": "the assessment as a list of its sections, page",
}


class Written:
    """An assessment with so many characters in every section, after one of the same size that was approved."""

    def __init__(self, made: Installation, worker: str, record: UUID, size: int) -> None:
        self.made, self.worker, self.record, self.size = made, worker, record, size
        self.browser = made.client(worker)
        self._approved(self._begun())
        self.strand = self._begun()
        self.address = f"/records/{record}/assessments/{self.strand}/"

    def _begun(self) -> str:
        """An assessment begun, and every section of it saved."""
        from tests.assessments import begin

        from cairn.application.procedures import in_use
        from cairn.application.section_writing import SectionSaved, save_section

        strand = begin(self.made, self.record, who=self.worker)
        form = in_use().protocol.form_for("assessment", "child_and_family")
        assert form is not None
        for section in form.sections:
            text = {section.needs[0]: ("Robin is in today. " * self.size)[: self.size], "completed": True}
            done = save_section(self.made.actor(self.worker), self.record, strand, section.id, text, 0)
            assert isinstance(done, SectionSaved), done
        return strand

    def _approved(self, strand: str) -> None:
        """The text whole in the ledger, and its approval by a manager."""
        from tests.assessments import approve, hand_in

        submitted = hand_in(self.made, self.record, strand, self.worker)
        approve(self.made, self.record, strand, submitted, "Duty Team Manager")

    def round(self, number: int) -> Iterator[tuple[str, float]]:
        """One of each way, with its seconds."""
        began = time.perf_counter()
        sent = {
            "version": str(number + 1),
            "text": (f"{number} " + "Robin is in today. " * self.size)[: self.size],
        }
        answer = self.browser.post(f"{self.address}sections/health/", sent, **AS_SCRIPT)
        yield "autosave", time.perf_counter() - began
        assert answer.status_code == 200, answer.content.decode()
        for name, address in (("section", f"{self.address}sections/health/"), ("list", self.address)):
            began = time.perf_counter()
            answer = self.browser.get(address)
            yield name, time.perf_counter() - began
            assert answer.status_code == 200, answer.content.decode()


def run() -> dict[str, Any]:
    """Times of each way, of the largest and of a tenth of it in turn."""
    with installed() as made:
        open_cases(made, CASES)
        worker = "Worker 0"
        first, second = made.records[worker][:2]
        both = {
            "largest": Written(made, worker, first, LARGEST),
            "tenth": Written(made, worker, second, TENTH),
        }
        taken: dict[str, dict[str, list[float]]] = {size: {name: [] for name in WAYS} for size in both}
        for number in range(ROUNDS + WARM_UP):
            for size, written in both.items():
                for name, seconds in written.round(number):
                    if number >= WARM_UP:
                        taken[size][name].append(seconds)
        return {
            size: {name: milliseconds(each) for name, each in of_size.items()}
            for size, of_size in taken.items()
        }


def lines(found: dict[str, Any]) -> Iterator[Line]:
    """The lines of the table."""
    for name, what in WAYS.items():
        largest, tenth = found["largest"][name], found["tenth"][name]
        promised = AUTOSAVE_MS if name == "autosave" else SHOWN_MS
        yield Line(
            f"{what}, 28 sections of 20,000 characters",
            f"{largest['p50_ms']} ms, p95 {largest['p95_ms']} ms (promised: p95 under {promised} ms)",
            f"the same with a tenth of the text: {tenth['p50_ms']} ms",
            times(largest["p50_ms"] / tenth["p50_ms"]),
        )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
