from django.db import transaction

from knowledge.shelves import section_for


@transaction.atomic
def draft_page(page_class, *, title, by, at, section=None, processes=(), experts=(), tags=(), **fields):
    """A new page that is not live, on the shelf of its kind, with its first revision."""
    page = page_class(title=title, owner=by, live=False, latest_revision_created_at=at, **fields)
    page.processes = list(processes)
    page.experts = list(experts)
    page.tags.add(*tags)
    (section or section_for(page_class.shelf)).add_child(instance=page)
    page.save_revision(user=by, clean=False)
    return page
