"""`make run`: one house on one machine, its web server, its worker and its scheduler, all ending together."""

import contextlib
import os
import socket
import sys

HOST = "127.0.0.1"


def main() -> int:
    port = int(os.environ.get("PORT", "8000"))
    if _is_taken(port):
        print(f"Port {port} is in use. Stop what listens there, or choose another: make run PORT={port + 1}")
        return 1
    os.environ.setdefault("CAIRN_URL", f"http://{HOST}:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

    from config.house import Unprepared, prepare  # after the environment is set, for settings read it

    try:
        sign_ins = prepare(sample=os.environ.get("SAMPLE", "yes").lower() not in ("no", "0", "false"))
    except Unprepared as problem:
        print(problem)
        return 2
    except KeyboardInterrupt:
        return 130
    return _serve(port, sign_ins)


def _is_taken(port: int) -> bool:
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _serve(port: int, sign_ins: dict[str, tuple[str, str]]) -> int:
    from config.processes import Processes

    processes = Processes()
    try:
        for name, command in _commands(port).items():
            processes.start(name, command)
        _greet(port, sign_ins)
        ended = processes.wait()
    finally:
        processes.stop()
    if ended:
        print(f"The {ended} ended by itself, so everything was stopped.")
        return 1
    return 0


def _commands(port: int) -> dict[str, list[str]]:
    web = f"granian --interface wsgi --host {HOST} --port {port} --workers 1 --blocking-threads 4 --log-level warning"
    celery = "celery --quiet -A config"
    return {
        name: [sys.executable, "-m", *command.split()]
        for name, command in {
            "web server": f"{web} config.wsgi:application",
            # One process and no pool: a job is cut off with its worker, and run again.
            "worker": f"{celery} worker --pool solo --without-gossip --without-mingle --loglevel warning",
            "scheduler": f"{celery} beat --pidfile= --loglevel warning",
        }.items()
    }


def _greet(port: int, sign_ins: dict[str, tuple[str, str]]) -> None:
    print(f"\nCairn is at http://{HOST}:{port}  (Ctrl-C stops it)")
    if sign_ins:
        width = max(len(name) for name, _ in sign_ins.values())
        print("Sign in as")
        for reader, (name, password) in sign_ins.items():
            print(f"  {reader:<16} {name:<{width}}  {password}")
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
