import logging

import pytest

from tests.security.house import open_a_house


@pytest.fixture
def house(once):
    return once(open_a_house)


@pytest.fixture
def quiet():
    """Refusals by the hundred are what these tests ask for; nobody reads their lines in the log."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
