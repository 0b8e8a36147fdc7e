from django.db import migrations, models

from core.ledger.counting import ReimageTable


class Migration(migrations.Migration):

    dependencies = [
        ('appeals', '0005_guards'),
    ]

    operations = [
        ReimageTable(
            'appeals_vote',
            'a vote says why',
            [
                migrations.AddField(
                    model_name='vote',
                    name='reason',
                    field=models.TextField(blank=True, verbose_name='이유'),
                ),
            ],
        ),
    ]
