"""The page "Write and sign an assessment" is followed on the pages it is about: what it names in bold stands there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.interfaces.web.views.signing import JOANNE, PRIYA, begun, post_hand_in, see, write
from tests.interfaces.web.views.test_approval import page, sign, text_of

HOW_TO = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "sign-an-assessment.md"


def named(how_to: Path = HOW_TO) -> dict[str, list[str]]:
    """What the page names in bold, by its headings."""
    parts = re.split(r"^## (.+)$", how_to.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {
        title: [" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", body, re.DOTALL)]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_what_the_how_to_names_stands_on_the_pages(people):
    told, shown = named(), {}
    child, strand = begun(people, "initial")

    def open_(who: str, address: str) -> str:
        return text_of(people.client(who).get(f"/records/{child}/{address}"))

    write(people, child, strand, "health", "Ifeoma is well.")
    see(people, child, strand)
    shown["Write it"] = open_(PRIYA, "")
    shown["Hand it in"] = open_(PRIYA, "assessment/hand-in/")
    shown["When it needs longer"] = open_(JOANNE, "assessment/extend/")
    post_hand_in(people.client(PRIYA), child)
    shown["Decide it"] = text_of(page(people, child))
    sign(people, child, page(people, child), decision="return", reason="Say who saw her.")
    shown["When it was returned"] = open_(PRIYA, "assessment/hand-in/")
    write(people, child, strand, "health", "Ifeoma is well. I saw her.", 1)
    post_hand_in(people.client(PRIYA), child, response="I did.")
    approved = sign(people, child, page(people, child), further_action="none")
    assert approved.status_code == 302, text_of(approved)
    shown["Give the family a copy"] = (
        open_(PRIYA, "documents/")
        + open_(PRIYA, f"assessments/{strand}/text/")
        + open_(PRIYA, "assessment/share/")
    )
    assert set(told) == set(shown)
    missing = {title: [one for one in wanted if one not in shown[title]] for title, wanted in told.items()}
    assert {title: found for title, found in missing.items() if found} == {}
