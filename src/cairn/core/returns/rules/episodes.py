"""Rules about referrals and episodes: source, need, no further action, closure, and how episodes lie beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cairn.core.returns.census import Child, Episode, Leaf
from cairn.core.returns.rules.model import (
    Standard,
    Where,
    day,
    is_before,
    is_flag,
    is_no,
    is_yes,
    of_child,
    of_episode,
    outside,
    text,
)
from cairn.core.returns.rules.spans import begins_within, span

_AFTER_ASSESSMENT: Final = frozenset({"RC8", "RC9"})
_SOURCE_SINCE: Final = date(2013, 4, 1)
_AT: Final = "CINdetails"


def _is_open(episode: Episode) -> bool:
    return episode.closed is None and is_no(episode.no_further_action)


@of_episode("2990")
def closed_after_assessment_with_more(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    more = episode.enquiries or episode.protection_plans or episode.plans or episode.conference
    if text(episode.closure_reason) in _AFTER_ASSESSMENT and more and episode.closure_reason:
        yield episode.closure_reason


@of_episode("4000")
def plan_without_action(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if is_yes(episode.no_further_action) and episode.plans and episode.no_further_action:
        yield episode.no_further_action


@of_episode("8555Q")
def referred_after_death(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if is_before(child.died, episode.referred) and episode.referred:
        yield episode.referred


@of_episode("8565")
def closed_before_the_last(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if episode.closed and any(is_before(episode.closed, one) for one in _activity(episode)):
        yield episode.closed


def _activity(episode: Episode) -> Iterator[Leaf | None]:
    """Every day on which something of an episode began or ended."""
    yield episode.conference
    for assessment in episode.assessments:
        yield from (assessment.started, assessment.authorised)
    for enquiry in episode.enquiries:
        yield from (enquiry.started, enquiry.conference)
    for protection in episode.protection_plans:
        yield protection.ended
    for plan in episode.plans:
        yield from (plan.started, plan.ended)


@of_episode("8568")
def flag_of_action(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if not is_flag(episode.no_further_action):
        yield episode.no_further_action or (f"{_AT}/ReferralNFA", episode)


@of_episode("8569Q")
def old_without_action(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    referred = day(episode.referred)
    if referred and referred < _earliest_without_action(standard) and is_yes(episode.no_further_action):
        yield episode.no_further_action or (f"{_AT}/ReferralNFA", episode)


def _earliest_without_action(standard: Standard) -> date:
    """The last working day before the period: what came in then could only be decided in it."""
    before = standard.first - timedelta(days=1)
    while not standard.calendar.is_working_day(before, standard.last):
        before -= timedelta(days=1)
    return before


@of_episode("8585Q")
def died_without_day(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if text(episode.closure_reason) == "RC2" and child.died is None and episode.closure_reason:
        yield episode.closure_reason


@of_episode("8600")
def referral_day(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    referred = day(episode.referred)
    if referred is None or referred > standard.last:
        yield episode.referred or (f"{_AT}/CINreferralDate", episode)


@of_episode("8610")
def need_missing(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if is_no(episode.no_further_action) and episode.primary_need is None:
        yield f"{_AT}/PrimaryNeedCode", episode


@of_episode("8620")
def closed_in_year(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    yield from outside(standard, episode.closed)


@of_episode("8630")
def closed_before_referral(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if episode.closed and is_before(episode.closed, episode.referred):
        yield episode.closed


@of_episode("8640")
def closure_code(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    why = episode.closure_reason
    if why and standard.codes.closure_reason.get(why.text, standard.year) is None:
        yield why


@of_episode("8650")
def need_code(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    need = episode.primary_need
    if need and standard.codes.primary_need.get(need.text, standard.year) is None:
        yield need


@of_episode("8805")
def closure_without_reason(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if episode.closed and episode.closure_reason is None:
        yield episode.closed


@of_episode("8810")
def reason_without_closure(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if episode.closure_reason and episode.closed is None:
        yield episode.closure_reason


@of_child("8815")
def one_open(standard: Standard, child: Child) -> Iterator[Where]:
    for episode in [one for one in child.episodes if _is_open(one)][1:]:
        yield episode.referred or (f"{_AT}/CINreferralDate", episode)


@of_child("8816")
def open_is_latest(standard: Standard, child: Child) -> Iterator[Where]:
    latest = max((on for one in child.episodes if (on := day(one.referred))), default=None)
    for episode in child.episodes:
        referred = day(episode.referred)
        if _is_open(episode) and referred and latest and referred < latest and episode.referred:
            yield episode.referred


@of_child("8820")
def episodes_overlap(standard: Standard, child: Child) -> Iterator[Where]:
    found = [
        span(standard, one.referred, one.closed, ended=is_yes(one.no_further_action))
        for one in child.episodes
    ]
    lasting = [one for one in found if one is not None]
    yield from begins_within(lasting, lasting, end_counts=False)


@of_episode("8825Q")
def closed_after_no_assessment(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    why = episode.closure_reason
    if text(why) in _AFTER_ASSESSMENT and not episode.assessments and why:
        yield why


@of_episode("8831")
def activity_without_action(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    active = (
        any(one.started or one.authorised for one in episode.assessments)
        or any(one.started for one in episode.enquiries)
        or episode.conference is not None
    )
    if is_yes(episode.no_further_action) and active and episode.no_further_action:
        yield episode.no_further_action


@of_episode("8832")
def protected_without_action(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if is_yes(episode.no_further_action) and episode.protection_plans and episode.no_further_action:
        yield episode.no_further_action


@of_episode("8866")
def source_code(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    referred, source = day(episode.referred), episode.source
    if referred is None or referred < _SOURCE_SINCE:
        return
    if source is None or standard.codes.referral_source.get(source.text, standard.year) is None:
        yield source or (f"{_AT}/ReferralSource", episode)


@of_episode("8867")
def closed_with_open_assessment(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    if episode.closed and any(one.authorised is None for one in episode.assessments):
        yield episode.closed


@of_episode("8868")
def closed_with_open_enquiry(standard: Standard, child: Child, episode: Episode) -> Iterator[Where]:
    unfinished = any((one.conference is not None) == is_yes(one.not_required) for one in episode.enquiries)
    if episode.closed and unfinished:
        yield episode.closed
