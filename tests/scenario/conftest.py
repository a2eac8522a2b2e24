"""conftest.py - what every scenario may begin with: all daemons, people who come to them, somebody on the bus"""
import pytest

from .bus import BusClient
from .company import FAST, Company
from .office import Office


@pytest.fixture(scope="module")
def suite(request, new_suite):
    """As fast as the machine goes. A file that wants more engines than one says so: ENGINES = 2."""
    return new_suite(engines=engines_of(request), env=FAST)


def engines_of(request):
    return getattr(request.module, "ENGINES", 1)


@pytest.fixture(scope="module")
def company(suite):
    """Nobody has joined. A file that wants people in it has a fixture of this name that lets them join this one."""
    return Company(suite)


@pytest.fixture
def bus(suite, company):
    """Speaks for the company's people. Of each test its own: it knows no engine that was killed before."""
    with BusClient(suite.folder / "bus") as client:
        yield client


@pytest.fixture(scope="module")
def office(request, suite):
    """For all tests of a file: people who speak over the bus alone."""
    with BusClient(suite.folder / "bus") as client:
        client.wait_engines(engines_of(request))
        yield Office(suite, client)
