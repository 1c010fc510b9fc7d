"""What happens here that a higher room may have to answer, in the same transaction."""

from django.dispatch import Signal

# fact, people (ids; None means everyone), by, at: a requirement or a proof was added, ended or corrected.
competence_changed = Signal()
