"""What a question says, checked, and as bytes that anyone can hash again."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from courses.models import QuestionVersion
from people.refusals import Refused


@dataclass(frozen=True)
class Choice:
    text: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Content:
    kind: str
    stem: str
    explanation: str
    options: tuple[Choice, ...]

    @classmethod
    def of(cls, kind: str, stem: str, explanation: str, options: Iterable[tuple[str, bool, str]]) -> "Content":
        choices = tuple(Choice(text.strip(), bool(is_right), feedback.strip()) for text, is_right, feedback in options)
        return cls(str(kind), stem.strip(), explanation.strip(), choices)

    @classmethod
    def of_version(cls, version: QuestionVersion) -> "Content":
        options = version.options.values_list("text", "is_right", "feedback")
        return cls.of(version.kind, version.stem, version.explanation, options)

    def canonical(self, nonce: str) -> bytes:
        """The nonce keeps the hash, which stands in the open log, from telling by trial which options are right."""
        text = json.dumps(asdict(self) | {"nonce": nonce}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return b"cairn/question/v1\n" + text.encode()

    def sha256(self, nonce: str) -> str:
        return hashlib.sha256(self.canonical(nonce)).hexdigest()

    def check(self) -> None:
        if self.kind not in QuestionVersion.Kind.values:
            raise Refused("The question is neither single nor multiple choice. Choose one of the two.")
        if not self.stem:
            raise Refused("The question has no text. Write what is asked.")
        self._check_options()
        right = sum(option.is_right for option in self.options)
        if self.kind == QuestionVersion.Kind.SINGLE and right != 1:
            raise Refused(f"A single-choice question has exactly one right option. This one has {right}.")
        if self.kind == QuestionVersion.Kind.MULTIPLE and not right:
            raise Refused("A multiple-choice question has at least one right option. Mark one.")

    def _check_options(self) -> None:
        texts = [option.text for option in self.options]
        if len(texts) < 2:
            raise Refused("A question has at least two options. Add one.")
        if not all(texts):
            raise Refused("An option has no text. Write it, or leave the option out.")
        if len(set(texts)) < len(texts):
            raise Refused("Two options say the same. Change one of them.")
