"""What a record says of its own standing, in one of five words or none."""

import re

from knowledge.importing.dates import find_dates
from knowledge.importing.outline import plain
from knowledge.importing.vocabulary import PASSIVE, STATUS_OF, STATUSES, UNSPACED, fold

_RANK = {status: rank for rank, status in enumerate(STATUSES)}
_LONGEST = max(len(phrase.split()) for phrase in STATUS_OF)
_NOT_WORDS = re.compile(r"^[^\w]+|^\d[\d./-]*\W+(?=\D)")
_TICKED = re.compile(r"\s*(?:[-*+]\s*)?(?:\[[xX✓✔]\]|[☑☒✅✔])\s*(.+)")
_BOX = re.compile(r"\s*(?:[-*+]\s*)?(?:\[[ xX✓✔]\]|[☐☑☒])\s*\S")
_CHOICE = re.compile(r"\s*[|/]\s*|\s+(?:or|ou|oder|eller|of|o|или)\s+|\s*,\s*|\s*;\s*")
# A picture of the status, which its address spells: …/badge/status-accepted-green
_BADGE = re.compile(
    r"!\[(?:adr |decision )?status\]\([^()\s]{0,200}[-/_:](\w{3,20})-[a-z0-9]{3,20}(?:\.svg)?[^()]{0,100}\)", re.I
)
_STRUCK = re.compile(r"~~[^~]{1,200}~~")
_CHOSEN = re.compile(r"\*\*([^*|]{2,60})\*\*|__([^_|]{2,60})__|([\w ]{2,40})\s*[✅✔☑]")
_PREFIXED = re.compile(r"^(?:adr |decision )?(?:status|statut|estado|stato)\s*(?:is|:)\s*")


def status_of(value: str) -> str | None:
    """The status that a field or a status section states; None where it states none, or only a list to choose from."""
    lines = [_BADGE.sub(r"\1", line) for line in _STRUCK.sub("", value).splitlines() if line.strip()]
    if boxes := [line for line in lines if _BOX.match(line)]:
        return _ticked(boxes)
    if not lines or offers_choice(value):
        return _chosen(lines[0]) if lines else None
    stated = [status for line in lines[:40] if (status := _leading(line))]
    if "superseded" in stated or any(
        (match := PASSIVE.search(fold(line)))
        and (_leading(line) not in {None, "deprecated"} or UNSPACED.search(match[0]))
        for line in lines[:10]
    ):
        return "superseded"
    dated = [(dates[0], status) for line in lines[:40] if (dates := find_dates(line)) and (status := _leading(line))]
    if len(dated) > 1:
        return max(dated, key=lambda entry: entry[0])[1]
    return stated[0] if stated and _leading(lines[0]) else _within(lines[0]) or (stated[0] if stated else None)


def status_in_title(title: str) -> tuple[str | None, str]:
    """A status set before or after a title ("[Rejected] Use Rust", "Use Rust (superseded)"), and the title alone."""
    patterns = (
        r"^\s*[\[({]([^\])}]{3,40})[\])}]\s*[:–—-]?\s*(.+)$",
        r"^\s*([^\W\d_][\w ]{2,30}?)\s*(?::| [–—-] )\s*(.+)$",
        r"^(.+?)\s*[\[({]([^\])}]{3,40})[\])}]\s*$",
        r"^(.+?)\s+[–—-]\s+([^\W\d_][\w ]{2,30})$",
    )
    for index, pattern in enumerate(patterns):
        if match := re.match(pattern, title[:500]):
            words, rest = (match[1], match[2]) if index < 2 else (match[2], match[1])
            if status := _exactly(words):
                return status, rest
    return None, title


def _exactly(words: str) -> str | None:
    folded = fold(words)
    return STATUS_OF.get(folded) or ("superseded" if PASSIVE.match(folded) else None)


def _ticked(boxes: list[str]) -> str | None:
    """Of several boxes ticked, the one furthest in the life of a decision."""
    ticked = [_leading(match[1]) for line in boxes if (match := _TICKED.match(line))]
    return max((status for status in ticked if status), key=_RANK.__getitem__, default=None)


def offers_choice(value: str) -> bool:
    """Whether a field still offers statuses to choose from: "Accepted | Pending | Superseded by …", or one a line."""
    lines = [plain(line).strip(" >{}[]\"'-*+") for line in value.splitlines() if line.strip()]
    if len(lines) > 2 and len({status for line in lines[:8] if (status := _exactly(line))}) > 2:
        return True
    text = lines[0] if lines else ""
    offered = {status for word in _CHOICE.split(text) if (status := _leading(word))}
    apart = re.search(r"\||…|\s(?:or|ou|oder|eller|o|или)\s|\w ?/ ?\w", text)
    return len(offered) > 2 or (len(offered) > 1 and apart is not None and not PASSIVE.search(fold(text)))


def _chosen(line: str) -> str | None:
    """Of statuses to choose from, the only one that is set in bold or ticked."""
    chosen = {status for match in _CHOSEN.finditer(line) if (status := _leading(next(filter(None, match.groups()))))}
    return chosen.pop() if len(chosen) == 1 else None


def _words(line: str) -> str:
    text = fold(plain(line)).strip(" >{}[]()\"'")
    text = _PREFIXED.sub("", text)
    while (shorter := _NOT_WORDS.sub("", text)) != text:
        text = shorter
    return text


def _leading(line: str) -> str | None:
    """The status with which a line begins."""
    text = _words(line)
    if UNSPACED.search(text[:1]):
        return next((STATUS_OF[text[:size]] for size in range(8, 0, -1) if text[:size] in STATUS_OF), None)
    words = re.findall(r"[\w'-]+", text[:120])[:_LONGEST]
    for size in range(len(words), 0, -1):
        if status := STATUS_OF.get(" ".join(words[:size])):
            return status
    return None


def _within(line: str) -> str | None:
    """A status inside a sentence: "While this is marked accepted, we are still learning"."""
    text = fold(plain(line))
    match = re.search(
        r"\b(?:is|was|been|as|est|ist|er|es|e)\s+(?:now |currently |already |marked (?:as )?)?([\w-]+)", text
    )
    return STATUS_OF.get(match[1]) if match else None
