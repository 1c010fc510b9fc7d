from django.dispatch import Signal

# Within the transaction that publishes. Arguments: edition, by, at.
edition_published = Signal()
