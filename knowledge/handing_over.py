"""What those who leave still have in hand, and who could take it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, Subquery

from knowledge.models import Edition, HandOver, KnowledgePage, LessonLearned, LessonState, LessonStep
from knowledge.permissions import visible_to
from people.models import Person

Duty = HandOver.Duty
# What a page can be without: it has an owner, and a corrective action has someone who sees to it.
MAY_END = frozenset({Duty.DEPUTY, Duty.EXPERT})
WORDS = {
    Duty.OWNER: "Owner",
    Duty.DEPUTY: "Deputy",
    Duty.EXPERT: "The only expert",
    Duty.ACTION: "Sees to the corrective action",
}
# Without an owner, on one page: each is shown with everyone who could become it.
MOST_AT_ONCE = 30
DONE = (LessonState.ACTIONED, LessonState.VERIFIED)


@dataclass(frozen=True)
class Item:
    """Something that one person has of one page."""

    duty: Duty
    page: KnowledgePage

    @property
    def key(self) -> str:
        return f"{self.duty}-{self.page.pk}"

    @property
    def words(self) -> str:
        return WORDS[self.duty]

    @property
    def may_end(self) -> bool:
        return self.duty in MAY_END


@dataclass
class InHand:
    """What one person, or nobody, has in hand. `groups`: those who approve, of which they are the last who stays."""

    person: Person | None
    items: list[Item] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    # On pages that whoever asks may not see.
    hidden: int = 0

    @property
    def until(self) -> date:
        return (self.person and self.person.last_day) or date.max

    @property
    def count(self) -> int:
        return len(self.items) + len(self.groups) + self.hidden


def leavers():
    """Those who have a last day, in the past or to come, and those whose sign-in is closed."""
    return Person.objects.filter(Q(last_day__isnull=False) | Q(is_active=False))


def staying():
    return Person.objects.filter(last_day=None, is_active=True)


def open_hand_overs(reader) -> list[InHand]:
    """Everyone who leaves or has left and has something in hand, who left first at the top."""
    found = [one for one in in_hand_of(leavers(), reader) if one.count]
    return sorted(found, key=lambda one: (one.until, str(one.person)))


def without_owner(reader) -> InHand:
    """The pages in use that have no owner, as what nobody has in hand."""
    pages = visible_to(KnowledgePage.objects.live().filter(accountable=None), reader).with_kinds()
    return InHand(None, [Item(Duty.OWNER, page.as_kind) for page in pages.order_by("number")[:MOST_AT_ONCE]])


def in_hand_of(people: Iterable[Person], reader) -> list[InHand]:
    """What each of these leavers has in hand, as far as `reader` may see its pages. Queries as for one."""
    found = {person.pk: InHand(person) for person in people}
    duties = [(person, duty, page) for duty, pairs in _duties(list(found)) for person, page in pairs]
    seen = visible_to(KnowledgePage.objects.with_kinds(), reader).in_bulk({page for _, _, page in duties})
    for person, duty, page in duties:
        if page in seen:
            found[person].items.append(Item(duty, seen[page].as_kind))
        else:
            found[person].hidden += 1
    for group, person in _approvers(list(found)):
        found[person].groups.append(group)
    for one in found.values():
        one.items.sort(key=lambda item: (list(Duty).index(item.duty), item.page.number))
    return list(found.values())


def _duties(people):
    """By duty, (person, page) for each of `people` who has it. A page that was withdrawn asks nothing of anybody."""
    kept = KnowledgePage.objects.filter(Q(live=True) | ~Exists(Edition.objects.filter(page=OuterRef("pk"))))
    theirs = {"person__in": people, "knowledgepage__in": kept}
    deputies, experts = KnowledgePage.deputies.through.objects, KnowledgePage.experts.through.objects
    others = experts.filter(knowledgepage=OuterRef("knowledgepage"), person__in=staying())
    last_step = LessonStep.objects.filter(lesson=OuterRef("pk")).order_by("-at", "-pk").values("state")[:1]
    owed = LessonLearned.objects.filter(action_owner__in=people, pk__in=kept).annotate(state=Subquery(last_step))
    return [
        (Duty.OWNER, kept.filter(accountable__in=people).values_list("accountable", "pk")),
        (Duty.DEPUTY, deputies.filter(**theirs).values_list("person", "knowledgepage")),
        (Duty.EXPERT, experts.filter(~Exists(others), **theirs).values_list("person", "knowledgepage")),
        (
            Duty.ACTION,
            owed.filter(Q(state=None) | ~Q(state__in=DONE)).values_list("action_owner", "pk"),
        ),
    ]


def _approvers(people):
    """(group, person) where a group lets texts out and nobody who stays is in it."""
    members = Person.groups.through.objects
    stays = members.filter(group=OuterRef("group"), person__in=staying())
    approving = Group.objects.filter(Q(groupapprovaltask__active=True) | Q(foureyestask__active=True))
    last = members.filter(~Exists(stays), person__in=people, group__in=approving).select_related("group")
    return [(row.group, row.person_id) for row in last.order_by("group__name")]
