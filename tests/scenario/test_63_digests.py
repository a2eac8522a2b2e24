"""Goal: managers and owners are told regularly what has happened, if they want it, once, awake, and in their language"""
import pytest

from harness.waiting import wait_until

from .bus import BusClient
from .company import PAID, WAIT_S

WATCH_S = 90  # the watch looks once a minute


@pytest.fixture(scope="module")
def company(suite, company):
    company.owner = company.joins(1, "Владелец", "owner")
    company.manager = company.joins(2, "Менеджер", "manager")
    company.client = company.joins(11, "Клиент", "client", tariff="VIP", paid_until=PAID)
    company.worker = company.joins(21, "Подрядчик", "contractor")
    return company


def digests_of(suite, person):
    return [every for every, in suite.query(
        "select every from digests d join people p on p.id = d.person_id where p.telegram_id = %s order by every", person.id)]


def switch(suite, person, *presses):
    person.say("/menu")
    person.tap("digests")
    for press in presses:
        person.tap(press)


def to_the_next(suite, every):
    minutes = suite.value("select ceil(extract(epoch from min(due_at) - suite_now()) / 60)::bigint + 1 from digests where every = %s", every)
    suite.ctl.advance(f"{minutes}m")


def test_it_is_switched_on_and_off_on_one_screen(suite, company):
    switch(suite, company.manager, "digest_on:0", "digest_on:1", "digest_on:2")
    wait_until(lambda: digests_of(suite, company.manager) == ["day", "month", "week"], WAIT_S, "three digests")
    company.manager.tap("digest_off:1")
    wait_until(lambda: digests_of(suite, company.manager) == ["day", "month"], WAIT_S, "two digests")
    switch(suite, company.owner, "digest_on:0")
    wait_until(lambda: digests_of(suite, company.owner) == ["day"], WAIT_S, "the owner's")
    company.manager.tap("digest_off:2")
    wait_until(lambda: digests_of(suite, company.manager) == ["day"], WAIT_S, "one digest")


def test_others_get_none(suite, company):
    with BusClient(suite.folder / "bus") as bus:
        assert bus.ask("person.set_digest", {"every": "day", "on": True}, f"tg:{company.worker.id}")["refusal"] == "not_your_role"
        assert bus.ask("person.set_digest", {"every": "hour", "on": True}, f"tg:{company.owner.id}")["refusal"] == "bad_value"


def test_the_morning_tells_of_what_has_happened(suite, company):
    order = company.orders(company.client, "Нужен баннер")
    company.takes(company.worker, order)
    company.finishes(company.worker, order, "Готово")
    company.accepted(company.client, order)
    company.worker.say("/menu")
    company.worker.tap("duty")
    company.worker.tap("away:0")
    company.owner.say("/language")
    company.owner.tap("speak:1")
    to_the_next(suite, "day")
    told = company.manager.wait_for("Заказано: 1", timeout=WATCH_S).text
    assert "Взято: 1" in told and "Выполнено: 1" in told and "Подрядчик" in told and "₽" not in told, told
    owner = company.owner.wait_for("Ordered: 1", timeout=WATCH_S).text
    assert "Payouts of this month so far: 500\u00a0₽" in owner, owner


def test_the_next_one_tells_of_what_came_since(suite, company):
    mark = company.manager.mark()
    to_the_next(suite, "day")
    told = company.manager.wait_for("Заказано: 0", after=mark, timeout=WATCH_S).text
    assert "Выполнено: 0" in told, told
    company.wait_settled()
    assert suite.value("select count(*) from notices where kind = 'digest'") == 4, "one each, each morning"


def test_nobody_is_told_who_is_no_manager_any_more(suite, company):
    with BusClient(suite.folder / "bus") as bus:
        number = suite.value("select id from people where telegram_id = %s", company.manager.id)
        assert bus.ask("person.remove", {"person_id": number, "role": "manager"}, f"tg:{company.owner.id}")["outcome"] == "ok"
    to_the_next(suite, "day")
    wait_until(lambda: not digests_of(suite, company.manager), WATCH_S, "the former manager's digest to end")
    assert suite.value("select count(*) from notices n join people p on p.id = n.person_id where kind = 'digest' and p.telegram_id = %s",
                       company.manager.id) == 2
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
