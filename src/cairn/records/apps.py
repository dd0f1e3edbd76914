"""The Django app that keeps the ledger and everything derived from it."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Label `records`: every table's name begins with it."""

    name = "cairn.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
