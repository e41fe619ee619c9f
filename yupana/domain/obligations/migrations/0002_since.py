"""A call may go on from an earlier edition: only what changed since then binds."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0002_living"),
        ("obligations", "0001_obligations"),
    ]
    operations = [
        migrations.AddField(
            model_name="call",
            name="since",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complements",
                to="instruments.edition",
            ),
        ),
    ]
