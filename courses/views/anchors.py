from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import confirm_question, withdraw_question
from courses.anchor_forms import ConfirmForm
from courses.models import Question
from courses.permissions import may_write_questions
from courses.to_look_at import look_at, to_look_at
from people.permissions import may_write
from people.refusals import Refused

never_stored = cache_control(private=True, no_store=True)


@require_safe
@never_stored
def questions_to_look_at(request):
    if not may_write(request.user):
        raise PermissionDenied
    everyones = request.GET.get("whose") == "all"
    versions = to_look_at(request.user, everyones=everyones).defer("content", "sheet", "stale__edition__content")
    context = {"versions": versions, "is_all": everyones}
    return render(request, "courses/questions_to_look_at.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_stored
def look_at_question(request, question_pk):
    """What it tests, as that was and as it is; and whether it is still right."""
    question = get_object_or_404(Question.objects.select_related("course"), pk=question_pk)
    if not may_write_questions(request.user, question.course):
        raise PermissionDenied
    stale = to_look_at(request.user, everyones=True).select_related("tests_edition").filter(question=question)
    version = stale.first()
    if version is None:
        messages.info(request, "That question waits for nobody’s look.")
        return redirect("courses:questions-to-look-at")
    look = look_at(version)
    form = ConfirmForm(request.POST if request.POST.get("do") == "confirm" else None, version=version, look=look)
    if request.method == "POST" and (done := _done(request, question, look, form)):
        messages.success(request, done)
        return redirect("courses:questions-to-look-at")
    context = {"version": version, "question": question, "look": look, "form": form}
    return render(request, "courses/look_at_question.html", context)


def _done(request, question, look, form) -> str:
    """Empty where nothing was."""
    told = {"by": request.user, "at": timezone.now()}
    try:
        if request.POST.get("do") == "withdraw":
            withdraw_question(question, reason=request.POST.get("reason", ""), **told)
            return "The question is withdrawn. Attempts that were given it keep it."
        if not form.is_valid():
            return ""
        seen = look.edition if look.edition and look.edition.pk == form.cleaned_data["edition"] else None
        confirm_question(question, edition=seen, passage=form.cleaned_data["passage"], **told)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return ""
    return "Confirmed: the question is asked again."
