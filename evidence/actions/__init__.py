from evidence.actions.record import RecordRefused, record
from evidence.actions.seal import SealRefused, seal

__all__ = ["RecordRefused", "SealRefused", "record", "seal"]
