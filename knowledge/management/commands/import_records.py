import json
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from knowledge.actions.import_records import ImportRefused, import_records
from knowledge.importing import Kind
from knowledge.models import Process

ONE_LINE_EVERY = 100


class Command(BaseCommand):
    help = "Import a folder of decisions, briefs and lessons written in Markdown, reStructuredText or AsciiDoc."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH", type=Path, help="the folder")
        parser.add_argument("--kind", choices=["auto", *Kind], default="auto", help="what its files are")
        parser.add_argument("--process", metavar="SLUG", help="the process to which every new page is linked")
        parser.add_argument("--by", metavar="USERNAME", help="who imports")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write no page")
        parser.add_argument("--report", metavar="FILE.json", type=Path, help="where to write what became of each file")

    def handle(self, *, path, kind, process, by, dry_run, report, **options):
        _check_folder(path)
        person, processes = _person(by), _processes(process)
        _check_writable(report)
        try:
            outcome = import_records(
                path,
                kind=None if kind == "auto" else Kind(kind),
                processes=processes,
                dry_run=dry_run,
                by=person,
                at=timezone.now(),
                progress=self._show,
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        if report:
            report.write_text(json.dumps(outcome.as_report(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(_closing(outcome, report, dry_run=dry_run))
        if noted := sum(1 for line in outcome.lines if line["notes"]):
            self.stdout.write(_noted(noted, outcome, report))

    def _show(self, done, total):
        on_terminal = self.stderr.isatty()
        if on_terminal:
            self.stderr.write(f"\r{done} of {total} files", self._plain, ending="\n" if done == total else "")
            self.stderr.flush()
        elif done % ONE_LINE_EVERY == 0 or done == total:
            self.stderr.write(f"{done} of {total} files", self._plain)

    @staticmethod
    def _plain(text):
        return text


def _check_folder(path):
    if not path.is_dir():
        what = "is not a folder" if path.exists() else "does not exist"
        raise CommandError(f"{path} {what}. Give the folder that holds the records.", returncode=2)


def _person(username):
    person = get_user_model().objects.filter(username=username).first() if username else None
    if username and not person:
        raise CommandError(f"Nobody here has the user name {username}.", returncode=2)
    return person


def _processes(slug):
    processes = list(Process.objects.live().filter(slug=slug)) if slug else []
    if slug and not processes:
        raise CommandError(f"There is no published process with the slug {slug}.", returncode=2)
    return processes


def _check_writable(report):
    if report is None:
        return
    try:
        report.open("a").close()
    except OSError as error:
        raise CommandError(f"The report cannot be written to {report}: {error.strerror}.", returncode=2) from None


def _closing(outcome, report, *, dry_run):
    told = f" The reasons are in {report}." if report else " Use --report to see the reasons." if outcome.failed else ""
    would = "Nothing was written; this would happen: " if dry_run else ""
    return (
        f"{would}{outcome.imported} imported, {outcome.unchanged} unchanged, "
        f"{outcome.failed} not imported of {len(outcome.lines)} files.{told}"
    )


def _noted(noted, outcome, report):
    dangling = sum(len(line["dangling"]) for line in outcome.lines)
    where = f"{report} says what" if report else "Use --report to see what"
    kept = f"Of {noted} something is kept as text only, or a link leads nowhere"
    return f"{kept}; {dangling} name a record to replace, or to be replaced by, that is not here. {where}."
