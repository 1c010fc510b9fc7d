from django.db import transaction

from knowledge.shelves import section_for


@transaction.atomic
def place_page(page_class, *, title, by, at, section=None, processes=(), experts=(), tags=(), **fields):
    """A new page on the shelf of its kind, not live and without a revision: its publication makes the first."""
    section = section or section_for(page_class.shelf)
    page = page_class(
        title=title, owner=by, live=False, latest_revision_created_at=at, locale_id=section.locale_id, **fields
    )
    # Each that is set, even to nothing, is read back when the page is saved.
    if processes:
        page.processes = list(processes)
    if experts:
        page.experts = list(experts)
    if tags:
        page.tags.add(*tags)
    section.add_child(instance=page)
    return page
