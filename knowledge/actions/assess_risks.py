from django.db import transaction

from evidence.actions import record
from knowledge.models import Process, RiskAssessment
from knowledge.risk_register import Register, registers


@transaction.atomic
def assess_risks(*, on, by, at) -> list[RiskAssessment]:
    """Write down how much of what each process knows is at risk that day; a second time finds it written down.

    The first assessment of a month is evidence too (ISO 9001 7.1.6): an entry for each process.
    """
    in_month = RiskAssessment.objects.filter(on__year=on.year, on__month=on.month)
    assessed = set(in_month.values_list("process", "on"))
    if on in {day for _, day in assessed}:
        return []
    found, _ = registers(Process.objects.live(), None, on=on)
    made = RiskAssessment.objects.bulk_create(_assessment(one, on) for one in found)
    told = {process for process, _ in assessed}
    for one in found:
        if one.process.pk not in told:
            _tell(one, on, by=by, at=at)
    return made


def _assessment(one: Register, on) -> RiskAssessment:
    of_pages = [
        {"page": each.page.number, "finding": finding.kind, "words": finding.words}
        for each in one.at_risk
        for finding in each.findings
    ]
    return RiskAssessment(process=one.process, on=on, pages=one.pages, at_risk=len(one.at_risk), findings=of_pages)


def _tell(one: Register, on, *, by, at):
    process = one.process
    record(
        "knowledge.risks_assessed",
        by=by,
        at=at,
        key=f"knowledge.risks_assessed:{process.number}:{on:%Y-%m}",
        facts={
            "process_id": process.pk,
            "title": process.title,
            "on": on.isoformat(),
            "pages": one.pages,
            "at_risk": len(one.at_risk),
            **{kind.value: count for kind, count in one.counts.items()},
            "not_found": len(one.searches),
        },
        facets={"process": process.number},
    )
