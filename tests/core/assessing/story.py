"""A made-up stream of events in which assessments are written, handed in and approved."""

from __future__ import annotations

from datetime import timedelta

from tests.core.made_up_procedures import instant

from cairn.application.procedures import procedures
from cairn.core.assessing.told import told
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import derive
from cairn.core.history.event import Author, Event

PETERBOROUGH = procedures("peterborough")
START = instant("2026-03-02T09:00")


class Story:
    """A made-up stream, one event an hour."""

    def __init__(self):
        self.events = []
        self.add("referral.received", {"source": "school"})

    def add(self, kind, data=None, strand=None, by="Priya Shah"):
        at = START + timedelta(hours=len(self.events))
        identity = f"e{len(self.events)}"
        author = Author(by, "social worker", by)
        self.events.append(
            Event(
                identity,
                kind,
                Moment.exact(at),
                at,
                author,
                data or {},
                strand=strand,
                number=len(self.events) + 1,
            )
        )
        return identity

    def begin(self):
        return self.add("assessment.started", {"kind": "initial"}, "e0")

    def submit(self, strand, **texts):
        rows = [{"section": name, "text": text} for name, text in texts.items()]
        return self.add("assessment.submitted", {"kind": "initial", "sections": rows}, strand)

    def approve(self, strand, submitted=None):
        data = {"kind": "initial", **({"approves": submitted} if submitted else {})}
        return self.add("assessment.approved", data, strand, by="Joanne Whitlock")

    @property
    def view(self):
        return derive(tuple(self.events), PETERBOROUGH, as_at=START + timedelta(hours=len(self.events)))

    def strand(self, identity):
        return self.view.standing.strands[identity]

    def told(self, strand):
        return told(self.view, self.strand(strand), "Ify Okafor")
