"""Who must be told of a referral, of what and by when: from the notices that the procedures start with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from cairn.application.deciding import OnRecord
from cairn.application.ports import now
from cairn.core.engine.duties import DutyView
from cairn.core.history.event import Event
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.due import due_date, due_word


@dataclass(frozen=True)
class ToTell:
    """One row: whom, what and how, and by when; `done` where it was told, or where it is not known."""

    who: str
    what: str
    due: c.Due | None
    done: Mark | None = None
    more: str = ""


def who_must_be_told(deciding: OnRecord) -> tuple[ToTell, ...]:
    """Every notice of this referral, the soonest due first."""
    return tuple(_rows(deciding))


def _rows(deciding: OnRecord) -> Iterator[ToTell]:
    for duty in deciding.view.duties:
        mine = duty.strand is not None and duty.strand.id == deciding.strand.id
        if mine and duty.rule.kind == "notice" and (duty.is_open or duty.met_by):
            yield _row(duty, deciding)


def _row(duty: DutyView, deciding: OnRecord) -> ToTell:
    how = f", {duty.rule.how}" if duty.rule.how else ""
    who = _named(duty, deciding.opener)
    paragraph = duty.rule.source.paragraph
    what = f"{duty.rule.title}{how if duty.rule.how not in duty.rule.title else ''} ({paragraph})"
    if duty.met_by is not None:
        return ToTell(who, what, None, Mark("done", f"Done {words.moment_words(duty.met_by.happened_at)}"))
    if duty.missing:
        asked = duty.missing.partition(" (Referral received")[0]
        return ToTell(who, what, None, Mark("not_known", "Not known"), f"Only if it applies: {asked}")
    return ToTell(who, what, due_of(duty, reverse("why", args=[deciding.page.identity.record, duty.key])))


def _named(duty: DutyView, referral: Event) -> str:
    if duty.rule.to != "Referrer":
        return duty.rule.to
    said = (referral.data.get("referrer_name"), referral.data.get("referrer_organisation"))
    return ", ".join(str(one) for one in said if one) or "The referrer"


def due_of(duty: DutyView, why: str) -> c.Due:
    """When a duty is due, in words, with the link that explains it."""
    if duty.due is None:
        pace = duty.rule.pace or "as soon as possible"
        return c.Due(no_date=pace[:1].upper() + pace[1:], why=why, what=duty.rule.title)
    word, tone = due_word(duty.state, duty.due, now())
    return c.Due(
        word=word,
        date=due_date(duty.due),
        tone=tone,
        why=why,
        what=f"{duty.rule.title}, {due_date(duty.due)}",
    )
