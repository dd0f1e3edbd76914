"""What else changes with an entry that is corrected or withdrawn, said before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest

from cairn.application.actors import Actor
from cairn.application.doing import may_do
from cairn.application.entries import resting_on, what_it_asks
from cairn.application.mending import EntryPage
from cairn.core.history.event import Event
from cairn.core.history.together import Copy, GoesWith
from cairn.core.vocabulary.model import Act
from cairn.interfaces.web import words
from cairn.interfaces.web.components import Link
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.forms.reveals import reveals_of
from cairn.interfaces.web.views.due import act_address

ANEW = "anew"


def title_of(found: EntryPage, type_: str) -> str:
    """The title of a type of entry."""
    return found.page.view.procedures.vocabulary.events[type_].title


def mark_of(goes: GoesWith) -> str:
    """What the writer was told, as the form sends it back: where it is another by then, they are told anew."""
    return ",".join(
        (*(one.id for one in goes.withdrawn), *(one.event.id for one in goes.corrected), *goes.to_record)
    )


def anew_form(request: HttpRequest, actor: Actor, found: EntryPage, goes: GoesWith) -> ActForm | None:
    """What the act asks for the entries that it yields only now; None where it yields none, or is not this person's.

    It is shown first beside what else changes: until then nothing of it was sent.
    """
    act = found.together.act
    if not goes.to_record or act is None or not may_do(actor, act.name):
        return None
    asked = what_it_asks(found.page.view, found.event, goes)
    shown = request.POST.get("together", "") == mark_of(goes)
    return ActForm(
        asked,
        posted=request.POST if shown else None,
        must=frozenset(act.must) & {one.name for one in asked},
        prefix=ANEW,
        reveals=reveals_of(act, asked),
    )


def told(found: EntryPage, goes: GoesWith, actor: Actor, *, anew: bool = False) -> list[dict[str, Any]]:
    """Each thing that a correction does besides, a line each: its text, and a link where one is to go on.

    `anew`: what has to be recorded is asked on the page itself.
    """
    return [
        *({"text": _withdrawn(found, one)} for one in goes.withdrawn),
        *({"text": _corrected(found, one)} for one in goes.corrected),
        *(_recorded(found, type_) if anew else _to_record(found, type_, actor) for type_ in goes.to_record),
    ]


def _recorded(found: EntryPage, type_: str) -> dict[str, Any]:
    return {
        "text": f"**“{title_of(found, type_)}”** is recorded with it, of the same time. "
        "Answer what belongs in it below."
    }


def _withdrawn(found: EntryPage, gone: Event) -> str:
    text = (
        f"The entry **“{title_of(found, gone.type)}”** is withdrawn with it: "
        "what it says stays readable in the timeline as withdrawn, and counts no more."
    )
    resting = resting_on(found.page.view, gone)
    return f"{text} What rests on it counts no more either: {titles(found, resting)}." if resting else text


def _corrected(found: EntryPage, copy: Copy) -> str:
    kind = found.page.view.procedures.vocabulary.events[copy.event.type]
    named = [field.label for field in kind.fields if field.name in copy.answers]
    named += ["when it happened"] if copy.moved else []
    return f"The entry **“{kind.title}”** says the same, so it is corrected with it: {'; '.join(named)}."


def _to_record(found: EntryPage, type_: str, actor: Actor) -> dict[str, Any]:
    """An entry that the right answers ask for: what it would say nobody has said yet."""
    text = f"**“{title_of(found, type_)}”** is not written with it, because nobody has said yet what belongs in it."
    alone, again = _acts_for(found, type_, actor), found.together.act
    act = alone or again
    if act is None or not may_do(actor, act.name):
        return {"text": f"{text} It has to be recorded."}
    link = Link(act.verb, act_address(found.page.identity.record, act.name))
    if alone:
        return {"text": f"{text} Record it afterwards:", "link": link}
    return {
        "text": f"{text} To have it on the record, withdraw this entry instead and record it again:",
        "link": link,
    }


def _acts_for(found: EntryPage, type_: str, actor: Actor) -> Act | None:
    """An act of this person's that writes that entry alone."""
    acts = found.page.view.procedures.vocabulary.acts.values()
    alone = (act for act in acts if {made.event for made in act.yields} == {type_})
    return next((act for act in alone if may_do(actor, act.name)), None)


def titles(found: EntryPage, events: Iterable[Event]) -> str:
    """The titles of entries in a sentence, each once."""
    return words.listed(list(dict.fromkeys(_titles(found, events))))


def _titles(found: EntryPage, events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield f"“{title_of(found, event.type)}”"


def together(found: EntryPage) -> dict[str, Any]:
    """What a page says of the other entries of the act: which, and where the answer stands that this one hangs on."""
    on = found.together.hangs_on
    return {
        "others": titles(found, found.together.others),
        "leads": found.together.leads,
        "hangs_on": {"title": title_of(found, on.type), "id": on.id} if on else None,
    }


def done_with_it(found: EntryPage, goes: GoesWith, *, anew: bool = False) -> str:
    """What was done besides, for the sentence after it."""
    parts = []
    if anew:
        recorded = words.listed([f"“{title_of(found, one)}”" for one in goes.to_record])
        parts.append(f"Recorded with it: {recorded}.")
    if goes.withdrawn:
        parts.append(f"Withdrawn with it: {titles(found, goes.withdrawn)}.")
    if goes.corrected:
        parts.append(f"Corrected with it: {titles(found, [one.event for one in goes.corrected])}.")
    return " ".join(parts)
