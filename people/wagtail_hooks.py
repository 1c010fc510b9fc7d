"""People are added, changed and withdrawn by actions that leave an entry, on pages of their own; not in the admin."""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks

from people.models import Person


@hooks.register("before_create_user")
def add_people_on_their_own_page(request):
    messages.info(request, "People are added here, so that it is recorded who added them.")
    return redirect("people:add")


@hooks.register("before_edit_user")
def change_people_on_their_own_page(request, user):
    messages.info(request, "People are changed here, so that it is recorded who changed what.")
    return redirect("people:person", pk=user.pk)


@hooks.register("before_delete_user")
def withdraw_people_instead_of_deleting(request, user):
    messages.info(request, "People are not deleted: what they did stays true. Record their last day instead.")
    return redirect("people:person", pk=user.pk)


@hooks.register("before_bulk_action", order=-1)  # before those that take everything for a page
def change_people_one_by_one(request, action_type, objects, action_class_instance):
    if not any(isinstance(one, Person) for one in objects):
        return None
    messages.info(request, "People are changed one by one, so that it is recorded who changed what.")
    return redirect("people:list")
