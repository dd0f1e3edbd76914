"""A duty departed from stays on work lists, with its reason, until it is done or no longer applies."""

from django.db import migrations, models
from django.db.models import Q

STILL_OPEN = Q(met_at__isnull=True, ended_at__isnull=True)
INDEXES = {"duty_work_of_staff": ["for_staff", "due_latest"], "duty_work_of_team": ["for_team", "due_latest"]}


def index(name: str) -> models.Index:
    return models.Index(fields=INDEXES[name], condition=STILL_OPEN, name=name)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_guards")]

    operations = [
        migrations.AddField("dutyrow", "departed_why", models.TextField(blank=True, default=""), False),
        *(migrations.RemoveIndex("dutyrow", name) for name in INDEXES),
        *(migrations.AddIndex("dutyrow", index(name)) for name in INDEXES),
    ]
