"""What stands on each child's record already, beside its part: so that nothing is booked or given twice."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.application.jointly import Child
from cairn.core.engine.bookings import open_bookings
from cairn.core.engine.sharing import leaflets
from cairn.interfaces.web import words
from cairn.interfaces.web.views.joint_supervision import as_it_stands


@dataclass(frozen=True)
class Already:
    """What there is, in a line each, under a few words; `none` says that there is nothing."""

    title: str
    lines: tuple[str, ...]
    none: str


def already(act: str, child: Child) -> Already | None:
    """What is to be known before this act is done about a child; None where it asks for nothing of the kind."""
    if act in ("book-visit", "book-meeting"):
        return Already("Booked already", _booked(child), f"Nothing is booked for {child.first_name}.")
    if act == "give-leaflet":
        return Already("Given already", _given(child), "No leaflet yet.")
    if act == "record-supervision":
        return Already(
            "As it stands", tuple(as_it_stands(child)), "Nothing is open, and no supervision is recorded."
        )
    return None


def _booked(child: Child) -> tuple[str, ...]:
    return tuple(
        ", ".join(filter(None, (one.what, words.moment_words(one.when), one.place)))
        for one in open_bookings(child.page.view)
    )


def _given(child: Child) -> tuple[str, ...]:
    view = child.page.view
    field = view.procedures.vocabulary.events["leaflet.given"].field("leaflet")
    labels = {option.value: option.label for option in field.options} if field else {}
    return tuple(
        f"{labels.get(one.data.get('leaflet', ''), 'Leaflet')}, to {one.data.get('to') or 'somebody'}, "
        f"{words.moment_words(one.happened_at)}"
        for one in leaflets(view)
    )
