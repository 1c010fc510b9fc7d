"""The map of all processes: from left to right by what feeds what, and each inside the one that it is part of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from knowledge.drawing.layers import Bend, Edge, Item, against_the_flow, columns_of, ordered, spread
from knowledge.drawing.nesting import BETWEEN, HEIGHT, Group, groups, line_above, parents_of
from knowledge.drawing.shapes import Line, Pen, Rect, view_box

GAP, ROW_GAP, BEND_HEIGHT, BOW, MARGIN = 64.0, 22.0, 10.0, 24.0, 22.0
# At least so many stand in a column before another is begun.
LEAST_ROOM = 5
ALONE_IN_A_ROW = 4
PASSES = 8


@dataclass(frozen=True)
class Map:
    width: float
    height: float
    boxes: dict[int, Rect]
    lines: list[Line]

    @property
    def view_box(self) -> str:
        return view_box(self.width, self.height, margin=MARGIN)

    @property
    def full_width(self) -> float:
        return self.width + 2 * MARGIN


@dataclass(frozen=True)
class Flow:
    """The groups that lines join, in columns, and what passes between them."""

    columns: list[list[Item]]
    # Of each line between two groups, what it passes through from left to right.
    chains: dict[Edge, list[Item]]
    # The lines that run from right to left.
    back: set[Edge]


def draw_map(keys: Sequence[int], part_of: Mapping[int, int | None], feeds: Sequence[Edge]) -> Map:
    """`keys` in the order in which they are named where nothing else decides."""
    parents = parents_of(keys, part_of)
    edges = [edge for edge in dict.fromkeys(feeds) if _joins_two(edge, parents)]
    top = {key: line_above(key, parents)[-1] for key in keys}
    all_groups = {group.key: group for group in groups(keys, parents, edges)}
    flow = _flow(all_groups, top, [edge for edge in edges if top[edge[0]] != top[edge[1]]])
    places = _placed(flow, all_groups, top)
    places |= _placed_alone([group for key, group in all_groups.items() if key not in places], places)
    boxes = {
        key: box.moved(places[group.key].x, places[group.key].y)
        for group in all_groups.values()
        for key, box in group.boxes.items()
    }
    lines = [
        _between(edge, flow, boxes, places)
        if edge in flow.chains
        else _inside(edge, boxes, parents, boxes[top[edge[0]]].right)
        for edge in edges
    ]
    # Lines may run below every box, and bows beside them.
    return _framed({key: boxes[key] for key in keys}, lines, [*boxes.values(), *places.values()])


def _joins_two(edge: Edge, parents: Mapping[int, int | None]) -> bool:
    """That a part feeds the whole, or the whole a part, is seen by where it stands."""
    source, target = edge
    if source not in parents or target not in parents:
        return False
    return target not in line_above(source, parents) and source not in line_above(target, parents)


def _flow(all_groups: Mapping[int, Group], top: Mapping[int, int], edges: Sequence[Edge]) -> Flow:
    joined = {top[end] for edge in edges for end in edge}
    keys = [key for key in all_groups if key in joined]
    between = list(dict.fromkeys((top[source], top[target]) for source, target in edges))
    turned = against_the_flow(keys, between)
    onward = dict.fromkeys(edge[::-1] if edge in turned else edge for edge in between)
    column = columns_of(keys, onward, room=max(LEAST_ROOM, ceil(sqrt(1.4 * len(keys)))))
    back = {edge for edge in edges if (top[edge[0]], top[edge[1]]) in turned}
    chains = {edge: _chain(edge, edge[::-1] if edge in back else edge, top, column) for edge in edges}
    columns: list[list[Item]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for item in dict.fromkeys([*keys, *(item for chain in chains.values() for item in chain)]):
        columns[item.column if isinstance(item, Bend) else column[item]].append(item)
    steps = [step for chain in chains.values() for step in pairwise(chain)]
    return Flow(ordered(columns, steps), chains, back)


def _chain(edge: Edge, rightward: Edge, top: Mapping[int, int], column: Mapping[int, int]) -> list[Item]:
    first, last = (top[end] for end in rightward)
    return [first, *(Bend(edge, at) for at in range(column[first] + 1, column[last])), last]


def _placed(flow: Flow, all_groups: Mapping[int, Group], top: Mapping[int, int]) -> dict[Item, Rect]:
    """Each item of the flow, as near to the height of what it is joined to as its column allows."""
    heights: dict[Item, float] = {
        item: BEND_HEIGHT if isinstance(item, Bend) else all_groups[item].height
        for column in flow.columns
        for item in column
    }
    joints = _joints(flow, all_groups, top)
    tops = dict.fromkeys(heights, 0.0)
    # First by their order alone, then to and fro.
    for sweep in range(PASSES):
        for column in flow.columns if sweep % 2 else flow.columns[::-1]:
            wanted = [_wanted(item, joints[item], tops) for item in column]
            tops |= dict(zip(column, spread(wanted, [heights[item] for item in column], ROW_GAP), strict=True))
    highest = min(tops.values(), default=0.0)
    places: dict[Item, Rect] = {}
    x = 0.0
    for column in flow.columns:
        width = max(all_groups[item].width for item in column if not isinstance(item, Bend))
        for item in column:
            own = width if isinstance(item, Bend) else all_groups[item].width
            places[item] = Rect(x, tops[item] - highest, own, heights[item])
        x += width + GAP
    return places


Joint = tuple[float, Item, float]


def _joints(flow: Flow, all_groups: Mapping[int, Group], top: Mapping[int, int]) -> dict[Item, list[Joint]]:
    """What each item is joined to: from how far below its own top, to what, and how far below the top of that."""
    joints: dict[Item, list[Joint]] = {item: [] for column in flow.columns for item in column}
    for edge, chain in flow.chains.items():
        left, right = edge[::-1] if edge in flow.back else edge
        below = {
            chain[0]: mouth(all_groups[top[left]].boxes[left]),
            chain[-1]: mouth(all_groups[top[right]].boxes[right]),
        }
        for one, other in pairwise(chain):
            here, there = (below.get(item, BEND_HEIGHT / 2) for item in (one, other))
            joints[one].append((here, other, there))
            joints[other].append((there, one, here))
    return joints


def _wanted(item: Item, joints: Sequence[Joint], tops: Mapping[Item, float]) -> float:
    return sum(tops[other] + there - here for here, other, there in joints) / len(joints) if joints else tops[item]


def _placed_alone(alone: Sequence[Group], places: Mapping[Item, Rect]) -> dict[Item, Rect]:
    """Below all others, row by row, those that nothing joins: each where the column is shortest."""
    if not alone:
        return {}
    width = max(group.width for group in alone) + GAP
    widest = max((place.right for place in places.values()), default=0.0)
    begin = max((place.bottom for place in places.values()), default=-2 * ROW_GAP) + 2 * ROW_GAP
    ends = [begin] * max(1, min(len(alone), max(ALONE_IN_A_ROW, int((widest + GAP) // width))))
    placed: dict[Item, Rect] = {}
    for group in alone:
        at = ends.index(min(ends))
        placed[group.key] = Rect(at * width, ends[at], group.width, group.height)
        ends[at] += group.height + ROW_GAP
    return placed


def mouth(box: Rect) -> float:
    """Where lines come and go: beside what the box says, above its parts."""
    return box.y + HEIGHT / 2


def _between(edge: Edge, flow: Flow, boxes: Mapping[int, Rect], places: Mapping[Item, Rect]) -> Line:
    is_back = edge in flow.back
    chain = [places[item] for item in flow.chains[edge]]
    source, target = boxes[edge[0]], boxes[edge[1]]
    if is_back:
        pen = Pen((source.x, mouth(source))).to((chain[-1].x, mouth(source)))
        for strip in chain[-2:0:-1]:
            pen.curve((strip.right, strip.centre)).to((strip.x, strip.centre))
        pen.curve((chain[0].right, mouth(target))).to((target.right, mouth(target)))
    else:
        pen = Pen((source.right, mouth(source))).to((chain[0].right, mouth(source)))
        for strip in chain[1:-1]:
            pen.curve((strip.x, strip.centre)).to((strip.right, strip.centre))
        pen.curve((chain[-1].x, mouth(target))).to((target.x, mouth(target)))
    return pen.line(*edge, is_back=is_back)


def _inside(edge: Edge, boxes: Mapping[int, Rect], parents: Mapping[int, int | None], border: float) -> Line:
    """Straight down to the part below; else in a bow beside the group."""
    source, target = boxes[edge[0]], boxes[edge[1]]
    if parents[edge[0]] == parents[edge[1]] and source.bottom + BETWEEN == target.y:
        return Pen((source.middle, source.bottom)).to((target.middle, target.y)).line(*edge)
    start, end = (source.right, mouth(source)), (target.right, mouth(target))
    out = border + BOW
    pen = Pen(start).bend((out, start[1]), (out, end[1]), end)
    return pen.line(*edge, is_back=end[1] < start[1])


def _framed(boxes: dict[int, Rect], lines: list[Line], taken: Sequence[Rect]) -> Map:
    width = max((place.right for place in taken), default=0.0)
    height = max((place.bottom for place in taken), default=0.0)
    return Map(width, height, boxes, lines)
