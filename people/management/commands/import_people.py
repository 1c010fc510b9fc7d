import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.actions.import_people import import_people
from people.importing import read_table
from people.importing.failed import write_failed

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import people, or a history of their job titles or departments, from CSV. All of it or nothing, unless "
        "--best-effort. Importing the same file again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a CSV file whose first line names the columns")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
        parser.add_argument(
            "--best-effort",
            action="store_true",
            help="import the rows that are right, and write the others to FILE.failed.csv",
        )
        parser.add_argument("--report", type=Path, help="write what became of the rows to this JSON file")

    def handle(self, *args, file, dry_run, best_effort, report, **options):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        table = read_table(data)
        now = timezone.now()
        outcome = import_people(
            table,
            on=timezone.localdate(now),
            by=None,
            at=now,
            best_effort=best_effort,
            dry_run=dry_run,
            progress=self._progress,
        )
        if report:
            report.write_text(json.dumps(outcome.as_report(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        self._tell(outcome, file, dry_run)
        if outcome.problems and best_effort and table.kind and not dry_run:
            self._write_failed(file, table, outcome)
        if outcome.problems and not best_effort:
            sys.exit(1)

    def _progress(self, done, total):
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} rows", ending="\n" if done == total else "")

    def _tell(self, outcome, file, dry_run):
        would = "would be " if dry_run else ""
        counts = f"{outcome.created} {would}created, {outcome.changed} {would}changed, {outcome.unchanged} unchanged"
        self.stdout.write(f"{file}: {counts}, {outcome.failed} failed.")
        for problem in outcome.problems[:MOST_SHOWN]:
            named = f"{problem.column} “{problem.value}”: " if problem.column else ""
            self.stdout.write(f"  line {problem.line}: {named}{problem.reason}")
        if len(outcome.problems) > MOST_SHOWN:
            self.stdout.write(f"  … and {len(outcome.problems) - MOST_SHOWN} more; --report FILE has them all.")

    def _write_failed(self, file, table, outcome):
        target = file.with_name(f"{file.name}.failed.csv")
        with target.open("w", encoding="utf-8", newline="") as out:
            write_failed(out, table, outcome.problems)
        self.stdout.write(f"The rows that failed are in {target}: mend them there, and import that file.")
