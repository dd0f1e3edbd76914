"""The procedures in use: both flow charts drawn, each with its figure and the same as a list; and on a record those that matter."""

from __future__ import annotations

from django.urls import reverse
from tests.cases import record as do
from tests.interfaces.web.views.children import allocated, later, main


def test_every_flow_chart_is_drawn_and_told_with_its_figure(people):
    page = main(people.client("Priya Shah").get(reverse("procedures")))
    assert page.count('class="c-flow"') == 2
    assert "Child in Need Procedures, Figure 1" in page
    assert "Child in Need Procedures, Figure 2" in page
    assert "<strong>Panel, or MASG for a lead professional</strong>: leads to CAF" in page
    assert "<strong>Referral</strong>: leads to Decision" in page


def test_stepping_down_is_drawn_on_a_record_once_it_matters(people, clock):
    child = allocated(people)
    client = people.client("Priya Shah")
    before = main(client.get(reverse("child", args=[child])))
    assert 'id="flow-way-of-a-child-in-need-t"' in before
    assert 'id="flow-stepping-down-t"' not in before
    later(clock, days=1)
    do(people, ("Priya Shah", "step-up", STEP_UP), on=child)
    after = main(client.get(reverse("child", args=[child])))
    assert 'id="flow-stepping-down-t"' in after
    assert "Stepping down, and up again</h3>" in after


STEP_UP = {"from_service": "Early Intervention", "reason": "Help was not enough."}
