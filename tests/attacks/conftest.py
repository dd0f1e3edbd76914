"""The made-up house, at a clock that stands."""

from __future__ import annotations

import pytest
from tests.attacks.house import house as build
from tests.interfaces.web.views.conftest import clock, people, static_files

__all__ = ["clock", "people", "static_files"]


@pytest.fixture
def house(people):
    """A child at each stage, with something for every page."""
    return build(people)
