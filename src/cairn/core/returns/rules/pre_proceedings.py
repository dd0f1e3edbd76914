"""Rules about pre-proceedings and family group decision making, from the return of 2026-27 on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cairn.core.returns.census import Child, Episode, Leaf
from cairn.core.returns.rules.model import Standard, Where, day, is_before, is_yes, of_episode, outside

_AT: Final = "CINdetails/PreProceedingsandFGDM"
_OUTCOMES: Final = frozenset("ABC")


def _not_from(standard: Standard, leaf: Leaf | None, earlier: Leaf | None) -> bool:
    """Whether a day is outside the year, or before what comes first."""
    return bool(list(outside(standard, leaf))) or is_before(leaf, earlier)


@of_episode("9000Q")
def start_given(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if day(one.started) is None:
            yield one.started or (f"{_AT}/PPStartDate", one)


@of_episode("9005")
def started_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from outside(standard, *(one.started for one in episode.pre_proceedings))


@of_episode("9006")
def letter_after_start(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if one.letter_sent and _not_from(standard, one.letter_sent, one.started):
            yield one.letter_sent


@of_episode("9007")
def offer_said(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if one.letter_sent and one.meeting_offered is None:
            yield f"{_AT}/FGDMMeetingOffer", one


@of_episode("9008")
def first_meeting_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from outside(standard, *(one.first_meeting for one in episode.pre_proceedings))


@of_episode("9009")
def step_after_start(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if one.step_decided and _not_from(standard, one.step_decided, one.started):
            yield one.step_decided


@of_episode("9010Q")
def meeting_said(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if is_yes(one.meeting_offered) and one.meeting_held is None:
            yield f"{_AT}/FGDMMeetingFac", one


@of_episode("9011")
def outcome_code(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if one.outcome and one.outcome.text not in _OUTCOMES:
            yield one.outcome


@of_episode("9012")
def court_after_step(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if one.applied_to_court and _not_from(standard, one.applied_to_court, one.step_decided):
            yield one.applied_to_court


@of_episode("9013")
def issue_after_court(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if one.letter_of_issue and _not_from(standard, one.letter_of_issue, one.applied_to_court):
            yield one.letter_of_issue


@of_episode("9015Q")
def meetings_counted(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.pre_proceedings:
        if one.first_meeting and one.review_meetings is None:
            yield f"{_AT}/ReviewMeetingsCount", one
