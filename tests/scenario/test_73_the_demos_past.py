"""Goal: the demo's past and its first day, made by the demo's own seed, are a history that check, order, replay and reports understand"""
import json

import pytest

from demo.cast import EVERYBODY, HISTORY, LETTERS, STORIES
from demo.seed import Demo
from harness.ctl import CtlError


@pytest.fixture(scope="module")
def demo(suite, company):
    made = Demo(company.sim, company.ctl, suite.cluster, suite.database)
    assert made.live_through() == len(HISTORY)
    assert made.gather() > 0
    assert suite.value("select count(*) from people") == len(EVERYBODY)
    made.group = made.bind_group()
    assert made.tell_stories() == len(STORIES)
    assert made.write_letters() == len(LETTERS)
    suite.ctl.advance("5h")  # some of it is late by now
    return made


def test_whoever_looks_into_the_managers_group_sees_what_waits(demo):
    for letter in LETTERS:
        demo.group.wait_for(letter.text, button="Ответить")


def test_a_second_demo_tells_the_group_anew(company, demo):
    company.wait_settled()
    seen = demo.group.mark()
    demo.bind_group()
    demo.group.wait_for(LETTERS[0].text, button="Ответить", after=seen)
    assert demo.write_letters() == 0


def test_it_holds_together(suite, demo):
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("nth", range(len(STORIES)))
def test_every_order_is_told(suite, demo, nth):
    number, state = suite.query("select id, state from orders order by id offset %s limit 1", len(HISTORY) + nth)[0]
    told = json.loads(suite.ctl("order", "--json", "--texts", number))
    events = [row[0] for row in suite.query("select event from order_events where order_id = %s order by version", number)]
    text = json.dumps(told, ensure_ascii=False)
    assert state in text and all(event in text for event in events), text
    printed = suite.ctl("order", number)
    assert str(number) in printed and state in printed, printed
    assert STORIES[nth].text not in printed, "words are shown only when they are asked for"


def test_with_nothing_changed_replay_leads_to_what_is_recorded(suite, demo):
    report = json.loads(suite.ctl("replay", "--json"))
    assert report["orders"] == len(HISTORY) + len(STORIES)
    assert report["strange"] == report["left_out"] == report["waited"] == 0
    assert not {name: row for name, row in report["table"].items() if row["before"] != row["after"]}


def test_with_a_double_rate_the_closed_ones_cost_twice(suite, demo):
    row = json.loads(suite.ctl("replay", "--json", "--set", "ORDER_RATE=1000"))["table"]["paid in RUB"]
    assert row["after"] == 2 * row["before"] > 0


def test_whole_months_lie_behind(suite, demo):
    months = suite.query("""
        select b.id, count(o.id) from billing_months b left join orders o on o.billing_month_id = b.id group by b.id order by b.id""")
    assert len(months) >= 3, months
    assert all(count > 0 for _, count in months[:-1]), months


def test_a_contractor_reads_the_earnings_of_the_month_before(suite, demo):
    earned, _, name = suite.query("""
        select p.earned_minor, p.billing_month_id, w.name from payout_months p join people w on w.id = p.contractor_id
        where p.billing_month_id < (select max(id) from billing_months) order by p.billing_month_id desc, p.contractor_id limit 1""")[0]
    contractor = next(person for person in demo.people.values() if person.name == name)
    contractor.say("/earnings")
    contractor.tap("earnings:1000")
    contractor.wait_for(f"Итого: {earned // 100}")


def test_the_clock_does_not_go_back_once_somebody_has_joined(suite, demo):
    with pytest.raises(CtlError, match="somebody has joined already"):
        suite.ctl.rewind("1h")
