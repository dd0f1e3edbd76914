"""An act on a record before it is sent: what it asks, to which process it may belong, what may be departed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, open_child
from cairn.application.door import refused_by_role
from cairn.application.drafting import open_draft, submit_draft
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.application.transfer_acts import receiving_teams, receiving_workers
from cairn.core.access.decide import decide_act, decide_here
from cairn.core.access.fields import POLICE, texts_of_class
from cairn.core.calendar.london import say_date, say_moment
from cairn.core.calendar.moment import LONDON, Moment
from cairn.core.closing.stage import dissents
from cairn.core.engine.bookings import open_bookings
from cairn.core.engine.checks import open_checks
from cairn.core.engine.duties import DutyView, london_day
from cairn.core.engine.view import View
from cairn.core.history.history import Strand, open_for
from cairn.core.people.around import ENDS_HOME, RELATED, Around, around
from cairn.core.protocol.model import Gate
from cairn.core.transfer.transfers import Transfer, open_transfer
from cairn.core.vocabulary.asked import happens_to
from cairn.core.vocabulary.model import Act, Birth, EventType, Field, Option
from cairn.records.staff import TeamRow

NO_ACT = Refused("not found", "There is no such act on a record")


@dataclass(frozen=True)
class ActPage:
    """What the page of an act shows.

    `strands` are the processes to choose from, empty where there is no choice; `gates` those that this
    person may depart from with a reason.
    """

    act: Act
    page: ChildPage
    fields: tuple[Field, ...]
    strands: tuple[tuple[str, str], ...]
    gates: tuple[Gate, ...]


def open_for_act(actor: Actor, record: UUID, name: str) -> ActPage | Refused:
    """Open a record to do an act of the vocabulary on it. The view is logged; who may not do the act is refused."""
    act = in_use().vocabulary.acts.get(name)
    if act is None or act.on in ("nobody", "event"):
        return NO_ACT
    refused = refused_by_role(actor, name, record)
    if refused is not None:
        return refused
    found = open_child(actor, record, page=f"act:{name}")
    if isinstance(found, Refused):
        return found
    here = decide_here(found.relied_on, name)
    if not here.allowed:
        return Refused("not allowed", here.reason, here.how_to_ask)
    return ActPage(
        act=act,
        page=found,
        fields=tuple(asked_fields(actor, act, found.view)),
        strands=tuple(strand_choice(act, found.view)),
        gates=tuple(_may_depart(actor, act)),
    )


def acts_on_record(actor: Actor, record: UUID) -> tuple[ChildPage, tuple[Act, ...]] | Refused:
    """Every act that this person's role may do on a record, and that can be done about a child born or unborn."""
    found = open_child(actor, record, page="acts")
    if isinstance(found, Refused):
        return found
    words = in_use().vocabulary
    child: Birth = (
        "unborn" if found.view.standing.subject.is_unborn(found.as_at.astimezone(LONDON).date()) else "born"
    )
    acts = [
        act
        for act in words.acts.values()
        if act.on not in ("nobody", "event")
        and decide_act(actor.role, act.roles).allowed
        and decide_here(found.relied_on, act.name).allowed
        and happens_to(words, act, child)
    ]
    return found, tuple(sorted(acts, key=lambda act: act.verb))


def send_act(actor: Actor, request: Request, draft: UUID | None = None) -> Recorded | Refused:
    """Record an act, and mark the draft it was written in as sent, in one transaction."""
    with transaction.atomic():
        done = record_within(actor, request)
        if isinstance(done, Recorded) and not done.again and draft is not None:
            close_draft(actor, draft)
        return done


def close_draft(actor: Actor, draft: UUID) -> None:
    """Mark a draft as sent, in the transaction of what it became; nobody else's is touched."""
    if not isinstance(open_draft(actor, draft), Refused):
        submit_draft(draft)


def asked_fields(actor: Actor, act: Act, view: View) -> Iterator[Field]:
    """The fields of the form: ids become a choice of what is on the record, or are left out."""
    for field in in_use().vocabulary.fields_of(act):
        if not field.asked:
            continue
        options = _options(actor, act, field, view)
        if field.name == ENDS_HOME:
            yield from _ends_home(field, view)
        elif options is None:
            yield field
        elif options:
            yield field.model_copy(update={"type": "choice", "options": options})


def _ends_home(field: Field, view: View) -> Iterator[Field]:
    """Whether the main home before ended: asked where one is recorded, and saying which was begun last."""
    before = [one for one in _around(view).homes if one.is_main]
    if before:
        last = max(before, key=lambda one: one.since)
        place = "" if last.restricted else f": {last.address}"
        hint = f"The last one recorded is since {say_date(last.since)}{place}. With yes it ends the day before this one begins."
        yield field.model_copy(update={"hint": hint})


def _options(actor: Actor, act: Act, field: Field, view: View) -> tuple[Option, ...] | None:
    """What a field that names something on the record may name; None for any other field."""
    choices = {
        "sibling": lambda: _events(view, ("sibling.listed",), "name"),
        "check": lambda: [
            (one.id, f"{one.who}, asked {say_moment(one.asked.happened_at)}")
            for one in open_checks(view)
            if one.asked
        ],
        "booking": lambda: [(one.id, f"{one.what}, {say_moment(one.when)}") for one in open_bookings(view)],
        "dissent": lambda: _unanswered(view),
        "police_entry": lambda: _of_the_police(view),
        "person": lambda: people_on(view),
        "risk_id": lambda: _risks(view),
        "involvement_id": lambda: _involved(view),
        "supersedes": lambda: _events(view, [made.event for made in act.yields], ""),
        "duty": lambda: _may_depart_from(actor, view),
        "letter": lambda: [(letter.id, letter.title) for letter in in_use().protocol.letters],
        "to_team": lambda: [(str(one.id), one.name) for one in _may_take_over(view)],
        "to_worker": lambda: [
            (str(one.id), one.name) for going in _going(view) for one in receiving_workers(going)
        ],
    }
    if field.name not in choices or field.type != "text":
        return None
    return tuple(Option(value=value, label=label) for value, label in choices[field.name]())


def _events(view: View, types: Iterable[str], named_by: str) -> list[tuple[str, str]]:
    wanted = set(types)
    return [
        (event.id, str(event.data.get(named_by) or f"{event.author.name}, {say_moment(event.happened_at)}"))
        for event in view.standing.events
        if event.type in wanted
    ]


def people_on(view: View) -> list[tuple[str, str]]:
    """Everybody around the child by their key, each once, with name and relation."""
    field = view.procedures.vocabulary.events[RELATED].field("relation")
    labels = {option.value: option.label for option in field.options} if field else {}
    return [
        (one.key, ", ".join(filter(None, (one.text("name"), labels.get(one.text("relation"), "").lower()))))
        for one in _around(view).people
        if one.ended is None
    ]


def _going(view: View) -> list[Transfer]:
    found = open_transfer(view)
    return [found] if found else []


def _may_take_over(view: View) -> Iterable[TeamRow]:
    """The teams that a transfer may be proposed to; once one is, that team."""
    going = {one.to_team for one in _going(view)}
    return [one for one in receiving_teams(view) if not going or str(one.id) in going]


def _unanswered(view: View) -> list[tuple[str, str]]:
    """Who disagrees and has no written answer yet, each with when it was recorded."""
    return [
        (one.event.id, f"{one.event.data.get('whose') or 'Somebody'}, {say_moment(one.event.happened_at)}")
        for one in dissents(view)
        if not one.is_answered
    ]


def _of_the_police(view: View) -> list[tuple[str, str]]:
    """The entries that hold words of the police, each once."""
    vocabulary = view.procedures.vocabulary
    found = {one.id: one for one, _, _ in texts_of_class(view.stream, vocabulary, POLICE)}
    return [
        (one.id, f"{vocabulary.events[one.type].title}, {say_moment(one.happened_at)}")
        for one in found.values()
    ]


def _risks(view: View) -> list[tuple[str, str]]:
    names = dict(people_on(view))
    still = [one for one in _around(view).risks if one.ended is None]
    return [(one.entry, one.name or names.get(one.person, one.known)) for one in still]


def _involved(view: View) -> list[tuple[str, str]]:
    still = [one for one in _around(view).involved if one.ended is None]
    return [(one.entry, ", ".join(filter(None, (one.name, one.organisation))) or one.what) for one in still]


def _around(view: View) -> Around:
    return around(view.standing.events, view.world.as_at.astimezone(LONDON).date())


def _may_depart_from(actor: Actor, view: View) -> list[tuple[str, str]]:
    """The open duties that this role may depart from, each with its date."""
    return [
        (duty.key, f"{duty.rule.title} ({duty.rule.source.paragraph}), {_when_due(duty)}")
        for duty in view.open_duties
        if duty.rule.departure and actor.role in duty.rule.departure.by
    ]


def _when_due(duty: DutyView) -> str:
    return f"due {say_date(london_day(duty.due))}" if duty.due else "with no date"


def strand_choice(act: Act, view: View) -> Iterator[tuple[str, str]]:
    """The open processes an act may belong to, where there are several and no duty is named that tells."""
    for made in act.yields:
        if "duty" in made.fields:
            return
        kind = in_use().vocabulary.events[made.event]
        found = (
            open_for(kind, view.standing.strands, Moment.exact(now())) if kind.within else _roots(kind, view)
        )
        if len(found) > 1:
            yield from ((strand.id, strand_in_words(strand)) for strand in found)
            return


def _roots(kind: EventType, view: View) -> list[Strand]:
    """What an event of no one process would end, each by what it hangs on: of two referrals one may go on."""
    return [one for one in view.open_strands if len(one.path) == 1 and one.kind in kind.ends]


def strand_in_words(strand: Strand) -> str:
    """A process by what opened it: "Referral received, 24 December 2025"."""
    title = in_use().vocabulary.events[strand.opener.type].title
    return f"{title}, {say_date(strand.opener.happened_at.day)}"


def _may_depart(actor: Actor, act: Act) -> Iterator[Gate]:
    events = {made.event for made in act.yields}
    for versions in in_use().protocol.gates.values():
        gate = versions[-1]
        may = gate.departure is not None and actor.role in gate.departure.by
        if may and any(one.event in events for one in gate.before):
            yield gate
