"""Pictures as plain numbers: where each box stands, and how each line runs. Pure; templates draw them as SVG."""

from knowledge.drawing.links import Link, LinksPicture, draw_links
from knowledge.drawing.process_map import Map, draw_map
from knowledge.drawing.shapes import Line, Rect
from knowledge.drawing.text import wrapped

__all__ = ["Line", "Link", "LinksPicture", "Map", "Rect", "draw_links", "draw_map", "wrapped"]
