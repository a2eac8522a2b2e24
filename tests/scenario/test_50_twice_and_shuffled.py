"""Goal: updates delivered twice, and shuffled as Telegram may, have the effect of one delivery: counts and order are the same"""
import collections

import pytest

from harness.waiting import wait_until

from .company import FAST
from .load import Load

SEED = 50
PAIRS = 25
MESSAGES = 10000
TIMEOUT_S = 120


@pytest.fixture(scope="module")
def suite(new_suite):
    return new_suite(engines=2, env={**FAST, "ITSUPPORT_LOG_LEVEL": "info"})


@pytest.fixture(scope="module")
def load(suite):
    return Load(suite, pairs=PAIRS, seed=SEED)


def figures(suite):
    """What a second effect would change."""
    return suite.query("""
        select 'events ' || event, count(*) from order_events group by 1
        union all select 'commands ' || type, count(*) from commands where type like 'order.%%' group by 1
        union all select 'notices ' || kind, count(*) from notices group by 1
        union all select 'messages', count(*) from order_messages
        union all select 'entries', (select count(*) from quota_entries) + (select count(*) from payout_entries)
        order by 1""")


def test_stories_told_twice_over_happen_once(suite, load):
    """Presses and words of the little stories: everything a person does, each update twice."""
    suite.sim.post("faults", duplicate=True, seed=SEED)
    end = suite.sim.get("pending")["next_update_id"] + MESSAGES // 10

    def enough():
        load.turn()
        return suite.sim.get("pending")["next_update_id"] >= end
    wait_until(enough, TIMEOUT_S, "a thousand updates", load.stuck)
    load.finish()
    print(load.prove())  # one event per command, every word once, every notice once


@pytest.fixture(scope="module")
def talkers(suite, load):
    """Clients and contractors of orders in work, each in the middle of a conversation."""
    pairs = list(zip(load.people[:PAIRS], load.people[PAIRS:2 * PAIRS]))
    for number, (client, contractor) in enumerate(pairs):
        order = load.company.orders(client, f"Разговор {number}")
        load.press(contractor, f"take_for:{order}:24")
        load.company.reach(order, "in_work")
        for person in (client, contractor):
            load.press(person, f"write:{order}")
    load.company.wait_settled()
    return [person for pair in pairs for person in pair]


def test_ten_thousand_messages_delivered_twice_are_said_once(suite, load, talkers):
    before = dict(figures(suite))
    suite.sim.post("faults", duplicate=True, seed=SEED)
    suite.sim.post("flood", count=MESSAGES, users=[person.id for person in talkers], text="сообщение {n}", seed=SEED)

    def said():
        return suite.value("select count(*) from order_messages where text like 'сообщение %%'")
    wait_until(lambda: said() >= MESSAGES, TIMEOUT_S, f"{MESSAGES} messages", said)
    load.company.wait_settled(TIMEOUT_S, every=0.5)

    texts = collections.Counter(text for text, in suite.query("select text from order_messages where text like 'сообщение %%'"))
    assert texts == {f"сообщение {n}": 1 for n in range(MESSAGES)}
    grown = {what: count - before.get(what, 0) for what, count in figures(suite) if count != before.get(what, 0)}
    assert grown == {"events say": MESSAGES, "commands order.say": MESSAGES, "notices thread_message": MESSAGES, "messages": MESSAGES}
    in_disorder = suite.query("""
        select author_id from (
            select author_id, substr(text, 11)::integer as n,
                   lag(substr(text, 11)::integer) over (partition by order_id, author_id order by version) as former
            from order_messages where text like 'сообщение %%') m
        where n < former""")
    assert not in_disorder, f"a chat's own order was lost: {in_disorder}"


def test_all_of_it_once_more_changes_nothing(suite, load, talkers):
    """Telegram forgets what was confirmed and shows the last thousands again."""
    before, answered = figures(suite), suite.sim.summary()
    suite.sim.no_faults()
    newest = suite.sim.get("pending")["next_update_id"]
    suite.sim.post("redeliver", **{"from": newest - MESSAGES, "to": newest})
    talkers[0].say("/menu")  # comes behind them all
    talkers[0].tap("help")
    load.company.wait_settled(TIMEOUT_S, every=0.5)
    assert figures(suite) == before, answered


def test_the_books_balance(suite):
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
