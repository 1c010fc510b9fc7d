"""What a reader can do about each finding, as far as they may."""

from django.urls import reverse

from knowledge.permissions import may_hand_over
from knowledge.risk_register import Register
from knowledge.risks import AT_PAGE, HAND_OVER
from people.permissions import may_write


def acts_for(register: Register, reader):
    """[(kind, [(page, finding, address or None), …]), …], the weightiest kind first."""
    may = {AT_PAGE: True, HAND_OVER: may_hand_over(reader)}
    writes = may_write(reader)

    def address(act):
        return reverse(act.to, args=[act.pk]) if may.get(act.to, writes) else None

    return [(kind, [(page, it, address(it.act)) for page, it in found]) for kind, found in register.by_kind]
