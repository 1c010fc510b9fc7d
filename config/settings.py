"""One settings file; the environment chooses (docs/operations.md lists every variable).

With nothing set, Cairn runs embedded: SQLite, Whoosh and a broker made of files, all under var/.
"""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

from config.secrets import secret_in

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

VAR_DIR = Path(env("CAIRN_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("CAIRN_DEBUG", default=False)
SECRET_KEY = env("CAIRN_SECRET_KEY", default="") or secret_in(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("CAIRN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
BASE_URL = env("CAIRN_URL", default="http://127.0.0.1:8000")
HTTPS = env.bool("CAIRN_HTTPS", default=False)

# The rooms, from high to low: the import layers in pyproject.toml stand in the same order.
ROOMS = [
    "config",
    "sample",
    "courses",
    "competence",
    "knowledge",
    "people",
    "evidence",
    "search",
    "jobs",
]

INSTALLED_APPS = [
    *ROOMS,
    "wagtail.contrib.settings",
    "wagtailmarkdown",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_tasks",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context_processors.may",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'cairn.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue instead of failing: the lock is taken at BEGIN, and readers never wait for it (WAL).
    _synchronous = env("CAIRN_SQLITE_SYNCHRONOUS", default="FULL")
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={_synchronous};",
    }
    # A file, for tests with threads and processes.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
# To open SQLite anew for each request costs as much as what most requests ask of it.
DATABASES["default"]["CONN_MAX_AGE"] = 60
# PostgreSQL may have been started anew meanwhile; SQLite is asked nothing.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["people.signing_in.WhoWorksHere"]
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict] = [
    {"NAME": f"{_validation}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin previews pages in a frame

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = env("CAIRN_TIME_ZONE", default="Europe/Berlin")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600  # Cairn serves its files itself
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

EMAIL_CONFIG = env.email_url("CAIRN_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("CAIRN_EMAIL_FROM", default="Cairn <cairn@localhost>")

WAGTAIL_SITE_NAME = "Cairn"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "knowledge.publishing.publish_approved"
WAGTAILADMIN_LOGIN_URL = "sign-in"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # there is one door, and one way to a new key
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "search.backend", "PATH": VAR_DIR / "index", "LANGUAGE": "en"},
}
WAGTAILMARKDOWN = {"autodownload_fontawesome": False}
TAGGIT_CASE_INSENSITIVE = True
TASKS = {"default": {"BACKEND": "jobs.tasks_backend.JobsBackend"}}

# Evidence: the key that signs checkpoints, and the name that the log goes by in them.
EVIDENCE_SIGNING_KEY = Path(env("CAIRN_SIGNING_KEY", default=str(VAR_DIR / "signing_key.pem")))
EVIDENCE_ORIGIN = env("CAIRN_LOG_ORIGIN", default="cairn.localhost/log")

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Seen by all processes: how far a job has come.
    "progress": env.cache_url("CAIRN_PROGRESS", default=f"filecache://{VAR_DIR / 'progress'}"),
}

CELERY_BROKER_URL = env("CAIRN_BROKER", default="filesystem://localhost/")
if CELERY_BROKER_URL.startswith("filesystem:"):
    _broker = VAR_DIR / "broker"
    for _folder in ("queue", "control", "processed"):
        (_broker / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "queue"),
        "data_folder_out": str(_broker / "queue"),
        "control_folder": str(_broker / "control"),
        "processed_folder": str(_broker / "processed"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# A time that passed while nothing ran is made good at the next start.
CELERY_BEAT_SCHEDULE: dict[str, dict] = {
    "run what was missed": {"task": "jobs.tasks.sweep", "schedule": 30.0},
    "publish what was scheduled": {"task": "knowledge.tasks.publish_due", "schedule": 60.0},
    "seal the log": {"task": "evidence.tasks.seal_log", "schedule": crontab(minute=5)},
    "ask for what a new day asks": {"task": "courses.tasks.reconcile_everyone", "schedule": crontab(hour=0, minute=10)},
    "assess what is at risk": {"task": "knowledge.tasks.assess_risks", "schedule": crontab(hour=4, minute=0)},
    "look after the index": {"task": "search.tasks.look_after_index", "schedule": crontab(hour=3, minute=0)},
    "forget files that were sent": {"task": "people.tasks.forget_files", "schedule": crontab(minute=20)},
    "remind": {"task": "competence.tasks.remind_daily", "schedule": crontab(hour=7, minute=0)},
    "issue the bulletin": {
        "task": "knowledge.tasks.issue_bulletin",
        "schedule": crontab(day_of_month=1, hour=6, minute=0),
    },
    "remind those who answer for pages": {
        "task": "knowledge.tasks.remind_owners",
        "schedule": crontab(hour=7, minute=10),
    },
}

SILENCED_SYSTEM_CHECKS = ["security.W019"]  # X_FRAME_OPTIONS: see above

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("CAIRN_LOG_LEVEL", default="WARNING")},
}
