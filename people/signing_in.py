from django.contrib.auth.backends import ModelBackend
from django.utils import timezone


class WhoWorksHere(ModelBackend):
    """Asked at every request: whoever's last day is over is a stranger, also where no job has closed their sign-in."""

    def user_can_authenticate(self, user):
        has_left = user.last_day is not None and user.last_day < timezone.localdate()
        return super().user_can_authenticate(user) and not has_left
