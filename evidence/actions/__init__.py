from evidence.actions.draw_sample import SampleRefused, draw_sample
from evidence.actions.erase import EraseRefused, erase
from evidence.actions.record import RecordRefused, record
from evidence.actions.seal import SealRefused, seal

__all__ = [
    "EraseRefused",
    "RecordRefused",
    "SampleRefused",
    "SealRefused",
    "draw_sample",
    "erase",
    "record",
    "seal",
]
