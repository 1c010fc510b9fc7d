"""How decisions replace each other: what stands, what is meant, and what may not be said."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, Value

from knowledge.circles import circle
from knowledge.models import DecisionRecord, DecisionStatus, KnowledgePage, Supersession
from knowledge.permissions import visible_to
from knowledge.refusals import SupersessionRefused

MEANT = DecisionRecord.supersedes.through


@dataclass(frozen=True)
class Supersessions:
    """The decisions around one, as a reader may see them."""

    replaced: list[DecisionRecord] = field(default_factory=list)
    replacing: list[DecisionRecord] = field(default_factory=list)
    # Only meant so far: a decision takes the place of another when it is accepted and published.
    would_replace: list[DecisionRecord] = field(default_factory=list)
    would_be_replaced_by: list[DecisionRecord] = field(default_factory=list)
    # What still cites a decision that was replaced.
    cited_in: list[KnowledgePage] = field(default_factory=list)


def supersessions(decision, reader, *, is_preview=False) -> Supersessions:
    if is_preview:
        return Supersessions(would_replace=list(decision.supersedes.all()))
    stands, meant = _around(decision)
    ids = {pk for pair in [*stands, *meant] for pk in pair}
    known = visible_to(DecisionRecord.objects.live().filter(pk__in=ids), reader).with_standing().in_bulk()
    return Supersessions(
        replaced=_those(known, [old for old, new in stands if new == decision.pk]),
        replacing=_those(known, [new for old, new in stands if old == decision.pk]),
        would_replace=_those(known, [old for old, new in meant - stands if new == decision.pk]),
        would_be_replaced_by=_those(known, [new for old, new in meant - stands if old == decision.pk]),
        cited_in=_citing(decision, reader) if any(old == decision.pk for old, _ in stands) else [],
    )


def of_status(pages, status):
    """Of a queryset of pages, the decisions that stand so for readers."""
    pages = pages.with_standing()
    if status == DecisionStatus.SUPERSEDED:
        return pages.filter(Q(is_superseded=True) | Q(decisionrecord__status=status))
    return pages.filter(is_superseded=False, decisionrecord__status=status)


def refuse_circle(decision, olds) -> None:
    """Whether a decision may be said to replace these: not if one of them, however indirectly, is to replace it."""
    way = circle(_links(), decision.pk, [old.pk for old in olds]) if decision.pk else []
    if not way:
        return
    if len(way) == 2:
        raise SupersessionRefused("A decision cannot supersede itself.")
    numbers = dict(KnowledgePage.objects.filter(pk__in=way).values_list("pk", "number"))
    names = [numbers[pk] for pk in way]
    chain = ", which supersedes ".join([f"{names[1]} supersedes {names[2]}", *names[3:]])
    raise SupersessionRefused(f"{names[0]} cannot supersede {names[1]}: {chain}.")


def _links() -> dict[int, set[int]]:
    """What each decision replaces or is meant to, in drafts too."""
    links: dict[int, set[int]] = defaultdict(set)
    stands = Supersession.objects.standing().values_list("new", "old")
    meant = MEANT.objects.values_list("from_decisionrecord", "to_decisionrecord")
    for new, old in [*stands, *meant]:
        links[new].add(old)
    drafts = DecisionRecord.objects.filter(has_unpublished_changes=True)
    for new, olds in drafts.values_list("pk", "latest_revision__content__supersedes"):
        links[new].update(olds or ())
    return links


def _around(decision) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The pairs (old, new) of which it is one: those that stand, and those that were ever meant."""
    stands = Supersession.objects.standing().filter(Q(old=decision.pk) | Q(new=decision.pk))
    meant = MEANT.objects.filter(Q(to_decisionrecord=decision.pk) | Q(from_decisionrecord=decision.pk))
    rows = stands.values_list("old", "new", Value(True)).union(
        meant.values_list("to_decisionrecord", "from_decisionrecord", Value(False))
    )
    pairs = {does: {(old, new) for old, new, it_does in rows if it_does == does} for does in (True, False)}
    return pairs[True], pairs[False]


def _those(known, ids):
    return sorted((known[pk] for pk in ids if pk in known), key=lambda decision: decision.number)


def _citing(decision, reader):
    citing = (
        KnowledgePage.objects.live()
        .filter(citations__cited=decision.pk)
        .exclude(decisionrecord__replaced__old=decision.pk)
    )
    return list(visible_to(citing.select_related("accountable"), reader).order_by("number"))
