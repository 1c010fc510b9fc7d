from django.test import TestCase
from modelsearch.tests.test_backends import BackendTests

from conformance.library import furnish


class WhooshBackendTests(BackendTests, TestCase):
    backend_path = "search.backend"
    fixtures = None

    @classmethod
    def setUpTestData(cls):
        furnish()
