"""Writing a census return as XML, child by child, by the same layout that it is read by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from cairn.core.returns.census import Child, Header, Leaf, Part

STEP = "  "


def write(file: BinaryIO, header: Header, children: Iterable[Child]) -> None:
    """Write a return in UTF-8; a child is held no longer than it takes to write it."""

    def put(lines: Iterable[str]) -> None:
        file.writelines(f"{line}\n".encode() for line in lines)

    put(['<?xml version="1.0" encoding="UTF-8"?>', "<Message>"])
    put(_part("Header", header, STEP))
    put([f"{STEP}<Children>"])
    for child in children:
        put(_part("Child", child, STEP * 2))
    put([f"{STEP}</Children>", "</Message>"])


def _part(name: str, part: Part, indent: str) -> Iterator[str]:
    yield f"{indent}<{name}>"
    yield from _inside(part, indent + STEP)
    yield f"{indent}</{name}>"


def _inside(part: Part, indent: str) -> Iterator[str]:
    """The elements of a part in the layout's order; those that only hold others are opened once for all in them."""
    open_ones: list[str] = []
    for path, value in _values(part):
        *around, name = path.split("/")
        yield from _close(open_ones, around, indent)
        for wrapper in around[len(open_ones) :]:
            yield f"{indent}{STEP * len(open_ones)}<{wrapper}>"
            open_ones.append(wrapper)
        deeper = indent + STEP * len(open_ones)
        if isinstance(value, Leaf):
            yield f"{deeper}<{name}>{escape(value.text)}</{name}>"
        else:
            yield from _part(name, value, deeper)
    yield from _close(open_ones, [], indent)


def _close(open_ones: list[str], around: list[str], indent: str) -> Iterator[str]:
    """Close what the next element does not stand in."""
    while open_ones != around[: len(open_ones)]:
        wrapper = open_ones.pop()
        yield f"{indent}{STEP * len(open_ones)}</{wrapper}>"


def _values(part: Part) -> Iterator[tuple[str, Any]]:
    layout: Any = part
    for one in fields(layout):
        if "path" not in one.metadata:
            continue
        held = getattr(part, one.name)
        for value in held if one.metadata["many"] else filter(None, [held]):
            yield one.metadata["path"], value
