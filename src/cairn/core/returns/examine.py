"""A whole return, read: who and what can be taken, and a finding for whatever is not as it should be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cairn.core.returns import reasons
from cairn.core.returns.census import CensusReturn, Child, Leaf
from cairn.core.returns.children import note_stray, read_child
from cairn.core.returns.codes import CodeSets
from cairn.core.returns.episodes import ELEMENT
from cairn.core.returns.facts import ChildFacts, Counts, EpisodeFacts, Examined, Notebook
from cairn.core.returns.header import open_book
from cairn.core.returns.reasons import Finding


@dataclass(frozen=True, slots=True)
class _Read:
    """A child as it stands in the file beside what was read of it, and its notebook."""

    raw: Child
    facts: ChildFacts
    book: Notebook


def check(census_return: CensusReturn, *, codes: CodeSets, today: date) -> list[Finding]:
    """Everything in the return that is not as it should be for taking it over, in the file's order.

    This is not the census's own validation (its 109 rules): it finds what stands in the way of a take-over.
    """
    return list(examine(census_return, codes=codes, today=today).findings)


def examine(census_return: CensusReturn, *, codes: CodeSets, today: date) -> Examined:
    """Read a return. `today` is the London date; nothing after it or after the reference date is taken.

    The children and their episodes come in an order of their own, whatever the order of the file.
    """
    book = open_book(census_return, codes, today)
    note_stray(book, census_return.stray)
    books, read = _read_children(book, census_return.children)
    children = [_settle_episodes(same) for same in _joined(read)]
    children = _without_shared_upns(children)
    findings = [*book.findings, *(finding for one in books for finding in one.findings)]
    taken = tuple(sorted((one.facts for one in children), key=lambda facts: facts.number))
    return Examined(
        book.terms,
        taken,
        tuple(findings),
        _counts(census_return, taken, findings),
        _left_out(census_return.children),
    )


def _read_children(book: Notebook, raws: Iterable[Child]) -> tuple[list[Notebook], list[_Read]]:
    books: list[Notebook] = []
    read: list[_Read] = []
    for raw in raws:
        own = Notebook(book.terms, raw.authority_number.text if raw.authority_number else "")
        books.append(own)
        facts = read_child(own, raw)
        if facts is not None:
            read.append(_Read(raw, facts, own))
    return books, read


def _joined(read: Iterable[_Read]) -> list[_Read]:
    """One child a number: the same child twice is one child, different children are none."""
    by_number: dict[str, list[_Read]] = defaultdict(list)
    for one in read:
        by_number[one.facts.number].append(one)
    return [joined for same in by_number.values() if (joined := _join(same)) is not None]


def _join(same: list[_Read]) -> _Read | None:
    first, *others = same
    people = {replace(one.facts, episodes=()) for one in same}
    for one in others if len(people) == 1 else same:
        reason = reasons.JOINED if len(people) == 1 else reasons.SAME_NUMBER
        one.book.note(reason, "ChildIdentifiers/LAchildID", one.raw.line, one.facts.number)
    if len(people) > 1:
        return None
    episodes = tuple(episode for one in same for episode in one.facts.episodes)
    return _Read(first.raw, replace(first.facts, episodes=episodes), first.book)


def _settle_episodes(one: _Read) -> _Read:
    """Each episode once, in order of time; several open ones and overlaps said."""
    distinct = sorted(set(one.facts.episodes), key=_in_time)
    for _ in range(len(one.facts.episodes) - len(distinct)):
        one.book.note(reasons.SAME_EPISODE, ELEMENT, one.raw.line)
    if not distinct:
        one.book.note(reasons.NO_EPISODE, ELEMENT, one.raw.line)
    if sum(episode.is_open for episode in distinct) > 1:
        one.book.note(reasons.SEVERAL_OPEN, ELEMENT, one.raw.line)
    for _ in range(_overlaps(distinct)):
        one.book.note(reasons.OVERLAPS, ELEMENT, one.raw.line)
    return replace(one, facts=replace(one.facts, episodes=tuple(distinct)))


def _in_time(episode: EpisodeFacts) -> tuple[date, date, str]:
    return episode.referred, last_day_of(episode), repr(episode)


def last_day_of(episode: EpisodeFacts) -> date:
    """The day an episode ended; the last day there is while it has not."""
    if episode.closed is not None:
        return episode.closed
    return episode.referred if episode.no_further_action else date.max


def _overlaps(episodes: Iterable[EpisodeFacts]) -> int:
    """How many of the episodes, in order of time, begin before an earlier one has ended."""
    found, until = 0, date.min
    for episode in episodes:
        found += episode.referred < until
        until = max(until, last_day_of(episode))
    return found


def _without_shared_upns(read: list[_Read]) -> list[_Read]:
    """A pupil number that two children have can be right for one at most: neither keeps it."""
    uses = Counter(one.facts.upn for one in read)
    return [_without_upn(one) if one.facts.upn and uses[one.facts.upn] > 1 else one for one in read]


def _without_upn(one: _Read) -> _Read:
    if one.raw.upn is not None:
        one.book.note_leaf(reasons.SHARED_UPN, one.raw.upn)
    return replace(one, facts=replace(one.facts, upn=None))


def _counts(census_return: CensusReturn, taken: tuple[ChildFacts, ...], findings: list[Finding]) -> Counts:
    said = Counter(finding.code for finding in findings)
    episodes = [episode for child in taken for episode in child.episodes]
    return Counts(
        children=len(census_return.children),
        children_taken=len(taken),
        children_joined=said[reasons.JOINED.code],
        episodes=sum(len(child.episodes) for child in census_return.children),
        episodes_open=sum(episode.is_open for episode in episodes),
        episodes_closed=sum(not episode.is_open for episode in episodes),
        no_further_action=sum(episode.no_further_action for episode in episodes),
        episodes_repeated=said[reasons.SAME_EPISODE.code],
    )


def _left_out(children: Iterable[Child]) -> Mapping[str, int]:
    """How often the elements stand in the return that a take-over has no use for."""
    given = Counter(leaf.path for child in children for leaf in _without_use(child) if leaf is not None)
    return dict(sorted(given.items()))


def _without_use(child: Child) -> Iterable[Leaf | None]:
    yield child.former_upn
    for episode in child.episodes:
        yield from (one.reviewed for one in episode.assessments)
        yield from (one.target for one in episode.enquiries)
