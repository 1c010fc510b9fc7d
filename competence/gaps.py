"""Where the house stands on too few: of each competence asked for, who holds it, who will, and who could be next."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from competence.gathering import gather
from competence.models import Competence
from competence.obligations import Facts, Obligation, Standing, State, obligations, standing_proofs
from people.models import Person

AHEAD = timedelta(days=90)
# Whoever showed it until then has less to learn than others.
LATELY = timedelta(days=365)
# Of many, so many are named.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Holder:
    """`until` is the last day on which they hold it or work here, if it is known; `leaves`: it is the latter."""

    person: int
    until: date | None
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who does not hold it, and how near they are to it."""

    person: int
    why: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Of a competence. `holders`: whose hold ends first comes first; `then`: how many are left in 90 days."""

    competence: Competence
    asked: int
    holders: Sequence[Holder]
    then: int
    candidates: Sequence[Candidate]
    least: int

    @property
    def now(self) -> int:
        return len(self.holders)

    @property
    def missing(self) -> int:
        return max(0, self.least - min(self.now, self.then))

    @property
    def word(self) -> str:
        if not self.now:
            return "Nobody"
        if self.now < self.least:
            return "Too few"
        return "Soon too few" if self.missing else "Enough"

    @property
    def tone(self) -> str:
        return {"Nobody": "bad", "Too few": "bad", "Soon too few": "warn"}.get(self.word, "ok")

    @property
    def risk(self):
        """What is worst comes first: how many are missing, and how many have to wait for them."""
        return -self.missing, self.now, self.then, -self.asked, self.competence.name


def gaps(people, *, on: date, least: int) -> list[Gap]:
    """Of what is asked of anyone of `people` (a queryset), the worst first. As many queries for many as for few."""
    facts = gather(people.order_by().values("pk"), on=on)
    shown = standing_proofs(facts, on=on)
    asked: dict[int, dict[int, Obligation]] = defaultdict(dict)
    for one in obligations(facts, on=on):
        if one.state is not State.WAIVED:
            asked[one.competence][one.person] = one
    last_days = dict(people.order_by().exclude(last_day=None).values_list("pk", "last_day"))
    holders = _holders(asked, shown, last_days, on)
    known = Competence.objects.in_bulk({*asked, *(competence for _, competence in shown)})
    candidates = _Candidates(facts, asked, shown, holders, known, on)
    found = []
    for competence, whom in asked.items():
        holding = holders.get(competence, [])
        then = sum(one.until is None or one.until >= on + AHEAD for one in holding)
        near = candidates.of(competence) if min(len(holding), then) < least else []
        found.append(Gap(known[competence], len(whom), holding, then, near, least))
    return sorted(found, key=lambda gap: gap.risk)


def _holders(asked, shown, last_days, on) -> dict[int, list[Holder]]:
    """By competence. Of whoever is asked for a level, what counts is that level."""
    found = defaultdict(list)
    for (person, competence), best in shown.items():
        one = asked[competence].get(person) if competence in asked else None
        standing = one.standing if one else best
        if _counts(standing, on):
            last = last_days.get(person)
            leaves = last is not None and (standing.until is None or last < standing.until)
            found[competence].append(Holder(person, last if leaves else standing.until, leaves))
    for holding in found.values():
        holding.sort(key=lambda one: (one.until or date.max, one.person))
    return found


def _counts(standing: Standing | None, on: date) -> bool:
    return standing is not None and (standing.until is None or on <= standing.until)


class _Candidates:
    """Who does not hold a competence, those first who are nearest to it."""

    def __init__(self, facts: Facts, asked, shown, holders, known, on):
        self._asked, self._holders, self._known, self._on = asked, holders, known, on
        self._shown: dict[int, dict[int, Standing]] = defaultdict(dict)
        for (person, competence), standing in shown.items():
            self._shown[competence][person] = standing
        self._counts_for: dict[int, list[int]] = defaultdict(list)
        for equivalence in facts.equivalences:
            self._counts_for[equivalence.proven].append(equivalence.competence)

    def of(self, competence: int) -> list[Candidate]:
        found = {one.person: "" for one in self._holders.get(competence, ())}
        for person, why in self._all(competence):
            found.setdefault(person, why)
        return [Candidate(person, why) for person, why in found.items() if why]

    def _all(self, competence: int) -> Iterator[tuple[int, str]]:
        shown = sorted(self._shown[competence].items())
        yield from ((person, "shows it at a lower level") for person, one in shown if _counts(one, self._on))
        for person, one in sorted(shown, key=lambda each: each[1].until or date.max, reverse=True):
            if one.until and self._on - LATELY <= one.until < self._on:
                yield person, f"held it until {one.until:%-d %B %Y}"
        for other in self._counts_for[competence]:
            for person, one in sorted(self._shown[other].items()):
                if _counts(one, self._on):
                    yield person, f"shows {self._known[other]}, for which it counts"
        for person, asked in sorted(self._asked[competence].items()):
            yield person, f"is asked for it{f' by {asked.due:%-d %B %Y}' if asked.due else ''}"


def names_of(shown: Iterable[Gap]) -> Mapping[int, Person]:
    """Of those who hold these or could be next, as many as are named. One query."""
    holding = {one.person for gap in shown for one in gap.holders[:NAMED]}
    ids = holding | {one.person for gap in shown for one in gap.candidates[:NAMED]}
    return Person.objects.in_bulk(ids)
