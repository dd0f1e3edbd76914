"""The name of a file made safe: one plain name without a path, that can be shown, stored and given to any computer."""

from __future__ import annotations

import re
import unicodedata

from cairn.core.unicode import normal

LONGEST = 120
LONGEST_ENDING = 10
UNNAMED = "Document"
# Windows keeps these for devices, whatever the ending.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
# Joiners shape words in Persian and Indian scripts and turn nothing round.
JOINERS = "\u200c\u200d"


def safe_name(given: str) -> str:
    """A file's own name without what could lead or look elsewhere.

    Path parts go; so do control characters, half characters and every sign that turns the direction of writing
    (with which “exe.pdf” can be made to read “fdp.exe”); what other computers keep for themselves becomes “-”.
    It is at most 120 characters long, keeps its ending, and is never empty.
    """
    last = re.split(r"[/\\]", given)[-1]
    kept = "".join(one if _is_plain(one) else " " if one.isspace() else "" for one in _composed(last))
    tidy = " ".join(re.sub(r'[<>:"|?*]', "-", kept).split()).strip(". ")
    stem, ending = split(tidy)
    if stem.lower().split(".")[0] in DEVICES:
        stem = f"_{stem}"
    shown = stem[: LONGEST - LONGEST_ENDING - 1].rstrip(". ") or UNNAMED
    return f"{shown}.{ending}" if ending else shown


def _composed(text: str) -> str:
    return normal("NFC", text)


def _is_plain(one: str) -> bool:
    """Letters, marks, numbers, signs and the blank; nothing of the categories control, format, surrogate or unknown."""
    category = unicodedata.category(one)
    return one == " " or one in JOINERS or (category[0] not in "CZ")


def split(name: str) -> tuple[str, str]:
    """A name and its ending in small letters; the ending is '' where there is none that could be one."""
    stem, dot, ending = name.rpartition(".")
    is_ending = bool(dot and stem) and re.fullmatch(r"[A-Za-z0-9]{1,10}", ending) is not None
    return (stem, ending.lower()) if is_ending else (name, "")
