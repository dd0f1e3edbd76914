"""Rules about child protection plans and their reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cairn.core.returns.census import Child, Episode, Leaf, ProtectionPlan
from cairn.core.returns.codes import CodeSet
from cairn.core.returns.rules.model import (
    Standard,
    Where,
    day,
    is_before,
    of_child,
    of_episode,
    outside,
    text,
)
from cairn.core.returns.rules.spans import begins_within, protection_plans_of, spans

_AT: Final = "CINdetails/ChildProtectionPlans"
_WHOLE: Final = re.compile(r"[0-9]+")


@of_episode("1105")
def before_referral(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if one.started and is_before(one.started, episode.referred):
            yield one.started


@of_episode("2885")
def begins_at_its_conference(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    enquiries = [one for one in episode.enquiries if text(one.not_required) != "1"]
    held = [one.conference for one in enquiries] if enquiries else [episode.conference]
    days = {day(one) for one in held} - {None}
    for one in episode.protection_plans:
        started = day(one.started)
        if started and standard.is_in_year(started) and started not in days and one.started:
            yield one.started


@of_episode("8720")
def start_given(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        started = day(one.started)
        if started is None or started > standard.last:
            yield one.started or (f"{_AT}/CPPstartDate", one)


@of_episode("8730")
def previous_plans(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if not _WHOLE.fullmatch(text(one.previous)):
            yield one.previous or (f"{_AT}/NumberOfPreviousCPP", one)


@of_episode("8840")
def of_one_day(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if one.ended and day(one.ended) is not None and day(one.ended) == day(one.started):
            yield one.ended


@of_episode("8841")
def review_before_start(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        started = day(one.started)
        for review in one.reviews:
            on = day(review)
            if started and on and on <= started:
                yield review


@of_episode("8842Q")
def review_without_day(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if one.has_reviews and not one.reviews:
            yield f"{_AT}/Reviews/CPPreviewDate", one


def _unknown(standard: Standard, code: Leaf | None, codes: CodeSet) -> bool:
    return code is None or codes.get(code.text, standard.year) is None


@of_episode("8905")
def first_category(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if _unknown(standard, one.initial_category, standard.codes.abuse_category):
            yield one.initial_category or (f"{_AT}/InitialCategoryOfAbuse", one)


@of_episode("8910")
def latest_category(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if _unknown(standard, one.latest_category, standard.codes.abuse_category):
            yield one.latest_category or (f"{_AT}/LatestCategoryOfAbuse", one)


@of_episode("8915")
def starts_after_death(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if one.started and is_before(child.died, one.started):
            yield one.started


@of_episode("8920")
def ends_after_death(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if one.ended and is_before(child.died, one.ended):
            yield one.ended


@of_episode("8925")
def ends_before_start(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.protection_plans:
        if one.ended and is_before(one.ended, one.started):
            yield one.ended


@of_episode("8930")
def ended_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from outside(standard, *(one.ended for one in episode.protection_plans))


@of_child("8935")
def one_open(standard: Standard, child: Child) -> Iterator[Where]:
    open_ones: list[ProtectionPlan] = [one for one in protection_plans_of(child) if one.ended is None]
    for one in open_ones[1:]:
        yield one.started or (f"{_AT}/CPPstartDate", one)


@of_child("8940")
def plans_overlap(standard: Standard, child: Child) -> Iterator[Where]:
    plans = spans(standard, protection_plans_of(child))
    yield from begins_within(plans, plans, end_counts=True)
