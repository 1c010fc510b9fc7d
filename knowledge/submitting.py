"""In the editor: where four eyes are asked nobody publishes alone, and who wrote a change sees that they wait."""

from django.contrib import messages

from knowledge.models import KnowledgePage, Process


def submit_what_is_created(request, parent, page_class):
    if issubclass(page_class, KnowledgePage):
        _submit_instead(request, is_process=page_class is Process)


def submit_what_is_edited(request, page):
    if isinstance(page, KnowledgePage):
        _submit_instead(request, is_process=isinstance(page, Process), asks=page.asks_four_eyes)


def say_who_approves(request, page):
    task = page.current_workflow_task if request.method == "GET" and page.workflow_in_progress else None
    names = [name for name, *_ in task.get_actions(page, request.user)] if task else []
    if names and "approve" not in names:
        messages.info(request, "You wrote this change; someone else approves it.")


def offer_no_publishing(menu_items, request, context):
    page = context.get("page")
    if context["view"] != "create" and isinstance(page, KnowledgePage) and page.asks_four_eyes():
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]


def _submit_instead(request, *, is_process, asks=lambda: False):
    """What was to be published is submitted, so that nothing typed is lost by a refusal."""
    if request.method != "POST" or "action-publish" not in request.POST:
        return
    linked = [pk for pk in request.POST.getlist("processes") if pk.isdecimal()]
    own = is_process and bool(request.POST.get("four_eyes"))
    if own or Process.objects.filter(pk__in=linked, four_eyes=True).exists() or asks():
        said = request.POST.copy()
        del said["action-publish"]
        said["action-submit"] = "1"
        request.POST = said
        messages.info(request, "Its process asks for four eyes: it is submitted, and someone else approves it.")
