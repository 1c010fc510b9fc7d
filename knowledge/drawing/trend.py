"""A small line: how large a share was, over time."""

from dataclasses import dataclass
from datetime import date

from knowledge.drawing.shapes import Pen, Point, view_box

WIDTH, HEIGHT, MARGIN = 168.0, 40.0, 5.0


@dataclass(frozen=True)
class Trend:
    path: str
    last: Point
    view_box: str = view_box(WIDTH, HEIGHT, margin=MARGIN)
    width: float = WIDTH
    height: float = HEIGHT


def draw_trend(points: list[tuple[date, float]]) -> Trend | None:
    """Shares between 0 and 1, the oldest first, on a ground at 0. None: with one there is no line."""
    if len(points) < 2:
        return None
    first, days = points[0][0], (points[-1][0] - points[0][0]).days or 1
    drawn = [(round(WIDTH * (day - first).days / days, 1), round(HEIGHT * (1 - share), 1)) for day, share in points]
    pen = Pen(drawn[0])
    for point in drawn[1:]:
        pen.to(point)
    return Trend(pen.line(0, 0).path, pen.at)
