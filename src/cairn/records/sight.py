"""Whose request it is, and so which records are in sight of its queries."""

from __future__ import annotations

from cairn.records.models.sight import Sight, barred, seen_by

__all__ = ["Sight", "barred", "seen_by"]
