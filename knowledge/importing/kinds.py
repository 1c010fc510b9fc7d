"""Whether a file is a decision, a lesson, a brief, or no record at all."""

import re

from knowledge.importing.fields import Fields, part_of
from knowledge.importing.outline import LOWEST, Heading, Outline, plain
from knowledge.importing.records import Kind
from knowledge.importing.statuses import offers_choice, status_of
from knowledge.importing.titles import (
    folder_of,
    is_index_name,
    is_numbered,
    is_placeholder,
    name_of,
    stem_of,
)
from knowledge.importing.vocabulary import DATE, LESSON_PARTS, LESSON_TITLE, STATUS, fold, words_of

_TEMPLATE_WORDS = words_of("""
    template templates modele vorlage mal plantilla modelo sjabloon mall skabelon szablon шаблон
    テンプレート 模板 템플릿""")
# What may stand beside "template" in the name of a file that is one.
_BESIDE = words_of("""
    adr adrs madr nygard dr rfc architecture architectural decision decisions record records short long bare minimal
    full simple en fr es it no nl pt example default new blank the a an our of for de d da la incident report
    postmortem post mortem meeting lesson lessons learned yyyymmdd arkitekturbeslutning entscheidung architektur""")
_TELLING = {"context", "decision", "consequences", "options"}
_Y_STATEMENT = re.compile(
    r"\bin the context of\b.{1,600}\bfacing\b.{1,600}\b(?:we )?(?:decided|decide|chose)\b", re.S | re.I
)
_SUPPORTING = re.compile(
    r"^(?:glossary|appendix|annex|attachment|change ?log|contributing|notice|licen[cs]e|code.of.conduct|"
    r"glossaire|glossar|ordliste|anhang|annexe|security|authors|maintainers|codeowners)\b"
)
_FILL_IN = re.compile(
    r"\{[^{}\n%]{3,300}\}|\[(?:describe|list|short|title|option|name|example|the|what|why|argument)[^\]\n]{2,300}\](?!\()"
    r"|<(?:describe|list|short|title|option|name|insert|the|what|why)[^>\n]{2,300}>|\byyyy-mm-dd\b|\bdd/mm/yyyy\b",
    re.I,
)


def no_record_because(file: str, fields: Fields, outline: Outline) -> str | None:
    """Why a file is no record of any kind, or None."""
    if not any(line.strip() for line in outline.lines):
        return "The file is empty."
    if _is_template(file, fields, outline):
        return "This is a template to be filled in, not a record."
    if _is_supporting(file):
        return "This accompanies records (a glossary, a licence, a change log); it is not one."
    if _is_stub(fields, outline):
        return "This is a stub: it has a title and nothing else."
    if _is_redirect(outline):
        return "This only points to another page."
    return None


def decision_parts(outline: Outline) -> set[str]:
    """The parts of a decision that headings open by their first words."""
    return {part for heading in outline.headings if (part := part_of(heading.text))} & _TELLING


def _telling_parts(outline: Outline) -> set[str]:
    """The parts of a decision that headings name outright: "Decision", but not "Decision process"."""
    marked = [heading for heading in outline.headings if heading.level <= LOWEST]
    headings = marked if len(marked) > 2 else outline.headings
    return {part for heading in headings if (part := part_of(heading.text, outright=True))} & _TELLING


def evident_kind(file: str, title: str, fields: Fields, outline: Outline) -> Kind | None:
    """The kind that a file shows by itself; None where only its company can tell."""
    telling = _telling_parts(outline)
    stated = any(status_of(value) for value in fields.get(STATUS, []))
    if is_index_name(file) and not is_folder_record(file):
        return None
    if _is_lesson(title, outline) and not {"context", "decision", "consequences"} <= telling:
        return Kind.LESSON
    if _is_decision(file, telling, stated=stated) or _Y_STATEMENT.search("\n".join(outline.lines[:80])):
        return Kind.DECISION
    return None


def _is_decision(file: str, telling: set[str], *, stated: bool) -> bool:
    if "decision" in telling and len(telling) > 1:
        return True
    if stated and ("decision" in telling or len(telling) > 1):
        return True
    named = bool(re.match(r"(?:m?adr|dr|pdr|tdr)[-_ ]?\d", stem_of(file), re.I))
    return named or (is_numbered(file) and ("decision" in telling or (stated and bool(telling))))


def _is_lesson(title: str, outline: Outline) -> bool:
    headings = {fold(re.sub(r"^[\W\d_]+|[:?\s]+$", "", plain(heading.text))) for heading in outline.headings}
    told = len(headings & LESSON_PARTS)
    return told >= 3 or (told >= 1 and bool(LESSON_TITLE.search(fold(title))))


def is_index(file: str, outline: Outline) -> bool:
    """A page that is named as one, or that does nothing but list others."""
    return (is_index_name(file) and not is_folder_record(file)) or is_list_of_links(outline)


def is_folder_record(file: str) -> bool:
    """Whether a README or index stands for its folder, which is named as records are."""
    return is_index_name(file) and bool(folder_of(file)) and is_numbered(file) and bool(name_of(file).words)


def is_list_of_links(outline: Outline) -> bool:
    lines = [line.strip() for line in outline.lines if line.strip() and not line.lstrip().startswith(("#", "=", ".."))]
    linked = [
        line
        for line in lines
        if re.match(r"(?:[-*+|>]|\d+[.)])?\s*(?:\[[ x]\]\s*)?(?:\[[^\]]+\]\(|<?https?://|<li|<a )", line)
    ]
    return len(linked) >= 3 and len(linked) >= 0.8 * len(lines)


def _is_template(file: str, fields: Fields, outline: Outline) -> bool:
    words = [word for word in re.split(r"[^\w]+|_+|\d+", fold(stem_of(file))) if word]
    kept = [word for word in words if word not in _TEMPLATE_WORDS]
    if len(kept) < len(words) and all(word in _BESIDE or re.fullmatch(r"x+|n+|adrx+|drx+", word) for word in kept):
        return True
    stated = [value for value in fields.get(STATUS, []) if status_of(value)]
    offered = any(offers_choice(value) for value in fields.get(STATUS, [])) and not stated
    if offered and any(_TEMPLATE_WORDS & set(re.findall(r"\w+", fold(h.text))) for h in outline.headings[:1]):
        return True
    to_fill_in = len(_FILL_IN.findall("\n".join(outline.lines)[:100_000]))
    return _title_to_fill_in(outline) and (offered or to_fill_in > 3)


def _title_to_fill_in(outline: Outline) -> bool:
    tops: list[Heading] = [heading for heading in outline.headings if heading.level == 1][:2] or list(
        outline.headings[:1]
    )
    return any(is_placeholder(plain(heading.text)) for heading in tops)


def _is_supporting(file: str) -> bool:
    return bool(_SUPPORTING.match(fold(stem_of(file)).replace("_", " ").replace("-", " ")))


def _is_stub(fields: Fields, outline: Outline) -> bool:
    marked = {line for heading in outline.headings for line in range(heading.line, heading.below)}
    words = [line for index, line in enumerate(outline.lines) if line.strip(" -=~`") and index not in marked]
    return not words and not fields.get(STATUS) and not fields.get(DATE)


def _is_redirect(outline: Outline) -> bool:
    words = " ".join(line for line in outline.lines if line.strip())
    return len(words) < 400 and bool(
        re.search(
            r"http-equiv=.refresh|\b(?:this|the) (?:page|document|file|content)\b.{0,40}"
            r"\b(?:has )?(?:been )?(?:moved|migrated) to\b",
            words,
            re.I,
        )
    )
