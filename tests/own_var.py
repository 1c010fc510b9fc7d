"""Loaded before settings are read (`-p` in pyproject.toml): no test touches the var/ of a running house."""

import os
import tempfile
from pathlib import Path

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["CAIRN_VAR"] = str(Path(os.environ["CAIRN_TEST_VAR"]) / worker)
else:
    os.environ["CAIRN_TEST_VAR"] = os.environ["CAIRN_VAR"] = tempfile.mkdtemp(prefix="cairn-test-")
Path(os.environ["CAIRN_VAR"], "static").mkdir(parents=True, exist_ok=True)  # where collected files would be

# Tests kill processes, not the power: what was committed is in the file without waiting for the disk.
os.environ["CAIRN_SQLITE_SYNCHRONOUS"] = "OFF"
