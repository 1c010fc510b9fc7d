"""What happens here that a higher room may have to answer, in the same transaction."""

from django.dispatch import Signal

# holding, by, at: a role holding was given, ended or corrected.
role_changed = Signal()
