"""In the editor, before an edition is published: whom it would ask again."""

from dataclasses import dataclass

from django import template
from django.utils import timezone

from courses.next_edition import Foreseen, foresee, names
from courses.permissions import may_foresee
from people.models import Person

register = template.Library()


@dataclass(frozen=True)
class Whom:
    foreseen: Foreseen
    named: list[Person]

    @property
    def more(self) -> int:
        return len(self.foreseen.people_again) - len(self.named)


@register.simple_tag
def whom_it_asks(draft, reader) -> Whom | None:
    """Of a page that is being edited. Panels of the editor see nothing but themselves, so this is given who reads."""
    if not draft.pk or not may_foresee(reader, draft):
        return None
    today = timezone.localdate()
    foreseen = foresee(draft, today=today)
    return Whom(foreseen, names(foreseen, reader, on=today))
