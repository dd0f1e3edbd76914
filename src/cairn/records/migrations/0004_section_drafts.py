"""A document written in sections: each section as it stands, texts kept beside it, and who has it open."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_departed_duties'),
    ]

    operations = [
        migrations.CreateModel(
            name='SectionApart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('section', models.CharField(max_length=60)),
                ('version', models.PositiveIntegerField(default=1)),
                ('from_version', models.PositiveIntegerField()),
                ('data', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('record', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                ('settled_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('strand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.ledgerevent')),
                ('written_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gt', 0)), name='apart_version_positive'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='apart_settled_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SectionDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=60)),
                ('version', models.PositiveIntegerField(default=1)),
                ('data', models.JSONField(default=dict)),
                ('writers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('saved_at', models.DateTimeField()),
                ('record', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                ('saved_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('strand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.ledgerevent')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['writers'], name='section_writers')],
                'constraints': [models.UniqueConstraint(fields=('strand', 'section'), name='section_once_a_strand'), models.CheckConstraint(condition=models.Q(('version__gt', 0)), name='section_version_positive'), models.CheckConstraint(condition=models.Q(('section', ''), _negated=True), name='section_is_named'), models.CheckConstraint(condition=models.Q(('writers__len__gt', 0)), name='section_has_writers')],
            },
        ),
        migrations.CreateModel(
            name='SectionOpened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('staff', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('strand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.ledgerevent')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('strand', 'section', 'staff'), name='section_opened_once')],
            },
        ),
    ]

