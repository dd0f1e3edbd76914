"""What stops an act, in the words of the rules: what is missing, the paragraph, and who may go past it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from cairn.application.refused import Refused
from cairn.core.engine.gates import Refusal
from cairn.interfaces.web import components as c
from cairn.interfaces.web.views.provisions import roles_in_words


def gate(refused: Refused | None) -> c.Gate | None:
    """The box that says why an act was refused; None where it was not."""
    if refused is None:
        return None
    if refused.moved:
        told = [f"{one.title}, {one.by}, {one.when}" for one in refused.moved]
        return c.Gate(
            title=f"{refused.reason}. Nothing you wrote is lost",
            missing=tuple(c.Missing(one, "recorded since you opened this page") for one in told),
            heading_level=2,
        )
    missing = tuple(_missing(refused.refusals))
    return c.Gate(title=refused.reason, text=refused.how_to_ask, missing=missing, heading_level=2)


def _missing(refusals: Iterable[Refusal]) -> Iterable[c.Missing]:
    for one in refusals:
        where = (
            f"paragraph {one.source.paragraph}" if one.source else "no paragraph: it follows from the record"
        )
        yield c.Missing(one.missing, where, _who(one), _link(one))


def _link(one: Refusal) -> c.Link | None:
    """Where its rule is explained, or the entry that stands against it."""
    if one.against is not None:
        return c.Link(
            "Correct or withdraw that entry",
            reverse("entry", args=one.against),
            f": {one.missing}",
        )
    return c.Link(f"Why? {one.title}", reverse("provision", args=[one.provision])) if one.provision else None


def _who(one: Refusal) -> str:
    if not one.may_depart:
        return "Nobody may go past this." if one.provision else ""
    return f"May go past it with a recorded reason: **{roles_in_words(one.may_depart)}**."
