"""What was typed, read once more before it is signed."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.forms.act_form import ActForm
from cairn.interfaces.web.forms.shown import answers_shown


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("next-day=9&next-month=11&next-year=2026", "9 November 2026"),
        ("next-day=9&next-month=11&next-year=2026&next-time=2pm", "9 November 2026, 2pm"),
        ("next-day=9&next-month=", "9"),
    ],
)
def test_a_date_is_read_in_words_and_half_a_date_as_it_was_typed(typed, read):
    kind = "moment" if "time" in typed else "date"
    form = ActForm([Field(name="next", label="Next meeting", type=kind)], posted=QueryDict(typed))
    assert [(row.key, row.value) for row in answers_shown(form).rows] == [("Next meeting", read)]
