"""Goal: PostgreSQL is restarted under load, fast and immediately: updates wait unconfirmed, people are told once, nothing is lost"""
import pytest

from harness.waiting import wait_until

from .company import WAIT_S
from .load import FlyingTime, Load

ENGINES = 2
SEED = 40
APOLOGY = "⏳"
STORIES_BETWEEN = 6  # orders closed between two restarts


@pytest.fixture(scope="module")
def load(suite):
    return Load(suite, pairs=6, seed=SEED, managers=2)


@pytest.fixture(scope="module")
def witness(suite, load):
    """Somebody in the middle of a conversation when PostgreSQL goes."""
    witness, = load.company.crowd_joins(5011, ["Свидетель"], "client", tariff_id=load.tariff_id)
    contractor, = load.company.crowd_joins(5012, ["Подрядчик свидетеля"], "contractor")
    order = load.company.orders(witness, "Заказ свидетеля")
    load.beside.add(order)
    load.company.takes(contractor, order)
    witness.tap(f"write:{order}")
    return witness


def closed(load):
    return sum(state == "closed" for _, state in load.states.values())


def run_a_while(load):
    enough = closed(load) + STORIES_BETWEEN

    def has_gone_on():
        load.turn()
        return closed(load) >= enough
    wait_until(has_gone_on, WAIT_S, "the load to go on", load.stuck)


def apologies(person):
    return [m for m in person.bot_messages() if APOLOGY in m.text]


@pytest.mark.parametrize("immediately", [False, True, False, True], ids=["fast", "immediate", "fast again", "immediate again"])
def test_an_outage_is_weathered(suite, load, witness, immediately):
    run_a_while(load)
    told_before = len(apologies(witness))
    texts = [f"Сказано без базы {told_before}.{n}" for n in range(3)]

    suite.cluster.stop(immediately)
    for text in texts:
        witness.say(text)
    wait_until(lambda: apologies(witness)[told_before:], WAIT_S, "the witness to be told that it takes a moment")
    assert suite.sim.get("pending")["pending"] >= len(texts), "without PostgreSQL nothing is confirmed"
    suite.cluster.start()

    def kept():
        return suite.value("select count(*) from order_messages where text = any (%s)", texts)
    wait_until(lambda: kept() == len(texts), WAIT_S, "what was said meanwhile", kept)
    run_a_while(load)
    assert len(apologies(witness)) == told_before + 1, "told once, however much was said"


def test_a_quick_restart_amid_everything_that_is_due(suite, load):
    clock = FlyingTime(suite, "2h")
    for immediately in (False, True):
        clock.turn()
        run_a_while(load)
        suite.cluster.stop(immediately)
        suite.cluster.start()
        clock.finish()
    run_a_while(load)


def test_nothing_is_lost_and_nothing_doubled(load):
    load.finish()
    print(load.prove())
