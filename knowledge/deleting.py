"""Delete in the admin: what has been published is evidence, so it is withdrawn instead."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from knowledge.models import Edition


def refuse_to_delete(request, page):
    """A redirect with the reason where `page`, or one below it, has been published; None where it may be deleted."""
    kept = _published(page)
    if kept is None:
        return None
    if kept.page_id == page.pk:
        messages.error(request, f"{kept.title} has been published, so it is kept as evidence. Withdraw it instead.")
        return redirect("knowledge:withdraw", page.pk)
    messages.error(
        request, f"“{kept.title}” stands below this page and has been published, so both are kept. Withdraw it instead."
    )
    return redirect(reverse("wagtailadmin_explore", args=[page.pk]))


def refuse_to_delete_many(request, action_type, objects, action):
    if action_type != "delete":
        return None
    return next((response for page in objects if (response := refuse_to_delete(request, page))), None)


def refuse_alias(request, page):
    """An alias would show a text without an edition of its own."""
    if request.method == "POST" and request.POST.get("alias"):
        messages.error(request, "A page of this house stands in one place. Link to it, or copy it as a new page.")
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


def _published(page):
    editions = Edition.objects.without_content().filter(page__path__startswith=page.path)
    return editions.order_by("page__path", "-number").first()
