from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0004_grid'),
    ]

    operations = [
        migrations.AddField(
            model_name='partnership',
            name='activity',
            field=models.TextField(blank=True, default=''),
        ),
    ]
