"""What is counted of an outcome over time: bars with what is wanted, or kept and missed; and the same in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cairn.interfaces.web import words

Count = tuple[date, int]
WIDTH, FLOOR, ROOM = 302, 126, 90
# As many as can be told apart at the width of a phone; what was counted before stands in the table.
MOST_BARS, MOST_ROUND = 9, 4
STEP, BAR = 32, 26
INK, QUIET, RULE, PINE, DONE = "#1b2a2f", "#48585d", "#7b8985", "#1f4f4a", "#1d5f3b"
# A bar lower than this has no room for its number, which then stands above it.
ROOM_FOR_NUMBER = 20


def counted_bars(counts: Sequence[Count], wanted: int | None, id_: str) -> SafeString:
    """Bars from nought, the last counted rightmost, with a line at what is wanted."""
    shown = counts[-MOST_BARS:]
    full = max(1, wanted or 0, *(count for _, count in shown))
    bars = format_html_join("", "{}", ((_bar(place, one, full),) for place, one in enumerate(shown)))
    return format_html(
        '<svg class="c-chart" viewBox="0 0 {0} 148" role="img" aria-labelledby="{1}"><title id="{1}">{2}</title>'
        '{3}<path d="M4 {4}H{0}" stroke="{5}"/>{6}{7}</svg>',
        *(WIDTH, id_, told(shown, wanted), _line(wanted, full), FLOOR, RULE, bars, _days(shown)),
    )


def _height(count: int, full: int) -> float:
    return round(ROOM * max(0, count) / full, 1)


def _bar(place: int, one: Count, full: int) -> SafeString:
    left, height = 12 + STEP * place, _height(one[1], full)
    inside = height >= ROOM_FOR_NUMBER
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/><text x="{}" y="{}" font-size="14" font-weight="700"'
        ' text-anchor="middle" fill="{}">{}</text>',
        *(left, f"{FLOOR - height:g}", BAR, f"{height:g}", PINE, left + BAR // 2),
        *(f"{FLOOR - height + (16 if inside else -4):g}", "#fff" if inside else INK, one[1]),
    )


def _line(wanted: int | None, full: int) -> SafeString:
    if not wanted:
        return SafeString("")
    y = FLOOR - _height(wanted, full)
    return format_html(
        '<path d="M4 {}H{}" stroke="{}" stroke-width="1.5" stroke-dasharray="5 4"/>'
        '<text x="4" y="{}" font-size="14" fill="{}">{} wanted</text>',
        *(f"{y:g}", WIDTH, INK, f"{y - 6:g}", INK, wanted),
    )


def _days(shown: Sequence[Count]) -> SafeString:
    """The first and the last day under their bars; one alone where there is one."""
    ends = [(12 + BAR // 2, "middle" if len(shown) == 1 else "start", shown[0][0])]
    if len(shown) > 1:
        ends = [(12, "start", shown[0][0]), (12 + STEP * (len(shown) - 1) + BAR, "end", shown[-1][0])]
    if len(shown) in (2, 3):
        ends[1] = (ends[1][0] + STEP, "end", shown[-1][0])
    text = '<text x="{}" y="143" font-size="14" fill="{}" text-anchor="{}">{}</text>'
    return format_html_join("", text, ((x, QUIET, anchor, _short(day)) for x, anchor, day in ends))


def kept_or_missed(counts: Sequence[Count], id_: str) -> SafeString:
    """One thing that happened or did not, each time: a tick where it was kept, a cross in ink where it was missed."""
    shown = counts[-MOST_ROUND:]
    marks = format_html_join("", "{}", ((_round(place, one),) for place, one in enumerate(shown)))
    return format_html(
        '<svg class="c-chart" viewBox="0 0 {} 76" role="img" aria-labelledby="{}"><title id="{}">{}</title>{}</svg>',
        *(WIDTH, id_, id_, told_kept(shown), marks),
    )


def _round(place: int, one: Count) -> SafeString:
    x, kept = 34 + 78 * place, one[1] > 0
    shape = (
        '<circle cx="{0}" cy="22" r="13" fill="{1}"/><path d="M{2} 22.6l4 4 8-8.4" stroke="#fff" stroke-width="3" fill="none"/>'
        if kept
        else '<circle cx="{0}" cy="22" r="12" fill="#fff" stroke="{1}" stroke-width="2.5"/>'
        '<path d="M{2} 17l10 10M{3} 17l-10 10" stroke="{1}" stroke-width="2.5"/>'
    )
    drawn = format_html(shape, x, DONE if kept else INK, x - 6 if kept else x - 5, x + 5)
    return format_html(
        '{}<text x="{}" y="52" font-size="14" font-weight="700" text-anchor="middle" fill="{}">{}</text>'
        '<text x="{}" y="69" font-size="14" text-anchor="middle" fill="{}">{}</text>',
        *(drawn, x, INK, "Kept" if kept else "Missed", x, QUIET, _short(one[0])),
    )


def told(counts: Sequence[Count], wanted: int | None) -> str:
    """The same in a sentence: how it began, how it is now, and what is wanted."""
    want = f" {wanted} {'is' if wanted == 1 else 'are'} wanted." if wanted is not None else ""
    (first_day, first), (last_day, last) = counts[0], counts[-1]
    if len(counts) == 1:
        return f"{last} on {words.day_words(last_day)}.{want}"
    verb = "Rose" if last > first else "Fell" if last < first else ""
    days = f"{words.day_words(first_day)}", f"{words.day_words(last_day)}"
    if not verb:
        return f"{first} on {days[0]}, and {last} again on {days[1]}.{want}"
    return f"{verb} from {first} on {days[0]} to {last} on {days[1]}.{want}"


def told_kept(counts: Sequence[Count]) -> str:
    """Kept and missed in a sentence, each with its day."""
    said = [f"{'kept' if count > 0 else 'missed'} on {words.day_words(day)}" for day, count in counts]
    kept = sum(count > 0 for _, count in counts)
    return f"{kept} kept, {len(counts) - kept} missed: {words.listed(said)}."


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
