from django.core.management.base import BaseCommand, CommandError

from search.actions import reconcile_index
from search.engine.folder import IndexBusy


class Command(BaseCommand):
    help = "Compare the search index with the database, and mend what differs. (update_index builds it anew.)"

    def handle(self, *args, **options):
        try:
            found = reconcile_index(progress=self.show)
        except IndexBusy as busy:
            raise CommandError(f"{busy} Try again when it is done.") from busy
        self.stdout.write(
            f"\rLooked at {found.looked_at} objects: {found.missing} were missing, {found.changed} had changed, "
            f"{found.surplus} were no longer there. The index is in step."
        )

    def show(self, done: int, total: int) -> None:
        self.stdout.write(f"\r{done} of {total}", ending="")
        self.stdout.flush()
