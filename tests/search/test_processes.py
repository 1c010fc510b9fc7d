"""Several processes at one index, and what is left when one of them is killed."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from whoosh.query import Term

from search.engine.documents import Document, Piece
from search.engine.folder import IndexFolder
from search.engine.reading import reader_of
from search.engine.schema import fields_of
from search.engine.writing import writing

HERE = Path(__file__).parent
LABEL = "wagtailcore.page"
# Writes numbered documents, each commit replacing a pair that must always be of one age.
WRITER = """
import sys, django
django.setup()
from search.engine.documents import Document, Piece
from search.engine.folder import IndexFolder
from search.engine.schema import fields_of
from search.engine.writing import writing
path, name, commits = sys.argv[1], sys.argv[2], int(sys.argv[3])
folder = IndexFolder(path, "en")
for age in range(1, commits + 1):
    with writing(folder) as writer:
        for half in (1, 2):
            number = sum(map(ord, name)) * 10 + half
            text = (Piece("title", f"{name} word{age}"),)
            document = Document(f"wagtailcore.page:{number}", "wagtailcore.page", str(number), text, ())
            writer.update_document(**fields_of(document))
    print(age, flush=True)
"""


def start_writer(path, name, commits):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(commits)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "conformance.settings",
            "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(HERE)]),
        },
        stdout=subprocess.PIPE,
        text=True,
    )


def found(folder, word):
    reader = reader_of(folder)
    return set(reader.matches(Term("text", word), frozenset([LABEL])).scores) if reader else set()


@pytest.fixture
def folder(tmp_path):
    return IndexFolder(tmp_path / "shared", "en")


def test_two_processes_write_at_once_and_nothing_is_lost(folder):
    writers = [start_writer(folder.path, name, 20) for name in ("ana", "ben")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    assert len(found(folder, "ana")) == len(found(folder, "ben")) == 2
    assert len(found(folder, "word20")) == 4
    assert found(folder, "word19") == set()


def test_a_reader_sees_whole_commits_while_another_process_writes(folder):
    writer = start_writer(folder.path, "ana", 30)
    reads = 0
    while writer.poll() is None:
        ages = [len(found(folder, f"word{age}")) for age in range(1, 31)]
        assert set(ages) <= {0, 2}, ages
        reads += 1
    assert writer.returncode == 0
    assert reads > 5
    assert len(found(folder, "word30")) == 2


def test_a_writer_that_is_killed_leaves_the_old_state_or_the_new_one(folder):
    for attempt in range(6):
        writer = start_writer(folder.path, "ana", 1000)
        writer.stdout.readline()
        time.sleep(random.Random(attempt).uniform(0, 0.08))
        writer.send_signal(signal.SIGKILL)
        committed = [int(line) for line in writer.stdout.read().split()] or [1]
        writer.wait()
        assert len(found(folder, "ana")) == 2
        held = [age for age in range(1, committed[-1] + 3) if found(folder, f"word{age}")]
        assert held in ([committed[-1]], [committed[-1] + 1])
    with writing(folder) as writer:  # the lock of a killed process is free
        writer.update_document(**fields_of(Document(f"{LABEL}:1", LABEL, "1", (Piece("title", "survivor"),), ())))
    assert found(folder, "survivor") == {1}


def test_threads_have_readers_of_their_own_and_agree(folder):
    held = [
        Document(f"{LABEL}:{number}", LABEL, str(number), (Piece("title", f"all word{number % 7}"),), ())
        for number in range(200)
    ]
    with writing(folder) as writer:
        for document in held:
            writer.update_document(**fields_of(document))
    wrong = []

    def read():
        for turn in range(40):
            number = turn % 7
            if found(folder, f"word{number}") != {pk for pk in range(200) if pk % 7 == number}:
                wrong.append(number)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
