"""To whom a letter of the procedures may go: the child, the family, the professionals; each with their address and what is not safe.

An address that has to be kept from people is in no letter at all, not even in one to whoever lives there: a letter is
copied, filed and left lying. The envelope is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cairn.application.child import ChildPage
from cairn.application.referrers import is_kept_apart
from cairn.application.timeline import ADDRESS, OF_ADULTS, in_words, kept_back
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.view import View
from cairn.core.history.event import Event
from cairn.core.history.history import CORRECTED
from cairn.core.letters.addresses import gives_away
from cairn.core.people.around import RELATED, Around, Involved, Someone, around, person_of
from cairn.core.people.called import described
from cairn.core.people.family import SIBLINGS
from cairn.core.protocol.model import Letter

CHILD: Final = "child"
REFERRER: Final = "referrer"
SOMEBODY_ELSE: Final = "other"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a letter may go to. `address` is empty where none is known or it is `kept` from people; `unsafe` says how
    they must not be reached, `safe` how they may, `risk` that they are recorded as one.
    """

    key: str
    name: str
    what: str
    address: tuple[str, ...] = ()
    kept: bool = False
    unsafe: str = ""
    safe: str = ""
    risk: bool = False


def recipients(found: ChildPage, letter: Letter) -> tuple[Recipient, ...]:
    """Everybody on the record whom this letter is meant for, in the order in which they were recorded."""
    there = _around(found.view)
    if letter.to == "child":
        return (_child(found, there),)
    if letter.to == "family":
        return tuple(_person(found, there, one) for one in _adults(there))
    return (*_referrer(found), *(_professional(one) for one in there.involved if one.ended is None))


def _around(view: View) -> Around:
    return around(view.standing.events, view.world.as_at.astimezone(LONDON).date())


def _adults(there: Around) -> Iterator[Someone]:
    """The family but for brothers and sisters, who have records of their own."""
    for one in there.people:
        gone = one.ended is not None or one.day("died") is not None
        if not gone and one.text("relation") not in SIBLINGS and one.text("name"):
            yield one


def _child(found: ChildPage, there: Around) -> Recipient:
    name = first_name(found) or found.identity.name
    address, kept = _home(found, there)
    unsafe = _joined(_unsafe_at_home(found.view, there))
    return Recipient(CHILD, name, "The child", address, kept, unsafe=unsafe, safe=there.safe)


def first_name(found: ChildPage) -> str:
    """What the child is called: the name they go by, else their first names; '' where no name is recorded."""
    known = described(found.view.standing.events)
    name = str(known.get("name") or "")
    called = name.rpartition(" ")[0] or name
    return found.identity.known_as or str(known.get("forename") or "") or called


def _home(found: ChildPage, there: Around) -> tuple[tuple[str, ...], bool]:
    """The address of the child's home for an envelope, and whether it is kept from people."""
    kept = kept_addresses(found.whole)
    address = there.home.address if there.home else ""
    hidden = found.identity.restricted or _home_is_kept(found.view) or gives_away(address, kept)
    return ((), True) if hidden else (_lines(address), False)


def _home_is_kept(view: View) -> bool:
    return any(kept_back(view, one) for one in view.stream if one.type == ADDRESS)


def _lines(address: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in address.replace("\n", ",").split(",") if one.strip())


def _person(found: ChildPage, there: Around, one: Someone) -> Recipient:
    at_home = one.text("household") == "same"
    address, kept = _home(found, there) if at_home else (_lines(one.text("address")), False)
    if _is_kept(found.view, one) or gives_away(one.text("address"), kept_addresses(found.whole)):
        address, kept = (), True
    unsafe = _unsafe_at_home(found.view, there) if at_home else (one.text("unsafe_ways"),)
    return Recipient(
        key=one.key,
        name=one.text("name"),
        what=_relation(found.view, one),
        address=address,
        kept=kept,
        unsafe=_joined(unsafe),
        safe=one.text("safe_ways"),
        risk=bool(one.text("risk")) or any(risk.person == one.key and not risk.ended for risk in there.risks),
    )


def _is_kept(view: View, one: Someone) -> bool:
    """Whether where somebody lives has ever been said to be kept from people."""
    told = (event for event in view.stream if event.type in OF_ADULTS and person_of(event) == one.key)
    return any(kept_back(view, event) for event in told)


def _unsafe_at_home(view: View, there: Around) -> Iterator[str]:
    """What is not safe in the child's home, whoever of it a letter is to: what was said of the whole household (else what
    the last caller said), and of each person who lives there.
    """
    calls = [one for one in view.standing.events if one.type == "contact.received"]
    told = [str(one.data["unsafe_ways"]) for one in calls if one.data.get("unsafe_ways")]
    yield there.unsafe or (told[-1] if told else "")
    for one in there.people:
        if one.text("household") == "same" and one.ended is None and one.text("unsafe_ways"):
            yield f"{one.text('name')}: {one.text('unsafe_ways')}"


def _joined(ways: Iterable[str]) -> str:
    return ". ".join(dict.fromkeys(way.strip().rstrip(". ") for way in ways if way.strip()))


def _relation(view: View, one: Someone) -> str:
    field = view.procedures.vocabulary.events[RELATED].field("relation")
    relation = one.text("relation")
    said = in_words(field, relation) if field and relation else "Of the family"
    return f"{said}, lives with the child" if one.text("household") == "same" else said


def _referrer(found: ChildPage) -> Iterator[Recipient]:
    events = found.view.standing.events
    referral = next((one for one in reversed(events) if one.type == "referral.received"), None)
    name = str(referral.data.get("referrer_name") or "").strip() if referral else ""
    source = referral.data.get("source") if referral else ""
    # Somebody of the family, or of the neighbourhood, who made a referral is no professional.
    organisation = str(referral.data.get("referrer_organisation") or "").strip() if referral else ""
    if name and organisation and source != "anonymous" and referral and not is_kept_apart(referral):
        yield Recipient(REFERRER, name, f"Made the referral, {organisation}", (organisation,))


def _professional(one: Involved) -> Recipient:
    name = one.name or one.organisation
    about = ", ".join(filter(None, (one.organisation if one.name else "", one.contact)))
    return Recipient(
        one.entry,
        name,
        about or "Works with the family",
        (one.organisation,) if one.organisation and one.name else (),
    )


def kept_addresses(view: View) -> tuple[str, ...]:
    """Every address and postcode on the record that has to be kept from people, those corrected or withdrawn too."""
    found: list[str] = []
    for event in view.stream:
        if kept_back(view, event):
            found += _addresses(event.data)
            found += _corrected(view, event)
    return tuple(dict.fromkeys(one for one in found if one.strip()))


def _addresses(data: Mapping[str, Any]) -> list[str]:
    return [str(data[name]) for name in ("address", "postcode") if data.get(name)]


def _corrected(view: View, event: Event) -> Iterator[str]:
    for one in view.stream:
        if one.type == CORRECTED and one.data.get("corrects") == event.id:
            yield from _addresses(one.data.get("data") or {})
