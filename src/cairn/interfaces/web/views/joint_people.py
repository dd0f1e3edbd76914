"""Who can be ticked on the page of a meeting or a review: family, those who work with the children, whoever was invited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from cairn.application.jointly import Child, JointPage
from cairn.application.ports import now
from cairn.application.procedures import in_use
from cairn.application.timeline import in_words
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.bookings import Booking
from cairn.core.people.around import Involved, around
from cairn.core.people.told import plain
from cairn.core.vocabulary.model import Option
from cairn.interfaces.web.forms.joint_bookings import meeting_booked
from cairn.interfaces.web.views.joint_family import PRESENT, adults

TOOK_PART, INVITED, AGREED_WITH = "took_part", "invited", "agreed_with"


def people_to_tick(page: JointPage, booking: str = "") -> Mapping[str, tuple[Option, ...]]:
    """By question the people it offers. Nobody is ticked beforehand: who was invited need not have come."""
    professionals = tuple(_professionals(page))
    family = adults(page)
    invited = _invited(meeting_booked(page, booking), (*family, *professionals))
    return {
        PRESENT: family,
        TOOK_PART: invited,
        INVITED: (*family, *professionals),
        AGREED_WITH: professionals,
    }


def _professionals(page: JointPage) -> Iterator[Option]:
    """The worker of each child, and every professional around one of them, each once."""
    seen: set[str] = set()
    for name in (name for child in page.children for name in _names(child)):
        if plain(name) not in seen:
            seen.add(plain(name))
            yield Option(value=name, label=name)


def _names(child: Child) -> Iterator[str]:
    if child.page.identity.worker:
        yield f"{child.page.identity.worker}, social worker"
    today = now().astimezone(LONDON).date()
    for one in _involved(child, today):
        of = one.organisation or _what(one)
        yield ", ".join(filter(None, (one.name, of)))


def _involved(child: Child, today: date) -> Iterator[Involved]:
    for one in around(child.page.view.standing.events, today).involved:
        if one.ended is None and (one.name or one.organisation):
            yield one


def _what(one: Involved) -> str:
    field = in_use().vocabulary.events["involvement.recorded"].field("what")
    return in_words(field, one.what) if field and one.what else one.what


def _invited(booking: Booking | None, known: Iterable[Option]) -> tuple[Option, ...]:
    """Everybody known, those who were invited marked so, and whoever was invited beside them."""
    lines = booking.event.data.get("invited") if booking else ()
    asked = {plain(str(line)): str(line) for line in lines or ()}
    options = [_marked(one, asked.pop(plain(str(one.value)), None)) for one in known]
    return (*options, *(Option(value=line, label=f"{line}, invited") for line in asked.values()))


def _marked(option: Option, line: str | None) -> Option:
    if line is None:
        return option
    return option.model_copy(update={"label": f"{option.label}, invited"})
