import os
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent


def test_the_backend_passes_modelsearchs_own_tests():
    run = subprocess.run(
        [sys.executable, "-m", "django", "test", "conformance.suite", "--settings=conformance.settings"],
        cwd=HERE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(HERE)])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert int(re.search(r"Ran (\d+) tests", run.stderr).group(1)) > 100
