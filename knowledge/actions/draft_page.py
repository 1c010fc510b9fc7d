from django.db import transaction

from knowledge.actions.place_page import place_page


@transaction.atomic
def draft_page(page_class, *, title, by, at, **fields):
    """A new page that is not live, with its first revision. `fields` are as place_page takes them."""
    page = place_page(page_class, title=title, by=by, at=at, **fields)
    page.save_revision(user=by, clean=False)
    return page
