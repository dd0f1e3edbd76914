"""Rules about child in need plans, by themselves and beside child protection plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cairn.core.returns.census import Child, Episode, Plan
from cairn.core.returns.rules.model import Standard, Where, day, is_before, of_child, of_episode, outside
from cairn.core.returns.rules.spans import begins_within, plans_of, protection_plans_of, spans

_START: Final = "CINdetails/CINPlanDates/CINPlanStartDate"


def _open(episode: Episode) -> list[Plan]:
    return [one for one in episode.plans if one.ended is None]


@of_episode("4001")
def beside_protection_plan(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if any(one.ended is None for one in episode.protection_plans):
        for one in _open(episode):
            yield one.started or (_START, one)


@of_child("4003")
def review_while_in_need(standard: Standard, child: Child) -> Iterator[Where]:
    ended = [one for one in spans(standard, plans_of(child)) if not one.is_open]
    for protection in protection_plans_of(child):
        for review in protection.reviews:
            on = day(review)
            within = on is not None and any(one.has(on, end_counts=False) for one in ended)
            if within and on != day(protection.ended):
                yield review


@of_episode("4004")
def one_open(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in _open(episode)[1:]:
        yield one.started or (_START, one)


@of_episode("4008")
def starts_after_death(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.plans:
        if one.started and is_before(child.died, one.started):
            yield one.started


@of_episode("4009Q")
def ends_after_death(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.plans:
        if one.ended and is_before(child.died, one.ended):
            yield one.ended


@of_episode("4010")
def start_given(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.plans:
        started = day(one.started)
        if started is None or started > standard.last:
            yield one.started or (_START, one)


@of_episode("4011")
def ends_before_start(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.plans:
        if one.ended and is_before(one.ended, one.started):
            yield one.ended


@of_episode("4012Q")
def of_one_day(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.plans:
        if one.ended and day(one.ended) is not None and day(one.ended) == day(one.started):
            yield one.ended


@of_episode("4013")
def ended_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from outside(standard, *(one.ended for one in episode.plans))


@of_child("4014")
def plans_overlap(standard: Standard, child: Child) -> Iterator[Where]:
    plans = spans(standard, plans_of(child))
    yield from begins_within(plans, plans, end_counts=True)


@of_episode("4015")
def before_referral(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    for one in episode.plans:
        if one.started and is_before(one.started, episode.referred):
            yield one.started


@of_child("4016")
def begins_under_protection(standard: Standard, child: Child) -> Iterator[Where]:
    protection = spans(standard, protection_plans_of(child))
    yield from begins_within(spans(standard, plans_of(child)), protection, end_counts=False)


@of_child("4017")
def protection_begins_under_it(standard: Standard, child: Child) -> Iterator[Where]:
    plans = spans(standard, plans_of(child))
    yield from begins_within(spans(standard, protection_plans_of(child)), plans, end_counts=False)
