"""The reviewed tables of access say all that there is, and nothing that is not: routes, roles, classes, models, events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import models
from tests.attacks.classes import CLASSES
from tests.attacks.places import names_of_addresses
from tests.attacks.tabled import column, rows

from cairn.application.procedures import in_use
from cairn.core.roles import ROLES
from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.urls import urlpatterns
from cairn.records.models import LedgerEvent, Record
from cairn.records.models.sight import InSight

WRITTEN = ("text", "long_text", "list")
IN_SIGHT = "in sight"
STAGES = ("whole", "front", "closed", "going")


def missing(said: Iterable[str], there: Iterable[str]) -> tuple[list[str], list[str]]:
    """What is there without a row, and rows without a thing; a row given twice is one of them."""
    listed = list(said)
    twice = {one for one in listed if listed.count(one) > 1}
    return sorted(set(there) - set(listed)), sorted((set(listed) - set(there)) | twice)


def every_model() -> dict[str, type[models.Model]]:
    return {model._meta.label: model for model in apps.get_models()}


def reaches(model: type[models.Model]) -> bool:
    """Whether its rows lead to a record by the keys they hold, or are what hangs on something that does."""
    seen, waiting = set(), [model]
    while waiting:
        one = waiting.pop()
        seen.add(one)
        held = [field.related_model for field in one._meta.get_fields() if is_held(field)]
        if {Record, LedgerEvent} & {one, *held}:
            return True
        waiting += [other for other in held if other not in seen]
    return "records" in {field.name for field in model._meta.get_fields()}


def is_held(field: models.Field) -> bool:
    """A key that the row holds; or that of the one row between a file and its events."""
    return bool(field.is_relation and field.related_model) and (
        field.many_to_one or (field.one_to_one and field.concrete) or field.name == "hangs_on"
    )


def test_complete_every_model_is_in_the_table_and_nothing_else():
    assert missing(column("models", "model"), every_model()) == ([], [])


@pytest.mark.parametrize("row", rows("models"), ids=lambda row: row["model"])
def test_what_reaches_a_record_is_out_of_sight_with_it_or_the_table_says_why_not(row):
    model = every_model()[row["model"]]
    assert bool(row["record"]) == reaches(model), "the way to the record"
    assert bool(row["kept out"]) == bool(row["record"]), "how it is kept out of sight"
    assert (row["kept out"] == IN_SIGHT) == isinstance(model._default_manager, InSight), "its manager"
    assert row["holds"]
    assert row["read by"]


def texts(fields: Iterable[Field], place: str = "") -> Iterator[tuple[str, Field]]:
    """Every field in which words about somebody stand, with its place."""
    for field in fields:
        if field.type in WRITTEN and field.personal and not field.options:
            yield place + field.name, field
        yield from texts(field.fields, f"{place}{field.name}.")


def class_of(field: Field) -> str:
    """The class of data that the vocabulary gives a text: several where it depends on another answer."""
    given = field.class_
    several = (given,) if not isinstance(given, tuple) else given
    names = {one if isinstance(one, str) else one.name for one in several} - {"ordinary"}
    return " + ".join(sorted({*names, *(["referrer identity"] if field.apart else [])})) or "ordinary"


def as_marked() -> set[tuple[str, str, str]]:
    """Each event of the vocabulary, each class on it, and the texts of that class."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in in_use().vocabulary.events.values():
        for place, field in texts(event.fields):
            found[(event.name, class_of(field))].append(place)
        if not any(texts(event.fields)):
            found[(event.name, "no text")] = []
    return {(event, name, " ".join(places)) for (event, name), places in found.items()}


def test_complete_every_text_of_every_event_has_its_class_in_the_table():
    said = {(row["event"], row["class"], row["texts"]) for row in rows("events")}
    assert missing([" | ".join(one) for one in said], [" | ".join(one) for one in as_marked()]) == ([], [])


def test_complete_every_role_and_class_has_its_cell_in_the_table_of_who_opens_what():
    table = rows("opens")
    assert missing(column("opens", "class"), CLASSES) == ([], [])
    assert missing(set(table[0]) - {"class", "what it is"}, ROLES) == ([], [])
    assert {row[role] for row in table for role in ROLES} == {"opens", "-", "none"}
    assert all(row["what it is"] for row in table)


def test_complete_every_address_has_its_row_in_the_table_of_routes():
    """A new page is a new row: who comes there, and what each class of record answers."""
    assert missing(column("routes", "route"), names_of_addresses()) == ([], [])
    assert set(ROLES) <= set(rows("routes")[0])


@pytest.mark.parametrize("row", rows("routes"), ids=lambda row: row["route"])
def test_a_row_of_the_table_of_routes_is_whole(row):
    """Each method that the view takes has a status for whoever may, and no other has."""
    view = next(pattern.callback for pattern in urlpatterns if pattern.name == row["route"])
    needed = STAGES if row["about"] == "record" else ("whole",)
    for method in ("GET", "POST"):
        given = [bool(row[f"{method.lower()} {stage}"]) for stage in needed]
        assert all(given) if method in row["methods"].split() else not any(given), method
    assert (view.policy == "anybody") == any(row[f"{one} anybody"] for one in ("get", "post"))
    letters = {"GET": "r", "POST": "s"}
    assert {letter for role in ROLES for letter in row[role]} <= {
        letters[one] for one in row["methods"].split()
    }
    assert row["about"] in ("record", "none")


def test_an_exception_is_about_something_and_says_why():
    for row in rows("exceptions"):
        assert row["why"], row
        assert row["route"] in column("routes", "route"), row
        assert set(row["class"].split("; ")) <= {*CLASSES, ""}, row
        assert row["role"] == "any" or set(row["role"].split("; ")) <= set(ROLES), row
