"""plugin.py - the fixtures: cluster and build for the session, suite for a module, new_suite for those who want it otherwise"""
import os
import pathlib
import shutil

import pytest

from .cluster import scratch
from .suite import Suite

REPO = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def build():
    """The CMake folder whose programs are tried: build/asan unless ITSUPPORT_TEST_BUILD names another."""
    return REPO / os.environ.get("ITSUPPORT_TEST_BUILD", "build/asan")


@pytest.fixture(scope="session")
def cluster():
    """One PostgreSQL for the session; every suite has a database of its own in it."""
    with scratch() as made:
        yield made


@pytest.fixture(scope="session")
def template(cluster, build):
    """A migrated, otherwise empty database that suites are copied from."""
    first = Suite(cluster, build)
    first.database = "suite_template"
    first.ctl.env["ITSUPPORT_DATABASE_URL"] = cluster.url(first.database, "itsupport")
    cluster.create_database(first.database)
    first.ctl.migrate("test")
    shutil.rmtree(first.folder)
    return first.database


@pytest.fixture(scope="module")
def new_suite(cluster, build, template):
    """new_suite(engines=2, env={...}): started, and finished with the module."""
    made = []

    def make(**options):
        suite = Suite(cluster, build, template=template, **options)
        made.append(suite)
        return suite.start()

    yield make
    for suite in reversed(made):
        suite.finish()


@pytest.fixture(scope="module")
def suite(new_suite):
    """One running suite for all tests of a file."""
    return new_suite()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows the last words of every process."""
    report = (yield).get_result()
    if report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, Suite):
                report.sections += [(f"log of {name}", text) for name, text in value.tails()]
