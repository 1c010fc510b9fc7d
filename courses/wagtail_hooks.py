from wagtail import hooks

from courses.deleting import refuse_to_delete, refuse_to_delete_many
from courses.files import refuse_unopened, serve_piece

hooks.register("before_delete_page", refuse_to_delete)
hooks.register("before_bulk_action", refuse_to_delete_many)
hooks.register("before_serve_document", refuse_unopened)
hooks.register("before_serve_document", serve_piece, order=1)  # once it may be served
