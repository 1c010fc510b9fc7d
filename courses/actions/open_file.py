from django.db import transaction
from django.utils import timezone

from courses.facets import facets_for
from courses.models import CourseFile, FileOpened
from courses.prerequisites import check_prerequisites
from courses.progress import check_open
from courses.stages import Stage
from evidence.actions import record
from people.models import Person


@transaction.atomic
def open_file(file: CourseFile, *, by, at) -> FileOpened:
    """Once for each content that the file has had."""
    day = timezone.localdate(at)
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    check_prerequisites(file.course, by, on=day)
    check_open(file.course, by, Stage.FILES, on=day)
    told = {"title": file.document.title, "at": at}
    opened, is_new = FileOpened.objects.get_or_create(
        person=by, course=file.course, step=file.key, file_hash=file.document.get_file_hash(), defaults=told
    )
    if is_new:
        record(
            "courses.file_opened",
            by=by,
            at=at,
            key=f"courses.file_opened:{opened.pk}",
            subject=by,
            facts={"course_id": file.course_id, "title": opened.title, "sha1": opened.file_hash},
            facets=facets_for(by.pk, file.course, on=day),
        )
    return opened
