"""`make run`: it answers, and whatever ends it leaves no process behind, also in the middle of a job."""

import http.client
import shutil
import signal
import socket
import stat
import sys

import pytest

from tests.processes.houses import free_port, new_var, processes_of, run_python, running, wait_until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which processes are left"),
    pytest.mark.django_db(transaction=True),
]

HOUSE = [sys.executable, "-m", "config.run"]
ADMIN = {"SAMPLE": "no", "CAIRN_ADMIN": "ada", "CAIRN_ADMIN_PASSWORD": "a stone upon a stone"}
ASK_FOR_A_LONG_JOB = """
from django.utils import timezone
from jobs.actions import enqueue
enqueue("slow.sleep", {{"says": {says!r}}}, key="slow", at=timezone.now())
"""

# The worker makes the key when it seals; it is told to do so now, not when the entries of a minute have gathered.
SIGN_IN_AND_SEAL = """
from django.contrib.auth import authenticate
from django.utils import timezone
from jobs.actions import enqueue
enqueue("evidence.seal", {}, key="now", at=timezone.now())
person = authenticate(username="ada", password="a stone upon a stone")
print("can write here" if person.is_superuser else "cannot")
"""


@pytest.fixture
def var(tmp_path):
    return new_var(tmp_path / "var")


def answer(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGHUP])
def test_a_house_that_is_told_to_stop_leaves_no_process_behind(var, tmp_path, ending):
    port = free_port()
    with running(HOUSE, var, PORT=str(port), **ADMIN) as house:
        wait_until(lambda: answer(port) == 200)
        ends_in_the_middle_of_a_job(house, ending, var, tmp_path / "says")


def test_the_first_administrator_finds_a_house_that_keeps_what_it_writes_to_its_own_user(var, tmp_path):
    port = free_port()
    with running(HOUSE, var, PORT=str(port), **ADMIN) as house:
        wait_until(lambda: answer(port) == 200)
        assert run_python(var, SIGN_IN_AND_SEAL).strip() == "can write here"
        wait_until((var / "signing_key.pem").exists)
        ends_in_the_middle_of_a_job(house, signal.SIGTERM, var, tmp_path / "says")
    assert (var / "secret_key").exists()
    modes = {str(file.relative_to(var)): file.stat().st_mode for file in var.rglob("*") if file.is_file()}
    others = [name for name, mode in modes.items() if stat.S_IMODE(mode) & 0o077]
    assert [name for name in others if not name.startswith("cairn.sqlite3")] == []  # that is the test's own copy


def ends_in_the_middle_of_a_job(house, ending, var, says):
    run_python(var, ASK_FOR_A_LONG_JOB.format(says=str(says)))
    wait_until(says.exists)
    assert len(processes_of(var)) >= 4
    house.send_signal(ending)
    assert house.wait(30) == 0
    assert processes_of(var) == []


def test_make_passes_its_own_end_on(var):
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    port = free_port()
    with running(["make", "run"], var, PORT=str(port), **ADMIN) as make:
        wait_until(lambda: answer(port) == 200)
        make.terminate()
        make.wait(30)
        wait_until(lambda: processes_of(var) == [], 15)


def test_a_house_whose_make_was_killed_ends_as_well(var):
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    port = free_port()
    with running(["make", "run"], var, PORT=str(port), **ADMIN) as make:
        wait_until(lambda: answer(port) == 200)
        make.kill()
        wait_until(lambda: processes_of(var) == [], 20)


def test_a_house_whose_runner_was_killed_ends_as_well(var):
    port = free_port()
    with running(HOUSE, var, PORT=str(port), **ADMIN) as house:
        wait_until(lambda: answer(port) == 200)
        house.kill()
        wait_until(lambda: processes_of(var) == [], 30)


def test_a_busy_port_gets_a_sentence(var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running(HOUSE, var, PORT=str(port), **ADMIN) as house:
            said, _ = house.communicate(timeout=30)
    assert house.returncode == 1
    assert said == f"Port {port} is in use. Stop what listens there, or choose another: make run PORT={port + 1}\n"


def test_an_empty_house_without_a_terminal_says_what_it_needs(var):
    with running(HOUSE, var, PORT=str(free_port()), SAMPLE="no") as house:
        said, _ = house.communicate(timeout=60)
    assert house.returncode == 2
    assert "CAIRN_ADMIN" in said
    assert "Traceback" not in said
