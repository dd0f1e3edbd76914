"""Logs hold no case data, and one event stays one line."""

from __future__ import annotations

import logging

import pytest
from django.db import IntegrityError, transaction

from cairn.config.logs import Discreet
from cairn.records.models import Staff


def formatted(message, error=None):
    record = logging.LogRecord("cairn", logging.ERROR, __file__, 1, message, (), error)
    return Discreet("%(levelname)s %(message)s").format(record)


CANARY = "Canary\n\nPerson of several lines"


def test_what_the_database_quotes_is_left_out(db):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Staff.objects.create(name=CANARY, role="")
    assert CANARY in str(caught.value)
    said = formatted("failed", (type(caught.value), caught.value, caught.value.__traceback__))
    for part in ("Canary", "several lines"):
        assert part not in said
        assert part not in formatted(f"failed: {caught.value}")
    assert said.count("staff_has_a_role") == 2
    assert "The above exception was the direct cause" in said


def test_a_line_break_in_a_message_makes_no_second_line():
    said = formatted("name\nERROR forged\r\x1b[31m\u2028line\x85next")
    assert said == "ERROR name\\x0aERROR forged\\x0d\\x1b[31m\\x2028line\\x85next"


def test_a_trace_keeps_its_lines():
    with pytest.raises(LookupError) as caught:
        raise LookupError("gone")
    said = formatted("failed", (caught.type, caught.value, caught.tb))
    assert said.splitlines()[0] == "ERROR failed"
    assert said.splitlines()[-1] == "LookupError: (values left out)"


def test_what_an_exception_says_is_left_out_of_the_whole_chain():
    """It may be what somebody typed: a name that no list has, a text that is no number."""

    def fail():
        try:
            int(CANARY)
        except ValueError as first:
            first.add_note(CANARY)
            try:
                {}[CANARY]
            except KeyError:
                raise ExceptionGroup(
                    CANARY, [ValueError(CANARY), SyntaxError(CANARY, (CANARY, 1, 1, CANARY))]
                ) from first

    with pytest.raises(ExceptionGroup) as caught:
        fail()
    said = formatted("failed", (caught.type, caught.value, caught.tb))
    assert "Canary" not in said
    for kind in (
        "ValueError",
        "ExceptionGroup",
        "SyntaxError",
        "The above exception was the direct cause",
        "test_logs.py",
    ):
        assert kind in said, kind


def test_a_fault_of_the_database_keeps_its_code():
    class Diagnosed(Exception):
        class diag:  # noqa: N801 - psycopg's name
            sqlstate, constraint_name = "23505", "one_record_each"

    said = formatted("failed", (Diagnosed, Diagnosed(CANARY), None))
    assert said.splitlines()[-1].endswith("Diagnosed: 23505 one_record_each (values left out)")
