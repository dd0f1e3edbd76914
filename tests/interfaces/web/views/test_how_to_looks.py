"""The pages "Restrict a record" and "See who has looked" are followed on the pages they are about: what they name stands there."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from tests.cases import record
from tests.interfaces.web.views.children import allocated, later
from tests.interfaces.web.views.test_closing import text_of
from tests.interfaces.web.views.test_sign_an_assessment import named

from cairn.application.covering import CoverWanted, set_cover
from cairn.application.ports import now
from cairn.records import ties
from cairn.records.ties import NewTie

HOW_TO = Path(__file__).resolve().parents[4] / "docs" / "how-to"
JOANNE, GUARD = "Joanne Whitlock", "Ruth Abara"


def page(people, who, name, *args, **query):
    return text_of(people.client(who).get(reverse(name, args=args), query))


def is_followed(how_to, shown):
    told = named(HOW_TO / how_to)
    assert set(told) == set(shown)
    missing = {title: [one for one in wanted if one not in shown[title]] for title, wanted in told.items()}
    assert {title: found for title, found in missing.items() if found} == {}


def test_restrict_a_record(people, clock):
    child, shown = allocated(people), {}
    shown["Restrict it"] = page(people, JOANNE, "acts", child) + page(
        people, JOANNE, "restrict-record", child
    )
    record(people, (JOANNE, "restrict-record", {"reason": "media"}), on=child)
    shown["Name somebody"] = page(people, JOANNE, "restriction", child)
    today = now().date()
    who = (people.ids["Priya Shah"], people.ids["Ewan Marsh"], today, today, "Leave.")
    set_cover(people.actor(JOANNE), CoverWanted(*who))
    shown["Whoever covers"] = page(people, JOANNE, "cover")
    found = people.client("Ewan Marsh").post(reverse("find"), {"find": "Wren Made-up"})
    shown["What others see"] = text_of(found)
    later(clock, days=89)
    pages = (
        page(people, JOANNE, "my-work"),
        page(people, JOANNE, "restricted"),
        page(people, JOANNE, "restriction", child),
    )
    shown["Look at it again"] = "".join(pages)
    is_followed("restrict-a-record.md", shown)


def test_see_who_has_looked(people, clock):
    child, at, rosa = allocated(people), now(), people.ids["Rosa Quill"]
    ties.add(
        NewTie(rosa, child, "break glass", at, at.replace(hour=18), "Made up", rosa, at, "child_at_risk_now")
    )
    shown = {
        "Who has seen a child": page(people, "Priya Shah", "child", child)
        + page(people, "Priya Shah", "looked", child),
        "Your own": page(people, "Priya Shah", "own-looks"),
        "What is unusual in a week": page(people, GUARD, "alerts")
        + page(people, GUARD, "unusual-person", people.ids["Priya Shah"], week="2026-11-23"),
    }
    is_followed("see-who-has-looked.md", shown)
