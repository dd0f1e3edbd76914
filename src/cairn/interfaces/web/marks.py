"""Marks: a shape, a word and a colour together, so that no meaning hangs on colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

Tone = Literal["late", "soon", "done", "info", "quiet"]

INK: dict[Tone, str] = {
    "late": "#8f1d1a",
    "soon": "#6b4500",
    "done": "#1d5f3b",
    "info": "#1d4a73",
    "quiet": "#48585d",
}
# Each drawn in a square of 18; {0} is the ink.
_DISC = '<circle cx="9" cy="9" r="8" fill="{0}"/>'
_RING = '<circle cx="9" cy="9" r="7.2" fill="#fff" stroke="{0}" stroke-width="2"/>'
_AMBER_RING = '<circle cx="9" cy="9" r="7.6" fill="#fdf2d8" stroke="{0}" stroke-width="2"/>'
SHAPES: dict[str, str] = {
    "tick": _DISC + '<path d="M5 9.4l2.7 2.7L13 6.6" stroke="#fff" stroke-width="2.2" fill="none"'
    ' stroke-linecap="round" stroke-linejoin="round"/>',
    "half": _RING + '<path d="M9 1.8a7.2 7.2 0 0 1 0 14.4z" fill="{0}"/>',
    "empty": _RING,
    "dots": _RING + '<circle cx="5.6" cy="9" r="1.2" fill="{0}"/><circle cx="9" cy="9" r="1.2" fill="{0}"/>'
    '<circle cx="12.4" cy="9" r="1.2" fill="{0}"/>',
    "slash": _RING + '<path d="M4.5 13.5l9-9" stroke="{0}" stroke-width="2"/>',
    "question": _AMBER_RING + '<path d="M6.7 7.2a2.3 2.3 0 1 1 3.3 2.1c-.7.4-1 .7-1 1.5" stroke="{0}"'
    ' stroke-width="1.8" fill="none" stroke-linecap="round"/><circle cx="9" cy="13.2" r="1.2" fill="{0}"/>',
    "clock": _AMBER_RING
    + '<path d="M9 4.6V9l3 2" stroke="{0}" stroke-width="2" fill="none" stroke-linecap="round"/>',
    "triangle": '<path d="M9 1.2l8.2 15H.8z" fill="{0}"/><path d="M9 6.6v4.6" stroke="#fff" stroke-width="2"'
    ' stroke-linecap="round"/><circle cx="9" cy="13.8" r="1.1" fill="#fff"/>',
    "exclamation": _DISC + '<path d="M9 4v6" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>'
    '<circle cx="9" cy="13.4" r="1.4" fill="#fff"/>',
    "diamond": '<path d="M9 1l8 8-8 8-8-8z" fill="{0}"/>',
}
# What a mark says, in words of ours: the shape and the colour that go with it.
MEANINGS: dict[str, tuple[str, Tone]] = {
    "late": ("exclamation", "late"),
    "worse": ("exclamation", "late"),
    "soon": ("clock", "soon"),
    "chased": ("clock", "soon"),
    "gap": ("triangle", "soon"),
    "not_known": ("question", "soon"),
    "done": ("tick", "done"),
    "part": ("half", "info"),
    "now": ("half", "info"),
    "in_time": ("diamond", "info"),
    "here": ("diamond", "info"),
    "to_come": ("empty", "quiet"),
    "waits": ("dots", "quiet"),
    "no": ("slash", "quiet"),
}


@dataclass(frozen=True)
class Mark:
    """A word with its shape and colour. `meaning` is a key of MEANINGS; `tone` overrides its colour."""

    meaning: str
    word: str = ""
    tone: Tone | None = None

    @property
    def ink(self) -> Tone:
        return self.tone or MEANINGS[self.meaning][1]

    @property
    def icon(self) -> SafeString:
        """The shape alone, hidden from screen readers: the word says the same."""
        return icon(MEANINGS[self.meaning][0], self.ink)

    @property
    def html(self) -> SafeString:
        return format_html('<span class="c-mark c-mark--{}">{}{}</span>', self.ink, self.icon, self.word)


def icon(shape: str, tone: Tone) -> SafeString:
    """One of the ten shapes in the colour of a tone."""
    drawn = format_html(SHAPES[shape], INK[tone])
    return format_html('<svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">{}</svg>', drawn)
