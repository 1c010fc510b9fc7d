"""What is part of what, as boxes in boxes, one above the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.drawing.layers import Edge, against_the_flow, columns_of
from knowledge.drawing.shapes import Rect

WIDTH, HEIGHT = 216.0, 96.0
PADDING, BETWEEN = 10.0, 24.0


@dataclass(frozen=True)
class Group:
    """A box that is part of none, with all that are part of it, placed as if its corner were the origin."""

    key: int
    boxes: dict[int, Rect]

    @property
    def width(self) -> float:
        return self.boxes[self.key].width

    @property
    def height(self) -> float:
        return self.boxes[self.key].height


def parents_of(keys: Sequence[int], part_of: Mapping[int, int | None]) -> dict[int, int | None]:
    """The same without what leads nowhere or round in a circle: the last of a circle is then part of none."""
    known = set(keys)
    parents: dict[int, int | None] = {}
    for key in keys:
        above = part_of.get(key)
        parents[key] = above if above in known and key not in line_above(above, parents) else None
    return parents


def groups(keys: Sequence[int], parents: Mapping[int, int | None], edges: Sequence[Edge]) -> list[Group]:
    parts: dict[int | None, list[int]] = {None: [], **{key: [] for key in keys}}
    for key in keys:
        parts[parents[key]].append(key)
    within = {key: _in_their_order(parts[key], parents, edges) for key in keys}
    return [Group(key, _stacked(key, within)) for key in parts[None]]


def line_above(key: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """`key`, what it is part of, what that is part of, and so on."""
    line: list[int] = []
    while key is not None:
        line.append(key)
        key = parents.get(key)
    return line


def _in_their_order(parts: list[int], parents: Mapping[int, int | None], edges: Sequence[Edge]) -> list[int]:
    """As one leads to the other, also by a part of a part."""
    if len(parts) < 2:
        return parts
    level = {key: key for key in parts}

    def lifted(key: int) -> int | None:
        return next((level[each] for each in line_above(key, parents) if each in level), None)

    among = [(lifted(source), lifted(target)) for source, target in edges]
    flow = {(one, other): None for one, other in among if one is not None and other is not None and one != other}
    back = against_the_flow(parts, flow)
    column = columns_of(parts, [edge for edge in flow if edge not in back])
    return sorted(parts, key=column.__getitem__)


def _stacked(key: int, within: Mapping[int, list[int]]) -> dict[int, Rect]:
    """The box of `key` at the origin, as wide as the widest part asks, and its parts below its own words."""
    stacks = [_stacked(part, within) for part in within[key]]
    width = max([WIDTH, *(stack[part].width + 2 * PADDING for part, stack in zip(within[key], stacks, strict=True))])
    boxes: dict[int, Rect] = {}
    y = HEIGHT
    for part, stack in zip(within[key], stacks, strict=True):
        x = (width - stack[part].width) / 2
        boxes |= {each: box.moved(x, y) for each, box in stack.items()}
        y += stack[part].height + BETWEEN
    height = y - BETWEEN + PADDING if stacks else HEIGHT
    return {key: Rect(0, 0, width, height), **boxes}
