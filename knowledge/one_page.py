"""That a brief is one page: how full it is, and the sentence that it is refused with."""

from knowledge.layout import Layout, layout_of
from knowledge.refusals import OverlongRefused

# Some ten pages: what is longer is over, and is not laid out to say by how much.
LONGEST = 50_000


def layout_of_brief(*, title, summary, body) -> Layout:
    """As the edition would be printed. What varies without its writer (names, dates, numbers) has a fixed place."""
    values = [("summary", "text", summary), ("body", "markdown", body)]
    parts = [{"name": name, "label": name.capitalize(), "kind": kind, "value": text} for name, kind, text in values]
    return layout_of({"number": "", "kind": "brief", "title": title, "parts": parts})


def overrun(*, title, summary, body) -> str:
    """Why it is refused; empty where it fits."""
    if len(body) > LONGEST:
        return f"This brief runs far over its page: it has {len(body):,} characters. Make several of it."
    return in_words(layout_of_brief(title=title, summary=summary, body=body))


def in_words(layout: Layout) -> str:
    if layout.fits:
        return ""
    lines = f"{layout.overflow_lines} line{'' if layout.overflow_lines == 1 else 's'}"
    return f"This brief runs over its page by about {lines} ({layout.percent - 100} %). Shorten it, or make two of it."


def refuse_overlong(page) -> None:
    if page.is_one_page and (why := overrun(title=page.title, summary=page.summary, body=page.body)):
        raise OverlongRefused(why)
