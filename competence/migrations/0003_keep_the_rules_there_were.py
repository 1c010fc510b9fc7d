from django.db import migrations
from django.db.models import F
from django.utils import timezone


def keep(apps, schema_editor):
    """The validity that stood with each competence and proof goes to where it is dated; whom a reminder was for, too."""
    competence, validity, proof, reminder = (
        apps.get_model("competence", name) for name in ("Competence", "Validity", "Proof", "Reminder")
    )
    today = timezone.localdate()
    validity.objects.bulk_create(
        validity(
            competence=one,
            since=today,
            mode="none" if one.validity_months is None else "completion",
            months=one.validity_months,
            window_days=one.renewal_window_days,
        )
        for one in competence.objects.all()
    )
    for one in proof.objects.iterator():
        one.counted_from = {
            "mode": "none" if one.validity_months is None else "completion",
            "months": one.validity_months,
            "window_days": one.renewal_window_days,
            "minimum_days": 0,
            "month": None,
            "day": None,
            "completed": one.since.isoformat(),
            "asked_by": None,
            "first": None,
            "last_until": None,
        }
        one.save(update_fields=["counted_from"])
    reminder.objects.update(reader=F("person"))


class Migration(migrations.Migration):
    dependencies = [("competence", "0002_facts_of_the_rule")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
