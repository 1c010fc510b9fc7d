import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.exporting import SUFFIXES, write
from courses.importing import FORMATS
from courses.models import Question
from courses.transfer import carried


class Command(BaseCommand):
    help = "Export the questions of the bank and of courses as GIFT, Moodle XML or CSV, and list what does not survive."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="where to write them")
        parser.add_argument("--format", choices=FORMATS, help="told by the ending of FILE where not given")
        parser.add_argument("--category", help="only questions of this category and of those below it")
        parser.add_argument("--course", metavar="SLUG", help="only the questions of this course's own quiz")
        parser.add_argument("--report", metavar="FILE.json", type=Path, help="where to write what does not survive")

    def handle(self, *, file, format, category, course, report, **options):
        form = format or next((form for form, suffix in SUFFIXES.items() if file.suffix.lower() == suffix), None)
        if form is None:
            raise CommandError(
                f"{file} does not tell the format. Give --format, one of {', '.join(FORMATS)}.", returncode=2
            )
        found, left_out = carried(_questions(category, course))
        written = write(found, form)
        problems = [*left_out, *written.problems]
        try:
            file.write_text(written.text, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.", returncode=2) from None
        if report:
            listed = {"exported": len(written.written), "problems": [vars(problem) for problem in problems]}
            report.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(written.written)} questions are in {file}. {len(problems)} problems:")
        for problem in problems:
            self.stdout.write(f"  “{problem.question}”: {problem.reason}")


def _questions(category, course):
    questions = Question.objects.all()
    if course:
        questions = questions.filter(course__slug=course)
    if category:
        path = category.strip("/")
        questions = questions.filter(category=path) | questions.filter(category__startswith=f"{path}/")
    return questions
