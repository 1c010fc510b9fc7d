from datetime import datetime

from django.db import transaction

from people.models import PeopleImport, Person
from people.refusals import Refused

MOST_BYTES = 20 * 1024 * 1024
WORKBOOK = b"PK\x03\x04"


@transaction.atomic
def upload_import(name: str, content: bytes, *, by: Person, at: datetime) -> PeopleImport:
    """Keep a file for its sender until they have seen what it would do."""
    if len(content) > MOST_BYTES:
        raise Refused("The file is larger than 20 MB. Split it, and send its parts one after another.")
    if content.startswith(WORKBOOK):
        raise Refused("This is a workbook. Save it as CSV, and send that.")
    return PeopleImport.objects.create(name=name[-200:], content=content, uploaded_by=by, uploaded_at=at)
