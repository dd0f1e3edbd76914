"""Putting a mistake into the running process: in a copy of it that ends afterwards, never into a file."""

from __future__ import annotations

import ast
import functools
import sys
from types import CodeType, FunctionType, ModuleType

from tests.meta.mutants.making import Mutant, mistaken


def take_effect(mutant: Mutant, module: ModuleType, source: str) -> None:
    """Change what is loaded, as if the module had been written with the mistake."""
    tree = mistaken(ast.parse(source), mutant)
    if mutant.what == "constant":
        _constant(module, mutant.name, _value(tree.body, mutant.name, module))
    elif mutant.what == "field":
        _field(mutant, module, tree)
    elif mutant.what == "default":
        _default(mutant, module, tree)
    else:
        code = compile(tree, str(module.__file__), "exec")
        _function(module, mutant.function).__code__ = _code(code, mutant.function)


def _value(body: list[ast.stmt], name: str, module: ModuleType) -> object:
    for statement in body:
        if isinstance(statement, ast.AnnAssign | ast.Assign):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            if isinstance(target, ast.Name) and target.id == name and statement.value is not None:
                return _evaluated(statement.value, module)
    raise LookupError(name)


def _evaluated(node: ast.expr, module: ModuleType) -> object:
    expression = ast.fix_missing_locations(ast.Expression(node))
    return eval(compile(expression, "<mistake>", "eval"), vars(module))


def _constant(module: ModuleType, name: str, value: object) -> None:
    old = vars(module)[name]
    for other in list(sys.modules.values()):
        if other.__name__.startswith("cairn.") and vars(other).get(name) is old:
            setattr(other, name, value)


def _field(mutant: Mutant, module: ModuleType, tree: ast.Module) -> None:
    """The default of a dataclass's field stands in the `__init__` that was made for it."""
    owner = next(one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == mutant.function)
    made = vars(module)[mutant.function].__init__
    given = made.__code__.co_varnames[1 : made.__code__.co_argcount]
    place = given.index(mutant.name) - len(given)
    defaults = list(made.__defaults__)
    defaults[place] = _value(owner.body, mutant.name, module)
    made.__defaults__ = tuple(defaults)


def _default(mutant: Mutant, module: ModuleType, tree: ast.Module) -> None:
    field, place = mutant.name.split(".")
    function, written = _function(module, mutant.function), _written(tree, mutant.function)
    values = [one and _evaluated(one, module) for one in getattr(written.args, field)]
    if field == "defaults":
        function.__defaults__ = tuple(values)
    else:
        function.__kwdefaults__ = {
            **function.__kwdefaults__,
            written.args.kwonlyargs[int(place)].arg: values[int(place)],
        }


def _written(tree: ast.Module, name: str) -> ast.FunctionDef:
    body: list[ast.stmt] = tree.body
    for part in name.split("."):
        found = next(
            one for one in body if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == part
        )
        body = found.body
    assert isinstance(found, ast.FunctionDef)
    return found


def _function(module: ModuleType, name: str) -> FunctionType:
    held: object = module
    for part in name.split("."):
        held = vars(held)[part]
    if isinstance(held, property):
        held = held.fget
    elif isinstance(held, functools.cached_property):
        held = held.func
    elif isinstance(held, classmethod | staticmethod):
        held = held.__func__
    while hasattr(held, "__wrapped__"):
        held = held.__wrapped__
    assert isinstance(held, FunctionType), name
    return held


def _code(code: CodeType, name: str) -> CodeType:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_qualname == name:
                return constant
            if name.startswith(f"{constant.co_qualname}."):
                return _code(constant, name)
    raise LookupError(name)
