"""The matrix seen from afar: of those in each department or role who are asked for a competence, how many hold it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from competence.gathering import gather
from competence.models import Competence
from competence.obligations import HELD, State, obligations
from people.models import Department, DepartmentMembership, JobRole, RoleHolding

# At least such a share, in words and in a tone.
STEPS = [(1.0, "All", "ok"), (0.75, "Three of four, or more", "info"), (0.5, "Half, or more", "warn")]
LEAST = ("Less than half", "bad")


@dataclass(frozen=True, slots=True)
class Share:
    competence: Competence
    held: int
    asked: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 are all."""
        return 100 * self.held // self.asked

    @property
    def tone(self) -> str:
        return next((tone for share, _, tone in STEPS if self.held >= share * self.asked), LEAST[1])


@dataclass(frozen=True, slots=True)
class Group:
    """A department or a role, and its shares: None where nobody of it is asked."""

    group: Department | JobRole
    shares: Sequence[Share | None]


def heat(people, competences: Sequence[Competence], *, on: date, by: str) -> list[Group]:
    """`by` is "department" or "role". Whoever has two roles counts in both; whoever is exempt, in none."""
    ids = people.order_by().values("pk")
    stated = obligations(gather(ids, on=on, competences=[one.pk for one in competences]), on=on)
    groups, places = _places(ids, by, on)
    asked: Counter[tuple[int, int]] = Counter()
    held: Counter[tuple[int, int]] = Counter()
    for one in stated:
        for group in places.get(one.person, ()) if one.state is not State.WAIVED else ():
            asked[group, one.competence] += 1
            held[group, one.competence] += one.state in HELD
    return [Group(group, _shares(group.pk, competences, asked, held)) for group in groups]


def _shares(group, competences, asked, held):
    return [
        Share(one, held[group, one.pk], asked[group, one.pk]) if asked[group, one.pk] else None for one in competences
    ]


def _places(ids, by, on) -> tuple[Iterable[Department | JobRole], Mapping[int, list[int]]]:
    """The groups, and in which each person is."""
    facts = DepartmentMembership.objects if by == "department" else RoleHolding.objects
    places: dict[int, list[int]] = {}
    for person, group in facts.on(on).filter(person__in=ids).values_list("person_id", f"{by}_id"):
        places.setdefault(person, []).append(group)
    model = Department if by == "department" else JobRole
    there = {group for some in places.values() for group in some}
    return list(model.objects.filter(pk__in=there)), places
