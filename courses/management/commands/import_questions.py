import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.actions import import_questions
from courses.importing import AUTO, FORMATS

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import questions into the bank from GIFT, Moodle XML or CSV: a file, or all below a folder. "
        "Importing the same file again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH", type=Path, help="the file or folder")
        parser.add_argument("--format", choices=[AUTO, *FORMATS], default=AUTO, help="what the files are")
        parser.add_argument("--drafts", action="store_true", help="keep what is new as drafts, which no quiz asks")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--report", metavar="FILE.json", type=Path, help="where to write what became of each file")

    def handle(self, *, path, format, drafts, dry_run, report, **options):
        if not path.exists():
            raise CommandError(
                f"{path} does not exist. Give the file or folder that holds the questions.", returncode=2
            )
        _check_writable(report)
        outcome = import_questions(
            path,
            form=format,
            is_draft=drafts,
            dry_run=dry_run,
            by=None,
            at=timezone.now(),
            progress=self._progress,
        )
        if report:
            report.write_text(json.dumps(outcome.as_report(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self._tell(outcome, report, dry_run)

    def _progress(self, done, total):
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} files", ending="\n" if done == total else "")

    def _tell(self, outcome, report, dry_run):
        would = "Nothing was written; this would happen: " if dry_run else ""
        self.stdout.write(
            f"{would}{outcome.imported} imported, {outcome.unchanged} unchanged, {outcome.failed} not imported; "
            f"{outcome.not_read} of {len(outcome.files)} files are not read."
        )
        problems = [(file["file"], problem) for file in outcome.files for problem in file["problems"]]
        if report:
            self.stdout.write(f"What did not survive is in {report}.")
            return
        for file, problem in problems[:MOST_SHOWN]:
            place = f"{file}, line {problem['line']}" if problem["line"] else file
            named = f" “{problem['question']}”:" if problem["question"] else ":"
            self.stdout.write(f"  {place}{named} {problem['reason']}")
        if len(problems) > MOST_SHOWN:
            self.stdout.write(f"  … and {len(problems) - MOST_SHOWN} more; --report FILE.json has them all.")


def _check_writable(report):
    if report is None:
        return
    try:
        report.open("a").close()
    except OSError as error:
        raise CommandError(f"The report cannot be written to {report}: {error.strerror}.", returncode=2) from None
