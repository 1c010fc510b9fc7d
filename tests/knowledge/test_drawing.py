"""The pictures, as what must hold of any of them."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drawing import Link, Rect, draw_links, draw_map, wrapped
from knowledge.drawing.layers import against_the_flow, columns_of, spread
from knowledge.drawing.nesting import parents_of
from knowledge.drawing.process_map import BOW

KEYS = st.lists(st.integers(1, 40), unique=True, max_size=25)


@st.composite
def houses(draw):
    """Any processes, any of them part of any (even of what is not there, or in a circle), any feeding any."""
    keys = draw(KEYS)
    some = st.sampled_from(keys) if keys else st.nothing()
    part_of = {key: draw(st.one_of(st.none(), st.integers(1, 45))) for key in keys}
    feeds = draw(st.lists(st.tuples(some, some), max_size=40)) if keys else []
    return keys, part_of, feeds


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def holds(outer: Rect, inner: Rect) -> bool:
    return outer.x < inner.x and inner.right < outer.right and outer.y < inner.y and inner.bottom < outer.bottom


def on_edge(box: Rect, point) -> bool:
    x, y = point
    beside = x in (box.x, box.right) and box.y <= y <= box.bottom
    return beside or (y in (box.y, box.bottom) and box.x <= x <= box.right)


def above(key, parents):
    while parents[key] is not None:
        key = parents[key]
        yield key


@given(houses())
def test_no_two_boxes_overlap_but_a_part_stands_inside_its_whole(house):
    keys, part_of, _ = house
    boxes, parents = draw_map(*house).boxes, parents_of(keys, part_of)
    assert list(boxes) == keys
    for one, other in combinations(keys, 2):
        if one in above(other, parents):
            assert holds(boxes[one], boxes[other])
        elif other in above(one, parents):
            assert holds(boxes[other], boxes[one])
        else:
            assert not overlap(boxes[one], boxes[other])


@given(houses())
def test_every_line_begins_at_the_edge_of_one_box_and_ends_at_that_of_the_other(house):
    picture = draw_map(*house)
    for line in picture.lines:
        assert on_edge(picture.boxes[line.source], line.start)
        assert on_edge(picture.boxes[line.target], line.end)
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", line.path)]
        assert numbers[:2] == pytest.approx(list(line.start), rel=1e-4)
        assert numbers[-2:] == pytest.approx(list(line.end), rel=1e-4)


@given(houses())
def test_nothing_is_drawn_outside_the_picture(house):
    picture = draw_map(*house)
    left, top, width, height = (float(number) for number in picture.view_box.split())
    for line in picture.lines:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", line.path)]
        assert all(left <= x <= left + width + BOW for x in numbers[::2])
        assert all(top <= y <= top + height for y in numbers[1::2])


@given(houses())
def test_every_feeding_is_drawn_once_but_what_nesting_shows(house):
    keys, part_of, feeds = house
    parents = parents_of(keys, part_of)
    nested = {
        (one, other) for one, other in feeds if one in {other, *above(other, parents)} or other in above(one, parents)
    }
    drawn = [(line.source, line.target) for line in draw_map(*house).lines]
    assert sorted(drawn) == sorted(set(feeds) - nested)


@given(houses())
def test_the_same_house_is_drawn_the_same(house):
    assert draw_map(*house) == draw_map(*house)


@given(houses())
def test_all_stands_within_the_picture(house):
    picture = draw_map(*house)
    for box in picture.boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= picture.width
        assert box.bottom <= picture.height


@given(KEYS, st.data())
def test_without_the_edges_against_the_flow_each_leads_to_a_later_column(keys, data):
    some = st.sampled_from(keys) if keys else st.nothing()
    edges = data.draw(st.lists(st.tuples(some, some), max_size=30, unique=True)) if keys else []
    back = against_the_flow(keys, edges)
    onward = [edge for edge in edges if edge not in back]
    column = columns_of(keys, onward, room=3)
    assert column.keys() == set(keys)
    assert all(column[source] < column[target] for source, target in onward)
    assert all(list(column.values()).count(at) <= 3 for at in column.values())


def test_only_what_closes_a_circle_runs_against_the_flow():
    assert against_the_flow([1, 2, 3], [(1, 2), (2, 3), (1, 3)]) == set()
    assert len(against_the_flow([1, 2, 3], [(1, 2), (2, 3), (3, 1)])) == 1


def test_a_chain_runs_from_left_to_right():
    boxes = draw_map([3, 1, 2], {}, [(1, 2), (2, 3)]).boxes
    assert boxes[1].right < boxes[2].x
    assert boxes[2].right < boxes[3].x


def test_lines_that_need_not_cross_do_not():
    boxes = draw_map([1, 2, 3, 4], {}, [(1, 4), (2, 3)]).boxes
    assert (boxes[1].y < boxes[2].y) == (boxes[4].y < boxes[3].y)


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 90)), max_size=12))
def test_what_is_spread_keeps_its_order_and_its_distance(items):
    wanted, heights = [want for want, _ in items], [height for _, height in items]
    tops = spread(wanted, heights, 7)
    for (top, height), after in zip(zip(tops, heights, strict=True), tops[1:], strict=False):
        assert after - top >= height + 7 - 1e-6


def test_what_has_room_stands_where_it_wants():
    assert spread([0, 50, 200], [10, 10, 10], 5) == [0, 50, 200]


@given(st.integers(0, 6), st.integers(0, 6), st.booleans())
def test_the_small_picture_holds_its_own_box_and_each_other_apart(before, after, is_narrow):
    links = [Link(key, "Cites", key <= before) for key in range(1, before + after + 1)]
    picture = draw_links(links, own=99, is_narrow=is_narrow)
    boxes = [picture.own, *picture.boxes.values()]
    assert picture.boxes.keys() == {link.key for link in links}
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert all(box.x >= 0 and box.right <= picture.width and box.y >= 0 for box in boxes)
    assert all(box.bottom <= picture.height for box in boxes)
    assert len(picture.lines) == len(links)


@given(st.text(), st.integers(1, 3))
def test_a_wrapped_text_has_no_more_lines_than_asked_and_loses_nothing_unsaid(text, lines):
    done = wrapped(text, width=120, size=14, lines=lines)
    assert len(done) <= lines
    assert "…" in "".join(done) or "".join(done).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Ship", ["Ship"]),
        ("Release firmware and app", ["Release", "firmware and", "app"]),
        ("Care for whoever bought a band from us or from a shop", ["Care for", "whoever", "bought a ba…"]),
        ("Donaudampfschifffahrtsgesellschaft", ["Donaudamp…"]),
    ],
)
def test_long_titles_are_wrapped_and_cut(text, lines):
    assert wrapped(text, width=100, size=14, lines=3) == lines
