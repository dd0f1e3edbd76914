"""One member of staff in each role, all of one team and all managers of it: so that nothing but the role stands against them."""

from __future__ import annotations

from uuid import UUID

from tests.people import Staff

from cairn.core.roles import ROLES
from cairn.records import staff

THEIR_TEAM = "Referral and Assessment"
# Away, so that each reader covers for them.
AWAY = "Away Made-up"


def reader(role: str) -> str:
    """The name of the reader in a role."""
    return f"Reader, {role}"


def with_readers(people: Staff) -> Staff:
    """The made-up staff and one reader in each role.

    Each is in the team; and each manages it, for it is part of a team of the first reader's, that of one of the
    second's, and so on. Whoever has no right to manage opens nothing by that.
    """
    ids, inner = dict(people.ids), people.teams[THEIR_TEAM]
    for role in ROLES:
        ids[reader(role)] = staff.add_person(reader(role), role, people.teams[THEIR_TEAM])
        inner = _around(inner, role, ids[reader(role)])
    ids[AWAY] = staff.add_person(AWAY, "social worker", people.teams["Family Support"])
    return Staff(ids, people.teams)


def _around(inner: UUID, role: str, manager: UUID) -> UUID:
    """A team of which the inner one is part, with its manager."""
    outer = staff.add_team(f"All around {role}", "family_support")
    staff.put_within(inner, outer)
    staff.give_manager(outer, manager)
    return outer
