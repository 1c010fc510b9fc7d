"""A project of its own for django-modelsearch's conformance tests: its test models, and our backend."""

import tempfile

SECRET_KEY = "only for tests"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "search",
    "jobs",
    "taggit",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": "search.backend", "PATH": tempfile.mkdtemp(prefix="conformance-"), "LANGUAGE": "en"}
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
