"""Who may do what with competences: HR and administrators steer; who sees whose is told in people/permissions.py.
Of effectiveness, a process's owner and deputies plan for theirs, and an evaluator alone says what was found."""

from django.db.models import Q

from competence.models import Evaluation, EvaluationPlan
from knowledge.models import Process
from knowledge.permissions import answers_for, visible_to
from people.models import ReportingLine
from people.permissions import is_expert, is_process_owner, manages_someone, may_manage_people, may_see_everyone


def may_steer(person):
    return may_manage_people(person)


def may_see_matrix(person, *, on):
    return may_see_everyone(person) or manages_someone(person, on=on)


def may_assess(assessor):
    """Whether there is anyone whose practice they may sign for; whom exactly, says may_assess_person."""
    return may_steer(assessor) or is_expert(assessor) or is_process_owner(assessor)


def may_assess_person(assessor, person, *, on):
    """Experts and process owners observe anyone's practice, a manager that of their people; nobody signs for
    themselves."""
    if not assessor.is_active or assessor.pk == person.pk:
        return False
    reports = ReportingLine.objects.on(on).filter(manager_id=assessor.pk, person_id=person.pk)
    return may_assess(assessor) or reports.exists()


def processes_to_plan_for(person):
    """HR plans evaluations for any process that they may see, its owner and deputies for theirs."""
    processes = visible_to(Process.objects.live(), person)
    if not may_steer(person):
        processes = processes.filter(Q(accountable=person.pk) | Q(deputies=person.pk)).distinct()
    return processes if person.is_active else processes.none()


def may_plan_evaluations(person):
    return may_steer(person) or processes_to_plan_for(person).exists()


def may_change_evaluation(person, evaluation):
    return may_steer(person) or (evaluation.process is not None and answers_for(person, evaluation.process))


def may_evaluate(person, plan):
    return person.is_active and plan.evaluator_id == person.pk


def evaluations_visible_to(reader):
    """All to HR, auditors and administrators; to others what they evaluate, and those of the processes that they
    answer for. None of a process that is kept from the reader."""
    if not reader.is_active:
        return Evaluation.objects.none()
    processes = visible_to(Process.objects.all(), reader).order_by()
    evaluations = Evaluation.objects.filter(Q(process=None) | Q(process__in=processes.values("pk")))
    if may_see_everyone(reader):
        return evaluations
    plans = EvaluationPlan.objects.filter(corrected_by=None, evaluator=reader.pk)
    answered = processes.filter(Q(accountable=reader.pk) | Q(deputies=reader.pk))
    return evaluations.filter(Q(pk__in=plans.values("evaluation_id")) | Q(process__in=answered.values("pk")))
