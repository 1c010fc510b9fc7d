import pytest

from sample.reading import read_organisation


@pytest.fixture(scope="session")
def brisk():
    return read_organisation()
