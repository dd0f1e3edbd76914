"""Who asks, in the tests of access: with the rights that the shipped roles give."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

from cairn.core.access.facts import ActorFacts
from cairn.core.access.limits import read_limits
from cairn.core.access.roles import read_roles

SHIPPED = files("cairn.procedures") / "access"
BOOK = read_roles("roles.yaml", (SHIPPED / "roles.yaml").read_text("utf-8"))
LIMITS = read_limits("limits.yaml", (SHIPPED / "limits.yaml").read_text("utf-8"))
# A Tuesday at noon.
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def who(
    name: str, role: str, team: str | None, manages: frozenset[str] = frozenset(), **more: object
) -> ActorFacts:
    """Somebody of a role, at noon."""
    facts = ActorFacts(name, role, team, NOON, BOOK.rights_of(role), manages)
    return replace(facts, **more)  # type: ignore[arg-type]
