from evidence.actions.record import RecordRefused, record

__all__ = ["RecordRefused", "record"]
