"""A correction of what stands on several records: offered to the others, never forced."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.interfaces.web.views.children import main
from tests.interfaces.web.views.test_jointly import (
    SHARED,
    correction,
    seen,
    sent,
    signed,
    visits,
)
from tests.siblings import three


@pytest.fixture
def family(people):
    return three(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def test_a_corrected_shared_part_is_offered_to_the_others_and_not_forced(client, family):
    amara, theo, leila = family
    all_three = [str(one) for one in family]
    checked = sent(client, amara, SHARED, seen(amara), seen(theo), seen(leila), child=all_three)
    signed(client, checked, *family)
    offered = correction(client, amara, account="We <walked>.")
    page = main(offered)
    assert "Correct it for other children too?" in page
    assert "We &lt;walked&gt;." in page
    assert "checked" not in page, "nobody is ticked beforehand"
    done = client.post(offered.request["PATH_INFO"], {"record": [str(theo)]}, follow=True)
    assert "Corrected for Theo Made-up too." in done.content.decode()
    assert [visits(one)[0].data["account"] for one in family] == [
        "We <walked>.", "We <walked>.", "We went through the <plan>.",
    ]  # fmt: skip
    none = client.post(offered.request["PATH_INFO"], {}, follow=True)
    assert "The other records stay as they are." in none.content.decode()


def test_a_correction_of_her_own_part_is_offered_to_nobody(client, family):
    amara, theo, _ = family
    checked = sent(client, amara, SHARED, seen(amara), seen(theo), child=[str(amara), str(theo)])
    signed(client, checked, amara, theo)
    page = correction(client, amara, meaning="Hers alone.")
    assert "Correct it for other children too?" not in main(page)
    assert page.request["PATH_INFO"] == reverse("entry", args=[amara, visits(amara)[0].id])
