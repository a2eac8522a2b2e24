"""__init__.py - the harness: what scenario tests, benchmarks and the demo share: a private PostgreSQL, the daemons, the Telegram simulator

    with Cluster(...) as a rule comes from the fixture `cluster`, Suite from `suite`; see plugin.py and tests/harness/README.md
"""
