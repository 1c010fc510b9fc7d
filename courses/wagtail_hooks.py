from django.db.models import ForeignKey
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override

from courses.deleting import refuse_to_delete, refuse_to_delete_many
from courses.files import refuse_unopened, serve_piece
from courses.models import Question

hooks.register("before_delete_page", refuse_to_delete)
hooks.register("before_bulk_action", refuse_to_delete_many)
hooks.register("before_serve_document", refuse_unopened)
hooks.register("before_serve_document", serve_piece, order=1)  # once it may be served

# A question without a name is called by its course.
choices = {"queryset": Question.objects.select_related("course")}
register_form_field_override(ForeignKey, to=Question, override=choices)
