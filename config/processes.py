"""Several processes that live and die together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

PATIENCE = 6.0  # seconds for a process to end by itself; a job that is cut off is run again
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child, on Linux: be told to stop even when the parent is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Processes:
    """Children in process groups of their own: a signal to us is passed on in order, not received by all at once."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen] = {}
        self.stopping = False
        self.parent = os.getppid()

    def start(self, name: str, command: list[str]) -> None:
        self.running[name] = subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)

    def wait(self) -> str | None:
        """Wait until a signal asks to stop (None) or a child ends by itself (its name)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        while not self.stopping and not self._orphaned():
            for name, process in self.running.items():
                if process.poll() is not None:
                    return name
            time.sleep(0.2)
        return None

    def _ask_to_stop(self, number, frame) -> None:
        self.stopping = True

    def _orphaned(self) -> bool:
        """True when the make that started us was killed."""
        return "MAKELEVEL" in os.environ and os.getppid() != self.parent

    def stop(self) -> None:
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        self._signal_all(signal.SIGKILL)  # whole groups: also what a child started and left
        for process in self.running.values():
            process.wait()

    def _signal_all(self, number: int) -> None:
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
