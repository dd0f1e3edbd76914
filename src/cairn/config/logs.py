"""Log lines without case data, one event a line."""

from __future__ import annotations

import logging
import re

# PostgreSQL quotes the offending row, or the statement with its values, from these words on: as far as the
# next error of a chain, for a value may have lines of its own.
QUOTES_VALUES = re.compile(
    r"^\s*(DETAIL|CONTEXT|LINE \d+|QUERY|STATEMENT)\s*:.*?(?=\n\n(?:The above exception|During handling)|\Z)",
    re.MULTILINE | re.DOTALL,
)
UNPRINTABLE = {code: f"\\x{code:02x}" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029)}
LEFT_OUT = "(values left out)"


class Discreet(logging.Formatter):
    """Leaves out what the database quotes, and makes line breaks and control characters visible."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        """The line itself: whatever it holds, it stays one line."""
        return _discreet(super().formatMessage(record)).translate(UNPRINTABLE)

    def formatException(self, ei: logging._SysExcInfoType) -> str:  # noqa: N802 - the names are logging's
        """The trace, over several lines as ever, without the values."""
        return _discreet(super().formatException(ei))


def _discreet(text: str) -> str:
    return QUOTES_VALUES.sub(LEFT_OUT, text)
