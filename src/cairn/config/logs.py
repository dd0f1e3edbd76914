"""Log lines without case data, one event a line."""

from __future__ import annotations

import logging
import re
from traceback import TracebackException

# PostgreSQL quotes the offending row, or the statement with its values, from these words on: as far as the
# next error of a chain, for a value may have lines of its own.
QUOTES_VALUES = re.compile(
    r"^\s*(DETAIL|CONTEXT|LINE \d+|QUERY|STATEMENT)\s*:.*?(?=\n\n(?:The above exception|During handling)|\Z)",
    re.MULTILINE | re.DOTALL,
)
UNPRINTABLE = {code: f"\\x{code:02x}" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029)}
# A trace has lines of its own.
OF_LINES = {code: text for code, text in UNPRINTABLE.items() if code != ord("\n")}
LEFT_OUT = "(values left out)"


class Discreet(logging.Formatter):
    """Leaves out what the database quotes, and makes line breaks and control characters visible."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        """The line itself: whatever it holds, it stays one line."""
        return _discreet(super().formatMessage(record)).translate(UNPRINTABLE)

    def formatException(self, ei: logging._SysExcInfoType) -> str:  # noqa: N802 - the names are logging's
        """The trace, over several lines as ever: where it failed and with what kind of fault, without what it says.

        What an exception says may be what somebody typed, or the row that the database refused. Of a fault of the
        database its code and the rule that was broken are kept.
        """
        trace = TracebackException(ei[0] or BaseException, ei[1] or BaseException(), ei[2])
        _leave_out(trace, ei[1])
        return "".join(trace.format()).rstrip("\n").translate(OF_LINES)


def _leave_out(trace: TracebackException | None, fault: BaseException | None) -> None:
    """Take what the exception says out of a trace, and out of those that led to it."""
    if trace is None or fault is None:
        return
    trace._str = _kind(fault)  # type: ignore[attr-defined]  # noqa: SLF001 - nothing public sets it
    trace.__notes__ = None
    if hasattr(trace, "text"):
        # Of text that could not be read as code or data it would show the line.
        for name in ("text", "filename", "lineno", "offset", "end_offset"):
            setattr(trace, name, None)
        trace.msg = LEFT_OUT
    _leave_out(trace.__cause__, fault.__cause__)
    _leave_out(trace.__context__, fault.__context__)
    for inner, one in zip(trace.exceptions or (), getattr(fault, "exceptions", ()), strict=False):
        _leave_out(inner, one)


def _kind(fault: BaseException) -> str:
    told = getattr(fault, "diag", None) or getattr(fault.__cause__, "diag", None)
    known = " ".join(filter(None, (getattr(told, "sqlstate", None), getattr(told, "constraint_name", None))))
    return f"{known} {LEFT_OUT}".lstrip()


def _discreet(text: str) -> str:
    return QUOTES_VALUES.sub(LEFT_OUT, text)
