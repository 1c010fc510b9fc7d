"""The one place that speaks to Typst. It is given bytes and reads no other file; the template imports no package."""

import json
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

import typst
from django.core.cache import cache as kept

HERE = Path(__file__).resolve().parent
DAY = 24 * 60 * 60
# Where packages would be looked for: nowhere.
NOWHERE = "/dev/null"


@dataclass(frozen=True)
class Sheet:
    """What is drawn: a document as JSON can hold it, and the bytes of its pictures by the name that it calls them."""

    document: dict[str, Any]
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Of what is drawn and of how it is drawn: the same key, the same page."""
        digest = sha256(_template())
        digest.update(json.dumps(self.document, sort_keys=True).encode())
        for name in sorted(self.pictures):
            digest.update(name.encode() + sha256(self.pictures[name]).digest())
        return digest.hexdigest()


@dataclass(frozen=True)
class Layout:
    pages: int
    fill: float  # of one page: 1.0 is exactly full
    overflow_mm: float
    overflow_lines: int

    @property
    def fits(self) -> bool:
        return self.pages == 1

    @property
    def percent(self) -> int:
        """Rounded so that what fits is never said to be over, nor the other way round."""
        return min(100, ceil(self.fill * 100 - 1e-6)) if self.fits else max(101, ceil(self.fill * 100))


def measured(sheet: Sheet) -> Layout:
    key = f"layout:{sheet.key}"
    layout = kept.get(key)
    if layout is None:
        layout = _with(sheet, _layout)
        kept.set(key, layout, DAY)
    return layout


def as_pdf(sheet: Sheet) -> bytes:
    key = f"pdf:{sheet.key}"
    pdf = kept.get(key)
    if pdf is None:
        pdf = _with(sheet, lambda compiler: compiler({}).compile(format="pdf"))
        kept.set(key, pdf, DAY)
    return pdf


def as_pictures(sheet: Sheet, *, ppi=110) -> list[bytes]:
    """Each page as a PNG, to look at."""
    pages = _with(sheet, lambda compiler: compiler({}).compile(format="png", ppi=ppi))
    return pages if isinstance(pages, list) else [pages]


def _layout(compiler) -> Layout:
    told = json.loads(compiler({"asked": "height"}).query("<height>", field="value", one=True))
    over = told["height"] - told["capacity"]
    if over <= 0:
        return Layout(pages=1, fill=told["height"] / told["capacity"], overflow_mm=0.0, overflow_lines=0)
    pages = json.loads(compiler({}).query("<pages>", field="value", one=True))
    return Layout(
        pages=max(2, pages),
        fill=told["height"] / told["capacity"],
        overflow_mm=round(over, 1),
        overflow_lines=ceil(over / told["line"]),
    )


def _with(sheet: Sheet, ask):
    try:
        return ask(_compiler(sheet.document, sheet.pictures))
    except typst.TypstError:
        if not sheet.pictures:
            raise
        # A picture that cannot be read is shown by its description, as on the page itself.
        return ask(_compiler(_described(sheet.document), {}))


def _compiler(document, pictures):
    """For each question a compiler of its own: one that was given its files answers once."""
    # Typst is given text alone, so that a picture comes as the list of its bytes.
    drawn = {name: json.dumps(list(content)).encode() for name, content in pictures.items()}
    files = {"main.typ": _template(), "data.json": json.dumps(document).encode(), **drawn}
    given = {"root": str(HERE), "package_path": NOWHERE, "package_cache_path": NOWHERE}

    def asked(inputs: dict[str, str]):
        return typst.Compiler(files, font_paths=_fonts(), sys_inputs=inputs, **given)  # type: ignore[arg-type]

    return asked


def _described(value):
    if isinstance(value, list):
        return [_described(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("k") == "picture":
        return {"k": "p", "c": [{"k": "em", "c": [value["alt"]]}]}
    return {name: _described(one) for name, one in value.items()}


@cache
def _template() -> bytes:
    return (HERE / "brief.typ").read_bytes()


@cache
def _fonts():
    """Typst's own, and those of the system for the scripts that they lack. Read once: it takes longer than a page."""
    return typst.Fonts()
