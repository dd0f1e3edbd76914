"""A record given out as a child of the census return: what was recorded, in the return's elements and codes.

What ended before the return's year is left out, as the census wants it. Nothing is guessed: what was not recorded is left out
as well, and the rules of the census then say that it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cairn.core.calendar.moment import LONDON
from cairn.core.engine.summary import closes_without_work, decision_on
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import Strand
from cairn.core.people.called import described
from cairn.core.returns.census import (
    Assessment,
    Child,
    Episode,
    Leaf,
    Plan,
    ProtectionPlan,
    Section47,
)
from cairn.core.returns.codes import CodeSet, CodeSets

NO_FURTHER_ACTION: Final = "no_further_action"
IN_NEED, PROTECTION = "child_in_need", "child_protection"
LONGEST_NUMBER: Final = 20


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a return: its first and its last day, and the codes it is written in."""

    first: date
    last: date
    codes: CodeSets


def give_out(view: View, number: str, year: Year) -> Child | None:
    """The child as the return of a year has it; None where no referral of theirs belongs in it.

    `number` is the record's own, for a child who has none of the authority's. What happened after the year's last day is not
    looked at: give the view as it stood on that day.
    """
    episodes = tuple(
        _Given(view, one, year).episode()
        for one in _of_kind(view, "referral", None)
        if _belongs(view, one, year)
    )
    if not episodes:
        return None
    # Who the child is has no day: what was found out since the year’s last day holds for it too.
    latest = view.at(as_at=view.world.known_at).standing
    known = described(latest.events)
    subject, own = latest.subject, str(known.get("authority_number") or number)
    return Child(
        authority_number=_leaf("".join(filter(str.isalnum, own))[:LONGEST_NUMBER]),
        upn=_text(known, "upn"),
        upn_unknown=None if known.get("upn") else _text(known, "upn_unknown"),
        born=_on(subject.born),
        expected=_on(subject.expected) if subject.born is None else None,
        sex=_text(known, "sex"),
        died=_text(known, "died"),
        ethnicity=_text(known, "ethnicity"),
        disabilities=tuple(Leaf(str(one), "") for one in sorted(known.get("disabilities") or ())),
        episodes=episodes,
    )


def _of_kind(view: View, kind: str, within: Strand | None) -> list[Strand]:
    """The processes of a kind, of a referral where one is named, in the order they began."""
    found = [one for one in view.standing.strands.values() if one.kind == kind]
    inside = [one for one in found if within is None or (within.id in one.path and one.id != within.id)]
    return sorted(inside, key=lambda one: view.standing.place_of[one.id])


def _belongs(view: View, referral: Strand, year: Year) -> bool:
    """Received by the last day, and not over before the first."""
    over = _day(referral.ended) if referral.ended else None
    if over is None and _is_refused(view, referral):
        over = _day(decision_on(view, referral) or referral.opener)
    return _day(referral.opener) <= year.last and (over is None or over >= year.first)


def _is_refused(view: View, referral: Strand) -> bool:
    decision = decision_on(view, referral)
    if referral.ended is not None and referral.ended.data.get("reason") == NO_FURTHER_ACTION:
        return True
    return decision is not None and closes_without_work(decision)


@dataclass(frozen=True, slots=True)
class _Given:
    """One referral being given out."""

    view: View
    referral: Strand
    year: Year

    def episode(self) -> Episode:
        """The referral with what came of it."""
        data, codes = self.referral.opener.data, self.year.codes
        refused, closed = _is_refused(self.view, self.referral), self.referral.ended
        reason = str(closed.data.get("reason", "")) if closed else ""
        is_closed = closed is not None and not refused
        return Episode(
            referred=_on(_day(self.referral.opener)),
            source=_code(codes.referral_source, data.get("source")),
            primary_need=None if refused else _code(codes.primary_need, self._said("primary_need")),
            closed=_on(_day(closed)) if closed is not None and is_closed else None,
            closure_reason=_code(codes.closure_reason, reason) if is_closed else None,
            conference=next(self._conferences(self.referral), None),
            no_further_action=_leaf("1" if refused else "0"),
            assessments=() if refused else tuple(self._assessments()),
            plans=tuple(self._plans()),
            enquiries=tuple(self._enquiries()),
            protection_plans=tuple(self._protection_plans()),
        )

    def _said(self, field: str) -> Any:
        """The latest answer to a question that several events of the referral may hold."""
        found = [one.data[field] for one in self.view.standing.scope(self.referral) if field in one.data]
        return found[-1] if found else None

    def _assessments(self) -> Iterator[Assessment]:
        for one in _of_kind(self.view, "assessment", self.referral):
            approved = _named(self._of(one), "assessment.approved")
            if self._is_past(approved):
                continue
            factors = approved[-1].data.get("factors") if approved else ()
            yield Assessment(
                started=_on(_day(one.opener)),
                authorised=_on(_day(approved[-1])) if approved else None,
                factors=tuple(Leaf(str(code), "") for code in factors or ()),
            )

    def _enquiries(self) -> Iterator[Section47]:
        for one in _of_kind(self.view, "enquiry", self.referral):
            held = next(self._conferences(one), None)
            over = _named(self._of(one), "enquiry.concluded")
            not_required = held is None and (
                one.opener.data.get("conference_not_required") is True or bool(over)
            )
            if self._is_past(over) and held is None:
                continue
            yield Section47(
                started=_on(_day(one.opener)),
                conference=held,
                not_required=_leaf("1" if not_required else "0"),
            )

    def _conferences(self, within: Strand) -> Iterator[Leaf]:
        """The days of the initial conferences of a process itself, not of one within it."""
        for event in _named(self._of(within), "conference.held"):
            path = self.view.standing.path_of[event.id]
            day = _day(event)
            is_its_own = bool(path) and path[-1] == within.id
            if event.data.get("kind") == "initial" and is_its_own and day >= self.year.first:
                yield Leaf(day.isoformat(), "")

    def _plans(self) -> Iterator[Plan]:
        for one in self._plans_of(IN_NEED):
            yield Plan(started=_on(_day(one.opener)), ended=_end(one))

    def _protection_plans(self) -> Iterator[ProtectionPlan]:
        codes = self.year.codes.abuse_category
        for one in self._plans_of(PROTECTION):
            first = one.opener.data.get("category")
            changed = [event.data["category"] for event in self._of(one)[1:] if event.data.get("category")]
            latest = changed[-1] if changed else one.opener.data.get("latest_category") or first
            previous = one.opener.data.get("previous_plans")
            reviews = [
                _day(event)
                for event in _named(self._of(one), "conference.held")
                if event.data.get("kind") == "review"
            ]
            yield ProtectionPlan(
                started=_on(_day(one.opener)),
                ended=_end(one),
                initial_category=_code(codes, first),
                latest_category=_code(codes, latest),
                previous=_leaf(str(previous)) if previous is not None else None,
                reviews=tuple(Leaf(day.isoformat(), "") for day in reviews),
                has_reviews=bool(reviews),
            )

    def _plans_of(self, kind: str) -> Iterator[Strand]:
        for one in _of_kind(self.view, "plan", self.referral):
            ended = _day(one.ended) if one.ended else None
            if one.opener.data.get("kind") == kind and (ended is None or ended >= self.year.first):
                yield one

    def _of(self, strand: Strand) -> list[Event]:
        """The events of a process and of those within it, its opener first."""
        path_of = self.view.standing.path_of
        return [event for event in self.view.standing.events if strand.id in path_of[event.id]]

    def _is_past(self, endings: Sequence[Event]) -> bool:
        return bool(endings) and _day(endings[-1]) < self.year.first


def _named(events: Iterable[Event], type_: str) -> list[Event]:
    return [event for event in events if event.type == type_]


def _day(event: Event) -> date:
    """The London day on which something happened."""
    return event.happened_at.earliest.astimezone(LONDON).date()


def _end(strand: Strand) -> Leaf | None:
    return _on(_day(strand.ended)) if strand.ended else None


def _on(day: date | None) -> Leaf | None:
    return Leaf(day.isoformat(), "") if day else None


def _leaf(text: str) -> Leaf:
    return Leaf(text, "")


def _text(known: dict[str, Any], name: str) -> Leaf | None:
    value = known.get(name)
    return Leaf(str(value), "") if value else None


def _code(codes: CodeSet, ours: Any) -> Leaf | None:
    """The census's code for our word; what it has no code for stands as it is, and its rule says so."""
    if not ours:
        return None
    return Leaf(codes.census_code(str(ours)) or str(ours), "")
