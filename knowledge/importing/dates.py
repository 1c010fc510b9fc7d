"""Dates as people write them. What cannot be a date is none, never a guess."""

import datetime as dt
import re

from knowledge.importing.vocabulary import fold

_MONTHS = (
    "january jan janvier januar januari enero janeiro gennaio tammikuu stycznia января",
    "february feb fevrier fev februar februari febrero fevereiro febbraio helmikuu lutego февраля",
    "march mar mars marz maart marzo marco maaliskuu marca марта",
    "april apr avril avr abril aprile huhtikuu kwietnia апреля",
    "may mai mei mayo maio maggio maj toukokuu maja мая",
    "june jun juin juni junio junho giugno kesakuu czerwca июня",
    "july jul juillet juil juli julio julho luglio heinakuu lipca июля",
    "august aug aout augustus agosto augusti elokuu sierpnia августа",
    "september sep sept septembre septiembre setembro settembre syyskuu wrzesnia сентября",
    "october oct octobre oktober okt octubre outubro ottobre lokakuu pazdziernika октября",
    "november nov novembre noviembre novembro marraskuu listopada ноября",
    "december dec decembre dezember dez desember des diciembre dezembro dicembre joulukuu grudnia декабря",
)
_MONTH_OF = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "(" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"

_YEAR = r"((?:19|20)\d\d)"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
# Each pattern, and where in it year, month and day stand.
_PATTERNS = (
    (re.compile(rf"(?<![\d-]){_YEAR}[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d|-\d)"), (1, 2, 3)),
    (re.compile(rf"(?<!\d){_YEAR}(\d\d)(\d\d)(?!\d)"), (1, 2, 3)),
    (re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]"), (1, 2, 3)),
    (re.compile(rf"(?<!\d){_ORDINAL}\s?(?:of |de )?[-\s]?{_NAME},?\s?(?:de |del )?[-\s]?{_YEAR}(?!\d)"), (3, 2, 1)),
    (re.compile(rf"\b{_NAME}\s?{_ORDINAL},?\s?{_YEAR}(?!\d)"), (3, 1, 2)),
    (re.compile(rf"(?<!\d){_YEAR},?[-\s]{_NAME}[-\s]?{_ORDINAL}(?!\d)"), (1, 2, 3)),
)
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d\d)(?![\d/]|[.-]\d)")


def find_dates(text: str, *, day_first: bool = True) -> list[dt.date]:
    """Every whole date in a text, in the order of its lines. `day_first` reads 8/1/24 as the eighth of January."""
    found = []
    for line in text.splitlines():
        words = fold(line[:4000])
        places = [
            (match.start(), _date(match, order)) for pattern, order in _PATTERNS for match in pattern.finditer(words)
        ]
        places += [(match.start(), _numeric(match, day_first=day_first)) for match in _NUMERIC.finditer(words)]
        found += [date for _, date in sorted(places, key=lambda place: place[0]) if date]
    return found


def leans_to_month_first(text: str) -> int:
    """How many dates of a text only make sense as m/d/y, less those that only do as d/m/y."""
    pairs = [(int(match[1]), int(match[3])) for match in _NUMERIC.finditer(text) if match[2] == "/"]
    return sum(second > 12 >= first for first, second in pairs) - sum(first > 12 >= second for first, second in pairs)


_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")


def date_in_name(name: str) -> dt.date | None:
    """The date that a file or folder name begins with."""
    match = _IN_NAME.match(name)
    return _valid(int(match[1]), int(match[2]), int(match[3])) if match else None


def _date(match: re.Match, order: tuple[int, int, int]) -> dt.date | None:
    year, month, day = (match[place] for place in order)
    return _valid(int(year), _MONTH_OF.get(month) or int(month), int(day))


def _numeric(match: re.Match, *, day_first: bool) -> dt.date | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 100 else 0
    # A stroke may be either; a dot or a dash with the year last is d.m.y wherever it is used.
    month_first = (match[2] == "/" and not day_first) or second > 12
    day, month = (second, first) if month_first and first <= 12 else (first, second)
    return _valid(year, month, day)


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
