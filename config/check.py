"""`make check`: everything that can be said of the code without running its tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# The deployment check is asked of the production settings.
PRODUCTION = {"CAIRN_HTTPS": "yes", "CAIRN_HOSTS": "cairn.example.org", "CAIRN_URL": "https://cairn.example.org"}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("lint", [f"{BIN}/ruff", "check", "."], {}),
    ("format", [f"{BIN}/ruff", "format", "--check", "--quiet", "."], {}),
    ("types", [f"{BIN}/mypy", "."], {}),
    ("layers", [f"{BIN}/lint-imports"], {}),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    ("deployment", [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("templates", [f"{BIN}/djlint", "--lint", "--quiet", "templates"], {}),
]

ADDRESS = re.compile(rb"--(extra-)?index-url|--find-links|file:/|https?://")


def main() -> int:
    failed = [name for name, command, env in CHECKS if not _passes(name, command, env)]
    if ADDRESS.search((ROOT / "requirements.lock").read_bytes()):
        print("requirements.lock names an address: run `make lock`.")
        failed.append("lock")
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll checks passed.")
    return 1 if failed else 0


def _passes(name: str, command: list[str], env: dict[str, str]) -> bool:
    print(f"— {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **env}).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
