"""What happens here that a higher room may have to answer, in the same transaction."""

from django.dispatch import Signal

# holding, by, at: a role holding was given, ended or corrected.
role_changed = Signal()
# people (ids), by, at: they joined a department, are away, are back; or much about them was imported.
place_changed = Signal()
