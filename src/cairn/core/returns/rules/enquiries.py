"""Rules about section 47 enquiries and initial conferences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cairn.core.returns.census import Child, Episode, Leaf, Section47
from cairn.core.returns.rules.assessments import working_days_before
from cairn.core.returns.rules.model import (
    Standard,
    Where,
    day,
    is_before,
    is_no,
    is_yes,
    of_child,
    of_episode,
    outside,
)
from cairn.core.returns.rules.spans import begins_within, span

_START: Final = "CINdetails/Section47/S47ActualStartDate"
_LIMIT: Final = 14
_SATURDAY: Final = 5


def _open(episode: Episode) -> list[Section47]:
    """Those that no conference has followed, and of which none is said not to be needed."""
    return [one for one in episode.enquiries if one.conference is None and not is_yes(one.not_required)]


def _undecided(episode: Episode) -> list[Section47]:
    """Those that no conference has followed although one is said to be needed."""
    return [one for one in episode.enquiries if one.conference is None and is_no(one.not_required)]


@of_episode("1104")
def conference_before_referral(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.enquiries:
        if one.conference and is_before(one.conference, episode.referred):
            yield one.conference


@of_child("2884")
def conference_twice(standard: Standard, child: Child) -> Iterator[Where]:
    of_enquiries = {day(one.conference) for episode in child.episodes for one in episode.enquiries} - {None}
    for episode in child.episodes:
        if episode.conference and day(episode.conference) in of_enquiries:
            yield episode.conference


@of_episode("2889")
def before_referral(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.enquiries:
        if one.started and is_before(one.started, episode.referred):
            yield one.started


@of_episode("8615")
def start_given(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.enquiries:
        if one.conference is None:
            continue
        if day(one.started) is None:
            yield one.started or (_START, one)
        elif is_before(one.conference, one.started):
            yield one.conference


@of_episode("8675Q")
def open_too_long(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _undecided(episode):
        started = day(one.started)
        if started and started < working_days_before(standard, _LIMIT) and one.started:
            yield one.started


@of_episode("8715")
def conference_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from outside(standard, *(one.conference for one in episode.enquiries))


@of_episode("8740")
def open_began_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _undecided(episode):
        started = day(one.started)
        if started is None or not standard.is_in_year(started):
            yield one.started or (_START, one)


@of_episode("8839")
def one_open(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _open(episode)[1:]:
        yield one.started or (_START, one)


def _is_weekend(leaf: Leaf) -> bool:
    on = day(leaf)
    return on is not None and on.weekday() >= _SATURDAY


@of_episode("8870Q")
def target_on_weekend(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from (one.target for one in episode.enquiries if one.target and _is_weekend(one.target))


@of_episode("8875")
def conference_on_weekend(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from (one.conference for one in episode.enquiries if one.conference and _is_weekend(one.conference))


@of_episode("8890")
def enquiries_overlap(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    found = [
        span(standard, one.started, one.conference, ended=is_yes(one.not_required))
        for one in episode.enquiries
    ]
    all_spans = [one for one in found if one is not None]
    # One after which no conference was needed has no end in a return: nothing can begin within it.
    lasting = [
        one
        for one, enquiry in zip(found, episode.enquiries, strict=True)
        if one is not None and (enquiry.conference is not None or not is_yes(enquiry.not_required))
    ]
    yield from begins_within(all_spans, lasting, end_counts=True)
