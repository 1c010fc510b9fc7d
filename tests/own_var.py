"""Loaded before settings are read (`-p` in pyproject.toml): no test touches the var/ of a running house."""

import gc
import os
import sys
import tempfile
from pathlib import Path

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["CAIRN_VAR"] = str(Path(os.environ["CAIRN_TEST_VAR"]) / worker)
else:
    os.environ["CAIRN_TEST_VAR"] = os.environ["CAIRN_VAR"] = tempfile.mkdtemp(prefix="cairn-test-")
Path(os.environ["CAIRN_VAR"], "static").mkdir(parents=True, exist_ok=True)  # where collected files would be

# Tests kill processes, not the power: what was committed is in the file without waiting for the disk.
os.environ["CAIRN_SQLITE_SYNCHRONOUS"] = "OFF"

# Nearly all that a run imports and collects stays until its end: looking through it for what may go is time lost.
gc.set_threshold(100_000, 50, 100)

# Where Python is told to leave no bytecode beside the code, each process of a run would compile the house anew.
if sys.dont_write_bytecode:
    sys.pycache_prefix = str(Path(__file__).resolve().parent.parent / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
