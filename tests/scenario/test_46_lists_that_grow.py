"""Goal: what piles up stays within reach: the attachments of a long thread, the earnings of a busy month, those who have worked for a client"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S, Panel


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        tariff = panel.generous_tariff()
        panel.set(CONTRACTOR_MAX_ORDERS=20)
        company.seen_tariff = panel.ask("POST", "tariffs", {
            "name": "Только контакты", "orders_per_month": 50, "reaction_minutes": 60, "price_minor": 0, "may_pin": False,
            "sees_contacts": True, "open_orders": 10, "rate_minor": None, "on_sale": True})["id"]
    company.client, = company.crowd_joins(4601, ["Клиент 1"], "client", tariff_id=tariff)
    company.manager = company.joins(4611, "Менеджер 1", "manager")
    company.worker = company.joins(4621, "Подрядчик 1", "contractor")
    return company


def photos(person, after):
    return [m for m in person.bot_messages() if m.id > after and m.get("photo")]


def test_a_manager_opens_the_attachments_of_the_whole_thread(company):
    client, worker, manager = company.client, company.worker, company.manager
    order = company.orders(client, "Работа со снимками", photo=True)
    company.takes(worker, order)
    for person in (client, worker):
        person.press_data(f"write:{order}", person.last(), stale=True)
    for author, reader in ((client, worker), (worker, client)):
        mark = reader.mark()
        author.say(caption=f"Снимок: {author.name}", photo=True)
        reader.wait_for(f"Снимок: {author.name}", after=mark)
    mark = manager.mark()
    manager.say(f"/start order_{order}")
    manager.tap("history", manager.see("history", after=mark))
    history = manager.see("history_files", after=mark)
    manager.tap("history_files", history)
    wait_until(lambda: len(photos(manager, mark)) == 3, WAIT_S, "three pictures", lambda: manager.messages()[-4:])
    assert not any(picture.text for picture in photos(manager, mark)), "the words stand in the history"


def test_who_may_not_see_the_order_gets_none_of_them(company):
    stranger = company.joins(4622, "Подрядчик 2", "contractor")
    order = company.order_of("Работа со снимками")
    stranger.press_data(f"history_files:{order}:0", stranger.last(), stale=True)
    company.wait_settled()
    assert not photos(stranger, 0)


def test_the_earnings_of_a_busy_month_are_paged(company):
    client, worker = company.client, company.worker
    for n in range(9):
        order = company.orders(client, f"Мелкая работа {n}")
        company.takes(worker, order)
        company.finishes(worker, order, f"Готово {n}")
        company.accepted(client, order)
    mark = worker.mark()
    worker.say("/earnings")
    first = worker.wait_for("записей: 9", button="1 / 2", after=mark)
    assert first.text.count("№") == 8
    worker.press("▶", first)
    second = worker.wait_for("записей: 9", button="2 / 2", after=mark)
    assert second.text.count("№") == 1 and "4500" in second.text, "the sum is the month's"


def test_without_the_right_to_pin_the_button_says_past_contractors(company):
    client, = company.crowd_joins(4631, ["Клиент 2"], "client", tariff_id=company.seen_tariff)
    mark = client.mark()
    client.say("/menu")
    menu = client.wait_for("Главное меню", button="Ваши подрядчики", after=mark)
    assert not menu.data_of("Закреплённые")
    pinning = company.joins(4632, "Клиент 3", "client", tariff="Стандарт", paid_until=PAID)
    mark = pinning.mark()
    pinning.say("/menu")
    pinning.wait_for("Главное меню", button="Закреплённые подрядчики", after=mark)


def test_all_adds_up(suite, company):
    company.wait_settled()
    suite.ctl("check")
    assert not suite.sim.summary().get("violations")
