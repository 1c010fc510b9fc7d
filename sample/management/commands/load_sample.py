from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sample.actions import load_sample
from sample.reading import ContentRefused


class Command(BaseCommand):
    help = "Fill an empty house with the sample organisation and two years of its history."

    def handle(self, *args, **options):
        started = monotonic()
        try:
            loaded = load_sample(at=timezone.now(), progress=self._progress)
        except ContentRefused as problem:
            raise CommandError(f"The sample's files do not agree with each other:\n{problem}") from problem
        if loaded:
            self.stdout.write(f"Brisk and its two years are loaded ({monotonic() - started:.0f} s).")
        else:
            self.stdout.write("People work in this house already, so nothing was loaded.")

    def _progress(self, done, total):
        if done % 50 == 0 or done == total:
            self.stdout.write(f"{done * 100 // total:3d} % of the sample's two years")
