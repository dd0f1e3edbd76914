"""The product's own source, read as a tree: what it imports, what it calls and with what. For checks that hold a habit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cairn

PRODUCT = Path(cairn.__file__).parent
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")


@cache
def modules() -> dict[str, str]:
    """The text of every module of the product, by its path inside it."""
    return {
        str(path.relative_to(PRODUCT)): path.read_text("utf-8")
        for path in sorted(PRODUCT.rglob("*.py"))
        if "node_modules" not in path.parts
    }


@cache
def templates() -> dict[str, str]:
    """The text of every template of a page."""
    folder = PRODUCT / "interfaces" / "web" / "templates"
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))}


def calls(text: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last part of the name that is called."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield (node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)), node


def imports(text: str) -> Iterator[str]:
    """Each module that is imported, anywhere in the text, and of `from a import b` both a and a.b."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def is_fixed(node: ast.expr) -> bool:
    """Whether this text was written by whoever wrote the module: a literal, or made of literals and constants alone."""
    match node:
        case ast.Constant():
            return isinstance(node.value, str)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return CONSTANT.fullmatch(name) is not None
        case ast.Subscript() | ast.FormattedValue():
            return is_fixed(node.value)
        case ast.IfExp():
            return is_fixed(node.body) and is_fixed(node.orelse)
        case ast.JoinedStr():
            return all(is_fixed(one) for one in node.values)
    return False
