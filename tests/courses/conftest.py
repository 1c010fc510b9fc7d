from datetime import timedelta

import pytest

from tests.scenes import NOON


@pytest.fixture
def one_o_clock(time_machine):
    """An hour after all that the scenes set up."""
    now = NOON + timedelta(hours=1)
    time_machine.move_to(now, tick=False)
    return now
