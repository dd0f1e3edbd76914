"""Things that belong together, as they turn out to: people told of on several records, households."""

from __future__ import annotations


class Joined:
    """Groups of things, each found by its first member. What was never joined is a group of its own."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}

    def root(self, one: str) -> str:
        """The first member of the group of one."""
        path = [one]
        while (above := self._above.get(path[-1])) is not None:
            path.append(above)
        # The way up is shortened, so that long chains cost nothing the second time.
        self._above.update(dict.fromkeys(path[:-1], path[-1]))
        return path[-1]

    def join(self, one: str, other: str) -> None:
        """Make the groups of these one."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self._above[other] = one
            self._members[one] = [*self.group(one), *self._members.pop(other, [other])]

    def group(self, one: str) -> tuple[str, ...]:
        """Everything in the group of one."""
        root = self.root(one)
        return tuple(self._members.get(root, [root]))
