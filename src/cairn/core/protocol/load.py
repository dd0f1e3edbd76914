"""Reading procedures from YAML 1.2: every fault at once, each with its file, line and remedy."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from cairn.core.protocol.model import Protocol
from cairn.core.vocabulary.model import Act, EventType, Vocabulary

ModelT = TypeVar("ModelT", bound=BaseModel)
NamedT = TypeVar("NamedT", EventType, Act)


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
        document = _sections(file, text, ("events", "acts"), faults)
        for row in _rows(document, "events", file, faults):
            _take(EventType, row, file, events, faults)
        for row in _rows(document, "acts", file, faults):
            _take(Act, row, file, acts, faults)
    if not faults:
        vocabulary = Vocabulary(events=events, acts=acts)
        faults = [AuthoringFault("vocabulary", 0, "the whole", said) for said in vocabulary.faults()]
    if faults:
        raise ProceduresFaulty(faults)
    return vocabulary


def _sections(file: str, text: str, known: Iterable[str], faults: list[AuthoringFault]) -> CommentedMap:
    """A file's sections by name; those that nothing reads are faults."""
    document = parse_yaml(file, text)
    if not isinstance(document, CommentedMap):
        faults.append(AuthoringFault(file, 1, "the whole", f"expected the sections {', '.join(known)}"))
        return CommentedMap()
    faults += [
        AuthoringFault(file, _line(document, (key,)), str(key), "unknown; nothing reads it")
        for key in document
        if key not in known
    ]
    return document


def _rows(document: CommentedMap, key: str, file: str, faults: list[AuthoringFault]) -> Iterable[Any]:
    rows = document.get(key, ())
    if isinstance(rows, list | tuple):
        return rows
    faults.append(AuthoringFault(file, _line(document, (key,)), key, "expected a list"))
    return ()


def _take(
    model: type[NamedT], row: Any, file: str, into: dict[str, NamedT], faults: list[AuthoringFault]
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
        document = _sections(file, text, Protocol.model_fields, faults)
        partial = {key: value for key, value in document.items() if key in Protocol.model_fields}
        validate(Protocol, {**_HEAD, **partial}, file, faults, lines=document)
        for key, value in partial.items():
            if not _join(whole, key, value):
                faults.append(AuthoringFault(file, _line(document, (key,)), key, "stands in two files"))
    found = None if faults else validate(Protocol, whole, "the protocol", faults)
    if found is None:
        raise ProceduresFaulty(faults)
    return found


def _join(whole: dict[str, Any], key: str, value: Any) -> bool:
    """Add one file's part to the whole: lists are joined; anything else may stand only once."""
    if isinstance(value, CommentedSeq):
        whole.setdefault(key, []).extend(value)
        return True
    if key in whole:
        return False
    whole[key] = value
    return True


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
