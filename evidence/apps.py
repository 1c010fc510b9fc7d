from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self):
        autodiscover_modules("evidence_kinds")
