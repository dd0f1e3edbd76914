"""The connection to the database cut in the middle of a request: before any statement, before COMMIT, or after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connections

NEVER, AFTER_COMMIT, AFTERWARDS = 0, -1, -2


@dataclass
class Cut:
    """Where the connection is cut: before the statement of that number, and if there are not so many before COMMIT.

    `AFTER_COMMIT` lets the server keep everything and loses its answer; `AFTERWARDS` cuts before the first statement
    after it. `statements` counts those that were sent up to there.
    """

    at: int
    statements: int = 0
    committed: bool = False
    done: bool = False

    def statement(self, execute, sql, params, many, context):
        """Called in place of each statement."""
        self.statements += not self.committed
        here = self.committed if self.at == AFTERWARDS else self.statements == self.at
        if here and not self.done:
            self.now()
        return execute(sql, params, many, context)

    def commit(self, really) -> None:
        """Called in place of each COMMIT."""
        if self.at > 0 and not self.done:
            self.now()
        really()
        if self.at == AFTER_COMMIT and not self.done:
            self.now()
            raise OperationalError("server closed the connection unexpectedly")
        self.committed = True

    def now(self) -> None:
        """The socket is closed: the server finds nobody there, and takes back what was not committed."""
        self.done = True
        connections["default"].connection.pgconn.finish()


@contextmanager
def cut(at: int) -> Iterator[Cut]:
    """Cut the connection of this thread once, and give it a new one afterwards."""
    wrapper, one = connections["default"], Cut(at)
    really = wrapper._commit
    wrapper._commit = lambda: one.commit(really)
    try:
        with wrapper.execute_wrapper(one.statement):
            yield one
    finally:
        del wrapper._commit
        wrapper.close()
