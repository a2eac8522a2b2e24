"""Goal: whichever process is killed, it comes back, the others go on, and all of them stop when asked"""
import itertools

import pytest
import requests

from harness.waiting import wait_until

STRANGERS = itertools.count(1)
DAEMONS = ["order-engine@1", "order-engine@2", "bot-gateway", "sla-watcher", "admin-web"]


@pytest.fixture(scope="module")
def suite(new_suite):
    made = new_suite(engines=2)
    owner = made.sim.person(1001, "Owner")
    owner.start(made.ctl.invite("owner"))
    owner.tap("join")
    return made


def ready(suite):
    try:
        return requests.get(f"{suite.admin_url}/readyz", timeout=5).ok
    except requests.RequestException:
        return False


def answers_people(suite):
    """The owner opens the menu and gets it: simulator, gateway and database work together."""
    owner = suite.sim.person(1001, "Owner")
    before = owner.mark()
    owner.start()
    owner.see("people", after=before)


def test_all_are_ready_and_known(suite):
    wait_until(lambda: ready(suite), 20, "the panel to be ready")
    wait_until(lambda: {row[0] for row in suite.query("select distinct daemon from process_stats")} ==
               {"order-engine", "bot-gateway", "sla-watcher", "admin-web"}, 20, "every daemon's row of process_stats",
               lambda: suite.query("select daemon, instance, state from process_stats"))
    answers_people(suite)


@pytest.mark.parametrize("name", DAEMONS)
def test_killed_it_comes_back(suite, name):
    suite.kill(name)
    suite.restart(name)
    wait_until(lambda: ready(suite), 20, "the panel to be ready again")
    answers_people(suite)


def test_all_survive_a_killed_postgresql(suite):
    suite.cluster.kill()
    suite.cluster.start()
    wait_until(lambda: ready(suite), 30, "the panel to be ready again")
    answers_people(suite)


def test_the_daemons_outlive_the_simulator(suite):
    suite.new_world()
    answers_people(suite)


@pytest.mark.parametrize("name", DAEMONS)
def test_asked_to_stop_it_stops(suite, name):
    assert suite[name].stop() == 0
    suite.restart(name)
