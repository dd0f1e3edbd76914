"""Following every link from My work on, as one person, and what each answer held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote_plus, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from tests.attacks.house import House
from tests.attacks.places import places

from cairn.records.models import AccessEntry

ADDRESS = re.compile(r"""\b(?:href|action|formaction|src|data-[a-z-]+)=["']([^"']*)["']""")
# Of pages alike but for the rule or the act they are about, so many are read.
ENOUGH = {"provision": 3, "act": 12}


@dataclass(frozen=True)
class Seen:
    """One answer: its address, itself, and the entries that its request wrote into the access log."""

    address: str
    response: HttpResponse
    log: tuple[AccessEntry, ...]

    @property
    def text(self) -> str:
        """The page as it was sent, or where it leads; a file that is handed out is no page, and leads nowhere."""
        return "" if self.response.streaming else self.response.content.decode(errors="replace")

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address in it, as a browser or a proxy would write it down, decoded."""
        found = [unescape(one) for one in ADDRESS.findall(self.text)]
        return tuple(unquote_plus(one) for one in [*found, self.response.get("Location", "")] if one)


def ask(client: Client, address: str, form: dict[str, str] | None = None) -> Seen:
    """One request, with the entries of the access log that it wrote."""
    last = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    response = client.get(address) if form is None else client.post(address, form)
    return Seen(address, response, tuple(AccessEntry.objects.filter(pk__gt=last)))


def crawl(house: House, name: str) -> Iterator[Seen]:
    """Everything that one person reaches by links, from the table of addresses and from My work."""
    client, told = house.client(name), dict.fromkeys(ENOUGH, 0)
    waiting = [place.address for place in places(house).values() if place.is_page]
    known = set(waiting)
    while waiting:
        seen = ask(client, waiting.pop(0))
        yield seen
        new = [one for one in _links(seen) if one not in known and not _is_enough(one, told)]
        waiting += dict.fromkeys(new)
        known |= set(new)


def _links(seen: Seen) -> Iterator[str]:
    found = [unescape(one) for one in re.findall(r'href="([^"]+)"', seen.text)]
    for link in [*found, seen.response.get("Location", "")]:
        parts = urlsplit(link)
        is_ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
        if is_ours and not parts.path.startswith("/static/"):
            yield link.partition("#")[0]


def _is_enough(address: str, told: dict[str, int]) -> bool:
    try:
        name = resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return False
    if name in told:
        told[name] += 1
    return told.get(name, 0) > ENOUGH.get(name, 1)
