import logging

import pytest

from tests.security.house import open_a_house


@pytest.fixture
def house(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EVIDENCE_SIGNING_KEY = tmp_path / "signing_key.pem"
    return open_a_house()


@pytest.fixture
def quiet():
    """Refusals by the hundred are what these tests ask for; nobody reads their lines in the log."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
