"""What all tests share: a database that is whole again after each flush."""

import os
import shutil

import pytest
from django.db import connections
from django.test import TransactionTestCase

_flush = TransactionTestCase._fixture_teardown


def _flush_the_log_too(self):
    """The log's triggers refuse a flush, as they must: drop them just before it; post_migrate brings them back."""
    from evidence import triggers

    for alias in self._databases_names(include_mirrors=False):
        triggers.remove(connections[alias])
    _flush(self)


TransactionTestCase._fixture_teardown = _flush_the_log_too


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Templates name static files as they are: nothing has been collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def remove_var():
    """The first process to start is the last to end; it takes what all have left with it."""
    yield
    if "PYTEST_XDIST_WORKER" not in os.environ:
        connections.close_all()
        shutil.rmtree(os.environ["CAIRN_TEST_VAR"], ignore_errors=True)
