"""Every form, every question after an address and every part of an address there is, with a payload in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from django.http import HttpResponse
from tests.attacks.forms import Form, forms_of
from tests.attacks.house import House
from tests.attacks.places import Place, places
from tests.attacks.source import modules

# What a view asks of an address or of a form by its name.
ASKED = re.compile(r"""(GET|POST)(?:\.get|\.getlist)?[(\[]["']([a-z][a-z_-]*)["']""")
# Signing out by each form would end the journey at its beginning.
LEFT = frozenset({"sign-out"})


@dataclass(frozen=True)
class Tried:
    """One answer: what was tried, where, and what came."""

    place: str
    what: str
    response: HttpResponse

    @property
    def is_kept(self) -> bool:
        """Whether it was answered as anybody's words are: taken, led on, refused with a reason; never a fault."""
        return self.response.status_code < 500

    def __str__(self) -> str:
        fault = getattr(self.response, "exc_info", None)
        return f"{self.response.status_code} {self.place}: {self.what[:200]} {repr(fault[1])[:200] if fault else ''}"


@cache
def asked_after_addresses() -> tuple[str, ...]:
    """Every name that some view looks for after an address, and those of the boxes that pages are opened with."""
    found = {name for text in modules().values() for way, name in ASKED.findall(text) if way == "GET"}
    return tuple(
        sorted(
            found | {"group", "sort", "from", "day-day", "on-year", "known-year", "text", "reason", "person"}
        )
    )


@cache
def asked_in_forms() -> tuple[str, ...]:
    """Every name that some view looks for in what was sent."""
    return tuple(
        sorted({name for text in modules().values() for way, name in ASKED.findall(text) if way == "POST"})
    )


def forms(house: House) -> Iterator[tuple[str, Place, Form]]:
    """Every form that is sent to one of our addresses, as its own page shows it; of one that no page shows, its names."""
    for name, place in places(house).items():
        if "POST" not in place.methods or name in LEFT:
            continue
        shown = house.client(place.who).get(place.address, follow=True) if place.is_page else None
        found = forms_of(shown.content.decode(), place.address) if shown is not None else ()
        own = [
            one for one in found if one.is_posted and one.address.split("?")[0] == place.address.split("?")[0]
        ]
        yield from ((name, place, one) for one in own)
        if not own:
            yield name, place, Form(place.address, True, dict.fromkeys(asked_in_forms(), ("",)), (), ())


def sent(house: House, payloads: Iterable[str], *, typed_only: bool) -> Iterator[Tried]:
    """Each form with each payload in every box a person types in; or in everything it carries, ids and choices too."""
    everything = tuple(payloads)
    for name, place, form in forms(house):
        client = house.client(place.who)
        client.raise_request_exception = False
        for payload in everything:
            names = form.typed if typed_only else (*form.carries, *asked_in_forms())
            if not names:
                continue
            change = dict.fromkeys(names, payload)
            for button in form.buttons or (None,):
                answer = client.post(form.address, form.sent(change, button))
                yield Tried(name, f"{payload!r} by {button}", answer)


def one_by_one(house: House, payload: str) -> Iterator[Tried]:
    """Each form with the payload in one of its fields, and the others as the page had them."""
    for name, place, form in forms(house):
        client = house.client(place.who)
        client.raise_request_exception = False
        for field in dict.fromkeys((*form.carries, *asked_in_forms())):
            answer = client.post(form.address, form.sent({field: payload}, (form.buttons or (None,))[0]))
            yield Tried(name, f"{payload!r} in {field}", answer)


def asked(house: House, payloads: Iterable[str]) -> Iterator[Tried]:
    """Each page with each payload behind every name that any view asks for."""
    everything = tuple(payloads)
    for name, place in places(house).items():
        if not place.is_page:
            continue
        client = house.client(place.who)
        client.raise_request_exception = False
        for payload in everything:
            for each in asked_after_addresses():
                answer = client.get(place.address.partition("?")[0], {each: payload})
                yield Tried(name, f"{payload!r} after {each}=", answer)


def asked_at_once(house: House, payload: str) -> Iterator[Tried]:
    """Each page with the payload behind all those names together."""
    for name, place in places(house).items():
        if place.is_page:
            client = house.client(place.who)
            client.raise_request_exception = False
            answer = client.get(
                place.address.partition("?")[0], dict.fromkeys(asked_after_addresses(), payload)
            )
            yield Tried(name, f"{payload!r} after everything", answer)


def in_addresses(house: House, payloads: Iterable[str]) -> Iterator[Tried]:
    """Each address with the payload for each of its parts in turn."""
    everything = tuple(payloads)
    for name, place in places(house).items():
        client = house.client(place.who)
        client.raise_request_exception = False
        parts = place.address.partition("?")[0].strip("/").split("/")
        for number in range(len(parts)):
            for payload in everything:
                changed = [*parts[:number], quote(payload, safe=""), *parts[number + 1 :]]
                answer = client.generic(place.methods[0], f"/{'/'.join(changed)}/")
                yield Tried(name, f"{payload!r} as part {number}", answer)
