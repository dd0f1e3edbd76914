from __future__ import annotations

from pathlib import Path

import pytest

import cairn.procedures
from cairn.core.people.short_forms import ShortForms, read_short_forms

SHORT_FORMS = Path(cairn.procedures.__file__).parent / "names" / "short_forms.csv"


@pytest.fixture(scope="session")
def short_forms() -> ShortForms:
    """The table that is shipped."""
    with SHORT_FORMS.open(encoding="utf-8") as lines:
        return read_short_forms(lines)
