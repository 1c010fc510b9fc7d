from evidence.actions.draw_sample import SampleRefused, draw_sample
from evidence.actions.erase import EraseRefused, erase
from evidence.actions.record import RecordRefused, record
from evidence.actions.record_each import Telling, record_each
from evidence.actions.seal import SealRefused, seal

__all__ = [
    "EraseRefused",
    "RecordRefused",
    "SampleRefused",
    "SealRefused",
    "Telling",
    "draw_sample",
    "erase",
    "record",
    "record_each",
    "seal",
]
