from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from knowledge.deleting import refuse_alias, refuse_to_delete, refuse_to_delete_many
from knowledge.sending import refuse_overlong_many
from knowledge.submitting import offer_no_publishing, say_who_approves, submit_what_is_created, submit_what_is_edited
from knowledge.writing import all_kinds_to_write

hooks.register("before_delete_page", refuse_to_delete)
hooks.register("before_bulk_action", refuse_to_delete_many)
hooks.register("before_bulk_action", refuse_overlong_many)
hooks.register("before_copy_page", refuse_alias)
hooks.register("before_create_page", submit_what_is_created)
hooks.register("before_edit_page", submit_what_is_edited)
hooks.register("before_edit_page", say_who_approves)
hooks.register("construct_page_action_menu", offer_no_publishing)


class WritePanel(Component):
    """Where one begins to write, without looking for the section that it will stand in."""

    order = 50  # above what waits for approval
    template_name = "knowledge/admin/write_panel.html"

    def get_context_data(self, parent_context):
        return {"kinds": all_kinds_to_write(), "csrf_token": parent_context["csrf_token"]}


@hooks.register("construct_homepage_panels")
def offer_to_write(request, panels):
    panels.append(WritePanel())


@hooks.register("register_admin_menu_item")
def lead_back_to_reading():
    return MenuItem("Back to reading", "/", name="back-to-reading", icon_name="arrow-left", order=1)


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request, items):
    items[:] = [item for item in items if not item.name.startswith("whats-new")]
