"""A child's name in a question about the child."""

import pytest

from cairn.core.vocabulary.model import Field
from cairn.interfaces.web.forms.jointly import named


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("Was the child seen?", "Was Edie seen?"),
        ("What the child thinks, in the child's own words", "What Edie thinks, in Edie’s own words"),
        ("Develop the child in need plan", "Develop the child in need plan"),
        ("Step down: team around the child, or CAF", "Step down: team around the child, or CAF"),
        ("A team around the child", "A team around the child"),
        ("What the children saw", "What the children saw"),
    ],
)
def test_the_name_stands_for_the_child_and_for_nothing_that_is_called_after_one(asked, read):
    assert named(Field(name="asked", label=asked, type="text"), "Edie").label == read
