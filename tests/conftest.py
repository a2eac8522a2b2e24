"""conftest.py - every kind of test may use the harness"""
from harness.plugin import *  # noqa: F401,F403 - its fixtures and its hook
