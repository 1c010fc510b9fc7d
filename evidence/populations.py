"""Which entries of the log a question is about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from evidence.leaves import facet_fields, time_text
from evidence.models import Listing, Opening


@dataclass(frozen=True, kw_only=True)
class Population:
    """Entries of any of these kinds (of any, if none is named), about or by this pseudonym, with these facets, then.

    As facts of a sample's entry it never changes, so a person is in it by pseudonym and times are text, as in a leaf.
    """

    kinds: tuple[str, ...] = ()
    person: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    at_from: str = ""
    at_before: str = ""

    def listings(self) -> QuerySet[Listing]:
        """These entries, sealed or not."""
        return self._with_facets(self._of_kind_and_time())

    def sealed(self, size: int) -> QuerySet[Listing]:
        """Those that were in the log when it had `size` entries, in its order."""
        return self.listings().filter(entry__index__position__lt=size).order_by("entry__index__position")

    def leaf_hashes(self, size: int) -> Iterator[bytes]:
        hashes = self.sealed(size).values_list("entry__leaf_hash", flat=True)
        return (bytes(each) for each in hashes.iterator(chunk_size=5000))

    def perhaps(self, size: int) -> QuerySet[Listing]:
        """Those that may have belonged before their facets were erased."""
        candidates = self._of_kind_and_time().filter(entry__index__position__lt=size)
        for name in self.facets:
            candidates = candidates.exclude(
                entry__in=Opening.objects.filter(field__in=facet_fields(name)).values("entry")
            )
        return candidates

    def facts(self) -> dict[str, Any]:
        return {
            "kinds": list(self.kinds),
            "person": self.person,
            "facets": self.facets,
            "at_from": self.at_from,
            "at_before": self.at_before,
        }

    def _of_kind_and_time(self) -> QuerySet[Listing]:
        listings = Listing.objects.all()
        if self.kinds:
            listings = listings.filter(kind__in=self.kinds)
        if self.person:
            listings = listings.filter(Q(subject=self.person) | Q(by=self.person))
        if self.at_from:
            listings = listings.filter(at__gte=self.at_from)
        if self.at_before:
            listings = listings.filter(at__lt=self.at_before)
        return listings

    def _with_facets(self, listings: QuerySet[Listing]) -> QuerySet[Listing]:
        for name, value in self.facets.items():
            having = Opening.objects.filter(field__in=facet_fields(name), value=value)
            listings = listings.filter(entry__in=having.values("entry"))
        return listings


def population_from(facts: dict[str, Any]) -> Population:
    return Population(**{**facts, "kinds": tuple(facts["kinds"])})


def moment(at: datetime | None) -> str:
    return time_text(at) if at else ""
