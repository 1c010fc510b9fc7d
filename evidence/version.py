import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def app_version() -> str:
    with (Path(settings.BASE_DIR) / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]
