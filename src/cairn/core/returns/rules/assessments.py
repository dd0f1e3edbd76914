"""Rules about assessments and the factors found in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from cairn.core.returns.census import Assessment, Child, Episode
from cairn.core.returns.rules.model import (
    Standard,
    Where,
    day,
    is_before,
    of_episode,
    outside,
    repeated,
    text,
)
from cairn.core.returns.rules.spans import begins_within, span

_AT: Final = "CINdetails/Assessments"
_LIMIT: Final = 44
_NOTHING_FOUND: Final = "21"
_AFTER_ASSESSMENT: Final = frozenset({"RC8", "RC9"})


def working_days_before(standard: Standard, number: int) -> date:
    """The day that lies so many working days before the reference date."""
    return standard.calendar.add_working_days(standard.last, -number, standard.last)


def _open(episode: Episode) -> list[Assessment]:
    return [one for one in episode.assessments if one.authorised is None]


@of_episode("1103")
def before_referral(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.assessments:
        if one.started and is_before(one.started, episode.referred):
            yield one.started


@of_episode("8608")
def ended_before_it_began(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.assessments:
        if one.authorised and is_before(one.authorised, one.started):
            yield one.authorised


@of_episode("8614")
def factors_unfinished(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _open(episode):
        yield from one.factors[:1]


@of_episode("8670Q")
def open_too_long(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _open(episode):
        started = day(one.started)
        if started and started < working_days_before(standard, _LIMIT) and one.started:
            yield one.started


@of_episode("8696")
def ended_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from outside(standard, *(one.authorised for one in episode.assessments))


@of_episode("8736")
def open_began_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _open(episode):
        started = day(one.started)
        if started is None or not standard.is_in_year(started):
            yield one.started or (f"{_AT}/AssessmentActualStartDate", one)


@of_episode("2991Q")
def enquiry_without_assessment(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if episode.enquiries and not episode.assessments:
        yield "CINdetails/Assessments", episode


@of_episode("8863Q")
def assessments_overlap(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    found = [span(standard, one.started, one.authorised) for one in episode.assessments]
    lasting = [one for one in found if one is not None]
    yield from begins_within(lasting, lasting, end_counts=True)


@of_episode("8869")
def nothing_found_alone(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.assessments:
        if len(one.factors) > 1:
            yield from (factor for factor in one.factors if factor.text == _NOTHING_FOUND)


@of_episode("8873Q")
def nothing_found_then_closed(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if len(episode.assessments) != 1 or text(episode.closure_reason) in _AFTER_ASSESSMENT:
        return
    yield from (factor for factor in episode.assessments[0].factors if factor.text == _NOTHING_FOUND)


@of_episode("8896")
def one_open(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _open(episode)[1:]:
        yield one.started or (f"{_AT}/AssessmentActualStartDate", one)


@of_episode("8897Q")
def factors_given(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.assessments:
        authorised = day(one.authorised)
        if authorised is None or not standard.is_in_year(authorised):
            continue
        if not one.factors:
            yield f"{_AT}/FactorsIdentifiedAtAssessment/AssessmentFactors", one
        known = standard.codes.assessment_factor
        yield from (factor for factor in one.factors if known.get(factor.text, standard.year) is None)


@of_episode("8898")
def factor_once(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.assessments:
        yield from repeated(one.factors)


def _factors(episode: Episode, code: str) -> Iterator[Where]:
    return (factor for one in episode.assessments for factor in one.factors if factor.text == code)


@of_episode("8945Q")
def physical_undivided(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from _factors(episode, "18A")


@of_episode("8950Q")
def sexual_undivided(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from _factors(episode, "19A")
