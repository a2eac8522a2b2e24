"""waiting.py - the one way to wait: look at a condition until it holds; nothing here or in a scenario sleeps through time"""
import time

LOOK_EVERY_S = 0.02


class NotInTime(AssertionError):
    """What was waited for did not come."""


def wait_until(condition, timeout=10.0, what="the condition", look=None, every=LOOK_EVERY_S):
    """Returns the condition's first true value. `look` (a callable) tells in the failure what was there instead."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= deadline:
            seen = f"; instead: {look()}" if look else ""
            raise NotInTime(f"waited {timeout:g} s in vain for {what}{seen}")
        time.sleep(every)
