"""AZ-1, AZ-2: each role sends an empty form to every address of the resolver that takes one, about a record of every class."""

from __future__ import annotations

import pytest
from tests.attacks.matrix import CLASSES, READERS, browser, cells, wrong
from tests.attacks.matrix_records import database, made

__all__ = ["database", "made"]
pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.attack
@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", READERS)
def test_az_1_every_form_of_every_class_is_answered_as_the_tables_say(made, role):
    client = browser(made, role)
    tried = [cell for kind in ("", *CLASSES) for cell in cells(made, role, kind, ("POST",))]
    assert len(tried) > 700
    found = [said for cell in tried for said in wrong(client, cell)]
    assert not found, "\n".join(found)
