from django.dispatch import Signal

# Within the transaction that publishes. Arguments: edition, by, at.
edition_published = Signal()

# Within the transaction that writes it down. Arguments: reading, by, at.
edition_acknowledged = Signal()
