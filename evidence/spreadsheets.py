"""Cells of a CSV that no spreadsheet takes for a formula."""

import re

# OWASP's list with the full-width forms, also behind spaces, quotes and separators, which a spreadsheet may strip.
_FORMULA = re.compile(r"""^[\s"';,\u00a0\ufeff\u3000]*[=+\-@|%＝＋－＠]|^[\t\r\n]""")


def harmless(value) -> str:
    """A value whose first character, as a spreadsheet sees it, starts nothing. The mark before it is an apostrophe."""
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text
