"""One line of text to type, as GOV.UK's component takes it: for forms that are no act's."""

from __future__ import annotations

from typing import Any


def text_input(
    name: str, label: str, *, hint: str = "", value: str = "", fault: str = "", **more: Any
) -> dict[str, Any]:
    """The parameters of an input; `fault` is what is wrong with what was typed into it."""
    params: dict[str, Any] = {
        "id": name,
        "name": name,
        "label": {"text": label},
        "value": value,
        "spellcheck": False,
        "classes": "govuk-!-width-one-half",
        **more,
    }
    if hint:
        params["hint"] = {"text": hint}
    if fault:
        params["errorMessage"] = {"text": fault}
    return params
