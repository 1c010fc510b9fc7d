"""A form that goes to actions: what HR's pages of this room and of those above it have in common."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView

from people.refusals import Refused


class ChangeForm(FormView):
    """A form whose data goes to actions, all in one transaction; what they refuse is said above the form."""

    template_name = "people/form.html"
    heading = ""
    button = ""
    everything = ""  # where the way back begins when the form is about nothing in particular

    def is_allowed(self, person) -> bool:
        """Deny by default."""
        return False

    def find(self):
        """Look up what the address names."""

    def about(self):
        """What the form is about, if it exists already."""

    def back(self) -> str:
        """The address to return to."""
        return "/"

    def act(self, data, *, by, at) -> str:
        """Do it, and say what was done."""
        raise NotImplementedError  # each form has its own

    def dispatch(self, request, *args, **kwargs):
        if not self.is_allowed(request.user):
            raise PermissionDenied
        self.find()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                done = self.act(form.cleaned_data, by=self.request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.back())

    def get_context_data(self, **kwargs):
        named = {name: getattr(self, name) for name in ("heading", "button", "everything")}
        return super().get_context_data(about=self.about(), back=self.back(), **named, **kwargs)
