"""Boxes in rows and columns, and the ways between them: straight between neighbours, round corners otherwise."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    """A box with its place in the grid, and the grid's gaps."""

    column: int
    row: int
    x: float
    y: float
    width: float
    height: float
    gap: float
    row_gap: float

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def side(self, towards: int) -> Point:
        """The middle of the right side (towards 1) or of the left (towards -1)."""
        return (self.x + self.width if towards > 0 else self.x), self.middle[1]

    def edge(self, towards: int) -> Point:
        """The middle of the lower edge (towards 1) or of the upper (towards -1)."""
        return self.middle[0], (self.y + self.height if towards > 0 else self.y)


def way(start: Rect, end: Rect) -> list[Point]:
    """The corners of the way from one box to another, from border to border."""
    if start.row == end.row:
        return _in_a_row(start, end)
    if start.column == end.column:
        return _in_a_column(start, end)
    return _both(start, end)


def _towards(start: int, end: int) -> int:
    return 1 if end > start else -1


def _in_a_row(start: Rect, end: Rect) -> list[Point]:
    side = _towards(start.column, end.column)
    if abs(end.column - start.column) == 1:
        return [start.side(side), end.side(-side)]
    lane = start.y + start.height + start.row_gap / 2
    return [start.edge(1), (start.middle[0], lane), (end.middle[0], lane), end.edge(1)]


def _in_a_column(start: Rect, end: Rect) -> list[Point]:
    down = _towards(start.row, end.row)
    if abs(end.row - start.row) == 1:
        return [start.edge(down), end.edge(-down)]
    lane = start.x + start.width + start.gap / 2
    return [start.side(1), (lane, start.middle[1]), (lane, end.middle[1]), end.side(1)]


def _both(start: Rect, end: Rect) -> list[Point]:
    """Out at the side, along the lane beside the other row, in at the side."""
    side, down = _towards(start.column, end.column), _towards(start.row, end.row)
    out = start.side(side)[0] + side * start.gap / 2
    back = end.side(-side)[0] - side * end.gap / 2
    if out == back:
        return [start.side(side), (out, start.middle[1]), (out, end.middle[1]), end.side(-side)]
    lane = end.edge(-down)[1] - down * end.row_gap / 2
    return [
        *(start.side(side), (out, start.middle[1]), (out, lane)),
        *((back, lane), (back, end.middle[1]), end.side(-side)),
    ]


def shortened(points: list[Point], by: float) -> list[Point]:
    """The way with its last piece shortened, to leave room for an arrow head."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    length = abs(x2 - x1) + abs(y2 - y1)
    part = max(0.0, length - by) / length if length else 0
    return [*points[:-1], (x1 + (x2 - x1) * part, y1 + (y2 - y1) * part)]


def path(points: list[Point]) -> str:
    """The way as SVG path data."""
    first, *rest = points
    return f"M{first[0]:g} {first[1]:g}" + "".join(f"L{x:g} {y:g}" for x, y in rest)


def head(points: list[Point], length: float = 9, half: float = 6) -> str:
    """An arrow head at the end of the way, as SVG path data."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    dx, dy = _sign(x2 - x1), _sign(y2 - y1)
    back_x, back_y = x2 - dx * length, y2 - dy * length
    return f"M{x2:g} {y2:g}L{back_x - dy * half:g} {back_y - dx * half:g}L{back_x + dy * half:g} {back_y + dx * half:g}z"


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
