"""A job is run soon after its commit, by a real worker behind a real broker; and without one, by the sweep."""

import socket
import sys
from contextlib import suppress

import pytest

from tests.processes.houses import new_var, run_python, running, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

BROKERS = {
    "files": ("filesystem://localhost/", None),
    "Redis": ("redis://127.0.0.1:6379/15", 6379),
    "RabbitMQ": ("amqp://guest:guest@127.0.0.1:5672//", 5672),
}
ASK = """
from django.utils import timezone
from jobs.actions import enqueue
enqueue("slow.write", {{"says": {says!r}}}, key="slow", at=timezone.now())
"""


@pytest.mark.parametrize("name", BROKERS)
def test_a_committed_job_is_run_by_the_worker(name, tmp_path):
    url, port = BROKERS[name]
    if port:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            port = None
    if port:
        pytest.skip(f"no {name} listens at 127.0.0.1:{port}")
    var, says = new_var(tmp_path / "var"), tmp_path / "says"
    worker = "celery -A config worker --pool solo --without-gossip --without-mingle --loglevel info"
    with running([sys.executable, "-m", *worker.split()], var, CAIRN_BROKER=url):
        run_python(var, ASK.format(says=str(says)), CAIRN_BROKER=url)
        wait_until(says.exists, 30)
    assert says.read_text() == "done"
