from evidence.views.entry import entry
from evidence.views.room import room
from evidence.views.samples import draw, sample, sample_csv

__all__ = ["draw", "entry", "room", "sample", "sample_csv"]
