from datetime import timedelta

from django.db import transaction

from evidence.actions import record
from people.models import Person, ReportingLine
from people.refusals import Refused
from people.spans import check_span, in_words, touching


@transaction.atomic
def report_to(person, manager, *, since, by, at, until=None) -> ReportingLine:
    """A person has one manager at a time: a line that was open before `since` ends on the day before."""
    check_span(since, until)
    if person == manager:
        raise Refused(f"{person} cannot report to themselves. Choose someone else.")
    Person.objects.select_for_update().get(pk=person.pk)
    lines = ReportingLine.objects.standing().filter(person=person)
    left = lines.filter(until=None, since__lt=since).first()
    if left:
        lines.filter(pk=left.pk, until=None).update(until=since - timedelta(days=1))
    clash = touching(lines, since, until).select_related("manager").first()
    if clash:
        raise Refused(f"{person} reports to {clash.manager} {in_words(clash)}. Choose other dates.")
    line = ReportingLine.objects.create(person=person, manager=manager, since=since, until=until, recorded_by=by)
    record(
        "people.manager_named",
        by=by,
        at=at,
        key=f"people.manager_named:{line.pk}",
        subject=person,
        facts={
            "reporting_line": line.pk,
            "since": since.isoformat(),
            "until": until and until.isoformat(),
            "ends_line": left and left.pk,
        },
        personal={"manager": str(manager)},
    )
    return line
