"""Taking a census return over: its children become records, its episodes events, each child whole or not at all.

Whatever comes in again is known by its event ids, which follow from the authority, the child's number and
the draft's key. So the same file twice changes nothing, and a later one adds what is new in it. Nothing
goes to the outbox: what happened elsewhere, perhaps years ago, notifies nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from django.db import transaction

from cairn.application import projecting
from cairn.application.installation import authority_code, authority_name
from cairn.application.names import NUMBER
from cairn.application.ports import now, wired
from cairn.application.procedures import in_use
from cairn.application.taken_over import Origin, place
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.view import derive_present
from cairn.core.history.event import Author, Event
from cairn.core.returns.census import FileRefused, Header
from cairn.core.returns.facts import Counts
from cairn.core.returns.reasons import NOT_TAKEN, Finding, Reason
from cairn.core.returns.report import Report, report
from cairn.core.returns.take_over import NO_FURTHER_ACTION, TakenChild, TakeOver, take_over
from cairn.records import alone, ledger, register, search, staff

BATCH = 200
# The account that imported events carry: nobody can sign in with it.
ACCOUNT = UUID("9c0d7f3e-6a1b-5c55-9b1e-0c5a3d2f7a10")
ACCOUNT_NAME, ACCOUNT_ROLE = "Census import", "administrator"
BUSY = FileRefused("busy", "Another return is being taken over", "Wait until that is done, then try again.")

_LOOK = "Find out whose record it is, put the number right and import the file again."
OTHER_CHILD = Reason(
    "other-child", "child", NOT_TAKEN, "A child born on another day has this number here", _LOOK
)
SEVERAL_RECORDS = Reason("several-records", "child", NOT_TAKEN, "Several records have this number", _LOOK)
NUMBER_ELEMENT = "ChildIdentifiers/LAchildID"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: its report, and how many records and events were new or there already."""

    report: Report
    new_records: int
    known_records: int
    new_events: int
    known_events: int


@dataclass(frozen=True, slots=True)
class ToImport:
    """A return that was read and can be taken over: how many children it brings."""

    taken: TakeOver

    @property
    def children(self) -> int:
        """How many children come in."""
        return len(self.taken.children)


def read_return(path: Path) -> ToImport | FileRefused:
    """Read a return; nothing is stored.

    Refused is a file that is no whole, harmless census return; and, where the installation's own code is known
    (CAIRN_AUTHORITY_CODE), one that does not name this authority: its children are another controller's.
    """
    census = wired().census
    if census is None:
        raise RuntimeError("no reader of census files is wired")
    found = census.read(path)
    if isinstance(found, FileRefused):
        return found
    another = _of_another_authority(found.header)
    if another is not None:
        return another
    today = now().astimezone(LONDON).date()
    return ToImport(take_over(found, codes=census.codes(), today=today))


def _of_another_authority(header: Header) -> FileRefused | None:
    own = authority_code()
    given = header.authority.text if header.authority else ""
    if not own or given == own:
        return None
    whose = f"is of authority {given}" if given else "names no authority"
    return FileRefused(
        "another-authority",
        f"This return {whose} (Header/Source/LEA); this installation is {authority_name()}’s, {own}",
        "Import the return of your own authority. If the code of this installation is wrong, put "
        "CAIRN_AUTHORITY_CODE right.",
        header.authority.line if header.authority else header.line,
    )


def import_return(
    wanted: ToImport, *, dry_run: bool = False, progress: Progress = lambda _: None
) -> Imported | FileRefused:
    """Take a return over, batch by batch, each in a transaction; a dry run goes all the way and takes everything back.

    Interrupted, what was taken stays, each child whole; run again it goes on from there, for whatever is there already is
    known by its event ids. Children whose record can't be told are left out and named in the report; they never
    stop the others.
    """
    with alone.only_one_at_a_time("census import") as taken:
        if not taken:
            return BUSY
        if not dry_run:
            return _take_all(wanted.taken, progress)
        with transaction.atomic():
            done = _take_all(wanted.taken, progress)
            transaction.set_rollback(True)
        return done


def _take_all(taken: TakeOver, progress: Progress) -> Imported:
    author = Author(ACCOUNT_NAME, ACCOUNT_ROLE, str(census_account()))
    run, children = _Run(Origin(taken.authority, author, now())), taken.children
    for begin in range(0, len(children), BATCH):
        batch = children[begin : begin + BATCH]
        with transaction.atomic():
            run.take(batch)
        progress(len(batch))
    return run.imported(taken)


def census_account() -> UUID:
    """The account that returns are taken over and given out with; nobody can sign in with it."""
    if staff.person(ACCOUNT) is None:
        staff.add_person(ACCOUNT_NAME, ACCOUNT_ROLE, staff_id=ACCOUNT)
        staff.switch(ACCOUNT, active=False)
    return ACCOUNT


@dataclass(frozen=True, slots=True)
class _Planned:
    """A child's new events, the record they go to (None for a new one), and the stream that stands there."""

    child: TakenChild
    record: UUID | None
    stream: Sequence[Event]
    new: tuple[Event, ...]


@dataclass(slots=True)
class _Run:
    """One import on its way."""

    origin: Origin
    findings: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    new_records: int = 0
    known_records: int = 0
    new_events: int = 0
    known_events: int = 0

    def take(self, children: Sequence[TakenChild]) -> None:
        """Take a batch of children over."""
        filed = search.records_under(f"{NUMBER}{child.authority_number}" for child in children)
        there = {record for records in filed.values() for record in records}
        register.lock(there)
        streams = ledger.read_streams(there)
        planned = [self._plan(child, _filed(child, filed), streams) for child in children]
        self._write([one for one in planned if one is not None])

    def _plan(
        self, child: TakenChild, filed: Sequence[UUID], streams: Mapping[UUID, Sequence[Event]]
    ) -> _Planned | None:
        """What is new of a child and where it goes; None where that can't be told."""
        placed = place(child, self.origin, in_use().vocabulary)
        record = _record_of(child, placed.events, {each: streams[each] for each in filed})
        if isinstance(record, Reason):
            self.left_out.add(child.authority_number)
            self.findings.append(_finding(child, record))
            return None
        stream = streams[record] if record else ()
        there = {event.id for event in stream}
        new = tuple(event for event in placed.events if event.id not in there)
        self.findings += placed.findings
        self.new_records += record is None
        self.known_records += record is not None
        self.new_events += len(new)
        self.known_events += len(placed.events) - len(new)
        return _Planned(child, record, stream, new)

    def _write(self, planned: Sequence[_Planned]) -> None:
        """Records, events and all that follows from them, in a few statements; a child without news is left alone."""
        changed = [one for one in planned if one.new]
        records = _registered(changed, self.origin)
        ledger.append_many(
            [
                (record, [ledger.NewEvent.of(event) for event in one.new])
                for record, one in zip(records, changed, strict=True)
            ]
        )
        if changed:
            teams = projecting.teams_by_kind()
            found = [
                projecting.consequences_of(record, _whole(one), self.origin.recorded_at, teams)
                for record, one in zip(records, changed, strict=True)
            ]
            projecting.write(found, self.origin.recorded_at)

    def imported(self, taken: TakeOver) -> Imported:
        """The result, the report without the children that were left out."""
        return Imported(
            report(_without(taken, self.left_out, self.findings)),
            self.new_records,
            self.known_records,
            self.new_events,
            self.known_events,
        )


def _filed(child: TakenChild, filed: Mapping[str, Sequence[UUID]]) -> Sequence[UUID]:
    return filed.get(f"{NUMBER}{child.authority_number}", ())


def _record_of(
    child: TakenChild, events: Sequence[Event], candidates: Mapping[UUID, Sequence[Event]]
) -> UUID | Reason | None:
    """The record that a child's events belong to; None where there is none yet, a reason where it can't be told.

    One that holds an event of this child's already is the child's. Failing that, the number decides,
    unless the birth dates say that it is somebody else's.
    """
    ours = {event.id for event in events}
    known = [record for record, stream in candidates.items() if any(event.id in ours for event in stream)]
    if len(known) == 1:
        return known[0]
    if len(candidates) > 1:
        return SEVERAL_RECORDS
    for record, stream in candidates.items():
        return OTHER_CHILD if _born_otherwise(child, stream) else record
    return None


def _born_otherwise(child: TakenChild, stream: Sequence[Event]) -> bool:
    born = derive_present(stream, in_use(), at=now()).standing.subject.born
    return born is not None and child.born is not None and born != child.born


def _registered(planned: Sequence[_Planned], origin: Origin) -> list[UUID]:
    """The record of each child: the one there is, or a new one. An unborn child's becomes a child's."""
    kinds: list[register.Kind] = ["child" if one.child.born else "unborn" for one in planned]
    new = register.open_records(
        [(kind, origin.recorded_at) for kind, one in zip(kinds, planned, strict=True) if one.record is None]
    )
    opened = iter(new)
    records: list[UUID] = []
    for kind, one in zip(kinds, planned, strict=True):
        if one.record is not None and kind == "child":
            register.change_kind(one.record, kind)
        records.append(one.record or next(opened).id)
    return records


def _whole(planned: _Planned) -> list[Event]:
    """The stream with the new events, numbered as they are in the ledger."""
    first = len(planned.stream) + 1
    numbered = [replace(event, number=number) for number, event in enumerate(planned.new, start=first)]
    return [*planned.stream, *numbered]


def _without(taken: TakeOver, left_out: set[str], findings: Sequence[Finding]) -> TakeOver:
    """The take-over as it became: the children left out taken out of its figures, and the findings added."""
    gone = [child for child in taken.children if child.authority_number in left_out]
    return replace(
        taken,
        children=tuple(child for child in taken.children if child.authority_number not in left_out),
        findings=(*taken.findings, *findings),
        counts=_less(taken.counts, gone),
    )


def _less(counts: Counts, gone: Sequence[TakenChild]) -> Counts:
    events = [event for child in gone for event in child.events]
    episodes = sum(event.type == "referral.received" for event in events)
    open_ones = sum(len(child.open_referrals) for child in gone)
    refused = sum(event.data.get("reason") == NO_FURTHER_ACTION for event in events)
    return replace(
        counts,
        children_taken=counts.children_taken - len(gone),
        episodes_open=counts.episodes_open - open_ones,
        episodes_closed=counts.episodes_closed - (episodes - open_ones),
        no_further_action=counts.no_further_action - refused,
    )


def _finding(child: TakenChild, why: Reason) -> Finding:
    number = child.authority_number
    return Finding(
        number, NUMBER_ELEMENT, None, why.says, why.remedy, why.severity, why.code, why.of, found=number
    )
