"""AZ-9: what opened a record ends in the middle of a session, with a form open: the next request is refused, and nothing is lost.

Each way in which it ends has its twin beside it: the same person, the same form, an instant before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.attacks.database import rows
from tests.cases import record
from tests.people import Staff

from cairn.application.ports import now
from cairn.core.access.facts import TieKind
from cairn.core.calendar.moment import LONDON
from cairn.records import covers, drafts, ledger, staff, ties
from cairn.records.models import Staff as StaffModel

EWAN, PRIYA, ROSA, JOANNE = "Ewan Marsh", "Priya Shah", "Rosa Quill", "Joanne Whitlock"
TYPED = "Fourcanary’s aunt said that she would bring her."
# What a look of a person who may not look leaves behind, and a refused form: rows of the log, and what tells others of it.
TOLD = frozenset({"records_alert", "records_outbox"})


@dataclass(frozen=True)
class Ending:
    """Somebody's way to a child's record: how it began, how it ends, and what the next request is then answered."""

    who: str
    begins: Callable[[Staff, UUID], None]
    ends: Callable[[Staff, UUID, object], None]
    answered: int = 403


def nothing(people: Staff, child: UUID) -> None:
    """It began with the team, or with allocation."""


def tied(kind: TieKind) -> Callable[[Staff, UUID], None]:
    def begins(people: Staff, child: UUID) -> None:
        _tie(people, child, ROSA, kind)

    return begins


def _tie(people: Staff, child: UUID, who: str, kind: TieKind) -> None:
    until = None if kind == "family" else now() + timedelta(hours=8)
    ties.add(ties.NewTie(people.ids[who], child, kind, now(), until, "Made up.", people.ids[JOANNE], now()))


def untied(people: Staff, child: UUID, clock: object) -> None:
    for one in ties.in_force_for(people.ids[ROSA], now()):
        ties.end(one.id, people.ids[JOANNE], now())


def ran_out(people: Staff, child: UUID, clock) -> None:
    """Nobody ends it: its time is over, and the session is not."""
    clock.at += timedelta(minutes=15)


def short(people: Staff, child: UUID) -> None:
    """A tie that lasts a quarter of an hour more, so that the session outlasts it."""
    began = now() - timedelta(hours=1)
    until = now() + timedelta(minutes=15)
    ties.add(
        ties.NewTie(people.ids[ROSA], child, "named", began, until, "Made up.", people.ids[JOANNE], began)
    )


def covered(people: Staff, child: UUID) -> None:
    today = now().astimezone(LONDON).date()
    team = people.teams["Family Support"]
    covers.add(
        covers.NewCover(
            people.ids[PRIYA], people.ids[ROSA], team, today, today, "Leave.", people.ids[JOANNE], now()
        )
    )


def uncovered(people: Staff, child: UUID, clock: object) -> None:
    (one,) = covers.covered_by(people.ids[ROSA], now().astimezone(LONDON).date())
    assert covers.end(one.id, people.ids[JOANNE], now())


def moved(people: Staff, child: UUID, clock: object) -> None:
    staff.move(people.ids[EWAN], people.teams["Family Support"])


def of_no_team(people: Staff, child: UUID, clock: object) -> None:
    staff.move(people.ids[EWAN], None)


def reallocated(people: Staff, child: UUID, clock: object) -> None:
    over = {
        "worker": ROSA,
        "worker_id": str(people.ids[ROSA]),
        "team": "Family Support",
        "team_id": str(people.teams["Family Support"]),
        "reason": "The family is theirs now.",
    }
    record(people, (JOANNE, "allocate", over), on=child)


def unallocated(people: Staff, child: UUID, clock: object) -> None:
    """The allocation ends while the team has become another's: allocation alone was left to open it."""
    staff.move(people.ids[PRIYA], people.teams["Family Support"])
    record(people, (JOANNE, "end-allocation", {"reason": "She left the team."}), on=child)


def analyst(people: Staff, child: UUID, clock: object) -> None:
    StaffModel.objects.filter(pk=people.ids[EWAN]).update(role="performance analyst")


def left(people: Staff, child: UUID, clock: object) -> None:
    staff.switch(people.ids[EWAN], active=False)


def restricted(people: Staff, child: UUID, clock: object) -> None:
    record(people, (JOANNE, "restrict-record", {"reason": "media"}), on=child)


def barred(people: Staff, child: UUID, clock: object) -> None:
    _tie(people, child, EWAN, "family")


ENDINGS = {
    "moved to another team": Ending(EWAN, nothing, moved),
    "of no team": Ending(EWAN, nothing, of_no_team),
    "child allocated elsewhere": Ending(PRIYA, nothing, reallocated),
    "allocation ended": Ending(PRIYA, nothing, unallocated),
    "role changed": Ending(EWAN, nothing, analyst),
    "account closed": Ending(EWAN, nothing, left, answered=302),
    "cover ended": Ending(ROSA, covered, uncovered),
    "no longer named": Ending(ROSA, tied("named"), untied),
    "glass ended": Ending(ROSA, tied("break glass"), untied),
    "time ran out": Ending(ROSA, short, ran_out),
    "record restricted": Ending(EWAN, nothing, restricted),
    "conflict of interest": Ending(EWAN, nothing, barred, answered=404),
}
PAGES = ("child", "timeline", "add-note", "documents", "record-visit", "people")


def form(draft: UUID) -> dict[str, str]:
    return {"text": TYPED, "key": str(uuid4()), "draft": str(draft), "version": "1", "draft-act": "add-note"}


def each(clock) -> Iterator[Ending]:
    """Each way in which it ends, from the same beginning."""
    began = clock.at
    for name, ending in ENDINGS.items():
        with transaction.atomic():
            try:
                yield ending
            except AssertionError as fault:
                fault.add_note(name)
                raise
            transaction.set_rollback(True)
        clock.at = began


def test_az_9_the_next_request_is_refused_and_what_was_typed_stays(house, clock):
    for ending in each(clock):
        is_refused_at_once(house, clock, ending)


def is_refused_at_once(house, clock, ending: Ending) -> None:
    people, child = house.people, house.allocated
    ending.begins(people, child)
    browser, draft = house.client(ending.who), uuid4()
    keeps = {**form(draft), "version": "0", "draft-record": str(child)}
    # The form is open, and what is typed is kept as it is typed.
    assert browser.get(reverse("add-note", args=[child])).status_code == 200
    assert browser.post(reverse("draft", args=[draft]), keeps).status_code in (200, 302)
    ending.ends(people, child, clock)
    before = rows()
    pages_are_refused(browser, child, ending)
    forms_are_refused(browser, child, draft, ending)
    after = rows()
    assert {name for name in after if after[name] != before[name]} <= TOLD
    kept = drafts.open_draft(draft)
    assert kept is not None
    assert TYPED in (kept.data["text"], kept.data["text"][0])


def pages_are_refused(browser: Client, child: UUID, ending: Ending) -> None:
    for page in PAGES:
        refused = browser.get(reverse(page, args=[child]))
        assert refused.status_code == ending.answered, page
        assert "Fourcanary" not in refused.content.decode(), page


def forms_are_refused(browser: Client, child: UUID, draft: UUID, ending: Ending) -> None:
    """The form that was open, and the address that keeps it as it is typed; whoever must sign in again takes it along."""
    answered = {ending.answered, *((401,) if ending.answered == 302 else ())}
    for address in (reverse("add-note", args=[child]), reverse("draft", args=[draft])):
        sent = browser.post(address, {**form(draft), "text": "Typed afterwards."})
        assert sent.status_code in answered, address
        assert "Fourcanary" not in sent.content.decode(), address
    assert browser.get(reverse("draft", args=[draft])).status_code == ending.answered


def test_az_9_the_twin_before_it_ends_the_form_is_taken(house, clock):
    for ending in each(clock):
        ending.begins(house.people, house.allocated)
        browser = house.client(ending.who)
        count = len(ledger.read_stream(house.allocated))
        sent = browser.post(reverse("add-note", args=[house.allocated]), {"text": TYPED, "key": str(uuid4())})
        assert sent.status_code == 302
        assert len(ledger.read_stream(house.allocated)) == count + 1


def test_az_9_the_work_of_somebody_whose_role_changed_is_no_longer_listed_for_them(house, clock):
    """Though the child is still allocated to them: My work names no child to a role that works with none."""
    browser = house.client(PRIYA)
    assert "Fourcanary" in browser.get(reverse("my-work")).content.decode()
    StaffModel.objects.filter(pk=house.people.ids[PRIYA]).update(role="information governance")
    assert "canary" not in browser.get(reverse("my-work")).content.decode()


def test_az_9_a_session_begins_anew_with_nothing_of_what_was(house, clock):
    """An account that is closed and opened again has to sign in again: no old cookie comes back to life."""
    browser = house.client(EWAN)
    assert browser.get(reverse("child", args=[house.allocated])).status_code == 200
    staff.switch(house.people.ids[EWAN], active=False)
    assert browser.get(reverse("child", args=[house.allocated])).status_code == 302
    staff.switch(house.people.ids[EWAN], active=True)
    assert browser.get(reverse("child", args=[house.allocated])).status_code == 302
