"""Brothers and sisters, one by one: what the rules say of each, and the record that each of them gets of their own.

Only the contact is copied (Peterborough 3.10, 3.11): nothing else that is written of one child goes to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID, uuid5

from django.db import transaction

from cairn.application.acting import close_draft
from cairn.application.actors import Actor
from cairn.application.contact import kind_of
from cairn.application.door import open_record
from cairn.application.names import day_of
from cairn.application.ports import now
from cairn.application.recording import Recorded, Request, record_within
from cairn.application.refused import Refused
from cairn.core.access.fields import unmarked
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.conditions_of_siblings import AFFECTS_OTHERS
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.people.names import age_in_words

Choice = Literal["open", "do_not_open", "ask_first", ""]
# 3.8 gives these two as examples of what is specific and limited to one child.
LIMITED = frozenset({"teenage_pregnancy", "learning_disability"})
# Of a contact about several children this much is about all of them; what is said of the first child alone stays there.
COPIED = (
    "source", "route", "caller_name", "caller_role", "caller_organisation", "call_back", "may_name_caller", "identity_of", "contact_type",
    "facts", "opinions", "concern", "concern_kind", "affects_other_children", "parent_knows", "unsafe_ways", "told_caller",
)  # fmt: skip
# A referral of one's own says who referred, why and to whom; not what was found out about the first child.
REFERRED = (
    "source", "route", "referrer_name", "referrer_role", "referrer_organisation", "referrer_contact", "may_name_referrer", "identity_of", "concern_kind",
    "affects_other_children", "parent_knows", "level", "recommended_service", "recommended_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Default:
    """What the rules set for one brother or sister: a decision or nothing, why, and by which paragraph."""

    decision: Choice
    why: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Sibling:
    """One brother or sister of a record: `id` is that of their listing, `decided` the latest decision about them."""

    id: str
    name: str
    age: str
    born: str
    expected: str
    relation: str
    household: str
    notes: str
    record: UUID | None
    default: Default
    decided: Choice = ""


@dataclass(frozen=True, slots=True)
class SiblingDecision:
    """What is decided about one of them; `record` is theirs where one was found, None opens a new one."""

    sibling: str
    decision: Choice
    reason: str = ""
    record: UUID | None = None
    new_information: str = ""
    original_referral: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A signed decision: the record, and the record of each brother or sister whose own referral it opened."""

    record: UUID
    opened: tuple[UUID, ...]


def siblings_of(view: View, referral: Event) -> tuple[Sibling, ...]:
    """Everybody listed as a brother or sister, with what the rules set for each."""
    decisions = {
        str(event.data.get("sibling")): event.data
        for event in view.standing.events
        if event.type == "sibling.decided"
    }
    listed = [event for event in view.standing.events if event.type == "sibling.listed"]
    return tuple(_sibling(event, decisions.get(event.id, {}), referral) for event in listed)


def _sibling(listed: Event, decided: Mapping[str, Any], referral: Event) -> Sibling:
    said = listed.data
    record = said.get("record") or decided.get("record")
    household = str(said.get("household", ""))
    return Sibling(
        id=listed.id,
        name=str(said.get("name", "")),
        age=_age(said),
        born=str(said.get("born", "")),
        expected=str(said.get("expected", "")),
        relation=str(said.get("relation", "")),
        household=household,
        notes=str(said.get("notes", "")),
        record=UUID(str(record)) if record else None,
        default=default_for(referral.data, household),
        decided=decided.get("decision", ""),
    )


def _age(said: Mapping[str, Any]) -> str:
    today = now().astimezone(LONDON).date()
    return age_in_words(day_of(said.get("born")), today, day_of(said.get("expected")))


def default_for(referral: Mapping[str, Any], household: str) -> Default:
    """What 3.6 to 3.8 set for a brother or sister living there. What is not known is not taken for no."""
    kinds = set(referral.get("concern_kind") or ())
    reaches = referral.get("affects_other_children")
    if not kinds:
        return Default("", "what kind of worry it is was not said", "3.6")
    if kinds & AFFECTS_OTHERS:
        return _where_it_may_reach(reaches, household)
    if kinds <= LIMITED and reaches is False:
        return Default("do_not_open", "the worry is specific and limited to one child", "3.8")
    return Default("", "the rules set nothing for this kind of worry, so it is for you to decide", "3.6")


def _where_it_may_reach(reaches: object, household: str) -> Default:
    if reaches is False:
        return Default("", "the referral says that the worry does not reach other children", "3.6")
    if reaches is not True:
        return Default("", "whether the worry reaches other children is not known", "3.6")
    if household == "same":
        worry = "the worry is child protection, neglect or domestic violence, and reaches other children"
        return Default("open", worry, "3.7")
    where = "they live elsewhere" if household == "other" else "where they live is not known"
    return Default("", f"{where}, and we do not know whether this reaches them", "3.6")


def decide_referral(
    actor: Actor,
    request: Request,
    decisions: Iterable[SiblingDecision],
    view: View,
    draft: UUID | None = None,
) -> Decided | Refused:
    """Sign a decision on a referral, with one for each brother or sister, in one transaction.

    `view` is the record as the decision is made. Whoever is decided "open" gets a referral of their own, on
    their own record. Where anything is refused,
    nothing is recorded.
    """
    wanted = list(decisions)

    def answers(rows: list[dict[str, str]]) -> Mapping[str, Any]:
        return {"siblings": rows}

    return _signed(_Signing(actor, request, wanted, view, answers), draft)


def decide_sibling(
    actor: Actor, request: Request, decision: SiblingDecision, view: View, draft: UUID | None = None
) -> Decided | Refused:
    """Sign a decision about one brother or sister on its own, as one that waited, or later with what is new (3.9)."""

    def answers(rows: list[dict[str, str]]) -> Mapping[str, Any]:
        return rows[0] if rows else {}

    return _signed(_Signing(actor, request, [decision], view, answers), draft)


@dataclass(frozen=True)
class _Signing:
    """What is signed: the request, the decisions, the record as they are made, and how the act takes their rows."""

    actor: Actor
    request: Request
    wanted: list[SiblingDecision]
    view: View
    answers: Callable[[list[dict[str, str]]], Mapping[str, Any]]


def _signed(signing: _Signing, draft: UUID | None) -> Decided | Refused:
    with transaction.atomic():
        done = _decide(signing)
        if isinstance(done, Decided) and draft is not None:
            close_draft(signing.actor, draft)
    if isinstance(done, Refused):
        _log_again(signing.actor, done, signing.wanted)
    return done


def _decide(signing: _Signing) -> Decided | Refused:
    with transaction.atomic():
        opened = _open_each(signing.actor, signing.request, signing.wanted, signing.view)
        done = opened if isinstance(opened, Refused) else _sign(signing, opened)
        if isinstance(done, Refused):
            transaction.set_rollback(True)
        return done


def _sign(signing: _Signing, opened: Mapping[str, UUID]) -> Decided | Refused:
    rows = [_row(one, opened.get(one.sibling)) for one in signing.wanted if one.decision]
    request = signing.request
    done = record_within(
        signing.actor, replace(request, answers={**request.answers, **signing.answers(rows)})
    )
    return done if isinstance(done, Refused) else Decided(done.record, tuple(opened.values()))


def _row(one: SiblingDecision, record: UUID | None) -> dict[str, str]:
    row = {
        "sibling": one.sibling,
        "decision": one.decision,
        "reason": one.reason,
        "new_information": one.new_information,
        "original_referral": one.original_referral,
        "record": str(record) if record else "",
    }
    return {name: value for name, value in row.items() if value}


def _open_each(
    actor: Actor, request: Request, wanted: list[SiblingDecision], view: View
) -> dict[str, UUID] | Refused:
    opened: dict[str, UUID] = {}
    referral = _by_id(view, request.strand or "")
    listed = {event.id: event for event in view.standing.events if event.type == "sibling.listed"}
    for one in wanted:
        if one.decision != "open" or one.sibling not in listed or referral is None:
            continue
        done = _open_for(actor, request, one, listed[one.sibling], _Origin(referral, view))
        if isinstance(done, Refused):
            return done
        opened[one.sibling] = done.record
    return opened


@dataclass(frozen=True)
class _Origin:
    """The first child's referral, and the contact it came from."""

    referral: Event
    view: View

    @property
    def contact(self) -> Event | None:
        return _by_id(self.view, str(self.referral.data.get("from_contact", "")))


def _by_id(view: View, event_id: str) -> Event | None:
    return next((event for event in view.standing.events if event.id == event_id), None)


def _open_for(
    actor: Actor, request: Request, one: SiblingDecision, listed: Event, origin: _Origin
) -> Recorded | Refused:
    """A referral of this child's own; the contact goes with it, copied as one about brothers and sisters (3.11)."""
    person = _person(listed) if one.record is None else {}
    answers = {
        "recommended_service": "referral_and_assessment",
        **_carried(origin),
        **(_copied(origin.contact) if origin.contact else {"concern": one.reason}),
        **person,
        "reason": f"Decided with the referral of a brother or sister. {one.reason}".strip(),
        "original_referral": origin.referral.id,
        "new_information": one.new_information,
    }
    return record_within(
        actor,
        Request(
            act="open-sibling-referral",
            answers=answers,
            record=one.record,
            new_kind=kind_of(person),
            key=uuid5(request.key, one.sibling),
        ),
    )


def _carried(origin: _Origin) -> dict[str, Any]:
    said = unmarked(origin.referral.data)
    carried = {name: said[name] for name in REFERRED if name in said}
    return {**carried, "referral_reason": said.get("reason", "further_assessment")}


def _copied(contact: Event) -> dict[str, Any]:
    """What is about all the children. Where the first referral came without a contact nothing is copied."""
    known = unmarked(contact.data)
    said = {name: known[name] for name in COPIED if name in known}
    return {**said, "with_contact": True, "copied_from": contact.id}


def _person(listed: Event) -> dict[str, Any]:
    """What was said of whom it is when they were listed."""
    said = {name: listed.data.get(name) for name in ("name", "born", "expected")}
    first, _, last = str(said["name"] or "").strip().rpartition(" ")
    said |= {"forename": first or last, "surname": last if first else ""}
    return {name: value for name, value in said.items() if value}


def _log_again(actor: Actor, refused: Refused, wanted: Iterable[SiblingDecision]) -> None:
    """A refusal to open somebody's record stays in the access log, though nothing else of the attempt does."""
    if refused.code != "not allowed":
        return
    with transaction.atomic():
        for record in _found(wanted):
            open_record(actor, record, page="act:open-sibling-referral", what="act", adding=True)


def _found(wanted: Iterable[SiblingDecision]) -> Iterator[UUID]:
    yield from (one.record for one in wanted if one.decision == "open" and one.record)
