"""AZ-1, AZ-2: each role reads every address of the resolver about a record of every class; and a sample of all of it.

Files, exports and the addresses that keep a draft are addresses like any other. What is sent is in the module beside this one.
"""

from __future__ import annotations

import os
import random

import pytest
from tests.attacks.matrix import CLASSES, READERS, browser, cells, wrong
from tests.attacks.matrix_records import database, made

__all__ = ["database", "made"]
pytestmark = pytest.mark.usefixtures("database")

SEED = int(os.environ.get("CAIRN_TEST_ATTACK_SEED") or random.SystemRandom().randrange(10**6))
OF_EACH = 2


@pytest.mark.attack
@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", READERS)
def test_az_1_every_page_of_every_class_is_answered_as_the_tables_say(made, role):
    client = browser(made, role)
    tried = [cell for kind in ("", *CLASSES) for cell in cells(made, role, kind, ("GET",))]
    assert len(tried) > 1000
    found = [said for cell in tried for said in wrong(client, cell)]
    assert not found, "\n".join(found)


def test_az_1_some_cells_of_each_role_and_class_are_answered_as_the_tables_say(made):
    """The same at random: what is wrong says which seed it was found with."""
    chance = random.Random(SEED)
    found = []
    for role in READERS:
        client = browser(made, role)
        for kind in ("", *CLASSES):
            for cell in chance.sample(list(cells(made, role, kind)), OF_EACH):
                found += [f"{said} (CAIRN_TEST_ATTACK_SEED={SEED})" for said in wrong(client, cell)]
    assert not found, "\n".join(found)
