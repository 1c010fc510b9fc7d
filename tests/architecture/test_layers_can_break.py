"""The import layers fail when they are broken on purpose: a check that cannot fail is none."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

LINT = Path(sys.executable).parent / "lint-imports"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the code, without what the linter does not read."""
    copy = tmp_path_factory.mktemp("house")
    for room in settings.ROOMS:
        shutil.copytree(
            settings.BASE_DIR / room,
            copy / room,
            ignore=lambda folder, names: [n for n in names if not (Path(folder, n).is_dir() or n.endswith(".py"))],
        )
    shutil.copy(settings.BASE_DIR / "pyproject.toml", copy)
    return copy


def lint(house):
    return subprocess.run([LINT, "--no-cache"], cwd=house, capture_output=True, text=True)


def test_the_house_as_it_is_keeps_its_layers(house):
    result = lint(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("people/permissions.py", "import courses.models"),
        ("jobs/models.py", "import evidence.models"),
        ("search/apps.py", "import knowledge.models"),
        ("courses/grading.py", "import search.apps"),
        ("competence/models/proofs.py", "import competence.actions"),
    ],
)
def test_an_import_upward_is_found(house, where, what):
    file = house / where
    before = file.read_text()
    file.write_text(f"{what}\n{before}")
    try:
        result = lint(house)
    finally:
        file.write_text(before)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout
