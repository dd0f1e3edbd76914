"""The flow chart: text stays in its boxes, ways go round what is between, the list says the same."""

import re
from itertools import pairwise

import pytest
from defusedxml import ElementTree

from cairn.interfaces.web.drawing.flow_chart import ROOM, SIZE, FlowEdge, FlowNode, flow_chart, flow_chart_svg
from cairn.interfaces.web.drawing.text_fitting import width, wrap
from cairn.interfaces.web.drawing.ways import Rect, shortened, way

SVG = "{http://www.w3.org/2000/svg}"


def node(id_, column=0, row=0, state="done", **more):
    return FlowNode(**{"id": id_, "title": id_.title(), "column": column, "row": row, "state": state} | more)


def drawn(nodes, edges=()):
    return ElementTree.fromstring(
        flow_chart_svg(nodes, edges, title="Where it stands").replace(
            "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '
        )
    )


def test_a_long_title_is_broken_to_fit_and_the_row_grows():
    title = "Initial child protection conference, held within fifteen working days of the strategy discussion"
    picture = drawn([node("a", title=title), node("b", column=1)])
    lines = [text.text for text in picture.iter(f"{SVG}text")][:-1]
    assert " ".join(lines) == title
    assert all(width(line, SIZE, bold=True) <= ROOM for line in lines)
    heights = {box.get("height") for box in picture.iter(f"{SVG}rect")}
    assert len(heights) == 1
    assert float(heights.pop()) >= 19 * len(lines)


def test_a_word_wider_than_its_box_is_cut_and_says_so():
    assert wrap("W" * 60, SIZE, ROOM)[0].endswith("…")


def test_markup_in_a_title_stays_text():
    made = flow_chart_svg([node("a", title="<script>", lines=("a & b",))], [], title='"><b>')
    assert "<script>" not in made
    assert "<b>" not in made
    assert "a &amp; b" in made


def test_the_list_says_what_the_picture_says():
    chart = flow_chart(
        [
            node("a", late=True, lines=("1 day late",)),
            node("b", 1, state="now", late=True),
            node("c", 2, state="to come"),
            node("d", 1, 1, "not taken"),
        ],
        [FlowEdge("a", "b", taken=True)],
        title="Where it stands",
    )
    assert [(step.mark.word, step.title, step.now) for step in chart.steps.steps] == [
        ("Done late", "A", False),
        ("Now, overdue", "B", True),
        ("To come", "C", False),
        ("Not taken", "D", False),
    ]
    said = re.search("<desc[^>]*>(.*?)</desc>", chart.svg)[1]
    assert said.startswith("Taken: A. Now: B. To come: C. Not taken: D.")


def test_red_is_only_for_what_is_overdue():
    late, now = node("a", late=True), node("b", 1, state="now")
    assert "#8f1d1a" not in flow_chart_svg([late, now], [], title="t")
    assert "#8f1d1a" in flow_chart_svg([node("b", state="now", late=True)], [], title="t")


def rect(column, row):
    return Rect(column, row, column * 173.0, row * 108.0, 152, 66, 21, 42)


PLACES = [(column, row) for column in range(4) for row in range(3)]


@pytest.mark.parametrize("start", PLACES)
@pytest.mark.parametrize("end", PLACES)
def test_a_way_never_runs_through_a_box(start, end):
    if start == end:
        return
    points = way(rect(*start), rect(*end))
    for (x1, y1), (x2, y2) in pairwise(points):
        assert x1 == x2 or y1 == y2, "a way has right angles"
        for place in PLACES:
            box = rect(*place)
            inside_x = min(x1, x2) < box.x + box.width and max(x1, x2) > box.x
            inside_y = min(y1, y2) < box.y + box.height and max(y1, y2) > box.y
            assert not (inside_x and inside_y), f"{start} to {end} through {place}"


def test_room_is_left_for_the_arrow_head():
    assert shortened([(0, 0), (20, 0)], 8) == [(0, 0), (12, 0)]
    assert shortened([(0, 0), (0, -5)], 8) == [(0, 0), (0, 0)]


def test_an_empty_chart_is_drawn_empty():
    assert drawn([]).get("role") == "img"
