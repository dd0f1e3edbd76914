"""Looking a person up before anybody can be created: who may be meant, and what of each may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.breaking_glass import may_break
from cairn.application.door import conflict_met, decided_on, decisions_on, was_found, write_access
from cairn.application.names import folded, known_from
from cairn.application.ports import now
from cairn.application.procedures import in_use, short_forms
from cairn.application.refused import Refused
from cairn.core.access.facts import Decision
from cairn.core.engine.summary import Summary, summarise
from cairn.core.engine.view import View, derive_present
from cairn.core.people.compare import Match
from cairn.core.people.finding import Line
from cairn.core.people.keys import keys_of, narrow
from cairn.core.people.particulars import Asked, Known
from cairn.core.people.rank import rank
from cairn.records import ledger, projections, register, restricted, search, staff
from cairn.records.sight import barred, seen_by

CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody who may be meant. Where `may_open` is False only what tells them apart is shown, and how to ask.

    Of a record that is restricted, and not open to whoever asks, the name alone is shown (`is_name_alone`).

    `lines` say what is the same, close, different or not known; never a score.
    """

    record: UUID
    number: str
    name: str
    known: Known | None
    summary: Summary | None
    strength: str
    lines: tuple[Line, ...]
    may_open: bool
    with_whom: str
    how_to_ask: str
    is_restricted: bool = False
    may_break_glass: bool = False

    @property
    def is_name_alone(self) -> bool:
        """Whether the record is restricted, and not open to whoever asks."""
        return self.is_restricted and not self.may_open


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search, best first."""

    people: tuple[PersonFound, ...]


def find_person(actor: Actor, asked: Asked, *, page: str = "find") -> Found | Refused:
    """Search by a description. Everyone shown is in the access log, in the same transaction; so is an empty answer."""
    if "looks people up" not in actor.rights:
        return _looks_nobody_up(actor)
    with transaction.atomic():
        matches, views = _matches(actor, asked)
        for record in _hidden(asked):
            conflict_met(actor, record, page=page)
        shown = [UUID(match.known.id) for match in matches]
        write_access(actor, shown, Decision(allowed=True, relied_on="search"), page=page, what="search")
        return Found(_shown_of(actor, matches, views))


def find_numbered(actor: Actor, number: str) -> UUID | None:
    """The record of a number that people use, such as FC-204816; opening it is decided at the door."""
    row = register.record_numbered(number.strip().upper())
    return row.id if row else None


def find_number(actor: Actor, number: str, *, page: str = "find") -> Found | Refused:
    """The person with a number that people use, shown as a search shows anybody: logged, and not opened."""
    record = find_numbered(actor, number)
    if record is None and barred():
        with seen_by(None):
            hidden = find_numbered(actor, number)
        if hidden is not None:
            conflict_met(actor, hidden, page=page)
    return _shown(actor, record, page, f"Number, {number.strip().upper()}")


def find_again(actor: Actor, record: UUID, *, page: str) -> PersonFound | None:
    """Somebody whom a search of this actor showed before, shown again; None for anybody else. Logged."""
    if not was_found(actor, record):
        return None
    found = _shown(actor, record, page, "")
    return found.people[0] if isinstance(found, Found) and found.people else None


def _shown(actor: Actor, record: UUID | None, page: str, why: str) -> Found | Refused:
    if "looks people up" not in actor.rights:
        return _looks_nobody_up(actor)
    with transaction.atomic():
        views = _views([record]) if record else {}
        write_access(actor, list(views), Decision(allowed=True, relied_on="search"), page=page, what="search")
        lines = (Line("same", "Number", why),) if why else ()
        matches = [Match(known_from(str(one), view), lines, "strong", 0) for one, view in views.items()]
        return Found(_shown_of(actor, matches, views))


def _looks_nobody_up(actor: Actor) -> Refused:
    return Refused("not allowed", f"Your role, {actor.role}, does not look children up", "Ask your manager.")


def _matches(actor: Actor, asked: Asked) -> tuple[tuple[Match, ...], dict[UUID, View]]:
    keys = keys_of(asked, short_forms())
    views = _views(_ids(search.candidates(narrow(keys), limit=CANDIDATES)))
    matches = _ranked(asked, views, _by_name_alone(actor, views))
    if not any(match.strength != "unlikely" for match in matches):
        name = folded(f"{asked.forename} {asked.surname}")
        views |= _views(_ids(search.candidates(keys, name, limit=CANDIDATES)))
        matches = _ranked(asked, views, _by_name_alone(actor, views))
    return matches, views


def _hidden(asked: Asked) -> list[UUID]:
    """Those whom this search would have shown, were they not out of sight for whoever asks."""
    out_of_sight = barred()
    if not out_of_sight:
        return []
    with seen_by(None):
        there = _views(sorted(out_of_sight))
    return [UUID(match.known.id) for match in _ranked(asked, there) if match.strength != "unlikely"]


def _ids(candidates: list[search.Candidate]) -> list[UUID]:
    return [one.record_id for one in candidates]


def _views(records: list[UUID]) -> dict[UUID, View]:
    streams = ledger.read_streams(records)
    return {record: derive_present(stream, in_use(), at=now()) for record, stream in streams.items()}


def _ranked(
    asked: Asked, views: dict[UUID, View], by_name: frozenset[UUID] = frozenset()
) -> tuple[Match, ...]:
    known = (known_from(str(record), view) for record, view in views.items())
    compared = [_name_alone(one) if UUID(one.id) in by_name else one for one in known]
    matches = rank(asked, compared, short_forms())
    return tuple(one for one in matches if UUID(one.known.id) not in by_name or _agrees(one))


def _agrees(match: Match) -> bool:
    return any(line.verdict in ("same", "close") for line in match.lines)


def _by_name_alone(actor: Actor, views: Iterable[UUID]) -> frozenset[UUID]:
    """The restricted records that are not open to whoever searches: they are found by the name, and by nothing else."""
    there = restricted.among(views)
    decisions = decisions_on(actor, there) if there else {}
    return frozenset(one for one in there if one not in decisions or not decisions[one].allowed)


def _name_alone(known: Known) -> Known:
    """Whoever looks up an address, a parent or a day learns of nobody restricted that this is theirs."""
    return Known(id=known.id, forename=known.forename, surname=known.surname, aliases=known.aliases)


@dataclass(frozen=True, slots=True)
class _About:
    """What is read of everybody who is shown, once for all of them: their row, their line, and the teams."""

    rows: Mapping[UUID, register.RecordRow]
    lines: Mapping[UUID, projections.SummaryRow]
    teams: Mapping[str, str]
    decisions: Mapping[UUID, Decision]


def _shown_of(actor: Actor, matches: Sequence[Match], views: Mapping[UUID, View]) -> tuple[PersonFound, ...]:
    records = [UUID(match.known.id) for match in matches]
    if not records:
        return ()
    rows, lines = register.records(records), projections.summaries(records)
    about = _About(
        rows,
        lines,
        {str(team.id): team.name for team in staff.teams()},
        decided_on(actor, records, lines),
    )
    return tuple(
        _found(actor, match, views[record], about)
        for record, match in zip(records, matches, strict=True)
        if record in about.decisions
    )


def _found(actor: Actor, match: Match, view: View, about: _About) -> PersonFound:
    record = UUID(match.known.id)
    row = about.rows.get(record)
    summary = summarise(view)
    decision, line = about.decisions[record], about.lines.get(record)
    is_restricted = line is not None and bool(line.restriction)
    is_name_alone = is_restricted and not decision.allowed
    full = decision.allowed or (actor.facts.is_front_door and not is_restricted)
    return PersonFound(
        record=record,
        number=row.number if row and not is_name_alone else "",
        name=summary.name or "Name not known",
        known=_without_restricted(match.known) if full else None,
        summary=_summary_shown(summary) if full else None,
        strength=match.strength,
        lines=match.lines if full else (),
        may_open=decision.allowed,
        with_whom="Restricted" if is_name_alone else _with_whom(summary, about.teams),
        how_to_ask=decision.how_to_ask,
        is_restricted=is_restricted,
        may_break_glass=may_break(actor, record, line),
    )


def _without_restricted(known: Known) -> Known:
    """A restricted address never leaves with a match, nor in the read-model behind it."""
    return replace(known, address="", postcode="") if known.address_restricted else known


def _summary_shown(summary: Summary) -> Summary:
    return replace(summary, address="") if summary.restricted else summary


def _with_whom(summary: Summary, teams: Mapping[str, str]) -> str:
    if summary.worker_name:
        return f"Open to {summary.worker_name}"
    if summary.stage in ("", "closed"):
        return "Not open to us now"
    team = teams.get(summary.team) if summary.team else None
    return f"Open to {team}" if team else "Waiting at the front door"
