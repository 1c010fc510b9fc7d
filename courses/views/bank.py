from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from taggit.models import Tag

from competence.models import Competence
from courses.kinds import WORDS
from courses.models import Course, Difficulty, QuestionVersion
from courses.permissions import may_see_bank
from knowledge.permissions import visible_to

PAGE = 50


class BankForm(forms.Form):
    q = forms.CharField(label="Words", required=False, max_length=100)
    kind = forms.ChoiceField(choices=[("", "All"), *WORDS], required=False)
    tag = forms.ModelChoiceField(Tag.objects.none(), required=False, empty_label="All", to_field_name="name")
    competence = forms.ModelChoiceField(Competence.objects.order_by("name"), required=False, empty_label="All")
    difficulty = forms.ChoiceField(choices=[("", "All"), *Difficulty.choices], required=False)
    course = forms.ModelChoiceField(Course.objects.none(), required=False, empty_label="All")

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        used = Tag.objects.filter(question__isnull=False).distinct().order_by("name")
        self.fields["tag"].queryset = used  # type: ignore[attr-defined]
        self.fields["course"].queryset = visible_to(Course.objects.order_by("title"), reader)  # type: ignore[attr-defined]

    def chosen(self, versions):
        chosen = self.cleaned_data
        wanted = {"question__tags": chosen["tag"], "question__competence": chosen["competence"], "kind": chosen["kind"]}
        wanted |= {"question__difficulty": chosen["difficulty"], "question__course": chosen["course"]}
        versions = versions.filter(**{name: value for name, value in wanted.items() if value})
        words = Q(stem__icontains=chosen["q"]) | Q(question__name__icontains=chosen["q"])
        return versions.filter(words | Q(question__category__icontains=chosen["q"])) if chosen["q"] else versions


@require_safe
@cache_control(private=True, no_store=True)
def bank(request):
    """Every question that may be drawn, named or written anew; their right answers stand where each is written."""
    if not may_see_bank(request.user):
        raise PermissionDenied
    courses = visible_to(Course.objects.all(), request.user)
    versions = (
        QuestionVersion.objects.latest_versions()
        .without_key()
        .filter(Q(question__course=None) | Q(question__course__in=courses.values("pk")), question__withdrawn_at=None)
        .select_related("question__course", "question__competence", "stale")
        .prefetch_related("question__tags")
        .order_by("question__category", "question__course", "question__position", "question")
    )
    form = BankForm(request.GET, reader=request.user)
    page = Paginator(form.chosen(versions) if form.is_valid() else versions, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "courses/bank.html", context)
