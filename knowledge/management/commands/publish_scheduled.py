"""Takes the place of Wagtail's command of the same name, which publishes outside any transaction."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from knowledge import actions


class Command(BaseCommand):
    help = "Publish what is scheduled and unpublish what has expired, each in a transaction of its own."

    def handle(self, *args, **options):
        failed = actions.publish_due(at=timezone.now())
        if failed:
            raise CommandError(
                f"{failed} could not be published or unpublished; the log says why. They stay scheduled."
            )
