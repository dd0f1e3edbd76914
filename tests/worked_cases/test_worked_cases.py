"""Each worked case comes out as it was worked out by hand."""

from __future__ import annotations

import pytest
from tests.worked_cases.worked_case import cases, failures


@pytest.mark.parametrize("name", cases())
def test_case(name):
    """See the case of that name under `cases/`, with its paragraphs and its working."""
    case = cases()[name]
    assert failures(case) == [], f"{name} ({', '.join(case['paragraphs'])}): {case['working']}"
