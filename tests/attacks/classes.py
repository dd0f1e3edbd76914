"""A record of each class that the matrix of access knows, whole, with words on it that stand on no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from tests.assessments import past
from tests.attacks.house import House
from tests.attacks.readers import AWAY, THEIR_TEAM, reader, with_readers
from tests.attacks.whole import Words, whole
from tests.cases import record
from tests.people import Staff

from cairn.application.ports import now
from cairn.application.recording import Recorded, Request, record_act
from cairn.core.access.facts import TieKind
from cairn.core.calendar.moment import LONDON
from cairn.core.roles import ROLES
from cairn.records import covers, drafts, ties

OURS, ELSEWHERE = THEIR_TEAM, "Family Support"
OPENING: tuple[TieKind, ...] = ("named", "chair", "auditor", "break glass")


@dataclass(frozen=True)
class Kind:
    """What is so of a record, to the reader who tries it.

    Its team and worker (None: it still is at the front door); whether it is restricted, closed or on its way to the
    reader's team; what ties the reader to it, and whether those ties have run out.
    """

    team: str = ELSEWHERE
    worker: str | None = "Rosa Quill"
    restricted: bool = False
    closed: bool = False
    going: bool = False
    ties: tuple[TieKind, ...] = ()
    ended: bool = False


# In the order of the columns of tables/opens.csv.
KINDS: dict[str, Kind] = {
    "own": Kind(OURS, "Priya Shah"),
    "front": Kind(worker=None),
    "covered": Kind(worker=AWAY),
    "going": Kind(going=True),
    "closed": Kind(OURS, "Priya Shah", closed=True),
    "restricted": Kind(OURS, "Priya Shah", restricted=True),
    "named": Kind(restricted=True, ties=("named",)),
    "chaired": Kind(restricted=True, ties=("chair",)),
    "sampled": Kind(ties=("auditor",)),
    "broken": Kind(ties=("break glass",)),
    "lapsed": Kind(ties=OPENING, ended=True),
    "other": Kind(),
    "barred": Kind(OURS, "Priya Shah", ties=("own", "named", "chair", "break glass")),
}
# A record that does not exist at all: what is barred must look like this.
NOWHERE, LIKE_NOWHERE = "nowhere", "other"
CLASSES = (*KINDS, NOWHERE)


def name_of(kind: str) -> str:
    """The surname of the child of that class: it stands on no other record, and in no other word."""
    return f"Zq{kind.capitalize()}name"


def text_of(kind: str) -> str:
    """A word of every text on the record of that class."""
    return f"Zq{kind.capitalize()}text"


@dataclass(frozen=True)
class Records:
    """The staff with its readers, and a house around the record of each class, for the table of addresses.

    `nowhere` is the id of no record at all.
    """

    people: Staff
    houses: dict[str, House]
    nowhere: UUID

    def of(self, kind: str, role: str) -> House:
        """The house of a class, as a reader finds it: with the draft of their own about it.

        That of no record is another's, with a draft that there is not: the record's own id is still to be put in.
        """
        house = self.houses[LIKE_NOWHERE if kind == NOWHERE else kind]
        return replace(house, draft=self.nowhere if kind == NOWHERE else _draft_id(house, role))

    def address(self, kind: str, address: str) -> str:
        """An address of the house of a class, as it is asked for."""
        if kind != NOWHERE:
            return address
        return address.replace(str(self.houses[LIKE_NOWHERE].allocated), str(self.nowhere))


def records(people: Staff) -> Records:
    """Build them all."""
    everybody = with_readers(people)
    houses = {name: _house(everybody, name, kind) for name, kind in KINDS.items()}
    _cover(everybody)
    for name, kind in KINDS.items():
        child = houses[name].allocated
        _finish(everybody, child, kind)
        _tie(everybody, child, kind)
        _drafts(everybody, houses[name], name)
    return Records(everybody, houses, uuid4())


def _house(people: Staff, name: str, kind: Kind) -> House:
    words = Words(name_of(name), text_of(name), caller_of(name), address_of(name))
    return whole(people, words, worker=kind.worker, team=kind.team)


def _finish(people: Staff, child: UUID, kind: Kind) -> None:
    """What comes at the end of each, for nothing more could be recorded after it."""
    if kind.going:
        to = {"to_team": str(people.teams[OURS]), "reason": "They moved."}
        record(people, ("Rosa Quill", "propose-transfer", to), on=child)
    if kind.closed:
        past(people, child, None, "case.closed", {"reason": "RC7", "explanation": "No longer in need."})
        _projected(people, child)
    if kind.restricted:
        manager = "Joanne Whitlock" if kind.team == OURS else "Tunde Bright"
        record(people, (manager, "restrict-record", {"reason": "high_risk", "words": "Made up."}), on=child)


def _projected(people: Staff, child: UUID) -> None:
    """What follows from what was put straight into the stream: any act tells it."""
    done = record_act(people.actor("Priya Shah"), Request("add-note", {"text": "Afterwards."}, child))
    assert isinstance(done, Recorded), done


def _tie(people: Staff, child: UUID, kind: Kind) -> None:
    began, until = now() - timedelta(days=2), now() + timedelta(days=0 if kind.ended else 2)
    given_by = people.ids["Sheila Knowles"]
    for role in ROLES:
        for one in kind.ties:
            staff = people.ids[reader(role)]
            ties.add(
                ties.NewTie(staff, child, one, began, None if one == "own" else until, "Made up.", given_by, began)
            )  # fmt: skip


def _cover(people: Staff) -> None:
    today = now().astimezone(LONDON).date()
    for role in ROLES:
        covers.add(
            covers.NewCover(
                worker=people.ids[AWAY],
                by=people.ids[reader(role)],
                team=people.teams[OURS],
                from_day=today,
                until_day=today,
                reason="Leave.",
                set_by=people.ids["Sheila Knowles"],
                set_at=now(),
            )
        )


def _drafts(people: Staff, house: House, kind: str) -> None:
    """A draft of each reader's own about the record, begun when they could still open it."""
    for role in ROLES:
        wanted = drafts.DraftToSave(
            _draft_id(house, role), people.ids[reader(role)], "add-note", house.allocated, {"text": text_of(kind)}, 0
        )  # fmt: skip
        drafts.save(wanted, now())


def _draft_id(house: House, role: str) -> UUID:
    """The same each time it is asked for: the draft of a role about a record."""
    return UUID(int=(house.allocated.int ^ (ROLES.index(role) + 1)))


def caller_of(kind: str) -> str:
    """Who got in touch and does not wish to be named: it stands on no page before somebody asks for it with a reason."""
    return f"Zq{kind.capitalize()}caller"


def address_of(kind: str) -> str:
    """Where the child lives, which is protected: the same."""
    return f"Zq{kind.capitalize()}address"


def tokens(kinds: Iterable[str]) -> Iterator[str]:
    """Every word by which records of these classes would be known to whoever may open them."""
    for kind in kinds:
        yield from (name_of(kind), text_of(kind))


def secrets(kinds: Iterable[str]) -> Iterator[str]:
    """What stands on none of their pages."""
    for kind in kinds:
        yield from (caller_of(kind), address_of(kind))
