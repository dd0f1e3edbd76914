"""Stepping down to early help, and up from it."""

from __future__ import annotations

from tests.cases import record
from tests.closings import JOANNE, PRIYA, worked_on
from tests.interfaces.web.views.test_closing import text_of, types


def test_stepping_down_names_what_is_missing_and_the_four_parts_of_a_team(people):
    child = worked_on(people)
    client = people.client(JOANNE)
    opened = text_of(client.get(f"/records/{child}/step-down/"))
    assert "Record the family's consent" in opened
    assert "Record the panel's decision on stepping down" in opened
    assert "Only for: CAF" in opened
    form = {
        "to_service": "Early help",
        "to_kind": "team_around_the_child",
        "agreed": "yes",
        "reason": "Enough.",
    }
    refused = client.post(f"/records/{child}/step-down/", form)
    assert refused.status_code == 422
    for part in ("who belongs to the team", "what is to be done", "first review", "lead professional"):
        assert part in text_of(refused), part
    given = {"whose": "Ngozi", "by_parent": "parent", "decision": "given", "for": ["early_help"]}
    record(people, (PRIYA, "record-consent", given), on=child)
    parts = {
        "members": "A Teacher",
        "action_plan": "A morning call.",
        "first_review-day": "14",
        "first_review-month": "12",
        "first_review-year": "2026",
        "lead_professional": "A Teacher",
    }
    done = client.post(f"/records/{child}/step-down/", {**form, **parts})
    assert done.status_code == 302, text_of(done)
    assert "early_help.stepped_down" in types(child)


def test_stepping_up_says_from_where_and_why(people):
    child = worked_on(people)
    client = people.client(PRIYA)
    refused = client.post(f"/records/{child}/step-up/", {"from_service": "Early help"})
    assert "Say which needs were not met, or what points to harm (8.14)" in text_of(refused)
    done = client.post(
        f"/records/{child}/step-up/", {"from_service": "Early help", "reason": "Nothing changed."}
    )
    assert done.status_code == 302
    assert types(child)[-1] == "early_help.stepped_up"
