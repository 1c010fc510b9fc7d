"""Time, memory and queries of what is done without a server, each measure in a process of its own.

DATABASE_URL chooses the database: one with "bench" in its name, for it is emptied. "processor" is what this process
used, and is what counts where others share the machine; what PostgreSQL does meanwhile is only in "seconds". "MB" is
the most that the process had, and how much of that came with what was measured.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def a_folder_of_its_own() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cairn-bench-") as folder:
        os.environ["CAIRN_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
        print(f"{'':<40} {'size':>7} {'processor':>10} {'seconds':>8} {'MB':>5} {'more':>5} {'queries':>8}", flush=True)
        yield Path(folder)


def in_a_process(what, *args) -> None:
    """So that each measure begins with the memory of none."""
    pid = os.fork()
    if pid == 0:
        try:
            import django

            django.setup()
            what(*args)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        sys.stdout.flush()
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        raise SystemExit(1)


def empty_the_database() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    name = str(settings.DATABASES["default"]["NAME"])
    if "bench" not in name:
        raise SystemExit(f"{name} would be emptied: name a database with “bench” in its name in DATABASE_URL.")
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
    else:  # what only grows refuses to be emptied
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


def measured(words, size, measure, *warmed_by) -> None:
    from django.db import connection

    queries = 0

    def counted(execute, sql, params, many, context):
        nonlocal queries
        queries += 1
        return execute(sql, params, many, context)

    connection.ensure_connection()
    for warm in warmed_by:
        warm()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with connection.execute_wrapper(counted):
        started, used = time.perf_counter(), time.process_time()
        measure()
        seconds, processor = time.perf_counter() - started, time.process_time() - used
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes, more = most / 1024, (most - before) / 1024
    figures = f"{processor:>10.3f} {seconds:>8.3f} {megabytes:>5.0f} {more:>5.0f} {queries:>8}"
    print(f"{words:<40} {size:>7} {figures}", flush=True)
