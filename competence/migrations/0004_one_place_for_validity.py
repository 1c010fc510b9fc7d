import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("competence", "0003_keep_the_rules_there_were")]

    operations = [
        migrations.AlterField(
            model_name='reminder',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders_to_read', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveField(
            model_name='competence',
            name='renewal_window_days',
        ),
        migrations.RemoveField(
            model_name='competence',
            name='validity_months',
        ),
        migrations.RemoveField(
            model_name='proof',
            name='validity_months',
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('person', 'competence', 'due', 'stage', 'reader'), name='competence_reminded_once'),
        ),
    ]
