from collections.abc import Mapping

from django.db import transaction

from people.models import PeopleImport
from people.refusals import Refused


@transaction.atomic
def map_import(sent: PeopleImport, mapping: Mapping[str, str]) -> None:
    """Say which column of the file is which field: {field: title}."""
    if not PeopleImport.objects.filter(pk=sent.pk, started_at=None).update(mapping=dict(mapping)):
        raise Refused("The import has begun. Send the file again to read its columns otherwise.")
