"""What the rule of competence costs in a large house: time, memory and queries, at two sizes, so that growth shows.

python -m benchmarks.competence [people …]     (1000 and 10000 if none are named)

The house has 100 roles, 300 competences and 40 departments, and two years of facts (benchmarks/large_house.py). What
the columns say and which database it is on: benchmarks/measuring.py.
"""

import sys
from functools import cache

from benchmarks.measuring import a_folder_of_its_own, empty_the_database, in_a_process, measured

SIZES = (1000, 10000)


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    with a_folder_of_its_own():
        for size in sizes:
            in_a_process(_prepare, size)
            for words, (measure, *warmed_by) in MEASURES.items():
                in_a_process(measured, words, size, measure, *warmed_by)


def _prepare(size: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from benchmarks.large_house import build

    empty_the_database()
    build(size, today=timezone.localdate())
    call_command("collectstatic", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _reconcile_all() -> None:
    from django.utils import timezone

    from courses.actions import reconcile

    reconcile(None, by=None, at=timezone.now())


def _grant_a_role(username="p000500") -> None:
    from django.utils import timezone

    from people.actions import grant_role
    from people.models import JobRole, Person

    person = Person.objects.get(username=username)
    held = person.holdings.values("role")
    grant_role(
        person, JobRole.objects.exclude(pk__in=held).first(), since=timezone.localdate(), by=None, at=timezone.now()
    )


def _ask_everyone() -> None:
    """A requirement of the role that everyone has."""
    from django.utils import timezone

    from competence.actions import require
    from competence.models import Competence
    from people.models import JobRole

    require(
        JobRole.objects.get(name="Everyone"),
        Competence.objects.get(name="Competence 000"),
        since=timezone.localdate(),
        by=None,
        at=timezone.now(),
    )


def _everyone_has_a_role() -> None:
    from django.utils import timezone

    from people.models import JobRole, Person, RoleHolding

    role = JobRole.objects.create(name="Everyone")
    RoleHolding.objects.bulk_create(
        (RoleHolding(person=person, role=role, since=timezone.localdate()) for person in Person.objects.all()),
        batch_size=2000,
    )


@cache
def _reader():
    from django.test import Client

    from people.models import Person

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Person.objects.get(username="p000000"))
    return client


def _page(address="") -> None:
    """As someone sees it who sees everyone, with all that a request costs but the server."""
    from django.urls import reverse

    response = _reader().get(f"{reverse('competence:matrix')}{address}")
    if response.status_code != 200:
        raise RuntimeError(f"The page answered {response.status_code}.")


def _from_afar() -> None:
    _page("?view=heat")


def _whole_matrix() -> None:
    from django.utils import timezone

    from competence.export import csv_lines
    from competence.matrix import competences_asked, people_in_matrix
    from people.models import Person

    today = timezone.localdate()
    people = people_in_matrix(Person.objects.all(), on=today)
    for _ in csv_lines(people, competences_asked(people, on=today), on=today):
        pass


def _whole_workbook() -> None:
    from django.utils import timezone

    from competence.export import xlsx_file
    from competence.matrix import competences_asked, people_in_matrix
    from competence.models import Competence
    from people.models import Person

    today = timezone.localdate()
    people = people_in_matrix(Person.objects.all(), on=today)
    explained = list(Competence.objects.all())
    xlsx_file(people, competences_asked(people, on=today), explained, on=today).close()


def _whole_list_of_reasons() -> None:
    from django.utils import timezone

    from competence.export import reason_lines
    from competence.matrix import people_in_matrix
    from competence.models import Competence
    from people.models import Person

    today = timezone.localdate()
    people = people_in_matrix(Person.objects.all(), on=today)
    for _ in reason_lines(people, list(Competence.objects.all()), on=today):
        pass


def _gaps() -> None:
    from django.utils import timezone

    from competence.gaps import gaps
    from people.models import Person

    gaps(Person.objects.all(), on=timezone.localdate(), least=2)


def _a_year_ago() -> None:
    from datetime import timedelta

    from django.utils import timezone

    from competence.gathering import gather
    from competence.obligations import obligations

    day = timezone.localdate() - timedelta(days=365)
    obligations(gather(on=day), on=day)


# What is measured, and what is done before it: a server has answered such a request before.
MEASURES = {
    "the first reconciliation of all": (_reconcile_all,),
    "the night's reconciliation of all": (_reconcile_all,),
    "giving one person a role": (_grant_a_role, lambda: _grant_a_role("p000501")),
    "(everyone is given a role)": (_everyone_has_a_role,),
    "a requirement of a role that all have": (_ask_everyone,),
    "the matrix, first page": (_page, _page),
    "its legend, counted over all": (lambda: _page("?count=1"), _page),
    "the matrix from afar": (_from_afar, _page),
    "the gaps": (_gaps,),
    "the whole matrix as CSV": (_whole_matrix,),
    "the whole matrix as XLSX": (_whole_workbook,),
    "the list of reasons as CSV": (_whole_list_of_reasons,),
    "everyone's state a year ago": (_a_year_ago,),
}

if __name__ == "__main__":
    main()
