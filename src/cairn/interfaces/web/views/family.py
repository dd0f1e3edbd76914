"""The family page: the children first, everybody around them once, and what stays each child's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.family import FamilyChild, FamilyPage, open_family
from cairn.application.ports import now
from cairn.application.refused import Refused
from cairn.core.people.around import Involved
from cairn.core.people.possible import Fault
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.frame import refused_page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.due import act_address, due_date, due_word
from cairn.interfaces.web.views.family_words import (
    RUNNING,
    child_row,
    first_name,
    household_words,
    label_of,
    person_row,
    relation_words,
    risk_mark,
    risk_words,
    sibling_words,
)
from cairn.interfaces.web.views.record_frame import TAGS, record_page

DAY = Field(name="day", label="Who lived with whom on", type="date", hint="Leave it as it is for today.")
COLUMNS = 4


@signed_in("GET")
def family(request: HttpRequest, actor: Actor, record: UUID) -> HttpResponse:
    """Everybody of the family: each child the reader may open, each adult once, households on a day."""
    form = ActForm([DAY], posted=request.GET if "day-year" in request.GET else None, mark_optional=False)
    found = open_family(actor, record, day=_day(form))
    if isinstance(found, Refused):
        return refused_page(request, actor, found)
    context = {
        "lede": _lede(found),
        "strips": list(_strips([_card(found, one) for one in found.children])),
        "rows": [
            *(child_row(found, one) for one in found.children),
            *(person_row(found, one) for one in found.family.people),
        ],
        "tree": list(_tree(found)),
        "asks": list(_asks(found)),
        "risks": list(_risks_apart(found)),
        "involved": list(_involved(found)),
        "households": _households(found),
        "day": words.day_words(found.day),
        "is_today": found.day == found.today,
        "choose_day": form.render(),
        "errors": form.error_summary(),
        "closed": len(found.closed),
        "may": found.may,
    }
    return record_page(request, actor, found.child, "record/family.html", context, current="family")


def _day(form: ActForm) -> date | None:
    """The day asked for; None where none is, or it is no day."""
    read = form.read() if form.posted is not None else {}
    day = read.get("day") if isinstance(read, dict) else None
    return date.fromisoformat(day) if isinstance(day, str) else None


def _lede(found: FamilyPage) -> str:
    """3 children. Open to Priya Shah, Referral and Assessment."""
    open_to = dict.fromkeys(
        " in ".join(filter(None, (one.worker, one.team))) for one in found.children if one.is_open
    )
    open_now = sum(one.is_open for one in found.children)
    said = f"{words.counted(open_now, 'child', 'children')} open" if open_now else "No child open to us now"
    to = words.listed([one for one in open_to if one])
    return f"{said}{f' to {to}' if to else ''}. Each child has a record of their own; you see here what they share."


def _strips(cards: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """The cards side by side, at most four in a row; of five or more three in a row."""
    across = len(cards) if len(cards) <= COLUMNS else COLUMNS - 1
    for first in range(0, len(cards), across):
        yield {"columns": across, "cards": cards[first : first + across]}


def _card(found: FamilyPage, child: FamilyChild) -> dict[str, object]:
    """A child's card: how far it is, the next date, when last seen, and their own words."""
    unborn = child.born is None and child.expected is not None
    return {
        "name": child.name,
        "href": reverse("child", args=[child.record]),
        "age": child.age,
        "here": child.record == found.child.identity.record,
        "tags": _tags(child),
        "open_to": " in ".join(filter(None, (child.worker, child.team))) if child.is_open else "",
        "next": _next(child),
        "seen": _seen(child, unborn=unborn),
        "said": child.said.text if child.said else "",
        "birth": act_address(child.record, "record-birth") if unborn and "record-birth" in found.may else "",
        "unsafe": child.around.unsafe,
        "safe": child.around.safe,
    }


def _tags(child: FamilyChild) -> list[c.Tag]:
    """What is under way for the child; where nothing is, how far it has come."""
    running = [c.Tag(RUNNING[kind]) for kind in child.running if kind in RUNNING]
    return running or [c.Tag(word, tone) for word, tone in TAGS.get(child.stage, (("Not open", "plain"),))]


def _next(child: FamilyChild) -> dict[str, object] | None:
    """The next date: its word first, so that colour never speaks alone."""
    date_ = child.next
    if date_ is None:
        return None
    if date_.due is None:
        return {"word": f"{date_.title}: as soon as possible", "mark": None, "date": ""}
    word, tone = due_word(date_.state, date_.due, now())
    said = f"{date_.title}: {word[:1].lower()}{word[1:]}"
    mark = Mark(tone, said) if tone else None
    return {"word": said, "mark": mark, "date": due_date(date_.due)}


def _seen(child: FamilyChild, *, unborn: bool) -> str:
    if unborn:
        return ""
    return words.day_words(child.last_seen.day) if child.last_seen else "Not yet recorded"


def _tree(found: FamilyPage) -> Iterator[str]:
    """Who is whose parent, and who is brother or sister of whom, as sentences."""
    for child in found.children:
        parents = [
            f"{person.name} ({relation_words(tie.relation)})"
            for person in found.family.people
            for tie in person.ties
            if tie.child == str(child.record) and tie.is_parent
        ]
        said = words.listed(parents) if parents else "parents not recorded"
        yield f"**{child.name}**: {said}."
    pairs = {tuple(sorted((bond.child, bond.other))): bond for bond in found.family.bonds}
    for bond in pairs.values():
        one, other = found.of(bond.child), found.of(bond.other)
        if one and other:
            said = f"**{first_name(other)}** is **{first_name(one)}**’s {sibling_words(bond.relation, other.sex)}"
            yield f"{said}, by {first_name(one)}’s record."


def _asks(found: FamilyPage) -> Iterator[dict[str, str]]:
    """What does not fit together, each with where it stands."""
    for child in found.children:
        for fault in child.asks:
            href = reverse("entry", args=[child.record, fault.entry])
            yield _ask(fault, child.name, href)
    ties = {key: person.ties[0] for person in found.family.people for key in person.keys}
    said = {
        entry: one.record for one in found.children for each in one.around.people for entry in each.entries
    }
    for fault in found.family.faults:
        tie = ties.get(fault.entry)
        place = (tie.child, tie.entries[0]) if tie else (said[fault.entry], fault.entry)
        href = reverse("entry", args=place)
        yield _ask(fault, "the family", href)


def _ask(fault: Fault, about: str, href: str) -> dict[str, str]:
    return {"says": fault.says, "remedy": fault.remedy, "about": about, "href": href}


def _risks_apart(found: FamilyPage) -> Iterator[dict[str, object]]:
    """People who may be a risk and are not among the family."""
    known = {key for person in found.family.people for key in person.keys}
    for child in found.children:
        for risk in child.around.risks:
            if risk.person not in known:
                href = reverse("entry", args=[child.record, risk.entry])
                yield {
                    "name": risk.name or "Name not known", "child": child.name, "mark": risk_mark(risk),
                    "says": risk_words(risk), "href": href,
                }  # fmt: skip


def _involved(found: FamilyPage) -> Iterator[dict[str, object]]:
    """Professionals and agencies, each once, with the children they are involved with."""
    together: dict[tuple[str, ...], list[tuple[FamilyChild, Involved]]] = {}
    for child in found.children:
        for one in child.around.involved:
            together.setdefault((one.what, one.name, one.organisation), []).append((child, one))
    for there in together.values():
        child, one = there[0]
        yield {
            "name": one.name or one.organisation or "Name not known",
            "what": label_of("involvement.recorded", "what", one.what)
            + (", lead professional" if one.lead else ""),
            "children": words.listed([first_name(each) for each, _ in there]),
            # Each a line of its own: an organisation, a number and what they do must not run together.
            "lines": [
                *(
                    text
                    for text in (one.organisation if one.name else "", one.contact, one.with_whom)
                    if text
                ),
                *([f"Since {words.day_words(one.since)}"] if one.since and not one.ended else []),
                *([f"Until {words.day_words(one.ended)}"] if one.ended else []),
            ],
            "href": reverse("entry", args=[child.record, one.entry]),
        }


def _households(found: FamilyPage) -> list[dict[str, object]]:
    names = {person.key: person.name for person in found.then.people if person.name}
    return household_words(found, found.then.households, names)
