"""AZ-5: whatever else is sent with a form, only what the form declares is taken.

Each form is sent as it is and, everything taken back, sent again with the name of each field of each table, of each field of the
vocabulary and of what a session might decide by. What stands in the database afterwards is the same, row for row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import resolve
from psycopg import sql
from tests.attacks.database import EVERY_LOOK, OUT_OF_REACH
from tests.attacks.filling import asked_in_forms
from tests.attacks.forms import forms_of
from tests.attacks.operations import OPERATIONS, Operation

from cairn.application.procedures import in_use

# What others have been tricked by, beside our own names.
ASKED_FOR = (
    "id", "pk", "created_by", "author", "author_id", "status", "approved_by", "approver", "restricted", "is_restricted",
    "restriction", "version_number", "at", "happened_at", "recorded_at", "number", "role", "roles", "capacity", "actor", "staff",
    "staff_id", "team", "team_id", "manages", "rights", "is_staff", "is_superuser", "is_active", "session_round", "relied_on",
    "allowed", "hidden", "strong", "purpose", "act", "act_id", "record", "record_id", "request_id", "new_kind", "only", "kind_of",
)  # fmt: skip
# Of every run something is new: ids, the salt of a digest, and what is made of them.
MADE_ANEW = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\\x[0-9a-f]+|\b[0-9a-f]{64}\b"
)
NUMBERED = re.compile(r"\b(?:FC|A)-\d+\b|\(\d+,|\(,\d+,")


def every_name() -> set[str]:
    """The names of all that might be set by somebody who guesses."""
    tables = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    columns = {f"{name}_id" for name in tables}
    events = in_use().vocabulary.events.values()
    return {*ASKED_FOR, *tables, *columns, *_names(field for event in events for field in event.fields)}


def _names(fields: Iterable[Any]) -> Iterable[str]:
    for field in fields:
        yield field.name
        yield from _names(field.fields)


def declared(operation: Operation, page: str) -> set[str]:
    """What the form takes: all that its page has, that is sent or that a view asks for; of a day or a list every part."""
    forms = forms_of(page, operation.address) if page else ()
    shown = {name for form in forms for name in (*form.carries, *(button for button, _ in form.buttons))}
    sent = {*shown, *operation.form, *operation.files, *asked_in_forms(), *fields_of(operation)}
    return {part for name in sent for part in (name, name.split("-")[0], name.rpartition("-")[2])}


def fields_of(operation: Operation) -> set[str]:
    """The fields of the act itself: some are asked only once another is answered, and stand on no page before."""
    name = resolve(operation.address).url_name
    act = in_use().vocabulary.acts.get({"new-contact": "record-contact"}.get(name, name))
    return (
        {one for made in act.yields for one in (*made.fields, *(made.rename or {}).values())}
        if act
        else set()
    )


def state() -> dict[str, list[str]]:
    """Every row of every table, without what is new in each run."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: _rows(cursor, name) for name in names if name not in EVERY_LOOK | OUT_OF_REACH}


def _rows(cursor, name: str) -> list[str]:
    cursor.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
    return sorted(NUMBERED.sub("", MADE_ANEW.sub("", row)) for (row,) in cursor.fetchall())


def sent(house, operation: Operation, more: dict[str, str]) -> tuple[int, dict[str, list[str]]]:
    """What is answered, and what then stands in the database; it is taken back."""
    with transaction.atomic():
        browser = house.client(operation.who)
        files = [SimpleUploadedFile(name, content) for name, content in operation.files.items()]
        form = {**more, **operation.form, **({"documents": files} if files else {})}
        answer = browser.post(operation.address, form)
        found = answer.status_code, state()
        transaction.set_rollback(True)
    return found


VALUES = ("yes", "00000000-0000-4000-8000-00000000beef", "somebody")


def taken_beyond(house, name: str, value: str) -> list[str]:
    """The rows that differ when more is sent; the form, as it is, has to be taken."""
    operation = OPERATIONS[name](house)
    given = str(house.people.ids["Rosa Quill"]) if value == "somebody" else value
    page = house.client(operation.who).get(operation.address, follow=True).content.decode()
    guessed = every_name() - declared(operation, page)
    assert len(guessed) > 300
    status, plain = sent(house, operation, {})
    assert status in (200, 302), name
    again, found = sent(house, operation, dict.fromkeys(guessed, given))
    assert again == status, name
    return sorted(
        f"{table}: {sorted({*found[table]} ^ {*plain[table]})}"
        for table in found
        if found[table] != plain[table]
    )


def tried(house, names: Iterable[str], values: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """What was taken beyond what is declared, by operation and value; each from the same beginning."""
    found = {}
    for name in names:
        for value in values:
            with transaction.atomic():
                found[name, value] = taken_beyond(house, name, value)
                transaction.set_rollback(True)
    return {what: tables for what, tables in found.items() if tables}


@pytest.mark.attack
@pytest.mark.timeout(600)
def test_az_5_only_what_a_form_declares_is_taken(house):
    assert tried(house, OPERATIONS, VALUES) == {}


def test_az_5_only_what_the_form_of_a_note_declares_is_taken(house):
    assert tried(house, ["write a note"], VALUES[2:]) == {}


def test_az_5_a_name_that_is_declared_does_change_what_is_kept(house):
    """The twin: the comparison sees a change of one word."""
    operation = OPERATIONS["write a note"](house)
    before = sent(house, operation, {})
    changed = Operation(operation.who, operation.address, {**operation.form, "text": "Another."}, {})
    after = sent(house, changed, {})
    assert {table for table in after[1] if after[1][table] != before[1][table]} >= {"records_eventcontent"}
