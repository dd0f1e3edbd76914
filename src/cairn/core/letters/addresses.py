"""Addresses that have to be kept from people, found again in a text however they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cairn.core.people.told import plain

POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b")
# A house and its street: "7 Made-up Row", "12a High Street".
HOUSE: Final = re.compile(r"^\d+\w?\s+\w+")


def gives_away(text: str, kept: Iterable[str]) -> bool:
    """Whether a text has one of these addresses in it: whole, its house and street, or its postcode."""
    words = f" {_words(text)} "
    joined = words.replace(" ", "")
    for address in kept:
        if any(f" {one} " in words for one in _ways(address)):
            return True
        if any(code in joined for code in _postcodes(address)):
            return True
    return False


def holds_an_address(text: str) -> bool:
    """Whether something in a text has the shape of a postcode, whoever's it may be."""
    return POSTCODE.search(plain(text)) is not None


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", plain(text)).split())


def _ways(address: str) -> Iterator[str]:
    """The ways in which an address may stand in a text: whole, and each part that names a house and a street."""
    if whole := _words(address):
        yield whole
    for part in re.split(r"[,\n]", address):
        if HOUSE.match(words := _words(part)):
            yield words


def _postcodes(address: str) -> Iterator[str]:
    for found in POSTCODE.findall(plain(address)):
        yield found.replace(" ", "")
