"""A house of its own under the real server, and what a request costs it in processor time (Linux)."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

HOST = "127.0.0.1"
TICKS = os.sysconf("SC_CLK_TCK")


class House(NamedTuple):
    port: int
    pid: int
    said: str  # what the preparation printed
    run: Callable[..., str]  # Python in this house: what it prints, once it was given what it is to read


@contextlib.contextmanager
def serving(prepare: str, workers: int = 1) -> Iterator[House]:
    """Run `prepare` (Python, after django.setup()) on a new house, then serve it on loopback."""
    with tempfile.TemporaryDirectory(prefix="cairn-bench-") as folder, socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
        probe.close()
        env = {**os.environ, "CAIRN_VAR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}

        def run(script: str, reads: str = "") -> str:
            command = [sys.executable, "-c", f"import django; django.setup()\n{script}"]
            return subprocess.run(command, env=env, check=True, input=reads, stdout=subprocess.PIPE, text=True).stdout

        said = run(prepare)
        web = f"granian --interface wsgi --host {HOST} --port {port} --workers {workers} --blocking-threads 4"
        command = [sys.executable, "-m", *web.split(), "--log-level", "error", "config.wsgi:application"]
        server = subprocess.Popen(command, env=env)
        try:
            _wait_for(port)
            yield House(port, server.pid, said, run)
        finally:
            server.terminate()
            server.wait(15)


def _wait_for(port: int) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.2)
    raise TimeoutError("The server did not start within 30 seconds.")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of its children that still run."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(cpu_seconds(int(child)) for child in children)


def megabytes(pid: int) -> float:
    """The memory that a process and its children hold now; what they share counts for each its part."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    held = int(re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[0]) / 1024
    return held + sum(megabytes(int(child)) for child in children)


class Visitor:
    """One person on one kept connection, with what their browser has kept of this house."""

    def __init__(self, port: int, cookies: Mapping[str, str] = MappingProxyType({})):
        self.connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self.cookies = dict(cookies)

    def get(self, path: str) -> tuple[int, str]:
        status, said, _ = self.ask("GET", path)
        return status, said

    def ask(self, method: str, path: str, form=None, headers: Mapping[str, str] = MappingProxyType({})):
        """The status, the text, and where it leads on to."""
        body = urlencode(form, doseq=True) if form is not None else None
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.read().decode(), response.headers.get("Location", "")


class Reader(Visitor):
    """Who signs in by the one door."""

    def __init__(self, port: int, username: str, password: str):
        super().__init__(port)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/sign-in/")[1])
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token.group(1) if token else ""}
        status, _, _ = self.ask("POST", "/sign-in/", form)
        if status != 302:
            raise PermissionError(f"{username} could not sign in ({status}).")
