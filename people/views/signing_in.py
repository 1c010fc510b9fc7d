from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.urls import reverse


class SignIn(LoginView):
    """The one door. Wagtail sends whoever may not enter its admin here, also those who are signed in already."""

    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        wants_admin = self.get_redirect_url().startswith(reverse("wagtailadmin_home"))
        if wants_admin and request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
