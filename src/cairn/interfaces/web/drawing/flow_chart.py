"""The flow chart of a case: where it has been, where it stands, what is to come and what was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cairn.interfaces.web.components import Drawing, Step, Steps
from cairn.interfaces.web.drawing.text_fitting import wrap
from cairn.interfaces.web.drawing.ways import Rect, head, path, shortened, way
from cairn.interfaces.web.marks import Mark
from cairn.interfaces.web.words import listed

State = Literal["done", "now", "to come", "not taken"]

WIDTH, GAP, ROW_GAP, LEFT, TOP, EDGE = 152, 21, 42, 6, 32, 6
LEAST_HEIGHT, LINE, SIZE, ROOM, FLAG = 66, 19, 14.3, 126, 36
PINE, PALE, INK, QUIET, RULE = "#1f4f4a", "#e6efec", "#1b2a2f", "#48585d", "#7b8985"
_BOX: dict[State, tuple[str, str, str, str]] = {
    # ground, border, its width, ink
    "done": (PALE, PINE, "2", INK),
    "now": (PINE, PINE, "2", "#ffffff"),
    "to come": ("#ffffff", RULE, "1.5", INK),
    "not taken": ("#ffffff", RULE, "1.5", QUIET),
}
_WORDS: dict[State, str] = {"done": "Done", "now": "Now", "to come": "To come", "not taken": "Not taken"}
_MEANINGS: dict[State, str] = {"done": "done", "now": "now", "to come": "to_come", "not taken": "no"}


@dataclass(frozen=True, kw_only=True)
class FlowNode:
    """One box. `lines` stand under the title; `told` is the line of the list, where more can be said.

    `late` of a step done: it was done late, for good. Of the step that is now: it is overdue.
    """

    id: str
    title: str
    column: int
    row: int
    state: State
    lines: tuple[str, ...] = ()
    told: str = ""
    late: bool = False


@dataclass(frozen=True)
class FlowEdge:
    """A way from one box to another, and whether it was taken."""

    start: str
    end: str
    taken: bool = False


@dataclass(frozen=True)
class _Box:
    """A node with its place and its lines broken to fit."""

    node: FlowNode
    place: Rect
    title: tuple[str, ...]
    lines: tuple[str, ...]


def flow_chart(
    nodes: Sequence[FlowNode], edges: Sequence[FlowEdge], *, title: str, id_: str = "flow"
) -> Drawing:
    """The chart, its key, and the same as a list in the order of the nodes."""
    return Drawing(
        kind="flow",
        label=title,
        svg=flow_chart_svg(nodes, edges, title=title, id_=id_),
        key=_key(),
        key_label="Key to the chart",
        steps=Steps(steps=tuple(_step(node) for node in nodes)),
    )


def flow_chart_svg(
    nodes: Sequence[FlowNode],
    edges: Sequence[FlowEdge],
    *,
    title: str,
    id_: str = "flow",
    described: str = "",
) -> SafeString:
    """The picture alone, told in `described` or by what is done and to come. Edges to unknown nodes are an error of the caller's."""
    boxes = _placed(nodes)
    across = max((box.place.x for box in boxes.values()), default=0) + WIDTH + EDGE
    down = max((box.place.y + box.place.height for box in boxes.values()), default=0) + _below(nodes, edges)
    # Ways taken are drawn last, over the others.
    ways = [
        _way(boxes[edge.start], boxes[edge.end], taken=edge.taken) for edge in sorted(edges, key=_is_taken)
    ]
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title>'
        '<desc id="{}-d">{}</desc><g>{}</g>{}</svg>',
        *(f"{across:g}", f"{down:g}", id_, id_, id_, title, id_, described or _described(nodes)),
        format_html_join("", "{}", ((way,) for way in ways)),
        format_html_join("", "{}", ((_drawn(box),) for box in boxes.values())),
    )


def _placed(nodes: Sequence[FlowNode]) -> dict[str, _Box]:
    texts = {node.id: _broken(node) for node in nodes}
    heights: dict[int, float] = {}
    for node in nodes:
        needed = LINE * sum(map(len, texts[node.id])) + 9
        heights[node.row] = max(heights.get(node.row, LEAST_HEIGHT), needed)
    tops: dict[int, float] = {}
    top: float = TOP
    for row in sorted(heights):
        tops[row] = top
        top += heights[row] + ROW_GAP
    return {
        node.id: _Box(node, _rect(node, tops[node.row], heights[node.row]), *texts[node.id]) for node in nodes
    }


def _rect(node: FlowNode, top: float, height: float) -> Rect:
    left = LEFT + node.column * (WIDTH + GAP)
    return Rect(node.column, node.row, left, top, WIDTH, height, GAP, ROW_GAP)


def _below(nodes: Sequence[FlowNode], edges: Sequence[FlowEdge]) -> float:
    """The room under the last row: more where a way runs beneath it."""
    places = {node.id: node for node in nodes}
    last = max((node.row for node in nodes), default=0)
    pairs = [(places[edge.start], places[edge.end]) for edge in edges]
    runs = any(a.row == b.row == last and abs(a.column - b.column) > 1 for a, b in pairs)
    return ROW_GAP / 2 + EDGE if runs else EDGE


def _is_taken(edge: FlowEdge) -> bool:
    return edge.taken


def _way(start: _Box, end: _Box, *, taken: bool) -> SafeString:
    points = way(start.place, end.place)
    colour = PINE if taken else RULE
    dashes = SafeString(' stroke-dasharray="5 4"') if end.node.state == "not taken" and not taken else ""
    return format_html(
        '<path d="{}" stroke="{}" stroke-width="{}"{} fill="none"/><path d="{}" fill="{}"/>',
        *(path(shortened(points, 8)), colour, "4" if taken else "1.8", dashes, head(points), colour),
    )


def _broken(node: FlowNode) -> tuple[tuple[str, ...], tuple[str, ...]]:
    title = tuple(wrap(node.title, SIZE, ROOM, bold=True))
    lines = tuple(part for line in node.lines for part in wrap(line, SIZE, ROOM))
    return title, lines


def _drawn(box: _Box) -> SafeString:
    ground, border, thickness, ink = _BOX[box.node.state]
    dashes = SafeString(' stroke-dasharray="5 4"') if box.node.state == "not taken" else ""
    frame = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="5" fill="{}" stroke="{}" stroke-width="{}"{}/>',
        *(
            f"{box.place.x:g}",
            f"{box.place.y:g}",
            WIDTH,
            f"{box.place.height:g}",
            ground,
            border,
            thickness,
            dashes,
        ),
    )
    return format_html("{}{}{}", frame, _lettered(box, ink), _badge(box))


def _lettered(box: _Box, ink: str) -> SafeString:
    lines = [(line, True) for line in box.title] + [(line, box.node.late) for line in box.lines]
    across, middle = box.place.middle
    first = middle - LINE * (len(lines) - 1) / 2 + 5
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" font-size="{}" fill="{}"{}>{}</text>',
        (
            (f"{across:g}", f"{first + number * LINE:g}", SIZE, ink, _weight(bold), line)
            for number, (line, bold) in enumerate(lines)
        ),
    )


def _weight(bold: bool) -> str:
    return SafeString(' font-weight="700"') if bold else ""


def _badge(box: _Box) -> SafeString:
    """The tick of a step done; the flag of where the case stands, and a mark where that is overdue."""
    corner = f"{box.place.x + WIDTH - 9:g},{box.place.y - 9:g}"
    if box.node.state == "done":
        return format_html(
            '<g transform="translate({})"><circle cx="9" cy="9" r="9.5" fill="{}" stroke="#fff" stroke-width="1.5"/>'
            '<path d="M5 9.4l2.7 2.7L13 6.6" stroke="#fff" stroke-width="2.2" fill="none"/></g>',
            *(corner, PINE),
        )
    if box.node.state != "now":
        return SafeString("")
    # Below the first row the flag makes room for a way that comes from above.
    across = box.place.x + (WIDTH / 2 if box.node.row == 0 else FLAG)
    flag = format_html(
        '<path d="M{} {}h56v19h-20l-8 8-8-8h-20z" fill="#ffdd00" stroke="{}" stroke-width="1.5"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="14" font-weight="700" fill="{}">Now</text>',
        *(f"{across - 28:g}", f"{box.place.y - 27:g}", INK, f"{across:g}", f"{box.place.y - 12.5:g}", INK),
    )
    return format_html("{}{}", flag, _overdue(corner) if box.node.late else "")


def _overdue(corner: str) -> SafeString:
    return format_html(
        '<g transform="translate({})"><circle cx="9" cy="9" r="9.5" fill="{}" stroke="#fff" stroke-width="1.5"/>'
        '<path d="M9 4v6" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>'
        '<circle cx="9" cy="13.4" r="1.4" fill="#fff"/></g>',
        *(corner, "#8f1d1a"),
    )


def _described(nodes: Sequence[FlowNode]) -> str:
    said = []
    for state, words in (
        ("done", "Taken"),
        ("now", "Now"),
        ("to come", "To come"),
        ("not taken", "Not taken"),
    ):
        titles = [node.title for node in nodes if node.state == state]
        if titles:
            said.append(f"{words}: {listed(titles)}.")
    return " ".join([*said, "The same is in the list that follows."])


def _step(node: FlowNode) -> Step:
    word = _WORDS[node.state]
    meaning = _MEANINGS[node.state]
    if node.late and node.state == "now":
        word, meaning = "Now, overdue", "late"
    elif node.late and node.state == "done":
        word = "Done late"
    # The mark says it already.
    line = node.told or " ".join(node.lines).removeprefix("not taken").lstrip(": ")
    return Step(Mark(meaning, word), node.title, line, now=node.state == "now")


def _key() -> tuple[tuple[SafeString, str], ...]:
    box = '<svg width="34" height="18" aria-hidden="true"><rect x="1" y="1" width="32" height="16" rx="3" {}/></svg>'
    plain = SafeString(f'fill="#fff" stroke="{RULE}" stroke-width="1.5"')
    dashed = SafeString(f'fill="#fff" stroke="{RULE}" stroke-width="1.5" stroke-dasharray="5 4"')
    path = format_html(
        '<svg width="34" height="18" aria-hidden="true"><path d="M0 9h34" stroke="{}" stroke-width="4"/></svg>',
        PINE,
    )
    return (
        (path, "Path taken"),
        (format_html(box, SafeString(f'fill="{PINE}"')), "Now, marked “Now”"),
        (format_html(box, plain), "To come"),
        (format_html(box, dashed), "Not taken"),
    )
