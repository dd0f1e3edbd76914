"""From the elements of a file to a census return, by the layout that its classes declare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, NamedTuple, TypeVar

from cairn.core.returns.census import Child, Header, Leaf, Part, Stray

SomePart = TypeVar("SomePart", bound=Part)


class Node(NamedTuple):
    """One element as a reader met it: `text` is all text directly in it."""

    name: str
    line: int | None = None
    text: str = ""
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes: the field, whether it repeats, and the part it is."""

    field: str
    many: bool
    part: type[Part] | None


@dataclass(slots=True)
class _Gathered:
    """What has been found of one part so far."""

    places: dict[str, _Place]
    prefix: str
    values: dict[str, list[Any]] = field(default_factory=dict)
    stray: list[Stray] = field(default_factory=list)
    wrappers: set[str] = field(default_factory=set)

    def add(self, place: _Place, value: object, stray: Stray) -> None:
        """Put a value in its place; a second where only one may be is stray."""
        held = self.values.setdefault(place.field, [])
        if held and not place.many:
            self.stray.append(stray)
        else:
            held.append(value)


def child_from(node: Node) -> Child:
    """A child from its element; whatever has no place in the layout is in its `stray`."""
    child, stray = part_from(Child, node)
    return replace(child, stray=tuple(stray))


def header_from(node: Node) -> tuple[Header, list[Stray]]:
    """The header from its element, and what has no place in it."""
    return part_from(Header, node, "Header/")


def part_from(kind: type[SomePart], node: Node, prefix: str = "") -> tuple[SomePart, list[Stray]]:
    """A part from its element, and what has no place in it. Never refuses."""
    layout: Any = kind
    gathered = _Gathered(_places(layout), prefix)
    _gather(node, "", gathered)
    values = {
        name: tuple(found) if _is_many(gathered.places, name) else found[0]
        for name, found in gathered.values.items()
    }
    held = {name: True for name, path in _holders(layout).items() if path in gathered.wrappers}
    return kind(line=node.line, **values, **held), gathered.stray


@cache
def _holders(kind: type[Any]) -> dict[str, str]:
    return {one.name: one.metadata["holds"] for one in fields(kind) if "holds" in one.metadata}


@cache
def _places(kind: type[Any]) -> dict[str, _Place]:
    return {
        one.metadata["path"]: _Place(one.name, one.metadata["many"], one.metadata.get("part"))
        for one in fields(kind)
        if "path" in one.metadata
    }


@cache
def _wrappers(kind_paths: tuple[str, ...]) -> frozenset[str]:
    """The elements that only hold others: every beginning of a path."""
    return frozenset(_beginnings(kind_paths))


def _beginnings(paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        names = path.split("/")
        yield from ("/".join(names[:count]) for count in range(1, len(names)))


def _is_many(places: dict[str, _Place], name: str) -> bool:
    return any(place.many for place in places.values() if place.field == name)


def _gather(node: Node, within: str, into: _Gathered) -> None:
    """Sort the elements of a node: into their places, deeper, or to the stray ones."""
    if node.text.strip():
        into.stray.append(Stray("loose text", into.prefix + within, node.line, node.text.strip()))
    wrappers = _wrappers(tuple(into.places))
    for inner in node.children:
        path = f"{within}/{inner.name}" if within else inner.name
        place = into.places.get(path)
        if place is not None:
            _place(inner, path, place, into)
        elif path in wrappers:
            into.wrappers.add(path)
            _gather(inner, path, into)
        else:
            into.stray.append(Stray("unknown element", into.prefix + path, inner.line, inner.text.strip()))


def _place(node: Node, path: str, place: _Place, into: _Gathered) -> None:
    full, text = into.prefix + path, node.text.strip()
    repeated = Stray("repeated element", full, node.line, text)
    if place.part is not None:
        part, stray = part_from(place.part, node, f"{full}/")
        into.stray += stray
        into.add(place, part, repeated)
        return
    into.stray += [
        Stray("unknown element", f"{full}/{inner.name}", inner.line, inner.text.strip())
        for inner in node.children
    ]
    if text:
        # An empty element says as much as one left out.
        into.add(place, Leaf(text, full, node.line), repeated)
