"""Whose installation this is: the authority's name, its procedures in use, and where to ring."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import time

from cairn.application.procedures import in_use
from cairn.application.sign_in import is_made_up


@dataclass(frozen=True, slots=True)
class Installation:
    """What stands round every page."""

    authority: str
    procedures: str
    phone_lines: tuple[str, ...]
    made_up: bool


def installation() -> Installation:
    """From the environment (CAIRN_AUTHORITY, CAIRN_PHONE_LINES separated by |) and the procedures in use."""
    return Installation(
        authority=authority_name(),
        procedures=f"Procedures in use: {in_use().protocol.title}.",
        phone_lines=phone_lines(),
        made_up=is_made_up(),
    )


def authority_name() -> str:
    """The authority's name, asked of nothing that may fail."""
    return os.environ.get("CAIRN_AUTHORITY", "Fellmere Council")


def authority_code() -> str:
    """The authority's number in national returns (three digits), from CAIRN_AUTHORITY_CODE; '' where none is given."""
    return os.environ.get("CAIRN_AUTHORITY_CODE", "").strip()


def phone_lines() -> tuple[str, ...]:
    """Where to ring, as sentences."""
    lines = os.environ.get("CAIRN_PHONE_LINES", "")
    return tuple(line.strip() for line in lines.split("|") if line.strip())


def office_hours() -> tuple[time, time] | None:
    """When the office is open on working days, from CAIRN_OFFICE_HOURS ("08:00-18:00"); None where it does not say.

    They are shown beside clocks that run on regardless, and move no date.
    """
    given = os.environ.get("CAIRN_OFFICE_HOURS", "")
    opens, dash, closes = given.partition("-")
    if not dash:
        return None
    return time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip())
