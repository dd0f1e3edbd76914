"""Those who work with the records: staff, partners and families with an account, and teams."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Team(models.Model):
    """A team and who manages it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    manager = models.ForeignKey(
        "records.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whoever manages the team that this one is part of manages this one too.
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="team_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="team_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Staff(AbstractBaseUser):
    """A person with an account; the role is one of the glossary's.

    The default password can match nothing anybody types. `sign_in_name` is what they type beside it; those without
    one sign in where people are made up, and nowhere else. `session_round` is counted up to end all their sessions.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    password = models.CharField(max_length=128, default="!", editable=False)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    is_active = models.BooleanField(default=True)
    # Null and not blank where there is none: each name is one person's, and none is many people's.
    sign_in_name = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001 - as said above
    session_round = models.PositiveIntegerField(default=0)

    objects: ClassVar = BaseUserManager()

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="staff_has_a_name"),
            models.CheckConstraint(condition=~models.Q(role=""), name="staff_has_a_role"),
            models.UniqueConstraint(fields=["sign_in_name"], name="staff_sign_in_name_once"),
            models.CheckConstraint(condition=~models.Q(sign_in_name=""), name="staff_sign_in_name_not_blank"),
        ]

    def __str__(self) -> str:
        return self.name
