from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self):
        from evidence.checks import report_at_first_connection

        autodiscover_modules("evidence_kinds")
        post_migrate.connect(guard_the_log, sender=self)
        connection_created.connect(report_at_first_connection)


def guard_the_log(using, **kwargs):
    """A migration that rebuilds a table on SQLite drops its triggers: they come back with the end of every migrate."""
    from evidence import triggers

    triggers.install(connections[using])
