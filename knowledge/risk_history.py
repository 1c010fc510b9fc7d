"""How the risk of each process went over the past year: the last assessment of each month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import TruncMonth

from knowledge.drawing.trend import Trend, draw_trend
from knowledge.models import RiskAssessment
from knowledge.reviewing import months_after


@dataclass(frozen=True)
class History:
    """The oldest assessment first."""

    assessments: list[RiskAssessment]

    @property
    def picture(self) -> Trend | None:
        return draw_trend([(each.on, each.at_risk / each.pages if each.pages else 0) for each in self.assessments])

    @property
    def newest_first(self) -> list[RiskAssessment]:
        return self.assessments[::-1]

    @property
    def words(self) -> str:
        return trend_words([(each.on, each.at_risk) for each in self.assessments])


def histories(processes, *, on: date) -> dict[int, History]:
    """By the keys of processes. Two queries, and as many rows as there are months."""
    past = RiskAssessment.objects.filter(process__in=processes, on__gt=months_after(on, -12), on__lte=on)
    months = past.order_by().annotate(month=TruncMonth("on")).values("month").annotate(last=Max("on"))
    days = [row["last"] for row in months]
    rows = defaultdict(list)
    for assessment in past.filter(on__in=days).order_by("on"):
        rows[assessment.process_id].append(assessment)
    return {pk: History(rows[pk]) for pk in processes}


def trend_words(points: list[tuple[date, int]]) -> str:
    """The last against the one before it."""
    if len(points) < 2:
        return ""
    (before, earlier), (_, now) = points[-2:]
    if now == earlier:
        return f"As many as on {before:%-d %B}"
    return f"{abs(now - earlier)} {'more' if now > earlier else 'fewer'} than on {before:%-d %B}"
