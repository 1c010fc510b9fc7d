"""Django's own views: the names without a namespace, by which Django and Wagtail look for them."""

from django.contrib.auth import views
from django.urls import path, reverse_lazy

from people.forms import PasswordResetForm
from people.views.signing_in import SignIn

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.LogoutView.as_view(), name="sign-out"),
    path(
        "password/",
        views.PasswordChangeView.as_view(success_url=reverse_lazy("password_change_done")),
        name="password_change",
    ),
    path("password/changed/", views.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("password/forgotten/", views.PasswordResetView.as_view(form_class=PasswordResetForm), name="password_reset"),
    path("password/forgotten/sent/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("password/new/<uidb64>/<token>/", views.PasswordResetConfirmView.as_view(), name="password_reset_confirm"),
    path("password/new/done/", views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
]
