"""The procedures in use: read once from the package's data, or from the folder CAIRN_PROCEDURES names."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from cairn.core.calendar.holidays import HolidayTable
from cairn.core.calendar.working_days import Calendar
from cairn.core.engine.view import Procedures
from cairn.core.people.short_forms import ShortForms, read_short_forms
from cairn.core.protocol.check import check_protocol
from cairn.core.protocol.load import (
    AuthoringFault,
    ProceduresFaulty,
    compile_protocol,
    load_protocol,
    load_vocabulary,
)
from cairn.core.protocol.model import Protocol, Rule
from cairn.core.vocabulary.model import Vocabulary

FOLDER = "CAIRN_PROCEDURES"
PROTOCOL = "CAIRN_PROTOCOL"
DEFAULT_PROTOCOL = "peterborough"


@dataclass(frozen=True, slots=True)
class Edition:
    """Procedures as they are kept: all that a derivation rests on beside the events, under one hash.

    `compiled` is plain JSON with the protocol, the vocabulary and the calendar's hash; `calendar` is
    the text of its file.
    """

    hash: str
    name: str
    compiled: Mapping[str, Any]
    calendar_hash: str
    calendar: str


def shipped_vocabulary() -> Vocabulary:
    """The vocabulary. Raises ProceduresFaulty with every fault, each at its line."""
    return _vocabulary(_folder_name())


def shipped_protocol(name: str) -> Protocol | None:
    """The protocol of that name, checked against the vocabulary; None where there is none."""
    return _protocol(_folder_name(), name) if name in protocol_names() else None


def shipped_calendar() -> Calendar:
    """Working days by the bank holidays of England and Wales."""
    return _calendar(_folder_name())


def protocol_names() -> list[str]:
    """The protocols there are, in order."""
    folder = _folder(_folder_name()) / "protocols"
    return sorted(entry.name for entry in folder.iterdir() if (entry / "protocol.yaml").is_file())


def short_forms() -> ShortForms:
    """Which forenames are short for which."""
    return _short_forms(_folder_name())


def procedures(protocol: str) -> Procedures | None:
    """What histories are read under with that protocol; None where there is none of that name."""
    found = shipped_protocol(protocol)
    return Procedures(shipped_vocabulary(), found, shipped_calendar()) if found else None


def in_use() -> Procedures:
    """The authority's own procedures."""
    return _in_use(_folder_name(), os.environ.get(PROTOCOL, DEFAULT_PROTOCOL))


def in_use_edition() -> Edition:
    """The authority's own procedures, as they are kept."""
    return _edition(_folder_name(), os.environ.get(PROTOCOL, DEFAULT_PROTOCOL))


def in_use_hash() -> str:
    """The hash of the authority's own procedures: another one where protocol, vocabulary or calendar changed."""
    return in_use_edition().hash


def _folder_name() -> str:
    return os.environ.get(FOLDER, "")


def _folder(name: str) -> Traversable:
    return Path(name) if name else files("cairn.procedures")


@cache
def _vocabulary(folder: str) -> Vocabulary:
    return load_vocabulary(dict(_texts(_folder(folder) / "vocabulary")))


@cache
def _protocol(folder: str, name: str) -> Protocol:
    protocol = load_protocol(dict(_texts(_folder(folder) / "protocols" / name)))
    problems = check_protocol(protocol, _vocabulary(folder))
    if problems:
        raise ProceduresFaulty([AuthoringFault(name, 0, "the protocol", problem) for problem in problems])
    return protocol


@cache
def _calendar(folder: str) -> Calendar:
    return Calendar(HolidayTable.from_csv(_calendar_text(folder)))


def _calendar_text(folder: str) -> str:
    return (_folder(folder) / "calendars" / "bank_holidays_england.csv").read_text("utf-8")


@cache
def _short_forms(folder: str) -> ShortForms:
    return read_short_forms((_folder(folder) / "names" / "short_forms.csv").read_text("utf-8").splitlines())


@cache
def _in_use(folder: str, name: str) -> Procedures:
    return Procedures(_vocabulary(folder), _protocol(folder, name), _calendar(folder))


@cache
def _edition(folder: str, name: str) -> Edition:
    calendar = _calendar_text(folder)
    calendar_hash = sha256(calendar.encode()).hexdigest()
    compiled = {
        "protocol": json.loads(compile_protocol(_protocol(folder, name))[0]),
        "vocabulary": _vocabulary(folder).model_dump(mode="json"),
        "calendar": calendar_hash,
    }
    spelled = json.dumps(compiled, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Edition(sha256(spelled.encode()).hexdigest(), name, compiled, calendar_hash, calendar)


def _texts(folder: Traversable) -> Iterator[tuple[str, str]]:
    """The YAML files of a folder by name, those of its folders too ("forms/assessment.yaml")."""
    for entry in sorted(folder.iterdir(), key=lambda one: (one.name != "protocol.yaml", one.name)):
        if entry.name.endswith(".yaml"):
            yield entry.name, entry.read_text("utf-8")
        elif entry.is_dir():
            yield from ((f"{entry.name}/{name}", text) for name, text in _texts(entry))


def texts_of(name: str) -> Mapping[str, str]:
    """A protocol's files as written, by name: for showing where a rule stands."""
    return dict(_texts(_folder(_folder_name()) / "protocols" / name))


def rules_by_area() -> Mapping[str, tuple[Rule, ...]]:
    """The rules in use by the file they are written in: one file is one area, named as it is."""
    protocol = in_use().protocol
    areas: dict[str, list[Rule]] = {}
    for name, text in texts_of(protocol.name).items():
        written = set(_RULE_ID.findall(text))
        rules: list[Rule] = [rule for rule in protocol.rules if rule.id in written]
        if rules:
            areas[name.removesuffix(".yaml").replace("_", " ").capitalize()] = rules
    return {area: tuple(rules) for area, rules in areas.items()}


_RULE_ID = re.compile(r"^\s*- id: ([a-z0-9-]+)\s*$", re.MULTILINE)
