"""Sealing by several processes, and by one that is killed: real processes on a real database."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from evidence import keys, notes
from evidence.actions import seal
from evidence.models import Checkpoint, Listing, LogIndex
from evidence.verification import verify
from tests.evidence.conftest import met

pytestmark = [pytest.mark.databases, pytest.mark.django_db(transaction=True)]

SEAL = """
import django; django.setup()
from django.conf import settings
from django.db import connection
from django.utils import timezone
from evidence.actions import seal
connection.ensure_connection()
print("ready", flush=True)
input()
print(seal(at=timezone.now()), flush=True)
"""


@pytest.fixture
def start(signing_key):
    """Start processes that seal in this test's database once they are told to."""
    processes = []
    name = connection.settings_dict["NAME"]
    address = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        address = f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{name}"

    def started():
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "DATABASE_URL": address,
            "CAIRN_SIGNING_KEY": str(signing_key),
        }
        process = subprocess.Popen(
            [sys.executable, "-c", SEAL],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield started
    for process in processes:
        process.kill()
        process.communicate()


def many_met(count):
    with transaction.atomic():  # one commit, not hundreds
        for number in range(count):
            met(number=number)


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


def is_whole():
    """Every place and its checkpoint, or neither; and the log is good."""
    size = LogIndex.objects.count()
    assert list(LogIndex.objects.order_by("position").values_list("position", flat=True)) == list(range(size))
    last = Checkpoint.objects.order_by("-number").first()
    assert (notes.read_head(last.note).size if last else 0) == size
    if last:
        assert verify(keys.signer().verifier).exit_code == 0
    return size


def test_two_sequencers_at_once_give_each_place_once(start):
    many_met(400)
    first, second = start(), start()
    go(first)
    go(second)
    sealed = [int(process.stdout.readline()) for process in (first, second)]
    assert sum(sealed) == 400
    assert is_whole() == 400
    assert Checkpoint.objects.count() == 1


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_a_killed_sequencer_leaves_both_or_neither(start, after):
    many_met(600)
    process = start()
    go(process)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert is_whole() in (0, 600)
    seal(at=timezone.now())
    assert is_whole() == 600
    assert not Listing.objects.unsealed().exists()
