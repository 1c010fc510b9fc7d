from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence.export import csv_lines, reason_lines, xlsx_file
from competence.gathering import gather
from competence.heat import LEAST, STEPS, heat
from competence.matrix import competences_asked, people_in_matrix, sheet_of
from competence.matrix_forms import MatrixForm
from competence.models import Competence
from competence.obligations import obligations
from competence.permissions import may_see_matrix
from competence.words import TONES, WORDS
from people.models import Person
from people.permissions import people_visible_to

PAGE = 40
COLUMNS = 12
# Of more people the cells are counted after the page has been shown.
COUNTED_AT_ONCE = 300


@dataclass(frozen=True)
class Chosen:
    form: MatrixForm
    today: date
    on: date
    told: dict
    people: QuerySet[Person]

    @property
    def limits(self) -> dict:
        """What limits the columns as well as the people."""
        return {name: self.told[name] for name in ("role", "process", "competence") if name in self.told}

    def competences(self) -> list[Competence]:
        return competences_asked(self.people, on=self.on, **self.limits)

    def explained(self) -> list[Competence]:
        """Also what nobody is asked for, since someone may hold it."""
        return self.competences() if self.limits else list(Competence.objects.all())


@require_safe
@never_cache
def matrix(request):
    chosen = _chosen(request)
    if request.GET.get("view") == "heat":
        return _heat(request, chosen)
    page: Any = Paginator(chosen.people, PAGE).get_page(request.GET.get("page"))
    is_counted = page.paginator.count <= COUNTED_AT_ONCE or "count" in request.GET
    legend = _legend(chosen) if is_counted else [(word, TONES[state], None) for state, word in WORDS.items()]
    if request.htmx:
        return render(request, "competence/matrix_legend.html", {"legend": legend, "is_counted": is_counted})
    people = list(page.object_list)
    sheet = sheet_of([person.pk for person in people], on=chosen.on)
    columns = _columns(request, _asked_for(sheet, chosen))
    page.object_list = list(sheet.rows(people, columns.object_list))
    told = {"page": page, "columns": columns, "legend": legend, "is_counted": is_counted}
    return render(request, "competence/matrix.html", {**_head(chosen), **told})


def _heat(request, chosen):
    columns = _columns(request, chosen.competences())
    by = "role" if request.GET.get("by") == "role" else "department"
    groups = heat(chosen.people, list(columns.object_list), on=chosen.on, by=by)
    page = Paginator(groups, PAGE).get_page(request.GET.get("page"))
    steps = [(words, tone) for _, words, tone in STEPS] + [LEAST]
    told = {"page": page, "columns": columns, "by": by, "steps": steps, "is_heat": True}
    return render(request, "competence/matrix.html", {**_head(chosen), **told})


@require_safe
@never_cache
def matrix_csv(request):
    """One row a person; or, in the form with reasons, one for each competence of theirs."""
    chosen = _chosen(request)
    if request.GET.get("form") == "reasons":
        name, lines = "competence-reasons", reason_lines(chosen.people, chosen.explained(), on=chosen.on)
    else:
        name, lines = "competence-matrix", csv_lines(chosen.people, chosen.competences(), on=chosen.on)
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-{chosen.on.isoformat()}.csv"'},
    )


@require_safe
@never_cache
def matrix_xlsx(request):
    chosen = _chosen(request)
    file = xlsx_file(chosen.people, chosen.competences(), chosen.explained(), on=chosen.on)
    return FileResponse(file, as_attachment=True, filename=f"competence-matrix-{chosen.on.isoformat()}.xlsx")


def _chosen(request) -> Chosen:
    """Whom one may see is a question of today, whatever the day that one looks at."""
    today = timezone.localdate()
    if not may_see_matrix(request.user, on=today):
        raise PermissionDenied
    form = MatrixForm(request.GET, reader=request.user, on=today)
    told = form.told()
    on = told.pop("day", today)
    people = people_in_matrix(people_visible_to(request.user, on=today), on=on, **told)
    return Chosen(form, today, on, told, people)


def _asked_for(sheet, chosen) -> list[Competence]:
    """The columns: what is asked of those on this page; of those chosen by a state, what is in it."""
    state = chosen.told.get("state")
    there = {competence for (_, competence), one in sheet.asked.items() if state in (None, one.state)}
    if chosen.limits:
        there &= {one.pk for one in chosen.competences()}
    return list(Competence.objects.filter(pk__in=there))


def _columns(request, competences):
    return Paginator(competences, COLUMNS).get_page(request.GET.get("columns"))


def _head(chosen):
    return {"form": chosen.form, "on": chosen.on, "is_today": chosen.on == chosen.today}


def _legend(chosen):
    """Each state with its tone and how many cells of all who were chosen are in it."""
    only = [one.pk for one in chosen.competences()] if chosen.limits else None
    facts = gather(chosen.people.order_by().values("pk"), on=chosen.on, competences=only)
    counts = Counter(one.state for one in obligations(facts, on=chosen.on))
    return [(word, TONES[state], counts[state]) for state, word in WORDS.items()]
