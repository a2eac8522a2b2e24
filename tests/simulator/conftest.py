"""conftest.py - one simulator for a file, emptied for each test"""
import pytest

from simulator.simulated import Simulator


@pytest.fixture(scope="module")
def process():
    simulator = Simulator()
    yield simulator
    simulator.stop()


@pytest.fixture
def sim(process):
    process.sim("POST", "/reset")
    process.sim("POST", "/limits", on=False)
    return process


@pytest.fixture
def limited(sim):
    sim.sim("POST", "/limits", on=True)
    return sim
