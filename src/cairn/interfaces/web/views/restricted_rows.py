"""Restricted records as lines of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from cairn.application.restricting import ReviewLine
from cairn.interfaces.web import words
from cairn.interfaces.web.marks import Mark


def review_row(one: ReviewLine) -> Mapping[str, Any]:
    """A restricted record: its name where it may be opened, else its number; why, and by when it is looked at again."""
    return {
        "name": one.name,
        "number": one.number,
        "href": reverse("restriction", args=[one.record]) if one.may_open else "",
        "reason": one.reason,
        "whose": ", ".join(filter(None, (one.worker or "Nobody yet", one.team))),
        "by": words.day_words(one.review_by),
        "mark": Mark("late", "Overdue") if one.is_overdue else None,
    }
