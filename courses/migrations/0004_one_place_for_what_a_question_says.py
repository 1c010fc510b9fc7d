from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_questions_as_they_were'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='questionversion',
            name='explanation',
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('graded_at', None), ('passed', None), ('points', None), ('points_possible', None)), models.Q(('graded_at__isnull', False), ('passed__isnull', False), ('points__isnull', False), ('points_possible__isnull', False)), _connector='OR'), name='courses_graded_whole'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.CheckConstraint(condition=models.Q(('graded_at', None), ('submitted_at__isnull', False), _connector='OR'), name='courses_graded_when_submitted'),
        ),
        migrations.DeleteModel(
            name='Option',
        ),
    ]
