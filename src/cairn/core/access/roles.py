"""What each role may do with records at all, read from data: role gives the kind of act, relationship gives the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict

from cairn.core.protocol.load import AuthoringFault, ProceduresFaulty, parse_yaml, validate
from cairn.core.roles import ROLES

Right = Literal[
    "opens records",
    "looks people up",
    "takes calls",
    "manages",
    "covers out of hours",
    "chairs",
    "names chairs",
    "audits",
    "breaks the glass",
    "restricts",
    "guards access",
    "reads who has seen",
    "sees who referred",
    "sees protected addresses",
    "sees police text",
    "sees third party text",
]
RIGHTS: Final[tuple[str, ...]] = get_args(Right)


class _Meaning(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Right
    means: str


class _Book(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    rights: tuple[_Meaning, ...]
    roles: Mapping[str, tuple[Right, ...]]


@dataclass(frozen=True, slots=True)
class RoleBook:
    """The rights of each role, and what each right means in words."""

    roles: Mapping[str, frozenset[str]]
    meanings: Mapping[str, str]

    def rights_of(self, role: str) -> frozenset[str]:
        """What a role may; an unknown role may nothing."""
        return self.roles.get(role, frozenset())

    def with_right(self, right: Right) -> frozenset[str]:
        """The roles that have a right."""
        return frozenset(role for role, rights in self.roles.items() if right in rights)


def read_roles(file: str, text: str) -> RoleBook:
    """The roles from their file. Raises ProceduresFaulty: a role or a right that is missing, or that nobody knows."""
    faults: list[AuthoringFault] = []
    book = validate(_Book, parse_yaml(file, text), file, faults)
    if book is not None:
        said = [one.name for one in book.rights]
        faults += [
            AuthoringFault(file, 0, what, problem)
            for what, problem in (
                *((name, "no meaning is given") for name in RIGHTS if name not in said),
                *((name, "is explained twice") for name in set(said) if said.count(name) > 1),
                *(
                    (role, "is missing; a role without rights has an empty list")
                    for role in ROLES
                    if role not in book.roles
                ),
                *(
                    (role, f"is no role; the roles are {', '.join(ROLES)}")
                    for role in book.roles
                    if role not in ROLES
                ),
            )
        ]
    if faults or book is None:
        raise ProceduresFaulty(faults)
    return RoleBook(
        {role: frozenset(rights) for role, rights in book.roles.items()},
        {one.name: one.means for one in book.rights},
    )
