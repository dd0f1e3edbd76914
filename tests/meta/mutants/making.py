"""The mutants of a module: each is its code with one small mistake, of the kinds that people make.

What is not mutated: notes on types, decorators, docstrings, constants that are read while a module is loaded and never
again, and the wording of sentences (text with a space in it); which sentence is said is, through what leads to it.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("YES", "NO"),
    ("earliest", "latest"),
    ("due_earliest", "due_latest"),
    ("surely_by", "surely_after"),
    ("happened_at", "recorded_at"),
    ("as_at", "known_at"),
)
TAKEN_FOR = dict(PAIRS) | {second: first for first, second in PAIRS}

# What the examples of conditions are made of: read while the conditions are loaded, and judged by themselves.
LEFT_OUT = {"engine/naming.py": {"example", "on_one_day", "BORN", "REFERRED", "DECIDED", "HERE"}}

What = Literal["code", "default", "constant", "field"]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake. `function` is the outermost function it is in, by its qualified name, or '' for a module's constant.

    The names, with `nth` among those that read alike, stay when lines move. `place` is its place among the module's.
    """

    module: str
    function: str
    before: str
    after: str
    nth: int
    what: What
    name: str
    line: int
    lines: frozenset[int]
    place: int

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What names it for good."""
        return (self.module, self.function, self.before, self.after, str(self.nth))


class _Place(NamedTuple):
    """Where a node hangs."""

    parent: ast.AST
    field: str
    index: int | None

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


class _Within(NamedTuple):
    """What a node is in: the outermost function, the statement's lines, and what has to change for it to take effect."""

    function: str
    lines: frozenset[int]
    what: What
    name: str


def mutants(module: str, tree: ast.Module) -> list[Mutant]:
    """Every mutant of a module's tree, in the order of its lines."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    left_out = LEFT_OUT.get(module, set())
    for number, (_, node, within, instead) in enumerate(_of_module(tree)):
        if {within.function, within.name} & left_out:
            continue
        before, after = _text(node), _text(instead)
        seen[within.function, before, after] += 1
        nth = seen[within.function, before, after]
        line = getattr(node, "lineno", min(within.lines, default=0))
        about = (within.function, before, after, nth, within.what, within.name, line, within.lines)
        found.append(Mutant(module, *about, place=number))
    return found


def mistaken(tree: ast.Module, mutant: Mutant) -> ast.Module:
    """A tree of the module that the mutant was read from, with its mistake in it."""
    place, node, _, instead = next(itertools.islice(_of_module(tree), mutant.place, None))
    place.put(ast.copy_location(instead, node))
    return ast.fix_missing_locations(tree)


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:160]


Found = Iterator[tuple[_Place, ast.AST, _Within, ast.AST]]


def _of_module(tree: ast.Module) -> Found:
    passive = _passive(tree)
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            if statement.name not in passive:
                yield from _of_function(statement, statement.name)
        elif isinstance(statement, ast.ClassDef):
            yield from _of_class(statement)
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and not _speaks_of_types(statement):
            yield from (
                found for found in _of_constant(statement, "constant", "") if found[2].name not in passive
            )


def _passive(tree: ast.Module) -> set[str]:
    """What is read as the module is loaded and never again: examples, what makes them, what other constants are made of."""
    functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef)]
    at_once = [one for one in tree.body if not isinstance(one, ast.FunctionDef | ast.ClassDef)]
    at_once += [mark for one in functions.values() for mark in one.decorator_list]
    read = set().union(*map(_names, at_once))
    passive = {name for name, one in functions.items() if name in read and not one.decorator_list}
    while True:
        live = [one for name, one in functions.items() if name not in passive]
        later = set().union(*(_names(statement) for one in (*live, *classes) for statement in one.body))
        if not passive & later:
            made_of = set().union(*(_names(functions[name]) for name in passive))
            return passive | (read | made_of) - later
        passive -= later


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}


def _speaks_of_types(statement: ast.Assign | ast.AnnAssign) -> bool:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    named = isinstance(target, ast.Name)
    return not named or target.id.startswith("__") or isinstance(statement.value, ast.Subscript)


def _of_class(node: ast.ClassDef) -> Found:
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef):
            yield from _of_function(statement, f"{node.name}.{statement.name}")
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Constant):
            yield from _of_constant(statement, "field", node.name)


def _of_constant(statement: ast.Assign | ast.AnnAssign, what: What, owner: str) -> Found:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    if statement.value is not None and isinstance(target, ast.Name):
        within = _Within(owner, frozenset(), what, target.id)
        yield from _of_node(_Place(statement, "value", None), statement.value, within)


def _of_function(node: ast.FunctionDef, name: str) -> Found:
    whole = frozenset(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))
    for arguments, field in ((node.args, "defaults"), (node.args, "kw_defaults")):
        for place, default in enumerate(getattr(arguments, field)):
            if default is not None:
                within = _Within(name, whole, "default", f"{field}.{place}")
                yield from _of_node(_Place(arguments, field, place), default, within)
    yield from _of_body(node, "body", name)


def _of_body(parent: ast.AST, field: str, name: str) -> Found:
    for index, statement in enumerate(getattr(parent, field)):
        yield from _of_statement(_Place(parent, field, index), statement, name)


BODIES = ("body", "orelse", "finalbody")


def _of_statement(place: _Place, node: ast.stmt, name: str) -> Found:
    within = _Within(name, _lines_of(node), "code", "")
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.FunctionDef):
        yield from _of_body(node, "body", name)
        return
    yield from ((place, node, within, instead) for instead in _instead_of_statement(node))
    if isinstance(node, ast.If):
        yield from _either_way(_Place(node, "test", None), node.test, within)
    yield from _inside(node, within)


def _inside(node: ast.stmt, within: _Within) -> Found:
    for field, value in ast.iter_fields(node):
        if field in BODIES:
            yield from _of_body(node, field, within.function)
        elif field == "handlers":
            for handler in value:
                yield from _of_body(handler, "body", within.function)
        elif field not in {"annotation", "target", "targets", "type_comment"}:
            yield from _of_field(node, field, value, within)


def _lines_of(node: ast.stmt) -> frozenset[int]:
    """The lines of a statement itself, without those of the statements in it."""
    inner = [statement for field in BODIES for statement in getattr(node, field, ())]
    end = min((one.lineno for one in inner), default=(node.end_lineno or node.lineno) + 1)
    return frozenset(range(node.lineno, max(end, node.lineno + 1)))


def _of_field(node: ast.AST, field: str, value: object, within: _Within) -> Found:
    if isinstance(node, ast.JoinedStr):
        value = [one if isinstance(one, ast.FormattedValue) else None for one in node.values]
    if isinstance(value, ast.expr | ast.comprehension | ast.keyword | ast.withitem):
        yield from _of_node(_Place(node, field, None), value, within)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            if isinstance(one, ast.expr | ast.comprehension | ast.keyword | ast.withitem):
                yield from _of_node(_Place(node, field, index), one, within)


def _of_node(place: _Place, node: ast.AST, within: _Within) -> Found:
    yield from ((place, node, within, instead) for instead in _instead(node))
    if isinstance(node, ast.IfExp):
        yield from _either_way(_Place(node, "test", None), node.test, within)
    if isinstance(node, ast.comprehension):
        for index, test in enumerate(node.ifs):
            yield from _either_way(_Place(node, "ifs", index), test, within)
    for field, value in ast.iter_fields(node):
        left_out = isinstance(node, ast.comprehension) and field == "target"
        left_out = left_out or field == "format_spec"
        if not left_out and not (isinstance(node, ast.Call) and _asks_for_type(node) and field == "args"):
            yield from _of_field(node, field, value, within)


def _asks_for_type(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in {"isinstance", "cast"}


def _instead_of_statement(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr | ast.AugAssign):
        yield ast.Pass()
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Continue):
        yield ast.Break()
        yield ast.Pass()
    elif isinstance(node, ast.Break):
        yield ast.Continue()


def _instead(node: ast.AST) -> Iterator[ast.AST]:
    """What might stand in a node's place."""
    for kind, kinds_of in INSTEAD:
        if isinstance(node, kind):
            yield from kinds_of(node)


def _either_way(place: _Place, test: ast.expr, within: _Within) -> Found:
    """A question answered with yes, and with no, whatever is asked."""
    yield from ((place, test, within, ast.Constant(answer)) for answer in (True, False))


def _changed(node: ast.AST, field: str, value: object) -> ast.AST:
    changed = copy.copy(node)
    setattr(changed, field, value)
    return changed


def _without(node: ast.AST, field: str) -> Iterator[ast.AST]:
    held = getattr(node, field)
    for index in range(len(held)):
        yield _changed(node, field, [*held[:index], *held[index + 1 :]])


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for index, sign in enumerate(node.ops):
        yield _changed(node, "ops", [*node.ops[:index], COMPARED[type(sign)](), *node.ops[index + 1 :]])


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    for fewer in _without(node, "values"):
        yield fewer.values[0] if len(fewer.values) == 1 else fewer


def _counted(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in COUNTED:
        yield _changed(node, "op", COUNTED[type(node.op)]())


def _negated(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and " " not in value.strip() and (not value or value.strip(" .,;")):
        yield ast.Constant(f"XX{value}")


def _named(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in TAKEN_FOR:
        yield _changed(node, "id", TAKEN_FOR[node.id])


def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in TAKEN_FOR:
        yield _changed(node, "attr", TAKEN_FOR[node.attr])


def _listed(node: ast.Tuple | ast.List | ast.Set) -> Iterator[ast.AST]:
    if isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and len(node.elts) > 1:
        yield from _without(node, "elts")


def _mapped(node: ast.Dict) -> Iterator[ast.AST]:
    if len(node.keys) > 1:
        for keys, values in zip(_without(node, "keys"), _without(node, "values"), strict=True):
            yield _changed(keys, "values", values.values)


def _cut(node: ast.Slice) -> Iterator[ast.AST]:
    for field in ("lower", "upper"):
        if getattr(node, field) is not None:
            yield _changed(node, field, None)


INSTEAD = (
    (ast.Compare, _compared),
    (ast.BoolOp, _joined),
    (ast.BinOp, _counted),
    (ast.UnaryOp, _negated),
    (ast.Constant, _constant),
    (ast.Name, _named),
    (ast.Attribute, _attribute),
    (ast.Tuple | ast.List | ast.Set, _listed),
    (ast.Dict, _mapped),
    (ast.Slice, _cut),
    (ast.Call, lambda node: _without(node, "keywords")),
)
