"""Whether training was effective: what is to be evaluated, what was fixed for it, and what was found."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence import actions, evaluation_forms
from competence.effectiveness import State, may_still_be_fixed
from competence.evaluation_history import history_of, lessons_of
from competence.evaluations import Followed, asked_as_well, follow, followed_one, gone
from competence.models import EvaluationOutcome
from competence.permissions import (
    evaluations_visible_to,
    may_change_evaluation,
    may_evaluate,
    may_plan_evaluations,
)
from competence.views.proofs import person_named
from people.changing import ChangeForm

PAGE = 50


@require_safe
@never_cache
def evaluation_list(request):
    today = timezone.localdate()
    form = evaluation_forms.EvaluationsForm(request.GET, reader=request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    evaluations = evaluations_visible_to(request.user)
    if chosen.get("process"):
        evaluations = evaluations.filter(process=chosen["process"])
    found = follow(evaluations, on=today)
    _, states = evaluation_forms.SHOWN[chosen.get("show", "")]
    page = Paginator([one for one in found if one.standing.state in states], PAGE).get_page(request.GET.get("page"))
    numbers = Counter(one.standing.state for one in found)
    context = {
        "form": form,
        "page": page,
        "overdue": numbers[State.OVERDUE],
        "reopened": numbers[State.REOPENED],
        "gone": gone(page.object_list, on=today),
        "may_plan": may_plan_evaluations(request.user),
    }
    return render(request, "competence/evaluations.html", context)


@require_safe
@never_cache
def evaluation_page(request, pk):
    today = timezone.localdate()
    one = _visible(request.user, pk, on=today)
    plan, state = one.plan, one.standing.state
    evaluates = may_evaluate(request.user, plan) and state not in (State.EFFECTIVE, State.WITHDRAWN)
    lessons = lessons_of(one.recurred, request.user)
    context = {
        "one": one,
        "reopened_by": lessons[-len(one.standing.recurred) :] if one.standing.recurred else [],
        "history": history_of(one.evaluation, lessons),
        "is_gone": bool(gone([one], on=today)),
        "is_asked_as_well": asked_as_well(one, on=today),
        "form": evaluation_forms.OutcomeForm() if evaluates and today >= plan.training_from else None,
        "may_correct": may_evaluate(request.user, plan) and not plan.void,
        "may_change": may_change_evaluation(request.user, one.evaluation) and not plan.void,
    }
    return render(request, "competence/evaluation.html", context)


def _visible(reader, pk, *, on) -> Followed:
    """The same answer whether there is none, or none that this reader may see."""
    evaluation = evaluations_visible_to(reader).filter(pk=pk).first()
    if evaluation is None:
        raise PermissionDenied
    return followed_one(evaluation, on=on)


class PlanEvaluation(ChangeForm):
    everything = "Effectiveness"
    heading = "Plan how a training is evaluated"
    button = "Fix it"
    form_class = evaluation_forms.PlanForm
    evaluation = None

    def is_allowed(self, person):
        return may_plan_evaluations(person)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "reader": self.request.user}

    def get_initial(self):
        return {name: self.request.GET.get(name) for name in ("competence", "process")}

    def back(self):
        if self.evaluation is None:
            return reverse("competence:evaluations")
        return reverse("competence:evaluation", args=[self.evaluation.pk])

    def act(self, data, *, by, at):
        evaluator = person_named(data.pop("who"), on=timezone.localdate(at))
        evaluation = actions.plan_evaluation(**data, evaluator=evaluator, by=by, at=at)
        self.evaluation = evaluation
        return f"It is fixed. {evaluator} evaluates it by {data['due']:%-d %B %Y}."

    def form_invalid(self, form):
        self.evaluation = None
        return super().form_invalid(form)


class OfEvaluation(ChangeForm):
    one: Followed

    def is_allowed(self, person):
        return person.is_active

    def is_allowed_for(self, person) -> bool:
        """Deny by default."""
        return False

    def find(self):
        self.one = _visible(self.request.user, self.kwargs["pk"], on=timezone.localdate())
        if not self.is_allowed_for(self.request.user):
            raise PermissionDenied

    def about(self):
        return self.one.plan

    def back(self):
        return reverse("competence:evaluation", args=[self.one.evaluation.pk])


class ChangeEvaluation(OfEvaluation):
    heading = "Change what was planned"
    button = "Change it"

    def is_allowed_for(self, person):
        return may_change_evaluation(person, self.one.evaluation)

    def get_form_class(self):
        if may_still_be_fixed(self.one.plan.training_from, on=timezone.localdate()):
            return evaluation_forms.ChangePlanForm
        return evaluation_forms.ChangeWhenAndWho

    def get_initial(self):
        plan = self.one.plan
        names = ("measure", "training_from", "criterion", "method", "due")
        return {name: getattr(plan, name) for name in names} | {"who": plan.evaluator.username}

    def act(self, data, *, by, at):
        evaluator = person_named(data.pop("who"), on=timezone.localdate(at))
        plan = actions.change_evaluation(self.one.evaluation, **data, evaluator=evaluator, by=by, at=at)
        return f"It is changed. {plan.evaluator} evaluates it by {plan.due:%-d %B %Y}."


class WithdrawEvaluation(OfEvaluation):
    form_class = evaluation_forms.Reason
    heading = "Withdraw this evaluation"
    button = "Withdraw it"

    def is_allowed_for(self, person):
        return may_change_evaluation(person, self.one.evaluation)

    def act(self, data, *, by, at):
        actions.withdraw_evaluation(self.one.evaluation, **data, by=by, at=at)
        return "It is withdrawn. What was planned stays readable."


class Evaluate(OfEvaluation):
    form_class = evaluation_forms.OutcomeForm
    heading = "Say whether it was effective"
    button = "Sign for it"

    def is_allowed_for(self, person):
        return may_evaluate(person, self.one.plan)

    def act(self, data, *, by, at):
        outcome = actions.evaluate(self.one.evaluation, **data, by=by, at=at)
        return f"{outcome.get_result_display()}: that is written down, and stays."


class CorrectOutcome(OfEvaluation):
    form_class = evaluation_forms.CorrectOutcomeForm
    heading = "Correct what was found"
    button = "Write down how it was"

    def is_allowed_for(self, person):
        return may_evaluate(person, self.one.plan)

    def find(self):
        self.outcome = get_object_or_404(EvaluationOutcome.objects.standing(), pk=self.kwargs["pk"])
        self.kwargs["pk"] = self.outcome.evaluation_id
        super().find()

    def get_initial(self):
        return {name: getattr(self.outcome, name) for name in ("result", "observation", "follows", "again_by")}

    def act(self, data, *, by, at):
        actions.correct_outcome(self.outcome, **data, by=by, at=at)
        return "It is corrected. The log keeps what was written before."
