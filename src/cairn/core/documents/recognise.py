"""What a file is by its content, never by what it is called: first bytes by a library, text and e-mail by ourselves.

Of a Word document only names are looked at, and no more than a few pages are unpacked, so an archive made to swell
has nothing to swell in.
"""

from __future__ import annotations

import re

import filetype

from cairn.core.documents.kinds import (
    KINDS,
    MACRO,
    MARKUP,
    MOST_BYTES,
    OLD_OFFICE,
    OTHERWISE,
    WAYS_OUT,
    FileFault,
    Kind,
)
from cairn.core.documents.macros import MacroFinder, declares_macro
from cairn.core.documents.names import safe_name, split

HEAD = 8192
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS.values() if kind.value not in ("text", "email")}
# What no text has: the controls but tab, line ends and form feed.
NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
BEGINS_AS_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
HEADER_LINE = re.compile(rb"(?m)^([A-Za-z][A-Za-z0-9-]*):[ \t]?")
TELLING_HEADERS = {b"to", b"date", b"subject", b"received", b"message-id", b"mime-version", b"cc"}


class Recogniser:
    """Reads a file piece by piece and says in the end what it is; it keeps no more than the first pieces."""

    def __init__(self, name: str) -> None:
        self.name = safe_name(name)
        self.size = 0
        self._head = b""
        self._is_text = True
        self._macros = MacroFinder()

    def feed(self, piece: bytes) -> None:
        """The next bytes of the file."""
        self.size += len(piece)
        if len(self._head) < HEAD:
            self._head += piece[: HEAD - len(self._head)]
        self._macros.feed(piece)
        self._is_text = self._is_text and NOT_TEXT.search(piece) is None

    def judge(self) -> tuple[str, Kind] | FileFault:
        """The file's safe name with the ending of its kind, and the kind; or why it is not taken."""
        if self.size == 0:
            return FileFault(f"“{self.name}” is empty.", "Open it and look, then choose the right file.")
        if self.size > MOST_BYTES:
            return FileFault(
                f"“{self.name}” is larger than 25 MB.", "Save it smaller or in parts, then choose those."
            )
        kind = self._kind()
        return kind if isinstance(kind, FileFault) else _named(self.name, kind)

    def _kind(self) -> Kind | FileFault:
        found = filetype.guess_mime(self._head)
        if found in BY_MEDIA_TYPE:
            return self._without_macro(BY_MEDIA_TYPE[found])
        if found is not None or not self._is_text:
            return self._not_taken(found)
        if BEGINS_AS_MARKUP.match(self._head):
            return FileFault(f"“{self.name}” is a web page or a drawing in code.", MARKUP)
        return KINDS["email" if _is_email(self._head) else "text"]

    def _without_macro(self, kind: Kind) -> Kind | FileFault:
        """Of the kinds that may carry a program, only what carries none."""
        if kind.value in ("docx", "odt") and (self._macros.found or declares_macro(self._head)):
            return FileFault(f"“{self.name}” holds a macro, a program that runs when it is opened.", MACRO)
        return kind

    def _not_taken(self, found: str | None) -> FileFault:
        if self._head.startswith(OLE):
            return FileFault(f"“{self.name}” is from an older program, or has a password.", OLD_OFFICE)
        return FileFault(
            f"“{self.name}” is not a kind of file that can be filed.", WAYS_OUT.get(found or "", OTHERWISE)
        )


def _is_email(head: bytes) -> bool:
    """Whether it begins with the headers of a message: who it is from, and one more that only messages have."""
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    first = HEADER_LINE.match(headers) is not None or headers.startswith(b"From ")
    names = {name.lower() for name in HEADER_LINE.findall(headers)}
    return first and b"from" in names and bool(names & TELLING_HEADERS)


def _named(name: str, kind: Kind) -> tuple[str, Kind] | FileFault:
    """The name with an ending of its kind. One that says it is something else is refused: somebody was misled."""
    _, ending = split(name)
    if not ending:
        return f"{name}.{kind.endings[0]}", kind
    # A text may be kept under the name of an e-mail only if it is one; an e-mail may be kept as text.
    if ending in kind.endings or (kind.value == "email" and ending in KINDS["text"].endings):
        return name, kind
    return FileFault(
        f"“{name}” is named .{ending}, but what is in it is: {kind.title}.",
        "Give it the right ending or choose the right file.",
    )
