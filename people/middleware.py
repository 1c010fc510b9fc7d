from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

# The admin's own pages for signing in and for a new password are not among them: there is one door.
OPEN_TO_STRANGERS = {
    "sign-in",
    "password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
    "wagtailadmin_javascript_catalog",
    "calendar:feed",  # for programs that cannot sign in: its address is a secret
    "certificates:find",
    "certificates:check",  # to whoever was given the code
}


class SignInRequired:
    """Strangers are sent to the sign-in page before anything else is said, also where there is no page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated or _is_open(request.path_info):
            return self.get_response(request)
        address = f"{reverse('sign-in')}?{urlencode({'next': _where_to_return(request)})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return redirect(address)


def _is_open(path):
    try:
        return resolve(path).view_name in OPEN_TO_STRANGERS
    except Resolver404:
        return False


def _where_to_return(request):
    """The page that was asked for; for what was sent from a page (a form, a fragment), that page."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(came_from)
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
