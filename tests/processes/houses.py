"""A house that really runs, in processes of its own."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection


def new_var(folder: Path) -> Path:
    """A var/ whose database is a copy of the tests' own, migrated already."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        contextlib.closing(sqlite3.connect(folder / "cairn.sqlite3")) as target,
    ):
        source.backup(target)
    return folder


def environment(var: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CAIRN_", "DATABASE_URL", "MAKE"))}
    return {**kept, "CAIRN_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tests.processes.settings", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what, seconds: float = 120.0):
    """What `what()` returns once it is true; it is given up after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := what():
            return answer
        time.sleep(0.1)
    raise TimeoutError(f"{what} did not come true within {seconds} s")


def processes_of(var: Path) -> list[int]:
    """The processes that carry this var/ in their environment (Linux)."""
    mark = f"CAIRN_VAR={var}\0".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with contextlib.suppress(OSError):
                if mark in (folder / "environ").read_bytes() + b"\0" and _alive(folder):
                    found.append(int(folder.name))
    return found


def _alive(process: Path) -> bool:
    return (process / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def run_python(var: Path, code: str, **more: str) -> str:
    script = f"import django; django.setup()\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(var, **more),
        cwd=settings.BASE_DIR,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


@contextlib.contextmanager
def running(command: list[str], var: Path, **more: str):
    """A process in a group of its own, ended with all that it started, whatever the test does."""
    process = subprocess.Popen(
        command,
        env=environment(var, **more),
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pid in processes_of(var):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if not process.stdout.closed:
            print(process.stdout.read())  # pytest shows it where the test failed
