"""From bytes to text, or the reason why not."""

import codecs

# Three times the largest record met in 27 organisations (300 kB). A longer text is no page that anyone reads,
# and rendering its Markdown would hold up a request for seconds.
LARGEST = 1_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Text may hold tabs, line ends, form feeds and escapes; of other control characters one in a hundred is too many.
_CONTROLS = [chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\f\x1b"]
_MANY = 0.01


class Unreadable(ValueError):
    """A file that is no text, with the reason."""


def decode(data: bytes, *, largest: int = LARGEST) -> str:
    """The text, with its line ends made one kind."""
    if len(data) > largest:
        raise Unreadable(f"The file is larger than {largest // 1000} kB, the most that one may hold.")
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable("The file holds null bytes, so it is no text.")
    if sum(map(text.count, _CONTROLS)) > len(text) * _MANY:
        raise Unreadable("The file is binary, though its name says text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "cp1252")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("The file is neither UTF-8, UTF-16 nor Windows-1252 text. Save it as UTF-8.") from None
