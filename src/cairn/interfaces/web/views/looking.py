"""The access log in plain sentences."""

from __future__ import annotations

from cairn.application.looked import Look, Looked
from cairn.application.procedures import in_use
from cairn.interfaces.web import words

PAGES = {
    "child": "the overview",
    "timeline": "the timeline",
    "people": "the people",
    "documents": "the documents",
    "looked": "who has looked",
    "entry": "an entry",
    "look-back": "the record on a day",
    "why": "why something is due",
    "draft": "a draft",
    "my-work": "My work",
    "team-work": "Team work",
    "lines": "lines chosen on a list",
    "team-list": "a list of Team work",
    "find": "a search",
    "allocate": "allocation",
    "letter": "a letter",
}


def looked_lines(found: Looked) -> list[dict[str, object]]:
    """One line a look: when, who, what they did and on what they relied."""
    return [
        {
            "at": words.moment_words(look.at),
            "who": look.name,
            "capacity": look.capacity,
            "did": did(look),
            "relied_on": look.relied_on,
            "refused": look.reason if not look.allowed else "",
            "purpose": look.purpose,
        }
        for look in found.looks
    ]


def did(look: Look) -> str:
    """What somebody did, as in "Viewed the timeline"."""
    if not look.allowed:
        return f"Was refused {_page(look.page)}"
    verbs = {
        "list": "Saw the name in",
        "search": "Saw it in",
        "act": "Recorded",
        "draft": "Wrote",
        "export": "Took away",
    }
    return f"{verbs.get(look.what, 'Viewed')} {_page(look.page)}"


def _page(page: str) -> str:
    kind, _, name = page.partition(":")
    if name and kind not in PAGES:
        act = in_use().vocabulary.acts.get(name)
        return f"“{act.title if act else name}”"
    return PAGES.get(kind, kind.replace("-", " "))
