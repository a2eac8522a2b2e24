"""conftest.py - every kind of test may use the harness"""
pytest_plugins = ["harness.plugin"]
