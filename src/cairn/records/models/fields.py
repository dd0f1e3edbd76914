"""Columns that Django has no field for."""

from __future__ import annotations

from typing import Any

from django.db import models


class IdentityField(models.BigIntegerField):  # type: ignore[type-arg] # not subscriptable when run
    """A number the database gives, in order of writing, and nobody else may.

    Migrations see a plain bigint, which a statement beside them makes GENERATED ALWAYS AS
    IDENTITY: a migration must not import a class that may move.
    """

    generated = True
    db_returning = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "editable": False, "unique": True})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As a plain bigint."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.BigIntegerField", list(arguments), dict(options)
