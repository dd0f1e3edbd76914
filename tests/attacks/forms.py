"""The forms of a page as a browser would send them, with something else in what a person types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import html

TYPED = frozenset({"text", "search", "email", "tel", "url", "number", ""})
BUTTONS = frozenset({"submit", "button", "image", "reset"})


@dataclass(frozen=True)
class Form:
    """One form: where it goes, what it carries when it is sent untouched, and which of that is typed by a person."""

    address: str
    is_posted: bool
    carries: dict[str, tuple[str, ...]]
    typed: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]

    def sent(self, change: dict[str, str], button: tuple[str, str] | None = None) -> dict[str, Any]:
        """What is sent with these answers in it, by that button."""
        given = {name: list(values) for name, values in self.carries.items() if name != "csrfmiddlewaretoken"}
        given |= {name: [value] for name, value in change.items()}
        if button is not None:
            given[button[0]] = [button[1]]
        return given


def forms_of(page: str, at: str) -> tuple[Form, ...]:
    """Every form of a page; one without an address goes to the page's own, `at`."""
    read = html.document_fromstring(page)
    return tuple(_form(one, at) for one in read.iter("form"))


def _form(form: Any, at: str) -> Form:
    carries: dict[str, list[str]] = {}
    typed: list[str] = []
    for field in form.iter("input", "textarea", "select"):
        name = field.get("name")
        if not name or field.get("type") in BUTTONS or field.get("type") == "file":
            continue
        carries.setdefault(name, []).extend(_values(field))
        if field.tag == "textarea" or (field.tag == "input" and (field.get("type") or "") in TYPED):
            typed.append(name)
    return Form(
        form.get("action") or at,
        (form.get("method") or "get").lower() == "post",
        {name: tuple(values) for name, values in carries.items()},
        tuple(dict.fromkeys(typed)),
        tuple(
            (one.get("name"), one.get("value") or "") for one in form.iter("button", "input")
            if one.get("name") and (one.tag == "button" or one.get("type") in BUTTONS)
        ),
    )  # fmt: skip


def _values(field: Any) -> list[str]:
    if field.tag == "textarea":
        return [(field.text_content() or "").removeprefix("\n")]
    if field.tag == "select":
        chosen = [one.get("value", "") for one in field.iter("option") if one.get("selected") is not None]
        return chosen or [one.get("value", "") for one in field.iter("option")][:1]
    if field.get("type") in ("radio", "checkbox"):
        return [field.get("value", "on")] if field.get("checked") is not None else []
    return [field.get("value", "")]
