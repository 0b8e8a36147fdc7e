"""Waiting for what other processes do: bounded, and with the reason when it was in vain."""

import time
from collections.abc import Callable

SECONDS = 40
STEP = 0.05


def wait_for(happened: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Whether it happens in time; looked at again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(STEP)
    return False
