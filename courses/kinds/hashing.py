"""A question as bytes that anyone can hash again."""

import hashlib
import json
from typing import Any

from courses.kinds.choices import Choice, MultipleChoice
from courses.kinds.content import Content

# What was written before there were kinds but single and multiple choice was hashed in its own form.
FIRST, LATEST = 1, 2


def sha256_of(content: Content, nonce: str, scheme: int = LATEST) -> str:
    return hashlib.sha256(canonical(content, nonce, scheme)).hexdigest()


def canonical(content: Content, nonce: str, scheme: int = LATEST) -> bytes:
    """The nonce keeps the hash, which stands in the open log, from telling by trial which answers are right."""
    said = _first(content) if scheme == FIRST else _latest(content)
    text = json.dumps(said | {"nonce": nonce}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"cairn/question/v{scheme}\n".encode() + text.encode()


def _latest(content: Content) -> dict[str, Any]:
    said = {"kind": content.kind, **content.as_json()}
    # Left out unless it is so: what was written before options could be Markdown is hashed as it was.
    if not said.get("has_markdown"):
        said.pop("has_markdown", None)
    return said


def _first(content: Content) -> dict[str, Any]:
    if not isinstance(content, Choice) or (isinstance(content, MultipleChoice) and not content.is_whole):
        raise ValueError(f"A question of kind {content.kind} was never written in the first form.")
    options = [
        {"text": option.text, "is_right": option.worth > 0, "feedback": option.feedback} for option in content.options
    ]
    return {"kind": content.kind, "stem": content.stem, "explanation": content.explanation, "options": options}
