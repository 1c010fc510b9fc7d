"""The picture of what one thing is linked to: what it rests on, then itself, then what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.drawing.shapes import Line, Pen, Rect, view_box

WIDTH, HEIGHT, BETWEEN, GAP = 228.0, 66.0, 10.0, 46.0
NARROW_WIDTH, SPINE = 340.0, 22.0
# One box a side more would ask for a longer page than the text that it stands beside.
ON_A_SIDE = 6


@dataclass(frozen=True)
class Link:
    """`words` say what it is to the thing in the middle."""

    key: int
    words: str
    is_before: bool


@dataclass(frozen=True)
class LinksPicture:
    width: float
    height: float
    own: Rect
    boxes: dict[int, Rect]
    lines: list[Line]

    @property
    def view_box(self) -> str:
        return view_box(self.width, self.height, margin=3)


def draw_links(links: Sequence[Link], *, own: int, is_narrow: bool = False) -> LinksPicture:
    """Side by side, or, where there is little room, one below the other."""
    before = [link.key for link in links if link.is_before]
    after = [link.key for link in links if not link.is_before]
    return _below(before, own, after) if is_narrow else _beside(before, own, after)


def _beside(before: list[int], own: int, after: list[int]) -> LinksPicture:
    height = max(1, len(before), len(after)) * (HEIGHT + BETWEEN) - BETWEEN
    middle = Rect(WIDTH + GAP if before else 0.0, (height - HEIGHT) / 2, WIDTH, HEIGHT)
    boxes = _column(before, 0.0, height) | _column(after, middle.right + GAP, height)
    lines = [
        Pen((boxes[key].right, boxes[key].centre)).curve((middle.x, middle.centre)).line(key, own) for key in before
    ]
    lines += [
        Pen((middle.right, middle.centre)).curve((boxes[key].x, boxes[key].centre)).line(own, key) for key in after
    ]
    width = middle.right + (GAP + WIDTH if after else 0)
    return LinksPicture(width, height, middle, boxes, lines)


def _column(keys: list[int], x: float, height: float) -> dict[int, Rect]:
    top = (height - len(keys) * (HEIGHT + BETWEEN) + BETWEEN) / 2
    return {key: Rect(x, top + at * (HEIGHT + BETWEEN), WIDTH, HEIGHT) for at, key in enumerate(keys)}


def _below(before: list[int], own: int, after: list[int]) -> LinksPicture:
    """A tree beside a trunk: what came before stands above, what came after below."""
    order = [*before, own, *after]
    stacked = {
        key: Rect(0.0 if key == own else SPINE, at * (HEIGHT + BETWEEN), NARROW_WIDTH - SPINE, HEIGHT)
        for at, key in enumerate(order)
    }
    middle = stacked.pop(own)
    trunk = SPINE / 2
    lines = [_twig(stacked[key], trunk, middle.y, key, own) for key in before]
    lines += [_twig(stacked[key], trunk, middle.bottom, key, own) for key in after]
    return LinksPicture(NARROW_WIDTH, len(order) * (HEIGHT + BETWEEN) - BETWEEN, middle, stacked, lines)


def _twig(box: Rect, trunk: float, end: float, key: int, own: int) -> Line:
    return Pen((box.x, box.centre)).to((trunk, box.centre)).to((trunk, end)).line(key, own)
