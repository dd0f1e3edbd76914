"""Taking one element out of a copy of the procedures, so that everything else still hangs together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import cairn.procedures

SHIPPED = Path(cairn.procedures.__file__).parent
Documents = Mapping[Path, Any]


def copy_without(element: str, protocol: str, into: Path) -> Path:
    """A copy of the shipped procedures without `element` (such as "rule:contact-decision"); KeyError where it is not there."""
    folder = into / "procedures"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("__pycache__"))
    yaml = YAML()
    yaml.width = 4096
    files = [*(folder / "vocabulary").glob("*.yaml"), *(folder / "protocols" / protocol).rglob("*.yaml")]
    documents = {path: yaml.load(path) for path in files}
    kind, _, name = element.partition(":")
    if not _REMOVERS[kind](documents, name):
        raise KeyError(element)
    for path, document in documents.items():
        yaml.dump(document, path)
    return folder


def _rows(documents: Documents, section: str) -> Iterator[Any]:
    for document in documents.values():
        yield from document.get(section, ())


def _drop(rows: Any, unwanted: Callable[[Any], bool]) -> int:
    """Take rows out of a list in place; how many."""
    gone = [place for place, row in enumerate(rows) if unwanted(row)]
    for place in reversed(gone):
        del rows[place]
    return len(gone)


def _drop_named(documents: Documents, section: str, key: str, name: str) -> int:
    return sum(
        _drop(document[section], lambda row: row[key] == name)
        for document in documents.values()
        if section in document
    )


def _rule(documents: Documents, name: str) -> int:
    for row in (*_rows(documents, "contradictions"), *_rows(documents, "letters")):
        for part in ("rules", "meets"):
            _drop(row.get(part, []), lambda one: one == name)
    for node in _nodes(documents):
        if node.get("duty") == name:
            del node["duty"]
    return _drop_named(documents, "rules", "id", name)


def _outcome(documents: Documents, name: str) -> int:
    rule, _, value = name.partition(".")
    return sum(
        _drop(row["options"], _is_value(value)) for row in _rows(documents, "rules") if row["id"] == rule
    )


def _option(documents: Documents, name: str) -> int:
    *event, field, value = name.split(".")
    return sum(_drop(one["options"], _is_value(value)) for one in _fields(documents, ".".join(event), field))


def _is_value(value: str) -> Callable[[Any], bool]:
    return lambda option: str(option["value"]) == value


def _fields(documents: Documents, event: str, field: str) -> Iterator[Any]:
    for row in _rows(documents, "events"):
        if row["name"] == event:
            yield from (one for one in row["fields"] if one["name"] == field)


def _field(documents: Documents, name: str) -> int:
    event, _, field = name.rpartition(".")
    for act in _rows(documents, "acts"):
        for made in act["yields"]:
            if made["event"] == event:
                _drop(made.get("fields", []), lambda one: one == field)
        _drop(act.get("must", []), lambda one: one == field)
    # What is asked only where it was answered so is asked always.
    for row in _rows(documents, "events"):
        for other in row["fields"] if row["name"] == event else ():
            if field in other.get("asked_when", {}):
                del other["asked_when"]
    return sum(
        _drop(row["fields"], lambda one: one["name"] == field)
        for row in _rows(documents, "events")
        if row["name"] == event
    )


def _section(documents: Documents, name: str) -> int:
    form, _, section = name.partition(".")
    return sum(
        _drop(row["sections"], lambda one: one["id"] == section)
        for row in _rows(documents, "forms")
        if row["id"] == form
    )


def _act(documents: Documents, name: str) -> int:
    for rule in _rows(documents, "rules"):
        if rule.get("act") == name:
            del rule["act"]
    return _drop_named(documents, "acts", "name", name)


def _letter(documents: Documents, name: str) -> int:
    return _drop_named(documents, "letters", "id", name)


def _nodes(documents: Documents) -> Iterator[Any]:
    for chart in _rows(documents, "flow_charts"):
        yield from chart["nodes"]


def _node(documents: Documents, name: str) -> int:
    gone = 0
    for chart in _rows(documents, "flow_charts"):
        _drop(chart["edges"], lambda edge: name in (edge["from_node"], edge["to_node"]))
        gone += _drop(chart["nodes"], lambda node: node["id"] == name)
    for node in _nodes(documents):
        if node.get("since") == name:
            del node["since"]
    return gone


def _chart(documents: Documents, name: str) -> int:
    return _drop_named(documents, "flow_charts", "id", name)


_REMOVERS: Mapping[str, Callable[[Documents, str], int]] = {
    "rule": _rule,
    "outcome": _outcome,
    "option": _option,
    "field": _field,
    "section": _section,
    "act": _act,
    "letter": _letter,
    "node": _node,
    "chart": _chart,
}
