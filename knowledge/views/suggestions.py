from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import actions, forms
from knowledge.actions.begin_page import MAIN_TEXT
from knowledge.freezing import thawed
from knowledge.models import Process, Suggestion, SuggestionAnswer
from knowledge.permissions import may_answer, may_see, may_see_suggestion, visible_to
from knowledge.refusals import Refused, SuggestionRefused
from knowledge.suggesting import begun_pages, made_by, part_of, parts_of, versions
from knowledge.views.finding import edition_for
from people.permissions import may_write

PAGE_LENGTH = 30
WITH_NAMES = ("page", "process", "by", "answer", "answer__by", "edition")
OUTCOMES = {"take": SuggestionAnswer.Outcome.TAKEN, "decline": SuggestionAnswer.Outcome.DECLINED}
KINDS = {kind._meta.model_name: kind for kind in MAIN_TEXT}


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request, pk):
    edition = edition_for(request, pk)
    page = edition.page
    if not page.live:
        raise Http404("This page is no longer in use.")
    if request.method != "POST" and edition.ended_at:
        return redirect("knowledge:suggest", page.editions.current().without_content().get().pk)
    copy = thawed(edition)
    parts = parts_of(copy)
    wanted = request.POST.get("part") or request.GET.get("part") or ""
    part = part_of(copy, wanted) or max(parts, key=lambda part: len(part.text))
    form = forms.SuggestChangeForm(part, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.suggest_change(edition, part.name, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. Whoever answers for the page is asked, and you hear what came of it.")
            return redirect("knowledge:suggestions")
    context = {"edition": edition, "page": page, "parts": parts, "part": part, "form": form}
    return render(request, "knowledge/suggest_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_page(request):
    processes = visible_to(Process.objects.live(), request.user).order_by("title")
    asked = {name: request.GET.get(name, "")[:255] for name in ("title", "process")}
    form = forms.AskForPageForm(processes, request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_page(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. Someone is asked to write it, and you hear what came of it.")
            return redirect("knowledge:suggestions")
    return render(request, "knowledge/suggest_page.html", {"form": form})


@require_safe
@never_cache
def suggestions(request):
    sheet = Paginator(made_by(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    begun = begun_pages(sheet.object_list, request.user)
    return render(request, "knowledge/suggestions.html", {"sheet": sheet, "begun": begun})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suggestion(request, pk):
    found = get_object_or_404(Suggestion.objects.select_related(*WITH_NAMES), pk=pk)
    if not may_see_suggestion(request.user, found):
        raise Http404
    answers = may_answer(request.user, found)
    if request.method == "POST" and not answers:
        raise PermissionDenied
    form = _answer_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            return _answer(request, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    sees_page = found.page is not None and may_see(request.user, found.page)
    process = found.process
    context = {
        "suggestion": found,
        "process": process if process and may_see(request.user, process) else None,
        "answer": getattr(found, "answer", None),
        "form": form if answers else None,
        "versions": versions(found, with_draft=answers) if sees_page else None,
        "sees_page": sees_page,
        "begun": begun_pages([found], request.user).get(found.pk),
    }
    return render(request, "knowledge/suggestion.html", context)


def _answer_form(request, found):
    if found.page or not may_write(request.user):
        return forms.AnswerForm(request.POST or None)
    kinds = [(name, kind._meta.verbose_name.capitalize()) for name, kind in KINDS.items()]
    return forms.AnswerWantedPageForm(kinds, request.POST or None)


def _answer(request, found, given):
    """Do what the button says, and lead on to where the work goes on."""
    told = {"by": request.user, "at": timezone.now()}
    wish = request.POST.get("do")
    if wish == "take" and found.page:
        actions.take_up_change(found, words=given["words"], **told)
        messages.success(request, "It stands in the draft. Look it through, say what is new, and submit it.")
        if may_write(request.user):
            return redirect("wagtailadmin_pages:edit", found.page_id)
    elif wish == "begin":
        if not given.get("kind"):
            raise SuggestionRefused("Choose what it is to be: a brief, a decision, a lesson or a process.")
        page = actions.begin_page(found, KINDS[given["kind"]], words=given["words"], **told)
        messages.success(request, f"{page.number} is begun. {found.by} is told.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    elif wish in OUTCOMES:
        actions.answer_suggestion(found, OUTCOMES[wish], words=given["words"], **told)
        messages.success(request, f"{found.by} is told.")
    else:
        raise SuggestionRefused("Choose what becomes of it.")
    return redirect("knowledge:suggestion", found.pk)
