"""Reading procedures from YAML 1.2: every fault at once, each with its file, line and remedy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from cairn.core.protocol.model import Protocol
from cairn.core.vocabulary.model import Act, EventType, Vocabulary

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class AuthoringFault:
    """A fault in a procedures file: where it stands and what is wrong."""

    file: str
    line: int
    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.path}: {self.problem}"


class ProceduresFaulty(ValueError):
    """The procedures shipped or adopted cannot be used; carries every fault."""

    def __init__(self, faults: list[AuthoringFault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def parse_yaml(file: str, text: str) -> Any:
    """A YAML document with line numbers kept; raises ProceduresFaulty (a key given twice included)."""
    try:
        return YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ProceduresFaulty([AuthoringFault(file, line, "the file", str(error.problem))]) from error


def load_vocabulary(files: Mapping[str, str]) -> Vocabulary:
    """The vocabulary from its files (name to text), each with `events` and `acts`.

    Raises ProceduresFaulty with every fault: unknown keys, a name given twice, strands nobody opens.
    """
    events: dict[str, EventType] = {}
    acts: dict[str, Act] = {}
    faults: list[AuthoringFault] = []
    for file, text in files.items():
        document = parse_yaml(file, text)
        for part, model, into in (("events", EventType, events), ("acts", Act, acts)):
            for row in document.get(part) or ():
                _take(model, row, f"{file}", into, faults)  # type: ignore[arg-type]  # two maps, one loop
    if not faults:
        vocabulary = Vocabulary(events=events, acts=acts)
        faults = [AuthoringFault("vocabulary", 0, "the whole", said) for said in vocabulary.faults()]
    if faults:
        raise ProceduresFaulty(faults)
    return vocabulary


def _take(
    model: type[EventType | Act],
    row: Any,
    file: str,
    into: dict[str, EventType | Act],
    faults: list[AuthoringFault],
) -> None:
    part = validate(model, row, file, faults)
    if part is None:
        return
    if part.name in into:
        faults.append(AuthoringFault(file, _line(row, ()), part.name, "stands twice"))
    into[part.name] = part


def load_protocol(files: Mapping[str, str]) -> Protocol:
    """A protocol from its folder's files (name to text), joined: `protocol.yaml` is the head, every other
    file adds to its lists. Raises ProceduresFaulty with every fault.
    """
    whole: dict[str, Any] = {}
    faults: list[AuthoringFault] = []
    for file, text in files.items():
        document = parse_yaml(file, text) or {}
        for key, value in document.items():
            if isinstance(value, CommentedSeq) and key in whole:
                whole[key].extend(value)
            else:
                whole[key] = list(value) if isinstance(value, CommentedSeq) else value
        faults += _fault_of(document, file)
    if faults:
        raise ProceduresFaulty(faults)
    found = validate(Protocol, whole, "the protocol", faults)
    if found is None:
        raise ProceduresFaulty(faults)
    return found


def _fault_of(document: Any, file: str) -> list[AuthoringFault]:
    """Faults of one file's lists, told apart from the whole so that they carry its lines."""
    faults: list[AuthoringFault] = []
    fields = Protocol.model_fields
    for key in document:
        if key not in fields:
            faults.append(AuthoringFault(file, _line(document, (key,)), key, "unknown; nothing reads it"))
    partial = {**_HEAD, **{key: value for key, value in document.items() if key in fields}}
    validate(Protocol, partial, file, faults, lines=document)
    return faults


_HEAD: Mapping[str, Any] = {"name": "x", "title": "x", "documents": {}, "rules": []}


def validate(
    model: type[ModelT], row: Any, file: str, faults: list[AuthoringFault], lines: Any = None
) -> ModelT | None:
    """The row as a model, or None with every fault added, each at its line."""
    try:
        return model.model_validate(_plain(row))
    except ValidationError as error:
        for one in error.errors():
            place = tuple(one["loc"])
            faults.append(
                AuthoringFault(
                    file, _line(lines if lines is not None else row, place), _path(place), str(one["msg"])
                )
            )
        return None


def _plain(value: Any) -> Any:
    """Plain tuples and dicts, for strict models take no lists where they want tuples."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_plain(one) for one in value)
    return str(value) if isinstance(value, str) else value


def _path(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place) or "the whole"


def _line(row: Any, place: tuple[int | str, ...]) -> int:
    """The line of the innermost part of the place that the file has; 1 is the first."""
    line = row.lc.line + 1 if isinstance(row, CommentedMap | CommentedSeq) else 0
    for part in place:
        if isinstance(row, CommentedMap) and part in row:
            line = row.lc.key(part)[0] + 1
        elif isinstance(row, CommentedSeq) and isinstance(part, int) and part < len(row):
            line = row.lc.item(part)[0] + 1
        else:
            continue
        row = row[part]
    return line


def compile_protocol(protocol: Protocol) -> tuple[str, str]:
    """The protocol as canonical JSON and its SHA-256 in hexadecimal: what the database keeps."""
    text = json.dumps(
        protocol.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return text, hashlib.sha256(text.encode()).hexdigest()
