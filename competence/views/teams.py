from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competence.obligations import State
from competence.teams import team_of
from competence.words import TONES, WORDS
from people.permissions import manages_someone

PAGE = 40
TOLD = (State.OVERDUE, State.DUE, State.RENEWAL)


@require_safe
@never_cache
def my_team(request):
    today = timezone.localdate()
    if not manages_someone(request.user, on=today):
        raise PermissionDenied
    team = team_of(request.user, on=today)
    states = [cell.state for member in team for cell in member.cells]
    legend = [(WORDS[state], TONES[state], states.count(state)) for state in TOLD]
    page = Paginator(team, PAGE).get_page(request.GET.get("page"))
    return render(request, "competence/matrix_team.html", {"page": page, "legend": legend})
