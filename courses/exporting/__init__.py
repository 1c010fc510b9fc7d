"""Writers of questions for elsewhere. Pure. Each question is read back before it is given out: it comes back as the
same, or what is lost is listed, or it is left out and named."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.exporting import gift, moodle_xml, table
from courses.exporting.losses import cleaned
from courses.importing.found import Found, Notes, Problem, Unaskable
from courses.importing.gift import GIFT
from courses.importing.moodle_xml import MOODLE_XML
from courses.importing.reading import read_file
from courses.importing.table import CSV

WRITERS = {GIFT: gift, MOODLE_XML: moodle_xml, CSV: table}
SUFFIXES = {GIFT: ".gift", MOODLE_XML: ".xml", CSV: ".csv"}


@dataclass(frozen=True)
class Written:
    """`written` reads back as just these; `problems`: what is not as it was, and who is not among them."""

    text: str
    written: tuple[Found, ...]
    problems: tuple[Problem, ...]


def write(questions: Iterable[Found], form: str) -> Written:
    writer = WRITERS[form]
    written: list[Found] = []
    problems: list[Problem] = []
    for place, found in enumerate(questions, 1):
        notes = Notes()
        try:
            said = writer.sayable(cleaned(found, notes), notes)
            if not _reads_back(writer.document([said]), form, said):
                raise Unaskable("It is left out: read back, it would be another question.")
        except Unaskable as reason:
            problems.append(Problem(found.label, place, str(reason)))
            continue
        written.append(said)
        problems += [Problem(found.label, place, note) for note in notes]
    return Written(writer.document(written), tuple(written), tuple(problems))


def _reads_back(text: str, form: str, said: Found) -> bool:
    try:
        return read_file(text.encode(), "", form).found == (said,)
    except UnicodeEncodeError:
        return False
