"""The one bridge onto govuk-frontend-jinja, the port of the GOV.UK components' own templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, Template

PACKAGE = "govuk_frontend_jinja"


class UnsafeMarkup(TypeError):
    """Markup was handed over that none of our templates made."""


def govuk(component: str, /, **params: Any) -> SafeString:
    """The markup of one GOV.UK component.

    `component` is its name in the Design System ("button", "date-input"); the parameters are those
    of its macro. Text is escaped. What a macro takes as markup (html, slots) is a SafeString or refused.
    """
    _refuse_unsafe(params, component)
    made = _template(component).render(params=params)
    # The one place where another engine's markup is let in: Jinja has escaped what it was given.
    return SafeString(made.strip())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}), autoescape=True, undefined=ChainableUndefined
    )
    # Indenting what stands inside a fieldset would add blanks to every line somebody has typed.
    environment.filters["indent"] = _as_it_is
    return environment


def _as_it_is(text: Any, *_how: Any) -> Any:
    return text


@cache
def _template(component: str) -> Template:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", component):
        raise ValueError(f"no GOV.UK component is called {component!r}")
    macro = "govuk" + component.title().replace("-", "")
    source = (
        f'{{% from "{PACKAGE}/components/{component}/macro.html" import {macro} %}}{{{{ {macro}(params) }}}}'
    )
    return _environment().from_string(source)


def _refuse_unsafe(value: Any, place: str) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _refuse_unsafe_entry(str(key), inner, f"{place}.{key}")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            _refuse_unsafe(inner, f"{place}[{number}]")


def _refuse_unsafe_entry(key: str, value: Any, place: str) -> None:
    if key == "slots":
        for name, inner in value.items():
            _refuse_unsafe_entry("html", inner, f"{place}.{name}")
    elif (key.lower().endswith("html") or key == "attributes") and isinstance(value, str) and value:
        if not isinstance(value, SafeString):
            raise UnsafeMarkup(f"{place} takes markup made by our own templates, not {type(value).__name__}")
    else:
        _refuse_unsafe(value, place)
