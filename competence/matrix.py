"""The competence matrix: people by competences, with state, dates and the reason for every cell, as of a day."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from competence.explaining import explain, explain_absence
from competence.gathering import gather
from competence.models import Competence, Participation, Requirement
from competence.obligations import Facts, Obligation, Standing, State, obligations, standing_proofs
from competence.words import TONES, URGENCY, WORDS, when
from people.departments import departments_above
from people.directory import in_department, in_role, reports_of, with_places, working
from people.models import Person, RoleHolding

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """`obligation` is empty where nothing asks; `standing`, what they can show, may be there all the same."""

    competence: Competence
    obligation: Obligation | None
    standing: Standing | None
    on: date

    @property
    def state(self) -> State | None:
        return self.obligation.state if self.obligation else None

    @property
    def word(self) -> str:
        if self.state:
            return WORDS[self.state]
        return "Shown" if self._is_shown else ""

    @property
    def _is_shown(self) -> bool:
        return self.standing is not None and (self.standing.until is None or self.on <= self.standing.until)

    @property
    def tone(self) -> str:
        return TONES[self.state] if self.state else "neutral"

    @property
    def when(self) -> tuple[str, date | None]:
        if self.obligation:
            return when(self.obligation)
        if not self._is_shown:
            return "", None
        return ("until", self.standing.until) if self.standing and self.standing.until else ("without an end", None)

    @property
    def due(self) -> date | None:
        return self.obligation.due if self.obligation else None

    @property
    def until(self) -> date | None:
        told = self.obligation or self.standing
        return told.until if told else None

    @property
    def why(self) -> str:
        return explain(self.obligation) if self.obligation else explain_absence(self.standing, on=self.on)

    @property
    def urgency(self) -> tuple[int, date]:
        _, day = self.when
        return URGENCY[self.state] if self.state else len(URGENCY), day or date.max


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is asked of some people on a day, and what they can show: both by person and competence."""

    on: date
    asked: Mapping[Place, Obligation]
    shown: Mapping[Place, Standing]

    def asked_competences(self) -> set[int]:
        return {competence for _, competence in self.asked}

    def rows(self, people: Iterable[Person], competences: Sequence[Competence]) -> Iterator[Row]:
        """One row a person, in their order."""
        for person in people:
            places = [(person.pk, competence.pk) for competence in competences]
            yield Row(
                person,
                tuple(
                    Cell(competence, self.asked.get(place), self.shown.get(place), self.on)
                    for competence, place in zip(competences, places, strict=True)
                ),
            )


def sheet_of(people, *, on: date, competences: Collection[int] | None = None) -> Sheet:
    """`people` are ids or a queryset. As many queries, however many they are."""
    facts = gather(people, on=on, competences=competences)
    asked = {(one.person, one.competence): one for one in obligations(facts, on=on)}
    return Sheet(on, asked, standing_proofs(facts, on=on))


def rows(people: Sequence[Person], competences: Sequence[Competence], *, on: date) -> Iterator[Row]:
    return sheet_of([person.pk for person in people], on=on).rows(people, competences)


def people_in_matrix(
    people, *, on, department=None, role=None, process=None, manager=None, competence=None, state=None
):
    """Those of `people` who worked here on that day, and of whom all the rest is true."""
    people = working(people, on=on)
    if department:
        people = in_department(people, department, on=on)
    if role:
        people = in_role(people, role, on=on)
    if process:
        people = people.filter(
            pk__in=RoleHolding.objects.on(on).filter(role__in=_roles_in(process, on)).values("person")
        )
    if manager:
        people = people.filter(pk__in=reports_of(manager, on=on).values("pk"))
    if competence or state:
        people = people.filter(pk__in=_those_asked(people, competence, state, on))
    return with_places(people, on=on)


def _roles_in(process, on):
    return Participation.objects.on(on).filter(process=process).values("role")


def _those_asked(people, competence, state, on) -> set[int]:
    facts = gather(people.order_by().values("pk"), on=on, competences=competence and [competence.pk])
    return {one.person for one in obligations(facts, on=on) if state in (None, "", one.state)}


def competences_asked(people, *, on, role=None, process=None, competence=None) -> list[Competence]:
    """The columns: what is asked of any of these people on that day, or by the one role or process."""
    if competence:
        return [competence]
    requirements = Requirement.objects.on(on)
    if role or process:
        requirements = requirements.filter(Q(role=role, process=None) if role else Q(process=process))
    else:
        ids = people.order_by().values("pk")
        roles = RoleHolding.objects.on(on).filter(person__in=ids).values("role")
        taking_part = Participation.objects.on(on).filter(role__in=roles).values("process")
        requirements = requirements.filter(
            Q(role__in=roles) | Q(process__in=taking_part) | Q(department__in=departments_above(ids, on=on))
        )
    return list(Competence.objects.filter(pk__in=requirements.values("competence")))


def record_of(person: Person, *, on: date, facts: Facts | None = None) -> list[Cell]:
    """What is asked of one person and what they have shown, the most urgent first. `facts`: if gathered already."""
    facts = facts or gather([person.pk], on=on)
    asked = {one.competence: one for one in obligations(facts, on=on)}
    shown = {competence: standing for (_, competence), standing in standing_proofs(facts, on=on).items()}
    competences = Competence.objects.filter(pk__in=asked.keys() | shown.keys())
    cells = [Cell(one, asked.get(one.pk), shown.get(one.pk), on) for one in competences]
    return sorted(cells, key=lambda cell: cell.urgency)
