"""The migrations make the tables that the models describe."""

from __future__ import annotations

from django.core.management import call_command


def test_no_model_has_changed_without_its_migration(db):
    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)
