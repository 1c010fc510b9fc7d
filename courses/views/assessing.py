"""What waits for an assessor: free text to mark, practical tasks to see."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.actions import mark_answer, sign_off
from courses.assessment_forms import RubricForm, levels_in
from courses.desk import waiting_for
from courses.kinds import FreeText
from courses.models import AttemptQuestion, PracticalAssessment
from courses.permissions import may_mark, may_see_practical, may_sign_off
from people.changing import ChangeForm

never_stored = cache_control(private=True, no_store=True)


@require_safe
@never_stored
def desk(request):
    return render(request, "courses/desk.html", {"desk": waiting_for(request.user)})


class Assess(ChangeForm):
    form_class = RubricForm

    def is_allowed(self, person):
        return person.is_active

    def back(self):
        return reverse("courses:desk")


@method_decorator(never_stored, name="dispatch")
class Mark(Assess):
    template_name = "courses/mark.html"
    heading = "Mark an answer"
    button = "Mark it"

    def find(self):
        rows = AttemptQuestion.objects.select_related("attempt__course", "attempt__person", "version")
        asked = rows.filter(pk=self.kwargs["asked_pk"]).first()
        if asked is None or not may_mark(self.request.user, asked.attempt):
            raise PermissionDenied
        says = asked.version.says
        if not isinstance(says, FreeText):
            raise PermissionDenied
        self.asked, self.says = asked, says

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rubric": self.says.rubric}

    def get_context_data(self, **kwargs):
        markings = self.asked.markings.select_related("assessor").order_by("pk")
        return super().get_context_data(asked=self.asked, says=self.says, markings=markings, **kwargs)

    def act(self, data, *, by, at):
        mark_answer(self.asked, levels=levels_in(data), comment=data["comment"], by=by, at=at)
        return f"The answer of {self.asked.attempt.person} is marked."


@method_decorator(never_stored, name="dispatch")
class Practical(Assess):
    """For the assessor to sign; for whoever asked, and who sees everyone, to read."""

    template_name = "courses/practical.html"
    button = "Sign it off"

    def find(self):
        rows = PracticalAssessment.objects.select_related("course", "person")
        assessment = rows.filter(pk=self.kwargs["pk"]).first()
        if assessment is None or not may_see_practical(self.request.user, assessment):
            raise PermissionDenied
        self.assessment = assessment
        self.may_sign = may_sign_off(self.request.user, self.assessment)
        if self.request.method == "POST" and not self.may_sign:
            raise PermissionDenied

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rubric": self.assessment.criteria}

    def get_context_data(self, **kwargs):
        signed = [
            (
                it,
                [
                    (one.text, one.levels[place].text)
                    for one, place in zip(self.assessment.criteria, it.levels, strict=True)
                ],
            )
            for it in self.assessment.sign_offs.select_related("assessor")
        ]
        told = {"assessment": self.assessment, "may_sign": self.may_sign, "signed": signed}
        return super().get_context_data(**told, **kwargs)

    def act(self, data, *, by, at):
        signed = sign_off(self.assessment, levels=levels_in(data), comment=data["comment"], by=by, at=at)
        outcome = "signed off" if signed.passed else "written down as not met; they can ask again"
        return f"“{self.assessment.title}” of {self.assessment.person} is {outcome}."
