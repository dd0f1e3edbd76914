"""A small made-up vocabulary and protocol, and ways to write down a made-up case, for the tests of the core."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import cairn.procedures
from cairn.core.calendar.holidays import Holiday, HolidayTable
from cairn.core.calendar.london import parse_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.calendar.working_days import Calendar
from cairn.core.engine.view import Procedures, View, derive
from cairn.core.history.event import Author, Event
from cairn.core.history.history import Standing, Subject, standing
from cairn.core.protocol.check import check_protocol
from cairn.core.protocol.load import load_protocol, load_vocabulary
from cairn.core.protocol.model import Protocol
from cairn.core.vocabulary.model import Vocabulary

EVENTS = """
events:
  - name: referral.received
    title: Referral received
    sort: fact
    opens: referral
    fields:
      - {name: source, label: Who referred, type: choice, options: [
          {value: school, label: A school}, {value: police, label: The police},
          {value: anonymous, label: Not named}, {value: unknown, label: Not known}]}
      - {name: urgent, label: Is it urgent?, type: yes_no}
      - {name: concern_kind, label: What the worry is, type: choices, options: [
          {value: neglect, label: Neglect}, {value: learning_disability, label: Learning disability}]}
      - {name: affects_other_children, label: Does it reach other children?, type: yes_no}
      - {name: earlier_enquiries, label: Earlier enquiries, type: number}
      - {name: not_known, label: What the source does not say, type: list, personal: false}
      - {name: imported_from, label: Where it was taken from, type: text, personal: false}
  - name: referral.decided
    title: Decision on the referral
    sort: authorisation
    within: [referral]
    ends: [referral]
    ends_where: {outcome: [no_further_action]}
    fields:
      - {name: outcome, label: Outcome, type: choices, options: [
          {value: assessment, label: An assessment}, {value: advice, label: Advice},
          {value: no_further_action, label: No further action}]}
      - {name: reason, label: Why, type: long_text}
      - {name: supersedes, label: The decision it replaces, type: text, personal: false}
      - {name: no_siblings, label: There are no brothers or sisters, type: yes_no}
  - name: referral.acknowledged
    title: Referral acknowledged
    sort: fact
    within: [referral]
  - name: assessment.started
    title: Assessment started
    sort: fact
    opens: assessment
    within: [referral]
  - name: assessment.approved
    title: Assessment approved
    sort: authorisation
    within: [assessment]
    ends: [assessment]
    fields:
      - {name: summary, label: Summary, type: long_text}
      - {name: child_agrees, label: Does the child agree?, type: yes_no}
  - name: assessment.shared
    title: Assessment shared
    sort: fact
    within: [assessment]
    fields:
      - {name: with, label: With whom, type: choice, options: [
          {value: child, label: The child}, {value: parent, label: A parent}]}
  - name: child.seen
    title: Child seen
    sort: fact
    fields:
      - {name: alone, label: Alone?, type: yes_no}
  - name: plan.made
    title: Plan made
    sort: authorisation
    opens: plan
    within: [referral]
    fields:
      - {name: sort, label: Sort, type: choice, options: [
          {value: short, label: Short}, {value: long, label: Long}]}
      - {name: every, label: How often, type: choice, options: [
          {value: 1 week, label: Weekly}, {value: 4 weeks, label: Monthly}, {value: 6 weeks, label: Six-weekly}]}
      - {name: not_known, label: What the source does not say, type: list, personal: false}
      - {name: imported_from, label: Where it was taken from, type: text, personal: false}
  - name: plan.revised
    title: Plan revised
    sort: authorisation
    within: [plan]
    fields:
      - {name: every, label: How often, type: choice, options: [
          {value: 1 week, label: Weekly}, {value: 4 weeks, label: Monthly}, {value: 6 weeks, label: Six-weekly}]}
  - name: plan.ended
    title: Plan ended
    sort: authorisation
    within: [plan]
    ends: [plan]
  - name: visit.made
    title: Visit made
    sort: fact
    within: [plan]
    fields:
      - {name: child_seen, label: Was the child seen?, type: yes_no}
  - name: strategy.held
    title: Strategy discussion held
    sort: fact
    within: [referral]
    fields:
      - {name: sort, label: Sort, type: choice, options: [
          {value: first, label: First}, {value: further, label: Further}]}
      - {name: attended, label: Who took part, type: list}
  - name: case.closed
    title: Case closed
    sort: authorisation
    within: [referral]
    ends: [referral, assessment, plan]
  - name: departure.recorded
    title: Departure recorded
    sort: fact
    within: [plan, assessment, referral]
    fields:
      - {name: provision, label: The provision, type: text, must: true, personal: false}
      - {name: reason, label: Why, type: long_text}
      - {name: new_date, label: New date, type: date}
  - name: note.added
    title: Note added
    sort: fact
    fields:
      - {name: text, label: Note, type: long_text, must: true}
      - {name: when, label: When, type: moment}
      - {name: number, label: How many, type: number}
      - {name: day, label: Day, type: date}
      - {name: people, label: Who was there, type: rows, fields: [
          {name: name, label: Name, type: text, must: true},
          {name: kin, label: Are they kin?, type: yes_no}]}
  - name: person.described
    title: Person described
    sort: fact
    fields:
      - {name: born, label: Born, type: date}
      - {name: expected, label: Expected, type: date}
  - name: child.born
    title: Child born
    sort: fact
    fields:
      - {name: born, label: Born, type: date}
  - name: event.corrected
    title: Correction
    sort: fact
    fields:
      - {name: corrects, label: What it corrects, type: text, must: true, personal: false}
      - {name: data, label: What should stand, type: fields}
      - {name: at, label: When it happened, type: moment, personal: false}
  - name: event.withdrawn
    title: Withdrawal
    sort: fact
    fields:
      - {name: withdraws, label: What it withdraws, type: text, must: true, personal: false}
      - {name: reason, label: Why, type: long_text}
  - name: sibling.listed
    title: Brother or sister listed
    sort: fact
    within: [referral]
    fields:
      - {name: name, label: Name, type: text}
      - {name: household, label: Household, type: text}
  - name: sibling.decided
    title: Decision about a brother or sister
    sort: authorisation
    within: [referral]
    fields:
      - {name: sibling, label: Which, type: text}
      - {name: decision, label: Decision, type: text}
      - {name: reason, label: Why, type: text}
  - name: enquiry.started
    title: Enquiry started
    sort: fact
    opens: enquiry
    within: [referral]
"""

ACTS = """
acts:
  - name: visit
    title: Visit
    verb: Record a visit
    roles: [social worker]
    asks:
      - {name: child_seen, label: Was the child seen?, type: yes_no}
    must: [child_seen]
    yields:
      - {event: visit.made, fields: [child_seen]}
      - {event: child.seen, fields: [alone], when: {child_seen: [true]}}
  - name: siblings
    title: Brothers and sisters
    verb: List brothers and sisters
    roles: [social worker, team manager]
    asks:
      - {name: children, label: Children, type: rows, fields: [{name: called, label: Name, type: text}]}
    yields:
      - {event: sibling.listed, fields: [name], each: children, rename: {name: called}, set: {household: same}}
  - name: decide
    title: Decide
    verb: Decide on the referral
    roles: [team manager]
    yields:
      - {event: referral.decided, fields: [outcome, reason], rename: {reason: why}}
"""

HEAD = """
name: made-up
title: A made-up protocol
documents:
  book: {title: The Made-up Book, publisher: Nobody}
"""

HOLIDAYS = Path(cairn.procedures.__file__).parent / "calendars" / "bank_holidays_england.csv"


@cache
def vocabulary() -> Vocabulary:
    """The made-up vocabulary."""
    return load_vocabulary({"events.yaml": EVENTS, "acts.yaml": ACTS})


@cache
def calendar() -> Calendar:
    """The real bank holidays of England and Wales."""
    return Calendar(HolidayTable.from_csv(HOLIDAYS.read_text("utf-8")))


def calendar_with(*extra: Holiday) -> Calendar:
    """The real bank holidays and more."""
    table = HolidayTable.from_csv(HOLIDAYS.read_text("utf-8"))
    return Calendar(HolidayTable(tuple(sorted((*table.holidays, *extra), key=lambda one: one.date))))


def unchecked(rules: str, head: str = HEAD) -> Protocol:
    """A protocol of these rules (YAML list items, unindented), whatever they name."""
    return load_protocol({"protocol.yaml": head, "rules.yaml": "rules:\n" + rules})


@cache
def protocol(rules: str, head: str = HEAD) -> Protocol:
    """A protocol of these rules, which must hang together with the made-up vocabulary."""
    made = unchecked(rules, head)
    assert check_protocol(made, vocabulary()) == []
    return made


def procedures(rules: str, holidays: Calendar | None = None) -> Procedures:
    """What a made-up case is read under."""
    return Procedures(vocabulary(), protocol(rules), holidays or calendar())


def instant(text: str) -> datetime:
    """A London time as an instant; the end of the day where only a day is given."""
    moment = parse_moment(text)
    assert isinstance(moment, Moment), moment
    return moment.latest


def event(
    identity: str,
    kind: str,
    at: str,
    data: Mapping[str, Any] | None = None,
    *,
    strand: str | None = None,
    recorded: str | None = None,
    role: str = "social worker",
    number: int = 0,
    act: str | None = None,
) -> Event:
    """An event; `at` and `recorded` as in a case file."""
    moment = parse_moment(at)
    assert isinstance(moment, Moment), moment
    return Event(
        id=identity,
        type=kind,
        happened_at=moment,
        recorded_at=instant(recorded or at),
        author=Author("A Worker", role),
        data=data or {},
        strand=strand,
        number=number,
        act=act,
    )


def correct(
    identity: str, target: str, recorded: str, data: Mapping[str, Any] | None = None, at: str = ""
) -> Event:
    """A correction of another event."""
    given: dict[str, Any] = {"corrects": target}
    given |= {"data": data} if data else {}
    given |= {"at": at} if at else {}
    return event(identity, "event.corrected", recorded, given)


def withdraw(identity: str, target: str, recorded: str) -> Event:
    """A withdrawal of another event."""
    return event(identity, "event.withdrawn", recorded, {"withdraws": target, "reason": "Made up."})


def stood(
    *events: Event, as_at: str = "2030-01-01", known_at: str = "", subject: Subject | None = None
) -> Standing:
    """The events as they stood under the made-up vocabulary."""
    then = instant(as_at)
    return standing(
        events, vocabulary(), as_at=then, known_at=instant(known_at) if known_at else then, subject=subject
    )


def view(
    rules: str,
    *events: Event,
    as_at: str = "2030-01-01",
    known_at: str = "",
    subject: Subject | None = None,
    holidays: Calendar | None = None,
) -> View:
    """A case under the rules, as it stood and was known."""
    return derive(
        events,
        procedures(rules, holidays),
        as_at=instant(as_at),
        known_at=instant(known_at) if known_at else None,
        subject=subject,
    )


def shown(duty: Any) -> tuple[str, str, str | None]:
    """A duty in short: its key, its state, and the London time it is due."""
    due = duty.due.astimezone(LONDON).replace(tzinfo=None).isoformat(timespec="minutes") if duty.due else None
    return duty.key, duty.state, due


def seconds(number: int) -> timedelta:
    """A number of seconds."""
    return timedelta(seconds=number)
