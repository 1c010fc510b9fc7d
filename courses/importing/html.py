"""HTML that others wrote, as Markdown for a text and as plain words for an option. What cannot come along is noted."""

import re
from html.parser import HTMLParser

import nh3

from courses.importing.found import Notes, Unaskable
from courses.importing.plain import at_start, escaped

INLINE = {"sub", "sup", "u", "s", "del", "ins", "mark", "small", "kbd", "samp", "var", "abbr", "q", "cite"}
EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
BLOCKS = {"p", "div", "dl", "dt", "dd", "details", "summary", "caption", "tr", "thead", "tbody", "tfoot"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Kept as the HTML that they are.
AS_IS = {"table", "dl", "details"}
CELLS = {"td", "th"}
TAGS = {*INLINE, *EMPHASIS, *BLOCKS, *HEADINGS, *AS_IS, *CELLS}
TAGS |= {"a", "img", "br", "hr", "code", "pre", "ul", "ol", "li", "blockquote"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto"}
EMPTY = {"br", "hr", "img"}
DEEPEST = 30
# A line end inside code, until all else has been laid out.
KEPT = "\x00"
INNER_LINE = re.compile(f"([\n{KEPT}])(?=[^\n])")
IN_LIST = r"\g<1>    "

MEDIA = re.compile(r"<(audio|video|iframe|object|embed|svg|canvas)\b", re.IGNORECASE)
ACTIVE = re.compile(r"<(script|form|input|button|select|textarea)\b|\son\w{1,30}\s*=|javascript:", re.IGNORECASE)
STYLED = re.compile(r"<[a-z][^<>]{0,2000}\bstyle\s*=|<font\b", re.IGNORECASE)
LOOKS = re.compile(
    r"</(p|div|b|i|em|strong|span|ul|ol|li|code|pre|table|sub|sup|u|a|h[1-6])\s*>|<(br|img)\b", re.IGNORECASE
)


# A picture in the text itself, be it of megabytes.
DATA = re.compile(r"data:[\w/+.\-]{1,100};base64,[A-Za-z0-9+/=\s]*", re.ASCII)


def looks_like_html(text: str) -> bool:
    return bool(LOOKS.search(text))


def markdown_of(html: str, notes: Notes) -> str:
    return _laid_out(_Markdown(notes), html, notes)


def plain_of(html: str, notes: Notes) -> str:
    return _laid_out(_Plain(notes), html, notes)


def _laid_out(writer: "_Writer", html: str, notes: Notes) -> str:
    _note_what_is_left_out(html, notes)
    writer.feed(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None))
    writer.close()
    lines = writer.text().split("\n")
    # Two spaces break a line, but not at the end of a paragraph.
    text = "\n".join(
        line if after.strip() else line.rstrip() for line, after in zip(lines, [*lines[1:], ""], strict=True)
    )
    return re.sub(r"\n{3,}", "\n\n", text).replace(KEPT, "\n").strip()


def _note_what_is_left_out(html: str, notes: Notes) -> None:
    for kind in {found.lower() for found in MEDIA.findall(html)}:
        notes.add(f"Embedded content ({kind}) is left out.")
    if ACTIVE.search(html):
        notes.add("Scripts, forms and other active content are left out.")
    if STYLED.search(html):
        notes.add("Colours, fonts and other styling of the text are left out.")


class _Writer(HTMLParser):
    """Of HTML that nh3 has made well-formed. Each open element gathers its own text."""

    def __init__(self, notes: Notes):
        super().__init__(convert_charrefs=True)
        self.notes = notes
        self.open: list[tuple[str, dict, list[str]]] = [("", {}, [])]

    def handle_starttag(self, tag, attrs):
        if tag in EMPTY:
            self.put(self.empty(tag, {name: value or "" for name, value in attrs}))
            return
        if len(self.open) > DEEPEST:
            raise Unaskable(f"Its HTML is nested in more than {DEEPEST} levels.")
        self.open.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag):
        if len(self.open) > 1 and self.open[-1][0] == tag:
            _, attributes, pieces = self.open.pop()
            self.put(self.closed(tag, attributes, "".join(pieces)))

    def handle_data(self, data):
        self.put(self.words(data))

    def put(self, text):
        self.open[-1][2].append(text)

    def within(self, tags) -> bool:
        return any(tag in tags for tag, _, _ in self.open)

    def text(self) -> str:
        while len(self.open) > 1:
            self.handle_endtag(self.open[-1][0])
        return "".join(self.open[0][2])

    def picture(self, attributes) -> str:
        name = attributes.get("src", "").rpartition("/")[2][:80]
        named = "" if not name or name.startswith("data:") or ";base64" in attributes.get("src", "") else f" {name}"
        self.notes.add(f"A picture{named} is left out; what it shows is told by its words alone.")
        return attributes.get("alt", "")

    def empty(self, tag, attributes) -> str:
        raise NotImplementedError

    def closed(self, tag, attributes, text) -> str:
        raise NotImplementedError

    def words(self, data) -> str:
        raise NotImplementedError


class _Plain(_Writer):
    def empty(self, tag, attributes):
        return self.picture(attributes) if tag == "img" else "\n"

    def closed(self, tag, attributes, text):
        if tag in EMPHASIS or tag in INLINE or tag == "a":
            self.notes.add("Bold, links and other formatting of an answer are left out: an answer is plain text.")
        if tag == "sup" and text.strip():
            return f"^{text}"
        if tag == "pre":
            return f"\n{text.strip(KEPT)}\n"
        if tag == "li":
            return f"\n- {text.strip()}\n"
        return f"\n{text}\n" if tag in BLOCKS | AS_IS | {"ul", "ol", "blockquote"} or tag in HEADINGS else text

    def words(self, data):
        return data.replace("\n", KEPT) if self.within({"pre"}) else re.sub(r"\s+", " ", data)

    def text(self):
        return "\n".join(filter(None, (line.strip(" ") for line in super().text().split("\n"))))


class _Markdown(_Writer):
    def empty(self, tag, attributes):
        if self.within(AS_IS):
            return f"<{tag}>" if tag != "img" else escaped(self.picture(attributes))
        if tag == "br":
            return KEPT if self.within({"pre"}) else "  \n"
        if tag == "hr":
            return "\n\n---\n\n"
        if attributes.get("src", "").startswith(("http:", "https:")):
            return f"![{escaped(attributes.get('alt', ''))}]({_address(attributes['src'])})"
        return escaped(self.picture(attributes))

    def closed(self, tag, attributes, text):
        if tag in AS_IS or self.within(AS_IS):
            spans = "".join(f' {name}="{value}"' for name, value in attributes.items() if value.isdigit())
            inner = f"<{tag}{spans}>{text}</{tag}>"
            return inner if self.within(AS_IS) else f"\n\n{inner}\n\n"
        if tag in INLINE:
            return f"<{tag}>{text}</{tag}>" if text.strip() else text
        if tag in EMPHASIS:
            return self._emphasised(EMPHASIS[tag], tag, text)
        return getattr(self, f"_{'heading' if tag in HEADINGS else tag}", self._block)(tag, attributes, text)

    def words(self, data):
        if self.within({"pre", "code"}) and not self.within(AS_IS):
            return data.replace("\n", KEPT)
        if self.within(AS_IS):
            return data.replace("&", "&amp;").replace("<", "&lt;").replace("\n\n", "\n")
        text = escaped(re.sub(r"\s+", " ", data))
        begun = "".join(self.open[-1][2])
        return at_start(text.lstrip()) if not begun.strip() or begun.endswith("\n") else text

    def _block(self, tag, attributes, text):
        return f"\n\n{text.strip(' ')}\n\n"

    def _emphasised(self, mark, tag, text):
        inner = text.strip()
        if not inner or "\n\n" in inner:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        begun = "".join(self.open[-1][2])
        if (begun and not begun[-1].isspace()) or inner.endswith(("\\", "*")) or inner.startswith("*"):
            return f"{before}<{tag}>{inner}</{tag}>{after}"
        return f"{before}{mark}{inner}{mark}{after}"

    def _heading(self, tag, attributes, text):
        words = " ".join(text.split())
        said = words.rstrip("#")
        marks = len(words) - len(said)
        closing = "\\#" * marks if not said.endswith("\\") else "#" + "\\#" * (marks - 1)
        return f"\n\n{'#' * HEADINGS[tag]} {said}{closing if marks else ''}\n\n" if words else ""

    def _a(self, tag, attributes, text):
        address = _address(attributes.get("href", ""))
        return f"[{' '.join(text.split())}]({address})" if address and text.strip() else text

    def _code(self, tag, attributes, text):
        if self.within({"pre"}) or not text.strip():
            return text
        ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        space = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{ticks}{space}{text.replace(KEPT, ' ').strip()}{space}{ticks}"

    def _pre(self, tag, attributes, text):
        fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        return f"\n\n{fence}{KEPT}{text.strip(KEPT)}{KEPT}{fence}\n\n"

    def _ul(self, tag, attributes, text):
        return f"\n\n{text.strip()}\n\n" if not self.within({"li"}) else f"\n{text.strip()}\n"

    _ol = _ul

    def _li(self, tag, attributes, text):
        mark = "1." if self.open[-1][0] == "ol" else "-"
        text = re.sub(r"\n{2,}", "\n\n", text.strip())
        return f"{mark} {INNER_LINE.sub(IN_LIST, text)}\n"

    def _blockquote(self, tag, attributes, text):
        quoted = re.sub(f"([\n{KEPT}])", r"\g<1>> ", re.sub(r"\n{2,}", "\n\n", text.strip()))
        return f"\n\n> {quoted}\n\n"


def _address(address: str) -> str:
    """Empty where Markdown would take it for something else."""
    address = address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return "" if re.search(r"[\s<>]", address) or "@@" in address else address
