"""The sections that every house has, and where to find them."""

from knowledge.models import Section

# slug: (title, what stands there)
SHELVES = {
    "processes": ("Processes", "What this house does, step by step, and who answers for it."),
    "briefs": ("Briefs", "What one must know about one thing, on one page."),
    "decisions": ("Decisions", "What was decided, when, by whom and why."),
    "lessons": ("Lessons", "What happened, why, and what was changed for it."),
    "courses": ("Courses", "How it is learned, and shown."),
}


def section_for(name) -> Section:
    """The section of that slug: "processes", "briefs", "decisions", "lessons" or "courses"."""
    return Section.objects.get(slug=name)
