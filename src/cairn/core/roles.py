"""The roles of the glossary. A role gives the kind of act; a relationship gives the record."""

from __future__ import annotations

ROLES = (
    "contact centre",
    "social work assistant",
    "social worker",
    "consultant social worker",
    "team manager",
    "duty manager",
    "service manager",
    "independent chair",
    "business support",
    "performance analyst",
    "auditor",
    "information governance",
    "emergency duty",
    "partner",
    "family",
    "administrator",
)

# The roles of a child's worker.
WORKERS = frozenset({"social worker", "consultant social worker", "social work assistant"})
