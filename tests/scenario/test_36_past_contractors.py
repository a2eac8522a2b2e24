"""Goal: a client finds the contractors who worked for the account, and reaches them only where the tariff grants contacts"""
import pytest

from .company import FAST, PAID, Company


@pytest.fixture(scope="module")
def company(new_suite):
    company = Company(new_suite(env=FAST))
    company.contractor = company.joins(21, "Подрядчик 1", "contractor")
    return company


@pytest.mark.parametrize("person, tariff, sees", [(11, "VIP", True), (12, "Стандарт", False)])
def test_contacts_follow_the_tariff(company, person, tariff, sees):
    client = company.joins(person, f"Клиент {tariff}", "client", tariff=tariff, paid_until=PAID)
    order = company.orders(client, f"Нужна страница на тарифе {tariff}")
    company.takes(company.contractor, order)
    company.finishes(company.contractor, order, "Готово")
    company.accepted(client, order)
    before = client.mark()
    client.say("/menu")
    client.tap("pins", client.see("pins", after=before))
    listed = client.wait_for("Закреплённые подрядчики", after=before)
    assert ("выполнил ваших заказов: 1" in listed.text) == sees
    links = str(listed.get("entities") or "") + (listed.get("html") or "")
    assert (str(company.contractor.id) in links) == sees
    assert listed.press_named("pin") and listed.press_named("menu")
