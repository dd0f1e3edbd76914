"""A running clock drawn as a bar: how much has gone, when the office is closed, when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cairn.interfaces.web.drawing.text_fitting import width
from cairn.interfaces.web.words import time_words

WIDTH, TOP, HEIGHT, SIZE = 280, 20, 18, 14
# Room that the words at both ends and between them take.
CLEAR_LEFT, CLEAR_RIGHT, CLEAR_WORDS = 70, 38, 90
INK, QUIET, RULE, PINE = "#1b2a2f", "#48585d", "#7b8985", "#1f4f4a"


@dataclass(frozen=True)
class Span:
    """A time from one instant to another."""

    start: datetime
    end: datetime


def clock_bar(
    whole: Span, now: datetime, closed: Sequence[Span], *, told: str, id_: str = "clock-bar"
) -> SafeString:
    """The bar from the start of the clock to its end. `told` says the same in a sentence."""
    gone = _across(now, whole)
    return format_html(
        '<svg class="c-clockbar" viewBox="0 0 280 60" role="img" aria-labelledby="{}-t"><title id="{}-t">{}</title>'
        '<defs><pattern id="{}-x" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="7" height="7" fill="#f6f8f6"/><rect width="3" height="7" fill="#d3dbd7"/></pattern></defs>'
        '<rect x="1" y="20" width="278" height="18" fill="#fff" stroke="{}"/>{}'
        '<rect x="1" y="20" width="{}" height="18" fill="{}"/>{}{}</svg>',
        *(id_, id_, told, id_, RULE, _closed(closed, whole, id_), f"{gone - 1:g}", PINE),
        *(_now(gone, closed, whole), _ends(whole)),
    )


def _across(at: datetime, whole: Span) -> float:
    part = (at - whole.start) / (whole.end - whole.start)
    return round(1 + (WIDTH - 2) * min(1.0, max(0.0, part)), 1)


def _closed(closed: Sequence[Span], whole: Span, id_: str) -> SafeString:
    spans = [(_across(span.start, whole), _across(span.end, whole), span) for span in closed]
    return format_html_join(
        "",
        '<rect x="{}" y="20.5" width="{}" height="17" fill="url(#{}-x)"/><path d="M{} 20v22M{} 20v22" stroke="{}"/>{}',
        ((a, f"{b - a:g}", id_, a, b, RULE, _hours(a, b, span)) for a, b, span in spans if b > a),
    )


def _hours(start: float, end: float, span: Span) -> SafeString:
    """The hours the office closes and opens, where they do not touch those at the ends."""
    said = [(start, time_words(span.start)), (end, time_words(span.end))]
    shown = [(x, word) for x, word in said if CLEAR_LEFT < x < WIDTH - CLEAR_RIGHT - width(word, SIZE) / 2]
    return format_html_join(
        "",
        '<text x="{}" y="56" font-size="14" fill="{}" text-anchor="middle">{}</text>',
        ((x, INK, word) for x, word in shown),
    )


def _now(gone: float, closed: Sequence[Span], whole: Span) -> SafeString:
    late = gone > WIDTH / 2
    anchor, shift = ("end", -9) if late else ("start", 9)
    now = format_html(
        '<path d="M{0} 18l-5 -8h10z" fill="{1}"/><text x="{2}" y="14" font-size="14" font-weight="700" fill="{1}"'
        ' text-anchor="{3}">Now</text>',
        *(f"{gone:g}", INK, f"{gone + shift:g}", anchor),
    )
    for span in closed:
        middle = (_across(span.start, whole) + _across(span.end, whole)) / 2
        if abs(middle - gone) > CLEAR_WORDS:
            word = '<text x="{}" y="14" font-size="14" fill="{}" text-anchor="middle">Office closed</text>'
            return format_html("{}{}", now, format_html(word, f"{middle:g}", QUIET))
    return now


def _ends(whole: Span) -> SafeString:
    return format_html(
        '<text x="1" y="56" font-size="14" fill="{0}">{1}</text>'
        '<text x="279" y="56" font-size="14" font-weight="700" fill="{0}" text-anchor="end">{2}</text>',
        *(INK, time_words(whole.start), time_words(whole.end)),
    )
