"""What all tests share: a database that is whole again after each flush."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from tests import migrated

_flush = TransactionTestCase._fixture_teardown


def _flush_the_log_too(self):
    """The log's triggers refuse a flush, as they must: drop them just before it; post_migrate brings them back."""
    from evidence import triggers

    for alias in self._databases_names(include_mirrors=False):
        triggers.remove(connections[alias])
    _flush(self)


TransactionTestCase._fixture_teardown = _flush_the_log_too


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first, so that nobody waits for it at the end."""
    items.sort(key=lambda item: item.path.name != "test_on_postgresql.py")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings):
    """On SQLite, begin with a copy of a database that is migrated already."""
    test = settings.DATABASES["default"].get("TEST", {})
    if name := test.get("NAME"):
        if migrated.kept().exists():
            migrated.copy(migrated.kept(), name)
        return True
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    database = connections["default"].settings_dict["NAME"]
    if connections["default"].vendor == "sqlite" and not migrated.kept().exists():
        migrated.keep(Path(database))


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Templates name static files as they are: nothing has been collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A hash that keeps nobody waiting; what is stored lives as long as a test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def remove_var():
    """The first process to start is the last to end; it takes what all have left with it."""
    yield
    if "PYTEST_XDIST_WORKER" not in os.environ:
        connections.close_all()
        shutil.rmtree(os.environ["CAIRN_TEST_VAR"], ignore_errors=True)
