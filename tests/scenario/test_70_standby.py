"""Goal: a second sla-watcher and a second bot-gateway stand by and take over, engines come and go; nothing happens twice or not at all"""
import re
import threading

import pytest

from harness.waiting import wait_until

from .company import FAST, WAIT_S
from .load import FlyingTime, Load

SEED = 70
STORIES_BETWEEN = 6
TAKEOVERS = 3  # of each pair

PAIRS = {  # first, second, the setting that tells them apart, what the active one logs
    "sla-watcher": ("sla-watcher", "sla-watcher@2", "ITSUPPORT_WATCHER_INSTANCE", r"sla-watcher: active$"),
    "bot-gateway": ("bot-gateway", "bot-gateway@2", "ITSUPPORT_GATEWAY_INSTANCE", r"bot-gateway: leading "),
}


@pytest.fixture(scope="module")
def suite(new_suite):
    suite = new_suite(engines=2, env=FAST)
    for first, _, setting, _ in PAIRS.values():
        suite.add_second(first, **{setting: "2"}).start()
    suite.wait_ready()
    return suite


@pytest.fixture(scope="module")
def load(suite):
    return Load(suite, pairs=6, seed=SEED, managers=2)


@pytest.fixture(scope="module")
def clock(suite):
    clock = FlyingTime(suite, "2h")
    yield clock
    clock.finish()


def closed(load):
    return sum(state == "closed" for _, state in load.states.values())


def run_a_while(load, clock, stories=STORIES_BETWEEN):
    enough = closed(load) + stories

    def has_gone_on():
        load.turn()
        clock.turn()
        return closed(load) >= enough
    wait_until(has_gone_on, 2 * WAIT_S, "the load to go on", load.stuck)


def times_active(suite, name, pattern):
    return len(re.findall(pattern, suite[name].log(), re.MULTILINE))


def test_the_second_ones_stand_by(suite):
    for _, second, _, active in PAIRS.values():
        suite[second].wait_log("stand")
        assert not suite[second].log_contains(active), f"{second} must not work beside the first"


@pytest.mark.parametrize("number", range(1, TAKEOVERS + 1))
@pytest.mark.parametrize("daemon", PAIRS)
def test_the_one_that_stands_by_takes_over(suite, load, clock, daemon, number):
    first, second, _, active = PAIRS[daemon]
    working, waiting = (first, second) if number % 2 else (second, first)
    run_a_while(load, clock)
    before = times_active(suite, waiting, active)
    suite.kill(working)
    wait_until(lambda: times_active(suite, waiting, active) > before, WAIT_S, f"{waiting} to take over", suite[waiting].tail)
    run_a_while(load, clock)
    suite.restart(working)


def test_both_engines_work(suite, load, clock):
    run_a_while(load, clock)

    def commands():
        return dict(suite.query("select instance, (counters ->> 'commands')::bigint from process_stats where daemon = 'order-engine'"))
    wait_until(lambda: len(commands()) == 2 and all(commands().values()), WAIT_S, "both engines to have had commands", commands)


def test_an_engine_stops_gracefully_under_load(suite, load, clock):
    for name in ("order-engine@2", "order-engine@1"):
        ends = []
        stopping = threading.Thread(target=lambda name=name, ends=ends: ends.append(suite[name].stop()))
        stopping.start()
        run_a_while(load, clock)
        stopping.join()
        assert ends == [0]
        suite.restart(name)


def test_an_engine_more_joins_without_a_word(suite, load, clock):
    suite.add_engine(3).start().wait_ready()
    run_a_while(load, clock)


def test_nothing_is_lost_refused_or_doubled(suite, load, clock):
    clock.finish()
    load.finish()
    refused = suite.query("select id, type, answer from commands where answer like '%%\"refused\"%%' and type <> 'deadline.reached'")
    assert not refused, refused
    print(load.prove())
