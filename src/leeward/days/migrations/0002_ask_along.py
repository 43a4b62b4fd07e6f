import leeward.vault.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('days', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='ask',
            name='along',
            field=leeward.vault.fields.SealedJSON(compartment='card', label='days.ask.along', null=True),
        ),
    ]
