"""What stands round every page of a child's record: who it is, the way about it, the head of each printed sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.child import ChildPage, Identity
from cairn.application.looked import may_read
from cairn.application.ports import now
from cairn.application.protected import may_see_address
from cairn.core.access.decide import AUDITING
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb, PrintHead
from cairn.interfaces.web.components.base import TagTone
from cairn.interfaces.web.frame import page
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.views.times import ReadAt

PAGES = (
    ("child", "Overview"),
    ("timeline", "Timeline"),
    ("family", "Family"),
    ("chronology", "Chronology"),
    ("plan", "Plan"),
    ("meetings", "Meetings"),
    ("bookings", "Bookings"),
    ("sharing", "Consent and checks"),
    ("documents", "Documents"),
    ("closing", "Closing"),
    ("looked", "Who has seen"),
)
# They show the families and the log of today, whatever day the record is read at.
OF_TODAY = frozenset({"family", "closing", "looked"})
TAGS: dict[str, tuple[tuple[str, TagTone], ...]] = {
    "contact": (("Contact to decide", "info"),),
    "referral": (("Referral to decide", "info"),),
    "to be allocated": (("To be allocated", "soon"),),
    "allocated": (("Open", "info"),),
    "allocated, new contact": (("Open", "info"), ("New contact", "info")),
    "closed": (("Closed", "plain"),),
}


def record_page(
    request: HttpRequest,
    actor: Actor,
    found: ChildPage,
    template: str,
    context: Mapping[str, Any],
    *,
    current: str = "",
    at: ReadAt | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a record. `current` names the entry of its navigation; `at` the day it is read at."""
    at = at or ReadAt()
    whole = {
        "identity": identity_bar(found.identity, current, at, without=_not_theirs(actor)),
        "print_head": print_head(actor, found.identity, at),
        "name": found.identity.name,
        "record": found.identity.record,
        "at": at,
        "audits": found.relied_on.startswith(AUDITING),
        **context,
    }
    crumbs = [Crumb("My work", reverse("my-work"))]
    if current != "child":
        crumbs.append(Crumb(found.identity.name, child_address(found.identity.record, at)))
    return page(request, actor, template, whole, crumbs=crumbs, status=status)


def child_address(record: UUID, at: ReadAt | None = None) -> str:
    """The overview of a record; read at an earlier time, the record as it stood then."""
    return (
        f"{reverse('look-back', args=[record])}{at.query}"
        if at and at.on
        else reverse("child", args=[record])
    )


def _not_theirs(actor: Actor) -> frozenset[str]:
    """The pages that this person's role does not read."""
    read = {"looked": may_read(actor), "protected-address": may_see_address(actor)}
    return frozenset(name for name, may in read.items() if not may)


def identity_bar(
    who: Identity, current: str = "", at: ReadAt | None = None, without: frozenset[str] = frozenset()
) -> c.IdentityBar:
    """Who the record is about. Without `current` it has the navigation, with no page of it marked."""
    query = at.query if at else ""
    addresses = {
        name: reverse(name, args=[who.record]) + ("" if name in OF_TODAY else query) for name, _ in PAGES
    }
    addresses["child"] = child_address(who.record, at)
    items = tuple((title, addresses[name], name == current) for name, title in PAGES if name not in without)
    if who.transfer:
        items = (*items, ("Transfer", reverse("transfer", args=[who.record]), current == "transfer"))
    return c.IdentityBar(
        name=who.name,
        tags=tuple(c.Tag(word, tone) for word, tone in _tags(who)),
        beside=f"Known as **{who.known_as}**" if who.known_as and who.known_as != who.name else "",
        facts=tuple(_facts(who)),
        alerts=tuple(_alerts(who, without)),
        subnav=c.SubNavigation(f"{who.name}’s record", items),
    )


def _tags(who: Identity) -> tuple[tuple[str, TagTone], ...]:
    restricted: tuple[tuple[str, TagTone], ...] = (("Restricted", "late"),) if who.restriction else ()
    return (*restricted, *TAGS.get(who.stage, ()))


def _facts(who: Identity) -> Iterator[c.Fact]:
    if who.born is None and who.expected is not None:
        yield c.Fact("Expected", words.day_words(who.expected))
    else:
        born = words.day_words(who.born) if who.born else ""
        yield c.Fact("Age", who.age or "Not known", small=born)
    if who.restricted:
        yield c.Fact("Address", "Protected", mark=Mark("no", tone="soon"))
    else:
        yield c.Fact("Address", who.address or "Not recorded")
    if who.lives_with:
        yield c.Fact("Lives with", who.lives_with)
    if who.nhs_number:
        yield c.Fact("NHS number", who.nhs_number, keep_together=True)
    yield c.Fact("Cairn number", who.number, keep_together=True)
    yield c.Fact("Worker", who.worker or "Nobody yet")
    yield c.Fact("Team", who.team or "None yet")
    if who.transfer:
        yield c.Fact("Transfer", who.transfer)


def _alerts(who: Identity, without: frozenset[str]) -> Iterator[c.Alert]:
    if who.restriction:
        link = c.Link("Who may open it", reverse("restriction", args=[who.record]))
        yield c.Alert(f"**Restricted: {who.restriction}.** {who.restriction_words}".strip(), link)
    if who.health_alert:
        yield c.Alert(f"**Health:** {who.health_alert}")
    if who.staff_safety:
        yield c.Alert(f"**Before you visit:** {who.staff_safety}")
    if who.unsafe_ways:
        yield c.Alert(f"**Not safe: {who.unsafe_ways.rstrip('.')}.** Do not use it to reach the family.")
    if who.restricted:
        see = reverse("protected-address", args=[who.record]) if "protected-address" not in without else ""
        yield c.Alert(
            "**The address is protected.** Tell nobody where the family lives, nor that it is protected.",
            c.Link("See the address", see) if see else None,
        )


def print_head(actor: Actor, who: Identity, at: ReadAt) -> PrintHead:
    """The head of each printed sheet."""
    return PrintHead(
        name=who.name,
        born=_born(who),
        number=who.number,
        printed_by=f"{actor.name}, {actor.role}",
        printed_at=words.moment_words(now()),
        extra=tuple(_on_each_sheet(who, at)),
    )


def _on_each_sheet(who: Identity, at: ReadAt) -> Iterator[str]:
    if who.restriction:
        yield "Restricted record"
    if at.on:
        yield at.sentence.replace("**", "")


def _born(who: Identity) -> str:
    if who.born:
        return words.day_words(who.born)
    return f"not yet (expected {words.day_words(who.expected)})" if who.expected else "on a day not known"
