from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, connection

from evidence import keys, notes, triggers
from evidence.keys import KeyMissing
from evidence.notes import KeyUnreadable, Verifier
from evidence.verification import Report, verify


class Command(BaseCommand):
    help = (
        "Check that nothing in the log was changed. Ends with 0: all good, 1: something was changed, 2: not verified."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--key", metavar="VKEY", help="verifier key (name+id+key) kept elsewhere than on this server"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verifier, why_not = self._verifier(options["key"])
        try:
            report = verify(verifier, self._progress if options["verbosity"] else lambda checked: None)
            unguarded = triggers.missing(connection)
        except Error as problem:
            self.stdout.write(f"NOT VERIFIED  The database cannot be read: {problem}")
            self.stdout.write("The log could not be verified.")
            raise SystemExit(2) from None
        if why_not:
            report.could_not(why_not)
        for name in unguarded:
            self.stderr.write(f"The database does not guard the log: the trigger {name} is missing or altered.")
        self._tell(report, verifier, given=bool(options["key"]))
        if report.exit_code:
            raise SystemExit(report.exit_code)

    def _verifier(self, text: str | None) -> tuple[Verifier | None, str]:
        try:
            return (notes.read_verifier(text) if text else keys.signer().verifier), ""
        except (KeyUnreadable, KeyMissing) as problem:
            return None, f"{problem} No signature was checked."

    def _progress(self, checked: int) -> None:
        self.stderr.write(f"{checked} entries checked")

    def _tell(self, report: Report, verifier: Verifier | None, *, given: bool) -> None:
        for finding in report.findings:
            self.stdout.write(f"CHANGED  {finding}")
        for check, count in report.more.items():
            self.stdout.write(f"CHANGED  … and {count} more like these: {check}")
        for sentence in report.not_verified:
            self.stdout.write(f"NOT VERIFIED  {sentence}")
        self.stdout.write(
            f"{report.size} entries in the log, {report.checkpoints} checkpoints, {report.samples} samples, "
            f"{report.erased} openings erased, {report.unsealed} entries not yet sealed."
        )
        if verifier:
            self.stdout.write(f"Signed by {verifier}" + ("" if given else " (read on this server)"))
        self.stdout.write("The log is not anchored: nobody but this server's administrator keeps a checkpoint of it.")
        verdicts = ["All is good.", "The log was changed.", "The log could not be verified."]
        self.stdout.write(verdicts[report.exit_code])
