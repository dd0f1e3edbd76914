"""What is counted over time: the drawing and the sentence say the same, and the newest always has its place."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cairn.interfaces.web.drawing.counted import (
    FLOOR,
    MOST_BARS,
    WIDTH,
    counted_bars,
    kept_or_missed,
    told,
    told_kept,
)

START = date(2026, 9, 21)
COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=14).map(
    lambda found: [(START + timedelta(weeks=week), count) for week, count in enumerate(found)]
)


@given(COUNTS, st.none() | st.integers(0, 40))
def test_the_last_counted_are_drawn_each_with_its_number_inside_the_picture(counts, wanted):
    drawn = str(counted_bars(counts, wanted, "c"))
    shown = counts[-MOST_BARS:]
    assert re.findall(r'font-weight="700"[^>]*>(\d+)<', drawn) == [str(count) for _, count in shown]
    for x, y, width, height in re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="(\d+)" height="([\d.]+)"', drawn
    ):
        assert float(x) + float(width) <= WIDTH
        assert float(y) >= 0
        assert round(float(y) + float(height), 1) == FLOOR
    assert told(shown, wanted) in drawn


def test_the_sentence_says_how_it_began_how_it_is_and_what_is_wanted():
    counts = [(START, 12), (START + timedelta(weeks=1), 22)]
    assert told(counts, 28) == "Rose from 12 on 21 September 2026 to 22 on 28 September 2026. 28 are wanted."
    assert told(list(reversed(counts)), None).startswith("Fell from 22")
    assert told([(START, 5), (START + timedelta(weeks=1), 5)], 1).endswith(
        "5 again on 28 September 2026. 1 is wanted."
    )
    assert told(counts[:1], None) == "12 on 21 September 2026."


def test_kept_and_missed_are_told_apart_by_shape_and_word():
    counts = [(START, 1), (START + timedelta(weeks=1), 0)]
    drawn = str(kept_or_missed(counts, "c"))
    assert (drawn.count(">Kept<"), drawn.count(">Missed<")) == (1, 1)
    assert told_kept(counts) == "1 kept, 1 missed: kept on 21 September 2026 and missed on 28 September 2026."
    assert told_kept(counts) in drawn
