"""What the next edition of a page would ask, and of whom, before it is published: the rule is asked with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from competence.asking_again import effect_of
from competence.equivalences import counting_for
from competence.explaining import explain
from competence.gathering import DAYS_TO_LEARN_ANEW, gather
from competence.models import Competence, Proof
from competence.obligations import Change, Obligation
from courses.models import Course
from knowledge.models import TrainingImpact
from people.models import Person
from people.permissions import people_visible_to

NAMED = 5


@dataclass(frozen=True)
class Foreseen:
    """`again`: those whom it would ask again. `unfinished`: those to whom it is simply given; their days are kept."""

    number: int
    on: date
    again: Sequence[Obligation]
    unfinished: Sequence[Obligation]

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def people_again(self) -> set[int]:
        return {one.person for one in self.again}

    @property
    def people_unfinished(self) -> set[int]:
        return {one.person for one in self.unfinished}

    @property
    def last_day(self) -> date:
        return self.on + timedelta(days=DAYS_TO_LEARN_ANEW)

    @property
    def grounds(self) -> list[tuple[str, str, int]]:
        """What asks those who are asked again: its kind, its name, and of how many. Some are asked by several."""
        places = {(one.person, asked.holding.ground, asked.holding.name) for one in self.again for asked in one.because}
        counted = Counter((ground.kind, name) for _, ground, name in places)
        ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
        return [(kind, name, count) for (kind, name), count in ordered]


@dataclass(frozen=True)
class Line:
    """One person and competence, for who may see that person."""

    person: Person
    competence: Competence
    obligation: Obligation
    is_again: bool

    @property
    def why(self) -> str:
        return explain(self.obligation)


def foresee(draft, *, today: date) -> Foreseen:
    """Of a page as it stands in its draft, from the day on which that would come into force. As many queries, however
    many have learned it."""
    on = max(today, draft.effective_from or today)
    last, title = draft.editions.values_list("number", "title").first() or (0, "")
    is_test = draft.training_impact == TrainingImpact.TEST
    words = f"edition {last + 1} of “{title}”"
    change = Change(0, draft.pk, last + 1, on, DAYS_TO_LEARN_ANEW, is_test, words)
    taught = set(Course.objects.live().filter(readings__page=draft.pk).values_list("teaches", flat=True))
    facts = gather(on=on, competences=taught | _proven(draft, on), proposed=[change])
    effect = effect_of(change, facts, on=on)
    given = [one for one in effect.unfinished if one.competence in taught]
    return Foreseen(last + 1, on, effect.again, given)


def _proven(page, on) -> set[int]:
    """The competences that someone has shown by this page's text, and those for which that counts as well."""
    shown = Proof.objects.standing().filter(editions__page=page.pk).values_list("competence", flat=True).distinct()
    return counting_for(shown, on=on)


def names(foreseen: Foreseen, reader, *, on: date) -> list[Person]:
    """Those of the people asked again whom `reader` may see, by name; of many, the first."""
    return list(_visible(foreseen.people_again, reader, on)[:NAMED])


def lines(foreseen: Foreseen, reader, *, on: date) -> list[Line]:
    """Of those whom `reader` may see; those who are asked again come first. Two queries."""
    both = [(one, True) for one in foreseen.again] + [(one, False) for one in foreseen.unfinished]
    people = _visible({one.person for one, _ in both}, reader, on)
    places = {person.pk: (place, person) for place, person in enumerate(people)}
    competences = Competence.objects.in_bulk({one.competence for one, _ in both})
    shown = [(one, is_again) for one, is_again in both if one.person in places]
    shown.sort(key=lambda each: (not each[1], places[each[0].person][0], competences[each[0].competence].name))
    return [Line(places[one.person][1], competences[one.competence], one, is_again) for one, is_again in shown]


def _visible(ids: Iterable[int], reader, on):
    return people_visible_to(reader, on=on).filter(pk__in=ids).order_by("last_name", "first_name", "pk")
