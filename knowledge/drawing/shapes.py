from dataclasses import dataclass, replace

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def centre(self) -> float:
        return self.y + self.height / 2

    def moved(self, x: float, y: float) -> "Rect":
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one box to another. `path` is the `d` of an SVG path; `is_back` runs against the reading."""

    source: int
    target: int
    start: Point
    end: Point
    path: str
    is_back: bool = False


def view_box(width: float, height: float, *, margin: float) -> str:
    """What an SVG shows of a picture that begins at the origin, with some room for what bows out of it."""
    return f"{-margin:g} {-margin:g} {width + 2 * margin:g} {height + 2 * margin:g}"


class Pen:
    """Writes a path, and knows where it began and where it stands."""

    def __init__(self, start: Point):
        self.start = self.at = start
        self._said = [f"M{_words(start)}"]

    def to(self, point: Point) -> "Pen":
        if point != self.at:
            self._said.append(f"L{_words(point)}")
            self.at = point
        return self

    def curve(self, point: Point) -> "Pen":
        """Leaves and arrives level."""
        half = (self.at[0] + point[0]) / 2
        return self.bend((half, self.at[1]), (half, point[1]), point)

    def bend(self, first: Point, second: Point, point: Point) -> "Pen":
        self._said.append(f"C{_words(first)} {_words(second)} {_words(point)}")
        self.at = point
        return self

    def line(self, source: int, target: int, *, is_back: bool = False) -> Line:
        return Line(source, target, self.start, self.at, "".join(self._said), is_back)


def _words(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"
