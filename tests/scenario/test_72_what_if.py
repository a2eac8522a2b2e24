"""Goal: itsupportctl replay leads to what is recorded, to the last alert, when nothing is changed; and tells what other terms would do

A random history is made by real people's presses on a clock that jumps: parameters change in its midst, orders are late, nobody
takes some, questions stay unanswered. The seed is fixed; ITSUPPORT_TEST_SEED tries another.
"""
import json
import os
import random

import pytest

from .company import PAID, Panel

STEPS = 90
JUMPS = ["1m", "7m", "25m", "55m", "3h", "26h"]


class RandomHistory:
    def __init__(self, company, seed):
        self.suite, self.company, self.random = company.suite, company, random.Random(seed)
        with Panel(self.suite) as panel:
            panel.set(CONTRACTOR_MAX_ORDERS=20, MANAGER_REPEAT_MINUTES=120)
            tariff = panel.generous_tariff()
        self.clients = self.company.crowd_joins(3100, ["Клиент 1", "Клиент 2"], "client", tariff_id=tariff)
        self.pinner = self.company.joins(3190, "Клиент 3", "client", tariff="Стандарт", paid_until=PAID)
        self.contractors = self.company.crowd_joins(3200, [f"Подрядчик {n}" for n in (1, 2, 3)], "contractor")
        self.managers = self.company.crowd_joins(3300, ["Менеджер 1"], "manager")
        self.orders = {}  # number -> [client, contractor]

    def in_state(self, *states):
        return [o for o in self.orders if self.company.state(o) in states]

    def step(self, number):
        """One thing that can be done now."""
        company, choose = self.company, self.random.choice
        new, working = self.in_state("new"), self.in_state("in_work")
        waiting, done = self.in_state("waiting_client"), self.in_state("done")
        can = [lambda: self.jump(), lambda: self.jump(), lambda: self.order(choose(self.clients), number)]
        can += [lambda: self.take(choose(new))] * 2 * bool(new)
        can += [lambda: company.asks(self.orders[o][1], o, "Какой?") for o in working[:1]]
        can += [lambda: company.finishes(self.orders[o][1], o, "Готово") for o in working[:1]]
        can += [lambda: company.answers(self.orders[o][0], o, "Такой") for o in waiting[:1]]
        can += [lambda: company.accepted(self.orders[o][0], o, stars=5) for o in done[:1]]
        can += [lambda: self.change_a_parameter()]
        choose(can)()

    def jump(self):
        self.suite.ctl.advance(self.random.choice(JUMPS))

    def order(self, client, number):
        self.orders[self.company.orders(client, f"Задача {number}")] = [client, None]

    def take(self, order):
        contractor = self.random.choice(self.contractors)
        self.company.takes(contractor, order, hours=self.random.choice([1, 3, 8]))
        self.orders[order][1] = contractor

    def change_a_parameter(self):
        name = self.random.choice(["INFORM_MANAGER_CREATED_PROJECT_LIMIT", "CONTRACTOR_REMIND_LIMIT", "INFORM_MANAGER_IN_WORK_PROJECT_LIMIT"])
        self.suite.ctl("parameter", name, self.random.choice([40, 60, 80, 95]))

    def pinned_order(self):
        """The first closes, its contractor is pinned and takes the second within the window."""
        company, contractor = self.company, self.contractors[0]
        first = company.orders(self.pinner, "Первый")
        company.takes(contractor, first, hours=1)
        company.finishes(contractor, first, "Готово")
        company.accepted(self.pinner, first)
        contractor_id = self.suite.value("select contractor_id from orders where id = %s", first)
        self.pinner.say("/menu")
        self.pinner.tap("pins")
        self.pinner.tap(f"pin:{contractor_id}")
        company.wait_settled()
        self.pinned = company.orders(self.pinner, "Второй")
        self.suite.ctl.advance("20m")
        company.takes(self.contractors[1], self.pinned, hours=1)


@pytest.fixture(scope="module")
def history(company):
    made = RandomHistory(company, int(os.environ.get("ITSUPPORT_TEST_SEED", "80")))
    made.pinned_order()
    for number in range(STEPS):
        made.step(number)
    made.company.wait_settled()
    return made


def replay(suite, *options):
    return json.loads(suite.ctl("replay", "--json", *options))


def test_with_nothing_changed_the_past_is_as_it_was(suite, history):
    report = replay(suite)
    assert report["orders"] == suite.value("select count(*) from orders") > 5
    assert report["strange"] == report["left_out"] == report["waited"] == 0
    assert not {name: row for name, row in report["table"].items() if row["before"] != row["after"]}
    raised = dict(suite.query("select cause, count(*) from alerts group by cause"))
    assert raised["not_taken"] and raised["late"], "the history has nothing to tell"
    assert {cause: report["table"][f"alerts {cause}"]["before"] for cause in raised} == raised
    assert report["table"]["paid in RUB"]["before"] == suite.value("select sum(amount_minor) from payout_entries")


def test_the_same_question_has_the_same_answer(suite, history):
    asked = ["--set", "INFORM_MANAGER_CREATED_PROJECT_LIMIT=30", "--set", "AUTO_CLOSE_HOURS=1"]
    assert replay(suite, *asked) == replay(suite, *asked)


def test_earlier_alerts_are_more_alerts(suite, history):
    row = replay(suite, "--set", "INFORM_MANAGER_CREATED_PROJECT_LIMIT=1")["table"]["alerts not_taken"]
    assert row["after"] > row["before"]


def test_another_rate_is_paid(suite, history):
    report = replay(suite, "--set", "ORDER_RATE=1000")["table"]
    assert report["paid in RUB"]["after"] == 2 * report["paid in RUB"]["before"] > 0
    assert report["payouts in RUB"]["after"] == report["payouts in RUB"]["before"]


def test_a_longer_pinned_window_opens_later_and_who_came_too_early_waits(suite, history):
    report = replay(suite, "--set", "ASSIGNED_CONTRACTORS_TIME_LIMIT=50")
    assert report["opened_later"] == 1 and report["waited"] == 1


def test_another_tariff_without_pins_opens_at_once(suite, history):
    report = replay(suite, "--tariff", "Стандарт.may_pin=off", "--tariff", "Стандарт.reaction_minutes=1")
    assert report["opened_earlier"] == 1
    assert report["table"]["taken late"]["after"] > report["table"]["taken late"]["before"]


def test_with_fewer_hours_less_is_late(suite, history):
    with Panel(suite) as panel:
        panel.ask("POST", "calendars", {"name": "Понедельник", "time_zone": "Europe/Moscow", "intervals": ["1 09:00-10:00"], "holidays": []})
    report = replay(suite, "--tariff", "Без границ.calendar=Понедельник", "--tariff", "Стандарт.calendar=Понедельник")["table"]["alerts not_taken"]
    assert report["after"] < report["before"]
    assert suite.ctl.run("replay", "--tariff", "VIP.calendar=Вторник", check=False).returncode == 1


def test_people_read_a_table_and_only_the_days_they_asked_for(suite, history):
    printed = suite.ctl("replay", "--since", "2026-01-01")
    assert "before" in printed and "alerts not_taken" in printed and "orders run again" in printed
    assert replay(suite, "--until", "2026-01-01")["orders"] == 0


@pytest.mark.parametrize("options", [["--set", "ORDER_RATES=1"], ["--set", "ORDER_RATE"], ["--set", "BILLING_DAY=31"], ["--since", "soon"],
                                     ["--tariff", "VIP=30"], ["--tariff", "VIP.colour=30"],
                                     ["--tariff", "VIP.reaction_minutes=0"]])
def test_what_makes_no_sense_is_refused(suite, history, options):
    assert suite.ctl.run("replay", *options, check=False).returncode == 2


def test_nothing_was_written(suite, history):
    before = suite.query("select (select count(*) from order_events), (select count(*) from audit), (select count(*) from notices)")
    replay(suite, "--set", "ORDER_RATE=1")
    assert before == suite.query("select (select count(*) from order_events), (select count(*) from audit), (select count(*) from notices)")
    done = suite.ctl.run("check", check=False)
    assert done.returncode == 0, done.stdout[-2000:]
