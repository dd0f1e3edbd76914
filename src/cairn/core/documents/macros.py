"""Whether an office document carries a macro: a program that would run on the computer of whoever opens it.

Renamed to .docx, a .docm begins as any Word document does. What tells it are the names of its parts, which stand
unpacked in the archive, and the kinds that its list of contents gives them, of which no more is unpacked than a few
pages.
"""

from __future__ import annotations

import re
import zlib

# The parts that hold a macro, in Word's documents and in OpenDocument's.
PARTS = re.compile(
    rb"vbaproject\.bin|vbadata\.xml|basic/script-lc\.xml|scripts/(?:python|beanshell|javascript)/",
    re.IGNORECASE,
)
LONGEST_PART = 32
KINDS_OF_PARTS = re.compile(rb"macroenabled|vbaproject", re.IGNORECASE)
CONTENTS = b"[Content_Types].xml"
MOST_UNPACKED = 64 * 1024
LOCAL_HEADER, HEADER_SIZE, DEFLATED = b"PK\x03\x04", 30, 8


class MacroFinder:
    """Reads a document piece by piece and knows whether the name of a part that holds a macro was in it."""

    def __init__(self) -> None:
        self.found = False
        self._end = b""

    def feed(self, piece: bytes) -> None:
        """The next bytes; a name that lies across two pieces is found too."""
        together = self._end + piece
        self.found = self.found or PARTS.search(together) is not None
        self._end = together[-LONGEST_PART:]


def declares_macro(head: bytes) -> bool:
    """Whether the list of contents at the beginning of a Word document says that it holds a macro, by whatever name."""
    if not head.startswith(LOCAL_HEADER) or len(head) < HEADER_SIZE:
        return False
    method = int.from_bytes(head[8:10], "little")
    name_ends = HEADER_SIZE + int.from_bytes(head[26:28], "little")
    begins = name_ends + int.from_bytes(head[28:30], "little")
    if head[HEADER_SIZE:name_ends] != CONTENTS:
        return False
    return KINDS_OF_PARTS.search(_unpacked(head[begins:], method)) is not None


def _unpacked(packed: bytes, method: int) -> bytes:
    if method != DEFLATED:
        return packed
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return b""
