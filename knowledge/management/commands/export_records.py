import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from knowledge.actions.export_records import ExportRefused, export_records
from knowledge.exchange.shapes import SHELVES

ONE_LINE_EVERY = 100


class Command(BaseCommand):
    help = "Export what is in force as Markdown, which import_records brings back to the same thing."

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH", type=Path, help="a folder that is empty, or of an earlier export")
        parser.add_argument("--section", choices=sorted(SHELVES), help="only this section")
        parser.add_argument("--report", metavar="FILE.json", type=Path, help="where to write what was left out")

    def handle(self, *, path, section, report, **options):
        if report and report.resolve().is_relative_to(path.resolve()):
            raise CommandError(f"Write the report outside {path}: it would be taken for a record’s file.", returncode=2)
        try:
            export = export_records(path, section=section, progress=self._show)
            if report:
                text = json.dumps(export.as_report(), ensure_ascii=False, indent=1)
                report.write_text(f"{text}\n", encoding="utf-8")
        except ExportRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        except OSError as error:
            raise CommandError(f"{error.filename or path} cannot be written: {error.strerror}.", returncode=2) from None
        where = f" {report} says what was left out." if report else " Use --report to see what was left out."
        self.stdout.write(f"{len(export.lines)} exported to {path}.{where}")

    def _show(self, done, total):
        on_terminal = self.stderr.isatty()
        if on_terminal:
            self.stderr.write(f"\r{done} of {total} pages", self._plain, ending="\n" if done == total else "")
            self.stderr.flush()
        elif done % ONE_LINE_EVERY == 0 or done == total:
            self.stderr.write(f"{done} of {total} pages", self._plain)

    @staticmethod
    def _plain(text):
        return text
