"""The competence matrix: people by competences, with state, dates and the reason for every cell, as of a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from competence.explaining import explain, explain_absence
from competence.gathering import gather
from competence.models import Competence, Requirement
from competence.obligations import Obligation, Proof, State, holds, longest_proofs, obligations
from competence.words import TONES, URGENCY, WORDS, when
from people.directory import in_department, in_role, with_places, working
from people.models import Person, RoleHolding


@dataclass(frozen=True, slots=True)
class Cell:
    """`obligation` is empty where no role asks; `proof` may be there all the same."""

    competence: Competence
    obligation: Obligation | None
    proof: Proof | None
    on: date

    @property
    def state(self) -> State | None:
        return self.obligation.state if self.obligation else None

    @property
    def word(self) -> str:
        if self.state:
            return WORDS[self.state]
        return "Shown" if self.proof and holds(self.proof, self.on) else ""

    @property
    def tone(self) -> str:
        return TONES[self.state] if self.state else "neutral"

    @property
    def when(self) -> tuple[str, date | None]:
        if self.obligation:
            return when(self.obligation)
        return ("until", self.proof.until) if self.word and self.proof and self.proof.until else ("", None)

    @property
    def why(self) -> str:
        return explain(self.obligation) if self.obligation else explain_absence(self.proof, on=self.on)

    @property
    def urgency(self) -> tuple[int, date]:
        _, day = self.when
        return URGENCY[self.state] if self.state else len(URGENCY), day or date.max


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    cells: tuple[Cell, ...]


def people_in_matrix(people, *, on, department=None, role=None):
    """Those of `people` who worked here on that day."""
    people = working(people, on=on)
    if department:
        people = in_department(people, department, on=on)
    if role:
        people = in_role(people, role, on=on)
    return with_places(people, on=on)


def competences_asked(people, *, on, role=None) -> list[Competence]:
    """The columns: what any role of these people, or the one role, asks for on that day."""
    roles = RoleHolding.objects.on(on).filter(person__in=people.order_by().values("pk")).values("role")
    requirements = Requirement.objects.on(on).filter(role__in=[role] if role else roles)
    return list(Competence.objects.filter(pk__in=requirements.values("competence")))


def rows(people: Sequence[Person], competences: Sequence[Competence], *, on: date) -> Iterator[Row]:
    """One row a person, in their order. Three queries, however many they are."""
    facts = gather([person.pk for person in people], on=on)
    asked = {(one.person, one.competence): one for one in obligations(facts, on=on)}
    proofs = longest_proofs(facts.proofs, on)
    for person in people:
        places = [(person.pk, competence.pk) for competence in competences]
        yield Row(
            person,
            tuple(
                Cell(competence, asked.get(place), proofs.get(place), on)
                for competence, place in zip(competences, places, strict=True)
            ),
        )


def record_of(person: Person, *, on: date) -> list[Cell]:
    """What is asked of one person and what they have shown, the most urgent first. Four queries."""
    facts = gather([person.pk], on=on)
    asked = {one.competence: one for one in obligations(facts, on=on)}
    proofs = {competence: proof for (_, competence), proof in longest_proofs(facts.proofs, on).items()}
    competences = Competence.objects.filter(pk__in=asked.keys() | proofs.keys())
    cells = [Cell(one, asked.get(one.pk), proofs.get(one.pk), on) for one in competences]
    return sorted(cells, key=lambda cell: cell.urgency)
