"""Every cell of the matrix of access: a role, a class of record, an address and a method; what is expected, and what is answered."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader
from tests.attacks.classes import CLASSES, KINDS, Records, secrets, tokens
from tests.attacks.places import places
from tests.attacks.readers import reader
from tests.attacks.tabled import rows

from cairn.core.roles import ROLES

NOBODY = "nobody signed in"
READERS = (*ROLES, NOBODY)
# The columns of routes.csv that say what whoever may open a record is answered; a record of any other class is whole.
STAGES = {"front": "front", "closed": "closed", "going": "going"}
# A cell of routes.csv: whether a role may read the page of a record that is open to them, and send what is on it.
LETTER = {"GET": "r", "POST": "s"}
# A role that opens no record: where it has the letter, the record is asked for before the role is.
OPENS_NONE = "family"
OPENS, NONE = "opens", "none"
# What keeps a draft asks for its act before it asks whose it is.
SENT = {"draft": "draft-act=add-note"}
EMPTY = {"content_type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Cell:
    """One request. `kind` is the class of its record, or '' where the page is about none."""

    role: str
    kind: str
    route: str
    method: str
    address: str

    def __str__(self) -> str:
        return f"{self.role} | {self.kind or 'no record'} | {self.method} {self.route}"


@dataclass(frozen=True)
class Answer:
    """What one cell gives: the status, and the words of records that stand in it."""

    status: int
    shown: frozenset[str]


def cells(made: Records, role: str, kind: str, methods: tuple[str, ...] = ("GET", "POST")) -> Iterator[Cell]:
    """Every request of one role about the record of one class; with '' on the pages that are about no record."""
    asked = made.of(kind or "own", role if role != NOBODY else ROLES[0])
    for route, place in places(asked).items():
        if place.record == bool(kind):
            yield from (
                Cell(role, kind, route, one, made.address(kind, place.address))
                for one in place.methods
                if one in methods
            )


@cache
def routes() -> dict[str, dict[str, str]]:
    """The table of routes by name."""
    return {row["route"]: row for row in rows("routes")}


@cache
def opens() -> dict[str, dict[str, str]]:
    """The table of who may open what, by class."""
    return {row["class"]: row for row in rows("opens")}


@cache
def exceptions() -> dict[tuple[str, str, str, str], int]:
    """What is answered otherwise than the tables say, by class, role, route and method; each with its reason there."""
    return {
        (kind, role, row["route"], row["method"]): int(row["status"])
        for row in rows("exceptions")
        for kind in row["class"].split("; ")
        for role in (ROLES if row["role"] == "any" else row["role"].split("; "))
    }


def expected(cell: Cell) -> int:
    """The status that the tables give a cell."""
    row = routes()[cell.route]
    given = exceptions().get((cell.kind, cell.role, cell.route, cell.method))
    if given is not None:
        return given
    if cell.role == NOBODY:
        return int(row[f"{cell.method.lower()} anybody"] or 302)
    letter, none = LETTER[cell.method], bool(cell.kind) and opens()[cell.kind][cell.role] == NONE
    if letter not in row[cell.role] and not (none and letter in row[OPENS_NONE]):
        return 403
    if none:
        return int(row[f"{cell.method.lower()} none"] or 404)
    if cell.kind and not is_open(cell.role, cell.kind):
        return 403
    return int(row[f"{cell.method.lower()} {STAGES.get(cell.kind, 'whole')}"])


def is_open(role: str, kind: str) -> bool:
    """Whether a role may open a record of a class."""
    return role != NOBODY and opens()[kind][role] == OPENS


def may_be_shown(cell: Cell) -> frozenset[str]:
    """The words of records that may stand in an answer: of those one may open; none where the record is not open to them."""
    if cell.role == NOBODY or (cell.kind and not is_open(cell.role, cell.kind)):
        return frozenset()
    kinds = [kind for kind in KINDS if is_open(cell.role, kind)]
    return frozenset(tokens(kinds))


def browser(made: Records, role: str) -> Client:
    """Somebody's, signed in; or nobody's."""
    return Client() if role == NOBODY else made.people.client(reader(role))


def ask(client: Client, cell: Cell) -> Answer:
    """Send it, and take back whatever it did, so that each cell finds the same: signing out too."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        sent = SENT.get(cell.route, "") if cell.method == "POST" else ""
        response = client.generic(cell.method, cell.address, sent, **EMPTY)
        answer = Answer(response.status_code, shown_in(response))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def shown_in(response: HttpResponse) -> frozenset[str]:
    """The words of records that an answer holds: in its page, its file, its headers and where it leads."""
    text = text_of(response)
    return frozenset(one for one in every_token() if one in text)


def text_of(response: HttpResponse) -> str:
    """All that can be read in an answer: of a PDF its text and what it says of itself, too."""
    body = b"".join(response) if response.streaming else response.content
    text = body.decode(errors="replace") + str(dict(response.headers.items()))
    if not body.startswith(b"%PDF"):
        return text
    read = PdfReader(io.BytesIO(body))
    return "\n".join((text, str(read.metadata), *(sheet.extract_text() for sheet in read.pages)))


@cache
def every_token() -> tuple[str, ...]:
    """Every word by which a record of any class would be known."""
    return (*tokens(KINDS), *secrets(KINDS))


def wrong(client: Client, cell: Cell) -> Iterator[str]:
    """What is wrong with the answer to a cell: its status, or words that must not stand in it."""
    answer, due = ask(client, cell), expected(cell)
    if answer.status != due:
        yield f"{cell}: {answer.status} and not {due}"
    away = answer.shown - may_be_shown(cell)
    if away:
        yield f"{cell}: shows {', '.join(sorted(away))}"


__all__ = ["CLASSES", "NOBODY", "READERS", "Cell", "ask", "browser", "cells", "expected", "wrong"]
