"""A small made-up authority on disk: its vocabulary and procedures as files, its staff and its cases in the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import cairn.procedures
from cairn.application import ports
from cairn.application.recording import store
from cairn.core.calendar.moment import Moment
from cairn.core.engine.view import derive
from cairn.core.history.event import Author, Event
from cairn.records import ledger, register, staff

NOW = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)

EVENTS = """
events:
  - name: contact.received
    title: Contact received
    sort: fact
    opens: contact
  - name: referral.received
    title: Referral received
    sort: fact
    opens: referral
    fields:
      - {name: source, label: Who referred, type: text}
      - {name: concern, label: The worry, type: long_text}
      - {name: primary_need, label: Primary need, type: text}
      - {name: imported_from, label: Taken from, type: text}
      - {name: not_known, label: What the source does not say, type: list}
  - name: referral.decided
    title: Decision on the referral
    sort: fact
    within: [referral]
    fields:
      - {name: outcome, label: Outcome, type: text}
  - {name: child.seen, title: Child seen, sort: fact}
  - name: assessment.started
    title: Assessment started
    sort: fact
    opens: assessment
    within: [referral]
    fields:
      - {name: kind, label: Kind, type: text}
  - name: assessment.approved
    title: Assessment approved
    sort: fact
    within: [assessment]
    ends: [assessment]
    fields:
      - {name: kind, label: Kind, type: text}
      - {name: factors, label: Factors, type: list}
  - name: enquiry.started
    title: Enquiry started
    sort: fact
    opens: enquiry
    within: [referral]
  - name: conference.held
    title: Conference held
    sort: fact
    within: [enquiry, plan, referral]
    fields:
      - {name: kind, label: Kind, type: text}
  - name: plan.made
    title: Plan made
    sort: fact
    opens: plan
    within: [referral]
    fields:
      - {name: kind, label: Kind, type: text}
      - {name: category, label: Category, type: text}
      - {name: latest_category, label: Latest category, type: text}
  - name: plan.ended
    title: Plan ended
    sort: fact
    within: [plan]
    ends: [plan]
    fields:
      - {name: kind, label: Kind, type: text}
  - name: visit.made
    title: Visit made
    sort: fact
    within: [plan]
  - name: allocation.made
    title: Allocated
    sort: fact
    fields:
      - {name: worker, label: Worker, type: text}
      - {name: worker_id, label: Worker, type: text}
      - {name: team_id, label: Team, type: text}
  - name: case.closed
    title: Case closed
    sort: fact
    within: [referral]
    ends: [referral, assessment, enquiry, plan]
    fields:
      - {name: reason, label: Reason, type: text}
  - name: person.described
    title: Who the child is
    sort: fact
    fields:
      - {name: name, label: Name, type: text}
      - {name: known_as, label: Known as, type: text}
      - {name: authority_number, label: Number, type: text}
      - {name: born, label: Born, type: date}
      - {name: expected, label: Expected, type: date}
      - {name: sex, label: Sex, type: text}
      - {name: ethnicity, label: Ethnicity, type: text}
      - {name: disabilities, label: Disabilities, type: list}
      - {name: upn, label: Pupil number, type: text}
      - {name: upn_unknown, label: Why there is no pupil number, type: text}
      - {name: died, label: Died, type: date}
  - name: address.recorded
    title: Address
    sort: fact
    fields:
      - {name: address, label: Address, type: text}
      - {name: postcode, label: Postcode, type: text}
      - {name: restricted, label: Restricted, type: yes_no}
  - name: event.withdrawn
    title: Withdrawal
    sort: fact
    fields:
      - {name: withdraws, label: What it withdraws, type: text}
"""

HEAD = """
name: made-up
title: A made-up protocol
in_force_from: 2000-01-01
documents:
  book: {title: The Made-up Book, publisher: Nobody}
"""

DECIDE = """
  - id: decide
    kind: duty
    title: Decide on the referral
    text: Decide what happens next.
    source: {document: book, paragraph: "1"}
    starts: referral.received
    met_by: referral.decided
    within: 1 working day
    who: duty manager
"""

RULES = f"""
rules:
{DECIDE}
  - id: assess
    kind: duty
    title: Complete the assessment
    text: Complete it.
    source: {{document: book, paragraph: "2"}}
    starts: assessment.started
    met_by: assessment.approved
    within: 10 working days
    who: social worker
  - id: visit
    kind: duty
    title: Visit the child
    text: Visit.
    source: {{document: book, paragraph: "3"}}
    during: plan
    every: 6 weeks
    met_by: visit.made
    who: social worker
"""


def write_procedures(folder: Path, rules: str = RULES) -> None:
    """The made-up authority's procedures as files, with the calendar and the short names that everybody has."""
    shipped = Path(cairn.procedures.__file__).parent
    for name in ("calendars", "names"):
        shutil.copytree(shipped / name, folder / name)
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "events.yaml").write_text(EVENTS, "utf-8")
    (folder / "protocols" / "made-up").mkdir(parents=True)
    (folder / "protocols" / "made-up" / "protocol.yaml").write_text(HEAD, "utf-8")
    (folder / "protocols" / "made-up" / "rules.yaml").write_text(rules, "utf-8")


class MovableClock:
    """A clock that a test sets."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Step:
    """One event of a made-up case: its type, its day (or instant), and what it says. `opener` counts steps from 0."""

    type: str
    at: date | datetime
    data: dict[str, Any]
    opener: int | None = None


def events_of(steps: Sequence[Step], author: UUID, recorded_at: datetime | None = None) -> list[Event]:
    """The steps as events to be recorded now (or at `recorded_at`)."""
    at = recorded_at or ports.now()
    ids = [str(ledger.event_id(at)) for _ in steps]
    return [
        Event(
            id=id_,
            type=step.type,
            happened_at=_moment(step.at),
            recorded_at=at,
            author=Author("Asha Worker", "social worker", str(author)),
            data=step.data,
            strand=ids[step.opener] if step.opener is not None else None,
        )
        for id_, step in zip(ids, steps, strict=True)
    ]


def _moment(at: date | datetime) -> Moment:
    return Moment.exact(at) if isinstance(at, datetime) else Moment.on_day(at)


def record_case(steps: Iterable[Step], author: UUID) -> UUID:
    """A case recorded as people do, one event after the other, each with its consequences."""
    from cairn.application.procedures import in_use  # noqa: PLC0415 - read under the test's own procedures

    record = register.open_record("child", ports.now())
    stream: list[Event] = []
    for number, event in enumerate(events_of(list(steps), author), start=1):
        stream.append(Event(**{**_fields(event), "number": number}))
        store(record.id, [stream[-1]], derive(stream, in_use(), as_at=ports.now()))
    return record.id


def _fields(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


def a_worker() -> UUID:
    """A social worker of a made-up team."""
    return staff.add_person("Asha Worker", "social worker", staff.add_team("Made-up team", "assessment"))


def a_case(number: int = 0) -> list[Step]:
    """An open case with an assessment under way."""
    return [
        Step(
            "person.described", date(2026, 3, 30), {"name": f"Robin Made-up {number}", "born": "2016-05-04"}
        ),
        Step("referral.received", date(2026, 3, 30), {"source": "1A"}),
        Step("assessment.started", date(2026, 3, 31), {"kind": "initial"}, opener=1),
    ]
