from wagtail import hooks

from courses.deleting import refuse_to_delete, refuse_to_delete_many

hooks.register("before_delete_page", refuse_to_delete)
hooks.register("before_bulk_action", refuse_to_delete_many)
