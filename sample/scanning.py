"""A certificate on paper, as a scanner would give it: one page of lines as PDF. Pure."""

from collections.abc import Iterable

# A5, in points.
WIDTH, HEIGHT = 420, 298
SIZE, LEADING, LEFT, TOP = 14, 30, 48, 240
OBJECTS = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>"
    % (WIDTH, HEIGHT),
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
)


def scan(lines: Iterable[str]) -> bytes:
    """Letters that its font does not have are left out of the paper, as they are from many."""
    page = b"BT /F %d Tf %d TL %d %d Td %s ET" % (SIZE, LEADING, LEFT, TOP, b" ".join(map(_line, lines)))
    objects = [*OBJECTS, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page)]
    paper, places = b"%PDF-1.4\n", []
    for number, told in enumerate(objects, start=1):
        places.append(len(paper))
        paper += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(paper))
    return paper + table + trailer


def _line(text: str) -> bytes:
    for mark in "\\()":
        text = text.replace(mark, "\\" + mark)
    return b"(%s) Tj T*" % text.encode("cp1252", "ignore")
