"""A page as it is printed: A4, and of a brief one such page at most (docs/decisions/0009-one-page-by-typst.md)."""

from knowledge.layout.document import sheet_of
from knowledge.layout.typesetting import Layout, Sheet, as_pdf, as_pictures, measured


def layout_of(copy) -> Layout:
    """How much of its page a copy takes; how many pages, where it is more than one."""
    return measured(sheet_of(copy))


__all__ = ["Layout", "Sheet", "as_pdf", "as_pictures", "layout_of", "measured", "sheet_of"]
