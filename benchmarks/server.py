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
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

HOST = "127.0.0.1"
TICKS = os.sysconf("SC_CLK_TCK")


class House(NamedTuple):
    port: int
    pid: int
    said: str  # what the preparation printed


@contextlib.contextmanager
def serving(prepare: str) -> Iterator[House]:
    """Run `prepare` (Python, after django.setup()) on a new house, then serve it on loopback."""
    with tempfile.TemporaryDirectory(prefix="cairn-bench-") as folder, socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
        probe.close()
        env = {**os.environ, "CAIRN_VAR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        script = f"import django; django.setup()\n{prepare}"
        said = subprocess.run([sys.executable, "-c", script], env=env, check=True, stdout=subprocess.PIPE, text=True)
        web = f"granian --interface wsgi --host {HOST} --port {port} --workers 1 --blocking-threads 4 --log-level error"
        command = [sys.executable, "-m", *web.split(), "config.wsgi:application"]
        server = subprocess.Popen(command, env=env)
        try:
            _wait_for(port)
            yield House(port, server.pid, said.stdout)
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


class Reader:
    """One signed-in person on one kept connection."""

    def __init__(self, port: int, username: str, password: str):
        self.connection = http.client.HTTPConnection(HOST, port)
        self.cookies: dict[str, str] = {}
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/sign-in/")[1])
        form = {"username": username, "password": password, "csrfmiddlewaretoken": token.group(1) if token else ""}
        status, _ = self._ask("POST", "/sign-in/", urlencode(form))
        if status != 302:
            raise PermissionError(f"{username} could not sign in ({status}).")

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.read().decode()
