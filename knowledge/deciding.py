"""The form in which decisions are written."""

from knowledge.models import DecisionRecord, DecisionStatus, LessonLearned
from knowledge.models.editing import KnowledgePageForm
from knowledge.permissions import visible_to
from knowledge.refusals import SupersessionRefused
from knowledge.supersession import refuse_circle
from knowledge.weighing import lessons_to_weigh


class DecisionForm(KnowledgePageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "status" in self.fields and self.instance.status != DecisionStatus.SUPERSEDED:
            choices = self.fields["status"].choices
            self.fields["status"].choices = [choice for choice in choices if choice[0] != DecisionStatus.SUPERSEDED]
        if "supersedes" in self.fields:
            field = self.fields["supersedes"]
            field.label_from_instance = lambda decision: f"{decision.number} {decision.title}"
            decisions = visible_to(DecisionRecord.objects.exclude(pk=self.instance.pk), self.for_user)
            field.queryset = decisions.order_by("-number")

    def clean(self):
        cleaned = super().clean()
        try:
            refuse_circle(self.instance, cleaned.get("supersedes") or [])
        except SupersessionRefused as refusal:
            self.add_error("supersedes", str(refusal))
        if not self.is_deferred_validation and "lesson_marks" in self.formsets:
            self._ask_for_lessons(cleaned.get("processes") or [])
        return cleaned

    def _ask_for_lessons(self, processes):
        marks = self.formsets["lesson_marks"]
        if not marks.is_valid():
            return  # it says so itself
        marked = {form.cleaned_data["lesson"].pk for form in marks.forms if _holds_mark(form, marks)}
        missing = [lesson for lesson in lessons_to_weigh(processes, self.for_user) if lesson.pk not in marked]
        if missing:
            names = "; ".join(f"{lesson.number} “{lesson.title}”" for lesson in missing)
            self.add_error(
                None, f"Say under “Lessons on its processes” of each whether it was considered, or why not: {names}."
            )


def lessons_weighed(decision, reader):
    """What was made of each lesson that was before the eyes of those who decided: [(its mark, the lesson), …]."""
    marks = list(decision.lesson_marks.all())
    lessons = LessonLearned.objects.live().filter(pk__in=[mark.lesson_id for mark in marks])
    known = visible_to(lessons, reader).in_bulk() if marks else {}
    return [(mark, known[mark.lesson_id]) for mark in marks if mark.lesson_id in known]


def _holds_mark(form, formset):
    return bool(form.cleaned_data.get("lesson")) and not formset._should_delete_form(form)
