import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more body is asked for a report under an open call, by an entry of its own."""

    dependencies = [
        ('ledger', '0002_resumption'),
        ('obligations', '0004_following'),
    ]

    operations = [
        migrations.AddField(
            model_name='obligation',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='ledger.entry'),
        ),
    ]
