"""Texts in the formats in which others keep them: as Markdown where Markdown is shown, else as plain words."""

from dataclasses import dataclass

from courses.importing.found import Notes, Unaskable
from courses.importing.html import DATA, looks_like_html, markdown_of, plain_of
from courses.importing.plain import markdown_of_plain

HTML, MARKDOWN, PLAIN, AUTO = "html", "markdown", "plain", "moodle"
FORMATS = (HTML, MARKDOWN, PLAIN, AUTO)
LONGEST = 100_000
# A line end that was written as such, in a format in which the ends of the file's own lines mean nothing.
BREAK = "\x00"


@dataclass(frozen=True)
class Text:
    text: str
    format: str = AUTO

    def markdown(self, notes: Notes) -> str:
        self._check()
        if self.format == MARKDOWN:
            return self.text.replace(BREAK, "\n").strip()
        if self.is_html:
            return markdown_of(self.text.replace(BREAK, "\n"), notes)
        breaks = markdown_of_plain(self.text.replace(BREAK, "\n")) if BREAK not in self.text else self._broken()
        return breaks.strip()

    def plain(self, notes: Notes) -> str:
        self._check()
        text = self.text.replace(BREAK, "\n")
        return plain_of(text, notes) if self.is_html else text.strip()

    @property
    def is_html(self) -> bool:
        return self.format == HTML or (self.format == AUTO and looks_like_html(self.text))

    def _broken(self) -> str:
        paragraphs = self.text.replace(BREAK * 2, "\n\n").split(BREAK)
        return "  \n".join(markdown_of_plain(part) for part in paragraphs)

    def _check(self) -> None:
        if len(self.text) > LONGEST and len(DATA.sub("", self.text)) > LONGEST:
            raise Unaskable(f"A text of it is longer than {LONGEST:,} characters.")
