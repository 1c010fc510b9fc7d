"""What the house stands on too few for: a scene a fact, and the ranking."""

import csv
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from competence.actions import count_as, waive
from competence.gaps import gaps
from people.actions import withdraw_person
from people.groups import HR
from people.models import Person
from tests.competence.test_matrix import JANUARY, asked_for, show
from tests.scenes import NOON, TODAY, hire

pytestmark = pytest.mark.django_db


def found(least=2):
    """{competence: (how it stands, held now, held in 90 days)}, in the order of risk."""
    told = gaps(Person.objects.all(), on=TODAY, least=least)
    return {gap.competence.name: (gap.word, gap.now, gap.then) for gap in told}


def near(competence):
    told = gaps(Person.objects.all(), on=TODAY, least=2)
    names = {person.pk: person.first_name for person in Person.objects.all()}
    return [(names[one.person], one.why) for gap in told if gap.competence == competence for one in gap.candidates]


def fitters(*names):
    return [hire(name, role="Fitter", since=JANUARY) for name in names]


def test_what_rests_on_the_fewest_comes_first():
    safe, soon, few, nobody = (asked_for(name, "Fitter") for name in ("Safety", "Welding", "Soldering", "Rigging"))
    ada, ben = fitters("Ada", "Ben")
    for person in (ada, ben):
        show(person, safe, JANUARY)
        show(person, soon, JANUARY)
    show(ada, few, JANUARY)
    withdraw_person(ben, last_day=TODAY + timedelta(days=30), reason="moves away", by=None, at=NOON)
    assert found(least=1) == {
        "Rigging": ("Nobody", 0, 0),
        "Soldering": ("Enough", 1, 1),
        "Safety": ("Enough", 2, 1),
        "Welding": ("Enough", 2, 1),
    }
    assert [word for word, _, _ in found(least=2).values()] == ["Nobody", "Too few", "Soon too few", "Soon too few"]
    assert nobody.name == next(iter(found()))


@pytest.mark.parametrize(("days", "then"), [(89, 0), (90, 1)])
def test_whoever_still_holds_it_in_90_days_is_counted(days, then):
    soldering = asked_for("Soldering", "Fitter", months=12)
    (ada,) = fitters("Ada")
    show(ada, soldering, TODAY + timedelta(days=days) - timedelta(days=365))
    assert found()["Soldering"] == ("Too few", 1, then)


def test_who_holds_it_without_being_asked_counts_and_who_is_exempt_is_not_asked():
    soldering = asked_for("Soldering", "Fitter")
    ada, ben = fitters("Ada", "Ben")
    cleo = hire("Cleo", role="Tester")
    show(cleo, soldering, JANUARY)
    waive(ben, soldering, since=TODAY, until=date(2026, 12, 31), reason="learns it next year", by=None, at=NOON)
    (gap,) = gaps(Person.objects.all(), on=TODAY, least=2)
    assert (gap.asked, gap.now) == (1, 1)
    assert [one.person for one in gap.holders] == [cleo.pk]
    assert [one.person for one in gap.candidates] == [ada.pk]


def test_those_who_could_be_next_are_told_nearest_first():
    soldering, taping = asked_for("Soldering", "Fitter", months=12), asked_for("Taping", "Taper")
    count_as(soldering, taping, since=JANUARY, because="it is the harder one", by=None, at=NOON)
    fitters("Ada")
    (ben,) = fitters("Ben")
    show(ben, soldering, date(2025, 1, 20))
    show(hire("Cleo", role="Taper"), taping, JANUARY)
    assert near(soldering) == [
        ("Ben", "held it until 20 January 2026"),
        ("Cleo", "shows Taping, for which it counts"),
        ("Ada", "is asked for it by 31 January 2026"),
    ]


def test_the_page_and_its_file_name_both_and_run_as_many_queries_for_many_as_for_few(client):
    soldering = asked_for("Soldering", "Fitter")
    fitters("Ada", "Ben")
    client.force_login(hire("Hanna", groups=[HR]))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("competence:gaps"), {"least": 1})
        assert "nobody" in page.content.decode()
        return len(captured)

    few = queries()
    for number in range(8):
        person = hire(f"P{number}", role=f"Role {number}", since=JANUARY)
        show(person, asked_for(f"Skill {number}", f"Role {number}", "Fitter"), timezone.localdate())
    assert queries() == few
    text = b"".join(client.get(reverse("competence:gaps-csv")).streaming_content).decode("utf-8-sig")
    table = list(csv.reader(text.splitlines()))
    assert table[1][:6] == [soldering.name, "2", "0", "0", "2", "Nobody"]
    assert "Ada Byron is asked for it by" in table[1][6]


def test_of_many_the_page_names_five_and_folds_away_those_on_whom_enough_rests(client):
    welding, soldering = asked_for("Welding", "Fitter"), asked_for("Soldering", "Fitter")
    for person in fitters(*"ABCDEFG"):
        show(person, welding, timezone.localdate())
    client.force_login(hire("Hanna", groups=[HR]))
    page = client.get(reverse("competence:gaps")).content.decode()
    nobody, enough = (page[page.index(f">{one}</a>") :].split("</tr>")[0] for one in (soldering, welding))
    assert (nobody.count("Byron"), "and 2 more" in nobody, "<details>" in nobody) == (5, True, False)
    assert (enough.count("Byron"), "and 2 more" in enough) == (5, True)
    assert enough.index("<summary>7 people</summary>") < enough.index("Byron") < enough.index("</details>")


def test_a_manager_sees_the_gaps_of_their_own_people_alone(client):
    asked_for("Soldering", "Fitter")
    asked_for("Rigging", "Rigger")
    boss = hire("Max")
    hire("Mia", role="Fitter", manager=boss, since=JANUARY)
    hire("Rob", role="Rigger", since=JANUARY)
    client.force_login(boss)
    page = client.get(reverse("competence:gaps")).context["page"]
    assert [row["gap"].competence.name for row in page] == ["Soldering"]
