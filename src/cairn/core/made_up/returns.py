"""A made-up census return: as many open cases as wanted, and with them what a year of such an authority holds.

It keeps every rule of the census, so that whatever is wrong with one was put in on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cairn.core.calendar.duration import months_after
from cairn.core.calendar.working_days import Calendar
from cairn.core.made_up.figures import Dice, Figures
from cairn.core.people.identifiers import UPN_CHECK_LETTERS
from cairn.core.returns.census import (
    Assessment,
    Child,
    Episode,
    Header,
    Leaf,
    Plan,
    ProtectionPlan,
    Section47,
)

AUTHORITY: Final = "299"
_A_DAY: Final = timedelta(days=1)
_WEEKS_40: Final = timedelta(days=280)
_MONTHS: Final = 12
_LIMIT_ASSESSMENT, _LIMIT_ENQUIRY = 44, 14
_FIRST_SCHOOL_YEAR: Final = 6
_REVIEWED_FIRST, _REVIEWED_THEN = 80, 170
_BORN_LATEST: Final = 14


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made up: how many cases open on the reference date, and that date (31 March)."""

    open_cases: int
    reference: date

    @property
    def first(self) -> date:
        """The first day of the return's year."""
        return months_after(self.reference, -_MONTHS) + _A_DAY


def header(wanted: Wanted) -> Header:
    """What the return says of itself: a made-up authority's."""
    day = wanted.reference
    return Header(
        collection=Leaf("CIN", ""),
        year=Leaf(str(day.year), ""),
        reference_date=_leaf(day),
        source_level=Leaf("L", ""),
        authority=Leaf(AUTHORITY, ""),
        software=Leaf("Made up", ""),
        serial_number=Leaf("001", ""),
        made_at=Leaf(f"{day.isoformat()}T12:00:00", ""),
    )


def children(wanted: Wanted, figures: Figures, dice: Dice, calendar: Calendar) -> Iterator[Child]:
    """The children of the return, one after the other: open cases, cases closed in the year, and referrals that led to nothing."""
    made = _Maker(wanted, figures, dice, calendar)
    closed = round(wanted.open_cases * figures.number("per_open_case", "closed_in_year"))
    nothing = round(wanted.open_cases * figures.number("per_open_case", "no_further_action"))
    kinds = ["open"] * wanted.open_cases + ["closed"] * closed + ["nothing"] * nothing
    for number, kind in enumerate(kinds, start=1):
        yield made.child(number, kind)


@dataclass(frozen=True, slots=True)
class _Span:
    """From when until when an episode ran; None while it is open."""

    referred: date
    closed: date | None


@dataclass(slots=True)
class _Maker:
    wanted: Wanted
    figures: Figures
    dice: Dice
    calendar: Calendar

    def child(self, number: int, kind: str) -> Child:
        """One child with one episode of a kind."""
        span = self._span(kind)
        unborn = kind == "open" and self._is_new(span) and self.figures.happens(self.dice, "unborn")
        born = None if unborn else self._born(span.referred)
        episode = self._nothing(span) if kind == "nothing" else self._episode(span)
        of_age = born is not None and born <= date(self.wanted.reference.year - _FIRST_SCHOOL_YEAR, 8, 31)
        return Child(
            authority_number=Leaf(f"MADEUP{number:06d}", ""),
            upn=Leaf(_upn(number), "") if of_age else None,
            upn_unknown=None if of_age else Leaf("UN1", ""),
            born=_leaf(born) if born else None,
            expected=_leaf(self.wanted.reference + timedelta(days=self.dice.randint(7, 150)))
            if unborn
            else None,
            sex=Leaf("U" if unborn else self.figures.draw(self.dice, "sex").replace("U", "F"), ""),
            ethnicity=Leaf("NOBT" if unborn else self.figures.draw(self.dice, "ethnicity"), ""),
            disabilities=() if unborn else self._disabilities(),
            episodes=(episode,),
        )

    def _span(self, kind: str) -> _Span:
        last, first = self.wanted.reference, self.wanted.first
        if kind == "open":
            return _Span(
                last - timedelta(days=self.figures.draw_between(self.dice, "time_in_need_open")), None
            )
        day = first + timedelta(days=self.dice.randint(0, (last - first).days))
        if kind == "nothing":
            return _Span(day, None)
        days = self.figures.draw_between(self.dice, "time_in_need_closed")
        return _Span(day - timedelta(days=days), day)

    def _is_new(self, span: _Span) -> bool:
        return span.referred > self.wanted.reference - timedelta(days=60)

    def _born(self, referred: date) -> date:
        """A day by the ages of children in need, before the referral by some days at least."""
        years = self.figures.draw_between(self.dice, "age")
        at_least = (self.wanted.reference - referred).days + _BORN_LATEST
        days = max(years * 365 + self.dice.randint(0, 364), at_least)
        return self.wanted.reference - timedelta(days=days)

    def _disabilities(self) -> tuple[Leaf, ...]:
        if not self.figures.happens(self.dice, "disabled"):
            return (Leaf("NONE", ""),)
        drawn = {self.figures.draw(self.dice, "disability") for _ in range(self.dice.randint(1, 3))}
        return tuple(Leaf(code, "") for code in sorted(drawn))

    def _nothing(self, span: _Span) -> Episode:
        return Episode(
            referred=_leaf(span.referred),
            source=Leaf(self.figures.draw(self.dice, "source"), ""),
            no_further_action=Leaf("1", ""),
        )

    def _episode(self, span: _Span) -> Episode:
        started = self._assessed_from(span)
        assessment, authorised = self._assessment(span, started)
        share = "open_with_protection_plan" if span.closed is None else "closed_after_protection_plan"
        protected = authorised is not None and self.figures.happens(self.dice, share)
        enquiries, protection, free_from = self._protection(span, authorised, protected=protected)
        only_assessed = not protected and span.closed is not None and self._ends_with_assessment(span)
        if only_assessed:
            enquiries = ()
        plans = () if only_assessed or authorised is None else self._plans(span, free_from)
        if enquiries and not assessment:
            assessment = self._assessed_again(span, enquiries[0])
        reason = self._reason(only_assessed=only_assessed and bool(assessment))
        return Episode(
            referred=_leaf(span.referred),
            source=Leaf(self.figures.draw(self.dice, "source"), ""),
            primary_need=Leaf(self.figures.draw(self.dice, "primary_need"), ""),
            closed=_leaf(span.closed) if span.closed else None,
            closure_reason=Leaf(reason, "") if span.closed else None,
            assessments=assessment,
            plans=plans,
            enquiries=enquiries,
            no_further_action=Leaf("0", ""),
            protection_plans=protection,
        )

    def _reason(self, *, only_assessed: bool) -> str:
        if only_assessed:
            return self.dice.choices(["RC8", "RC9"], [70, 30])[0]
        drawn = self.figures.draw(self.dice, "closure")
        return "RC7" if drawn in ("RC8", "RC9") else drawn

    def _ends_with_assessment(self, span: _Span) -> bool:
        short = span.closed is not None and (span.closed - span.referred).days <= 90  # noqa: PLR2004 - the first band
        return short and self.figures.happens(self.dice, "closed_after_assessment")

    def _assessed_from(self, span: _Span) -> date:
        """The day the assessment starts: that of the referral or the working day after it."""
        after = self.calendar.next_working_day(span.referred, self.wanted.reference)
        return min(after, span.closed or self.wanted.reference)

    def _assessment(self, span: _Span, started: date) -> tuple[tuple[Assessment, ...], date | None]:
        """The assessment as the return holds it, and when it was authorised; None while it is open."""
        days = self.figures.draw_between(self.dice, "assessment_working_days")
        done = self._after(started, days)
        limit = span.closed or self.wanted.reference
        if done > limit:
            if span.closed is None and started > self._before(_LIMIT_ASSESSMENT):
                return (Assessment(started=_leaf(started)),), None
            done = limit
        if done < self.wanted.first:
            return (), done
        return (Assessment(started=_leaf(started), authorised=_leaf(done), factors=self._factors()),), done

    def _assessed_again(self, span: _Span, enquiry: Section47) -> tuple[Assessment, ...]:
        """The assessment that goes with an enquiry in the year, where the first was over before it."""
        started = date.fromisoformat(enquiry.started.text) if enquiry.started else span.referred
        done = max(self._after(started, self.dice.randint(5, 40)), self.wanted.first)
        done = min(done, span.closed or self.wanted.reference)
        return (Assessment(started=_leaf(started), authorised=_leaf(done), factors=self._factors()),)

    def _factors(self) -> tuple[Leaf, ...]:
        drawn = {self.figures.draw(self.dice, "factor") for _ in range(self.dice.randint(1, 4))}
        return tuple(Leaf(code, "") for code in sorted(drawn))

    def _protection(
        self, span: _Span, authorised: date | None, *, protected: bool
    ) -> tuple[tuple[Section47, ...], tuple[ProtectionPlan, ...], date]:
        """Enquiries and the child protection plan, and from when a child in need plan may run (never: the day after all)."""
        free = authorised or self.wanted.reference
        if not protected:
            return self._enquiry_alone(span), (), free
        conference = self._conference(span)
        if conference is None:
            return (), (), free
        plan, ended = self._plan(span, conference)
        if ended is not None and ended < self.wanted.first:
            return (), (), max(free, ended)
        started = max(span.referred, self._after_or_before(conference))
        # What was held before the year stands in no return of it.
        held = (Section47(started=_leaf(started), conference=_leaf(conference), not_required=Leaf("0", "")),)
        in_year = conference >= self.wanted.first
        return held if in_year else (), (plan,), ended or self.wanted.reference + _A_DAY

    def _enquiry_alone(self, span: _Span) -> tuple[Section47, ...]:
        """An enquiry after which no conference was needed."""
        if not self.figures.happens(self.dice, "enquiry_without_conference"):
            return ()
        latest = span.closed or self.wanted.reference
        day = span.referred + timedelta(days=self.dice.randint(0, (latest - span.referred).days))
        if day < self.wanted.first:
            return ()
        return (Section47(started=_leaf(day), not_required=Leaf("1", "")),)

    def _conference(self, span: _Span) -> date | None:
        """The day of the initial conference: some working days into the episode, and early enough for a plan after it."""
        latest = (span.closed or self.wanted.reference) - timedelta(days=10)
        days = self.figures.draw_between(self.dice, "protection_plan_days")
        wished = latest - timedelta(days=days)
        day = max(span.referred + timedelta(days=15), wished)
        day = self.calendar.next_working_day(day, self.wanted.reference)
        return day if day < latest else None

    def _plan(self, span: _Span, conference: date) -> tuple[ProtectionPlan, date | None]:
        ended = span.closed - timedelta(days=self.dice.randint(1, 9)) if span.closed else None
        category = self.figures.draw(self.dice, "category")
        last = ended or self.wanted.reference
        return (
            ProtectionPlan(
                started=_leaf(conference),
                ended=_leaf(ended) if ended else None,
                initial_category=Leaf(category, ""),
                latest_category=Leaf(category, ""),
                previous=Leaf("1" if self.figures.happens(self.dice, "second_plan") else "0", ""),
                reviews=tuple(_leaf(day) for day in self._reviews(conference, last)),
            ),
            ended,
        )

    def _reviews(self, conference: date, last: date) -> Iterator[date]:
        day = conference + timedelta(days=_REVIEWED_FIRST)
        while day < last:
            yield day
            day += timedelta(days=_REVIEWED_THEN)

    def _plans(self, span: _Span, free_from: date) -> tuple[Plan, ...]:
        """The child in need plan, from when nothing stands against it to the end or on."""
        start, last = free_from + _A_DAY, span.closed or self.wanted.reference
        if start >= last or not self.figures.happens(self.dice, "in_need_plan"):
            return ()
        return (Plan(started=_leaf(start), ended=_leaf(span.closed) if span.closed else None),)

    def _after(self, day: date, working_days: int) -> date:
        return self.calendar.add_working_days(day, working_days, self.wanted.reference)

    def _before(self, working_days: int) -> date:
        """The day so many working days before the reference date, less one: what began after it may still be open."""
        return (
            self.calendar.add_working_days(self.wanted.reference, -working_days, self.wanted.reference)
            - _A_DAY
        )

    def _after_or_before(self, conference: date) -> date:
        """The day of the strategy discussion that led to a conference: within 15 working days, or as late as some are."""
        in_time = self.figures.happens(self.dice, "conference_in_15_days")
        days = (
            self.dice.randint(8, 15)
            if in_time
            else self.figures.draw_between(self.dice, "conference_working_days_late")
        )
        return self.calendar.add_working_days(conference, -days, self.wanted.reference)


def _leaf(day: date) -> Leaf:
    return Leaf(day.isoformat(), "")


def _upn(number: int) -> str:
    figures = f"201{number:09d}"
    total = sum(int(figure) * place for place, figure in enumerate(figures, start=2))
    return UPN_CHECK_LETTERS[total % len(UPN_CHECK_LETTERS)] + figures
