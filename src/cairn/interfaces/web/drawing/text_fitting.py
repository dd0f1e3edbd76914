"""How wide a text will be, and where to break it, without a browser to ask."""

from __future__ import annotations

# Widths of Arial in thousandths of the font size; what is not named is as wide as a figure.
_WIDTHS = {
    **dict.fromkeys("ijl'’|", 222),
    **dict.fromkeys("ft.,:;!/ I", 278),
    **dict.fromkeys("r-()[]", 333),
    **dict.fromkeys("ckvsxyzJ", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    "W": 944,
}
_FIGURE = 556
_BOLD = 1.08


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is in a sans-serif font of that size."""
    return sum(_WIDTHS.get(letter, _FIGURE) for letter in text) * size / 1000 * (_BOLD if bold else 1)


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit the room, broken between words; a word too long for it is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if not line or width(longer, size, bold=bold) <= room:
            line = longer
        else:
            lines.append(line)
            line = word
    whole = [*lines, line] if line else lines
    return [_cut(line, size, room, bold=bold) for line in whole]


def _cut(line: str, size: float, room: float, *, bold: bool) -> str:
    if width(line, size, bold=bold) <= room:
        return line
    while line and width(f"{line}…", size, bold=bold) > room:
        line = line[:-1]
    return f"{line}…"
