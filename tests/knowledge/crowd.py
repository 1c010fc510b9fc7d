"""A large house, quickly: copies of a page as rows, not as publications."""

import uuid

from django.db import connection
from wagtail.models import Page

from knowledge.models import Edition, KnowledgePage


def stand_beside(like, count):
    """`count` published pages like this one in its section, each with an edition and the links that it has."""
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    ids = range(first, first + count)
    page = Page.objects.get(pk=like.pk)
    section = page.get_parent()
    next_child = Page.objects.filter(path__startswith=section.path, depth=page.depth).count() + 1
    Page.objects.bulk_create(_page(page, section, pk, next_child + place) for place, pk in enumerate(ids))
    Page.objects.filter(pk=section.pk).update(numchild=next_child - 1 + count)
    _insert(KnowledgePage, like, [{"page_ptr": pk, "number": f"{like.prefix}-{pk + 50_000}"} for pk in ids])
    _insert(type(like), like, [{"knowledgepage_ptr": pk} for pk in ids])
    edition = like.editions.current().get()
    Edition.objects.bulk_create(_edition(edition, pk) for pk in ids)
    links = KnowledgePage.processes.through
    process = like.processes.first()
    links.objects.bulk_create(links(knowledgepage_id=pk, process_id=process.pk) for pk in ids)


def _page(page, section, pk, place):
    copy = Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})
    copy.pk, copy.slug, copy.translation_key = pk, f"{page.slug}-{pk}", uuid.uuid4()
    copy.path = Page._get_path(section.path, page.depth, place)
    copy.url_path = f"{section.url_path}{copy.slug}/"
    copy.latest_revision = copy.live_revision = None
    return copy


def _edition(edition, pk):
    fields = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    return Edition(**{**fields, "id": None, "page_id": pk, "revision_id": None})


def _insert(model, like, rows):
    """The row of one model alone, which bulk_create refuses to write for a model with parents."""
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(
            sql,
            [
                [
                    field.get_db_prep_save(row.get(field.name, getattr(like, field.attname)), connection)
                    for field in fields
                ]
                for row in rows
            ],
        )
