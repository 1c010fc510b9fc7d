import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel("SampledEntry"),
        migrations.DeleteModel("Sample"),
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="listing", serialize=False, to="evidence.entry")),
                ("kind", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, db_index=True, max_length=32)),
                ("by", models.CharField(blank=True, db_index=True, max_length=32)),
                ("at", models.CharField(max_length=27)),
                ("recorded_at", models.CharField(max_length=27)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recorded_at", "entry"], name="evidence_in_order"),
                    models.Index(fields=["kind", "recorded_at"], name="evidence_by_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subtree",
            fields=[
                ("pk", models.CompositePrimaryKey("height", "number", blank=True, editable=False, primary_key=True, serialize=False)),
                ("height", models.PositiveSmallIntegerField()),
                ("number", models.PositiveBigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="sample", to="evidence.entry")),
            ],
        ),
        migrations.CreateModel(
            name="SampledEntry",
            fields=[
                ("pk", models.CompositePrimaryKey("sample", "rank", blank=True, editable=False, primary_key=True, serialize=False)),
                ("rank", models.PositiveIntegerField()),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.entry")),
                ("sample", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sampled", to="evidence.sample")),
            ],
            options={
                "verbose_name_plural": "sampled entries",
                "ordering": ["rank"],
            },
        ),
    ]
