"""Who may do what with competences: HR and administrators steer; who sees whose is told in people/permissions.py."""

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
