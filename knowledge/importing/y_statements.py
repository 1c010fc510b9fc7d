"""A decision in one sentence: "In the context of …, facing …, we decided for …, to achieve …, accepting …"."""

import re

from knowledge.importing.headings import CONSEQUENCES, CONTEXT, OUTCOME
from knowledge.importing.outline import plain
from knowledge.importing.records import Option
from knowledge.importing.sections import has_words, joined

# Where a clause begins, a mark of a list or of emphasis before its words belongs to it.
_BEFORE = r"(?:^[ \t]*(?:[-*+]|\d+[.)])[ \t]+)?[*_]{0,3}"
_LANGUAGES = (
    (
        r"\bin the context of\b",
        r"\bfacing\b",
        r"\b(?:we|i|it was)\s+(?:have\s+)?(?:decided?|chose|choose|opted)\b(?:\s+(?:for|on|to use|to))?",
        r"\b(?:and\s+)?(?:neglected|rejected|(?:decided\s+)?against|not)\b",
        r"\b(?:in order )?to achieve\b|\bbecause\b",
        r"\b(?:and\s+)?accepting\b",
    ),
    (
        r"\bim (?:kontext|rahmen|zusammenhang) (?:von|des|der|mit)\b",
        r"\b(?:angesichts|mit (?:dem|der) (?:anforderung|problem|herausforderung)|konfrontiert mit|"
        r"unter ber.cksichtigung)\b",
        r"\b(?:haben wir uns|entschieden wir uns|entscheiden wir uns)\b(?:\s+f.r)?",
        r"\b(?:und\s+)?(?:gegen|verwarfen|verworfen)\b",
        r"\bum\b|\bweil\b",
        r"\b(?:und\s+)?(?:akzeptieren(?:d)?|nehmen|wobei wir)\b",
    ),
    (
        r"\bdans le contexte d",
        r"\b(?:face|confront.s?)\s+(?:.|aux?)\b",
        r"\bnous (?:avons )?(?:d.cid.(?:ons)?|choisi(?:ssons)?|opt.(?:ons)?)\b(?:\s+(?:pour|d[e']))?",
        r"\b(?:et\s+)?(?:.cart.|rejet.|contre)\b",
        r"\bpour (?:obtenir|atteindre)\b|\bafin d|\bparce qu",
        r"\b(?:et\s+)?en acceptant\b",
    ),
    (
        r"\b(?:en el|no) contexto d",
        r"\b(?:frente a|ante|enfrentando|diante d[aeo])\b",
        r"\b(?:decidimos|optamos|elegimos|escolhemos)\b(?:\s+(?:por|usar))?",
        r"\b(?:y|e)\s+(?:descartamos|rechazamos|rejeitamos|contra)\b",
        r"\b(?:para (?:lograr|conseguir|alcan.ar|obtener))\b|\bporque\b",
        r"\b(?:y\s+|e\s+)?(?:aceptando|aceitando)\b",
    ),
)
_PATTERNS = [
    tuple(re.compile(_BEFORE + f"(?:{pattern})", re.I | re.M) for pattern in patterns) for patterns in _LANGUAGES
]
LONGEST = 6000


def clauses(text: str) -> tuple[str, str, str, str, str] | None:
    """Context, outcome, consequences, the option chosen and those neglected; None where it is no such sentence."""
    for context, facing, decided, neglected, achieve, accepting in _PATTERNS:
        if not (opening := context.search(text[:LONGEST])) or not (
            pressed := facing.search(text, opening.end(), LONGEST)
        ):
            continue
        if not (choice := decided.search(text, pressed.end(), LONGEST)):
            continue
        accepted = accepting.search(text, choice.end(), LONGEST)
        end = accepted.start() if accepted else len(text)
        aim = achieve.search(text, choice.end(), end)
        aside = neglected.search(text, choice.end(), aim.start() if aim else end)
        stop = aim.start() if aim else end
        picked = text[choice.end() : aside.start() if aside else stop]
        passed = text[aside.end() : stop] if aside else ""
        return text[: choice.start()], text[choice.start() : end], text[end:], _name(picked), _name(passed)
    return None


def _name(words: str) -> str:
    return re.sub(r"^[\W_]+|[^\w)]+$", "", re.sub(r"[,;\s]+(?:and|und|et|y|e)\s*$", "", plain(" ".join(words.split()))))


def statement_in(text: str) -> tuple[str, str, str] | None:
    """The one paragraph that is such a sentence, with what stands above and below it."""
    pieces = re.split(r"(\n[ \t]*\n)", text)
    for index, piece in enumerate(pieces[::2]):
        if len(piece) <= LONGEST and clauses(piece):
            return "".join(pieces[: 2 * index]), piece, "".join(pieces[2 * index + 1 :])
    return None


def told_in(text: str) -> tuple[dict[str, str], tuple[Option, ...], str] | None:
    """Fields, options and what is left over of a text whose only decision is such a sentence."""
    found = statement_in(text)
    told = clauses(found[1]) if found else None
    if found is None or told is None:
        return None
    above, _, below = found
    context, outcome, consequences, picked, passed = told
    options = [Option(name, is_chosen=chosen) for name, chosen in ((picked, True), (passed, False)) if name]
    if any(len(option.title) > 250 for option in options):
        options = []
    texts = {CONTEXT: context.rstrip(), OUTCOME: outcome.rstrip(), CONSEQUENCES: consequences.strip()}
    rest = "\n\n".join(part for part in (joined(above.split("\n")), joined(below.split("\n"))) if has_words(part))
    return {name: value for name, value in texts.items() if has_words(value)}, tuple(options), rest
