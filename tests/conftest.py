"""What all tests share: a database that is whole again after each test."""

import gc
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as how_examples_are_tried

from tests import kept, migrated

# That a busy machine is slow says nothing of an example.
how_examples_are_tried.register_profile("cairn", deadline=None, suppress_health_check=[HealthCheck.too_slow])
how_examples_are_tried.load_profile("cairn")

_flush = TransactionTestCase._fixture_teardown
# The longest first. xdist gives each worker one stretch of the list to begin with, so they are dealt to its beginning.
LONGEST = (
    "test_on_postgresql.py",
    "test_run.py",
    "test_accessibility.py",
    "test_sample_loading.py",
    "test_canary.py",
    "test_matrix.py",
    "test_admin.py",
    "test_answers.py",
)


def _make_whole_again(self):
    """On SQLite, copy back the database as it was at first. Elsewhere, flush it.

    The log's triggers refuse a flush, as they must: drop them just before it; post_migrate brings them back.
    """
    from evidence import triggers

    connection = connections["default"]
    if connection.vendor == "sqlite":
        migrated.copy(migrated.at_first(), connection.settings_dict["NAME"])
        ContentType.objects.clear_cache()
    else:
        triggers.remove(connection)
        _flush(self)


TransactionTestCase._fixture_teardown = _make_whole_again


def pytest_itemcollected(item):
    """pytest-django makes a database for those who name it; what is kept is copied before it is opened."""
    if "once" in item.fixturenames and "db" not in item.fixturenames:
        item.fixturenames.append("db")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    modules = [[item for item in items if item.path.name == name] for name in LONGEST]
    short = [item for item in items if item.path.name not in LONGEST]
    total, dealt = len(items), []
    for worker in range(workers):
        share = (total - len(dealt)) // (workers - worker)
        long = [item for module in modules[worker::workers] for item in module]
        rest = max(share - len(long), 0)
        dealt += [*long, *short[:rest]]
        del short[:rest]
    items[:] = [*dealt, *short]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_blocker):
    """Begin with a copy of a database that is migrated already."""
    connection = connections["default"]
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        if migrated.kept().exists():
            migrated.copy(migrated.kept(), test["NAME"])
        return True
    with django_db_blocker.unblock():
        if migrated.is_on_server(connection):
            test["TEMPLATE"] = migrated.name()
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    connection = connections["default"]
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        if not migrated.kept().exists():
            migrated.keep(database)
        migrated.copy(database, migrated.at_first())
    elif not connection.settings_dict["TEST"].get("TEMPLATE"):
        with django_db_blocker.unblock():
            migrated.keep_on_server(connection)


@pytest.fixture(scope="session")
def kept_scenes():
    """By what sets them up."""
    return {}


@pytest.fixture
def put_back(django_db_setup):
    """Ends after the database's own fixture: what it did not write, it does not roll back."""
    copied = []
    yield copied
    if copied:
        kept.overwrite(migrated.at_first())


@pytest.fixture
def once(put_back, kept_scenes, django_db_blocker, settings, tmp_path, tmp_path_factory, request):
    """once(set_up) is what `set_up` returns, which is called once in this process; each test has a copy of its own."""

    def once(set_up):
        for name, value in kept.settings_of(tmp_path).items():
            setattr(settings, name, value)
        if connections["default"].vendor != "sqlite":
            request.getfixturevalue("db")
            return set_up()
        with django_db_blocker.unblock():
            put_back.append(set_up)
            if set_up not in kept_scenes:
                kept_scenes[set_up] = kept.keep(set_up, tmp_path_factory.mktemp("kept"))
            scene = kept_scenes[set_up].bring_back(tmp_path)
        request.getfixturevalue("db")
        return scene

    return once


@pytest.fixture(autouse=True, scope="session")
def plain_and_quick(django_test_environment):
    """Templates name static files as they are: nothing has been collected. A hash of a password keeps nobody waiting:
    what is stored lives as long as a test."""
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES={**settings.STORAGES, **storages}, PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(autouse=True, scope="session")
def remove_var():
    """The first process to start is the last to end; it takes what all have left with it."""
    yield
    if "PYTEST_XDIST_WORKER" not in os.environ:
        connections.close_all()
        shutil.rmtree(os.environ["CAIRN_TEST_VAR"], ignore_errors=True)
