"""What questions and attempts said before there were more kinds than single and multiple choice, said anew."""

from django.db import migrations


def rewrite(apps, schema_editor):
    places = _rewrite_versions(apps)
    AttemptQuestion = apps.get_model("courses", "AttemptQuestion")
    for asked in AttemptQuestion.objects.select_related("attempt", "version").iterator():
        by_option, right = places[asked.version_id]
        chosen = sorted(by_option[option] for option in asked.answer.get("options", ()))
        asked.answer = {"chosen": chosen} if asked.saved_at else {}
        asked.order = {"options": list(range(len(by_option))), "prompts": []}
        asked.saves = int(asked.saved_at is not None)
        if asked.attempt.submitted_at:
            asked.worth = "1" if chosen and chosen == right else "0"
        asked.save(update_fields=["answer", "order", "saves", "worth"])
    Attempt = apps.get_model("courses", "Attempt")
    for attempt in Attempt.objects.exclude(submitted_at=None).iterator():
        Attempt.objects.filter(pk=attempt.pk).update(graded_at=attempt.submitted_at)


def _rewrite_versions(apps):
    """{version: ({option: its place}, the places of the right ones)}"""
    places = {}
    for version in apps.get_model("courses", "QuestionVersion").objects.prefetch_related("options").iterator(500):
        options = sorted(version.options.all(), key=lambda option: option.position)
        said = [
            {"text": option.text, "worth": "1" if option.is_right else "0", "feedback": option.feedback}
            for option in options
        ]
        version.content = {
            "stem": version.stem,
            "explanation": version.explanation,
            "points": 1,
            "options": said,
            "keeps_order": False,
        }
        if version.kind == "multiple":
            version.content["is_whole"] = True
        version.sheet = {
            "form": "one" if version.kind == "single" else "many",
            "options": [option.text for option in options],
            "prompts": [],
            "offers": [],
            "options_shuffled": "if asked",
            "prompts_shuffled": "never",
            "hint": "",
        }
        version.scheme = 1
        version.save(update_fields=["content", "sheet", "scheme"])
        right = [place for place, option in enumerate(options) if option.is_right]
        places[version.pk] = {option.pk: place for place, option in enumerate(options)}, right
    return places


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0002_kinds_of_question"),
    ]

    operations = [migrations.RunPython(rewrite)]
