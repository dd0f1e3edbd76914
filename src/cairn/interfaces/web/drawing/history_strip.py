"""A history at a glance: entries along a line of years, with the same as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cairn.interfaces.web.components import Drawing, Link, Step, Steps
from cairn.interfaces.web.drawing.text_fitting import width

Kind = Literal["police notice", "contact", "move", "referral", "plan", "other"]

WIDTH, LEFT, RIGHT, LINE_Y, SIZE = 760, 20, 740, 56, 15
INK, QUIET, RULE, PINE = "#1b2a2f", "#48585d", "#7b8985", "#1f4f4a"
# Each drawn round 0,0: the square, ring, triangle, diamond, disc and small ring of the key.
_SHAPES: dict[Kind, str] = {
    "police notice": f'<rect x="-7" y="-7" width="14" height="14" fill="#fff" stroke="{INK}" stroke-width="2.5"/>',
    "contact": f'<circle r="7.5" fill="#fff" stroke="{PINE}" stroke-width="2.5"/>',
    "move": f'<path d="M0 -9l9 16h-18z" fill="#fff" stroke="{QUIET}" stroke-width="2"/>',
    "referral": f'<path d="M0 -10l10 10-10 10-10-10z" fill="{PINE}"/>',
    "plan": f'<circle r="8" fill="{PINE}"/>',
    "other": f'<circle r="5" fill="#fff" stroke="{QUIET}" stroke-width="2"/>',
}
_NAMES: dict[Kind, str] = {
    "police notice": "Police notice",
    "contact": "Contact",
    "move": "Move",
    "referral": "Referral",
    "plan": "Plan",
    "other": "Other",
}


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One entry: `short` is its date under the picture's title, `told` the line of the list."""

    on: date
    kind: Kind
    title: str
    short: str
    told: str
    now: bool = False


@dataclass(frozen=True)
class _Label:
    entry: HistoryEntry
    x: float
    anchor: Literal["start", "middle", "end"]
    level: int


def history_strip(
    entries: Sequence[HistoryEntry],
    *,
    first: date,
    last: date,
    title: str,
    sentence: str = "",
    link: Link | None = None,
    id_: str = "history",
) -> Drawing:
    """The picture from `first` to `last`, its key, the same as a list, and the sentence that says what it means."""
    kinds = dict.fromkeys(entry.kind for entry in entries)
    return Drawing(
        kind="history",
        label=title,
        svg=history_strip_svg(entries, first=first, last=last, title=title, id_=id_),
        key=tuple((_key_shape(kind), _NAMES[kind]) for kind in kinds),
        key_label="Key to the history",
        steps=Steps(steps=tuple(Step(None, entry.title, entry.told, entry.now) for entry in entries)),
        sentence=sentence,
        link=link,
    )


def history_strip_svg(
    entries: Sequence[HistoryEntry], *, first: date, last: date, title: str, id_: str = "history"
) -> SafeString:
    """The picture alone. Labels that would touch move to another level; where none is free, the list has them."""
    labels = _labels(entries, first, last)
    deepest = max((label.level for label in labels), default=0)
    height = 122 if deepest <= 1 else 122 + 36 * (deepest // 2)
    return format_html(
        '<svg class="c-hist" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t"><title id="{}-t">{}</title>'
        '<path d="M{} {}H{}" stroke="{}" stroke-width="2"/>{}{}{}</svg>',
        *(WIDTH, height, id_, id_, f"{title}. The list under the picture holds the same."),
        *(LEFT, LINE_Y, RIGHT, RULE),
        _years(first, last, height),
        format_html_join("", "{}", ((_lettered(label),) for label in labels)),
        format_html_join("", "{}", ((_shape(entry, _across(entry.on, first, last)),) for entry in entries)),
    )


def _across(day: date, first: date, last: date) -> float:
    span = max(1, (last - first).days)
    return LEFT + 10 + (RIGHT - LEFT - 28) * min(1.0, max(0.0, (day - first).days / span))


def _years(first: date, last: date, height: int) -> SafeString:
    years = [year for year in range(first.year + 1, last.year + 1) if date(year, 1, 1) <= last]
    marks = [(float(LEFT), str(first.year), "start")]
    marks += [(_across(date(year, 1, 1), first, last), str(year), "middle") for year in years]
    return format_html_join(
        "",
        '<path d="M{} 50v12" stroke="{}"/><text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{}">{}</text>',
        (
            (f"{x:g}", RULE, f"{x:g}", height - 4, SIZE, QUIET, anchor, year)
            for x, year, anchor in _apart(marks)
        ),
    )


def _apart(marks: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Those years that do not touch the one before."""
    kept: list[tuple[float, str, str]] = []
    for mark in marks:
        if not kept or mark[0] - kept[-1][0] > width("2026", SIZE) * 2:
            kept.append(mark)
    return kept


def _labels(entries: Sequence[HistoryEntry], first: date, last: date) -> list[_Label]:
    """Levels: 0 above the line, 1 below it, 2 further below."""
    labels: list[_Label] = []
    free = [0.0, 0.0, 0.0]
    for entry in sorted(entries, key=lambda one: one.on):
        x = _across(entry.on, first, last)
        for level, anchor in _choices(x):
            start, end = _extent(entry, x, anchor)
            if start >= free[level]:
                free[level] = end + 12
                labels.append(_Label(entry, x, anchor, level))
                break
    return labels


def _choices(x: float) -> list[tuple[int, Literal["start", "middle", "end"]]]:
    wanted: list[Literal["start", "middle", "end"]] = ["middle", "start", "end"]
    if x > RIGHT - 100:
        wanted = ["end"]
    elif x < LEFT + 100:
        wanted = ["start", "end"]
    return [(level, anchor) for level in (0, 1, 2) for anchor in wanted]


def _extent(entry: HistoryEntry, x: float, anchor: str) -> tuple[float, float]:
    wide = max(width(entry.title, SIZE, bold=True), width(entry.short, SIZE))
    start = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    # Out of the picture is never free.
    return (-1.0, 0.0) if start < 0 or start + wide > WIDTH else (start, start + wide)


def _lettered(label: _Label) -> SafeString:
    title_y, short_y = {0: (20, 37), 1: (80, 96), 2: (116, 132)}[label.level]
    return format_html(
        '<text x="{0}" y="{1}" font-size="{5}" text-anchor="{3}" font-weight="700" fill="{4}">{6}</text>'
        '<text x="{0}" y="{2}" font-size="{5}" text-anchor="{3}" fill="{4}">{7}</text>',
        *(f"{label.x:g}", title_y, short_y, label.anchor, INK, SIZE, label.entry.title, label.entry.short),
    )


def _shape(entry: HistoryEntry, x: float) -> SafeString:
    return format_html(
        '<g transform="translate({} {})">{}</g>', f"{x:g}", LINE_Y, SafeString(_SHAPES[entry.kind])
    )


def _key_shape(kind: Kind) -> SafeString:
    return format_html(
        '<svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true" focusable="false">{}</svg>',
        SafeString(_SHAPES[kind]),
    )
