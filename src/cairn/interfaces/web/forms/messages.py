"""What a form says when something is missing or wrong: what to do, in the words of its own label."""

from __future__ import annotations

from cairn.core.vocabulary.model import Field

_NO_ARTICLE = frozenset(
    [
        "a",
        "an",
        "any",
        "her",
        "his",
        "how",
        "its",
        "no",
        "other",
        "our",
        "the",
        "their",
        "these",
        "this",
        "those",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "your",
    ]
)


def phrase(label: str) -> str:
    """A label inside a sentence: "Date of the visit" gives "the date of the visit"."""
    words = label.strip().rstrip(".:").split(" ")
    first = words[0]
    if not first.isupper() and not first[:1].isdigit():
        words[0] = first[:1].lower() + first[1:]
    article = "" if first.lower().rstrip("’s'") in _NO_ARTICLE or first.lower() in _NO_ARTICLE else "the "
    return article + " ".join(words)


def missing(field: Field) -> str:
    """What to do where an answer is needed and none was given."""
    if field.label.endswith("?"):
        return f"Answer “{field.label}”"
    verb = "Choose" if field.type in ("choice", "choices", "yes_no") else "Enter"
    return f"{verb} {phrase(field.label)}"


def wrong(field: Field, problem: str) -> str:
    """What is wrong with an answer: the label, then what it needs."""
    label = f"The answer to “{field.label}”" if field.label.endswith("?") else phrase(field.label)
    return f"{label[:1].upper()}{label[1:]} {problem}"
