import datetime as dt
from typing import Any

from knowledge.exchange.records import Malformed


class Values:
    """What stands above the text, each asked for by what it must be; what is not asked for is left."""

    def __init__(self, values: dict[str, Any]):
        self._values = values
        self._asked: set[str] = set()

    @classmethod
    def of(cls, name: str, values: Any) -> "Values":
        if not isinstance(values, dict):
            raise Malformed(f"Each of “{name}” must be a set of fields.")
        return cls(values)

    def left(self) -> tuple[str, ...]:
        return tuple(str(key) for key in self._values if key not in self._asked)

    def text(self, key: str) -> str:
        value = self._get(key, "")
        if not isinstance(value, str):
            raise Malformed(f"“{key}” must be a text.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key, ())
        values = [value] if isinstance(value, str) and value else value or []
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise Malformed(f"“{key}” must be a list of texts.")
        return tuple(values)

    def lines(self, key: str) -> str:
        value = self._get(key, "")
        return value if isinstance(value, str) else "\n".join(self.texts(key))

    def items(self, key: str) -> list[Any]:
        value = self._get(key, []) or []
        if not isinstance(value, list):
            raise Malformed(f"“{key}” must be a list.")
        return value

    def mapping(self, key: str) -> dict[str, Any]:
        value = self._get(key, {}) or {}
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            raise Malformed(f"“{key}” must be a set of fields.")
        return value

    def number(self, key: str, default: int) -> int:
        text = self.text(key)
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Malformed(f"“{key}” must be a whole number.")
        return int(text) if text else default

    def flag(self, key: str, default: bool = False) -> bool:
        text = self.text(key).lower()
        if text not in ("", "true", "false", "yes", "no"):
            raise Malformed(f"“{key}” must be true or false.")
        return text in ("true", "yes") if text else default

    def date(self, key: str) -> dt.date | None:
        text = self.text(key)
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise Malformed(f"“{key}” must be a day such as 2026-03-31.") from None

    def _get(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        return self._values.get(key, default)
