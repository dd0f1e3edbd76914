"""The page "Close a case" is followed on the pages it is about: what it names in bold stands there."""

from __future__ import annotations

from pathlib import Path

from tests.cases import record
from tests.closings import JOANNE, PRIYA, closed, handed_in
from tests.interfaces.web.views.test_closing import page, text_of, with_plan
from tests.interfaces.web.views.test_sign_an_assessment import named

HOW_TO = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "close-a-case.md"


def test_what_the_how_to_names_stands_on_the_pages(people):
    told, shown = named(HOW_TO), {}
    child = with_plan(people)
    shown["See what is missing"] = text_of(page(people, child))
    shown["Hand in the summary"] = text_of(page(people, child)) + text_of(page(people, child, "hand-in/"))
    waits, _ = handed_in(people)
    shown["Sign and close"] = text_of(people.client(JOANNE).get("/work/")) + text_of(
        page(people, waits, "sign/", JOANNE)
    )
    dissent = {"whose": "The school", "about": "Closing", "text": "Too early."}
    record(people, (PRIYA, "record-dissent", dissent), on=waits)
    answers = people.client(JOANNE).get(f"/records/{waits}/disagreements/")
    shown["When somebody disagrees"] = text_of(page(people, waits, who=JOANNE)) + text_of(answers)
    shown["After it is closed"] = text_of(page(people, closed(people), who=JOANNE))
    assert set(told) == set(shown)
    missing = {title: [one for one in wanted if one not in shown[title]] for title, wanted in told.items()}
    assert {title: found for title, found in missing.items() if found} == {}
