"""Goal: what was begun is there after the gateway was killed, can be gone on with or dropped; and few presses lead to an order"""
import pytest

from harness.waiting import wait_until

from .company import Panel


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        tariff = panel.generous_tariff()
    company.client, = company.crowd_joins(11, ["Клиент 1"], "client", tariff_id=tariff)
    company.contractor = company.joins(21, "Подрядчик 1", "contractor")
    return company


class Presses:
    """Counts what a person presses and writes."""

    def __init__(self, person):
        self.person, self.presses, self.messages = person, 0, 0

    def tap(self, name, message=None):
        self.presses += 1
        return self.person.tap(name, message)

    def say(self, text):
        self.messages += 1
        self.person.say(text)


def killed(suite):
    suite.kill("bot-gateway")
    suite.restart("bot-gateway")


def begins(client, text, **more):
    before = client.mark()
    client.say("/new")
    client.wait_for("Новый заказ", after=before)
    client.say(text, **more)
    return client.wait_for(text, button="Отправить", after=before)


def test_a_draft_with_picture_and_wish_is_gone_on_with(suite, company):
    client = company.client
    draft = begins(client, "Нужна страница, которая переживёт всё", photo=True)
    client.tap("wish", draft)
    client.wait_for("Это пожелание")
    client.say("к пятнице")
    client.wait_for("Пожелание: к пятнице")
    killed(suite)
    before = client.mark()
    client.say("/menu")
    menu = client.wait_for("Главное меню", after=before, button="Продолжить")
    client.tap("new_order", menu)
    again = client.wait_for("переживёт всё", button="Отправить", after=before)
    assert "Вложений: 1" in again.text and "Пожелание: к пятнице" in again.text
    client.tap("send", again)
    order = wait_until(lambda: company.order_of("Нужна страница, которая переживёт всё"), 20, "the order")
    assert suite.value("select wish from orders where id = %s", order) == "к пятнице"


def test_a_draft_is_dropped_after_a_restart_and_stays_dropped(suite, company):
    client = company.client
    draft = begins(client, "Это я передумаю")
    killed(suite)
    client.tap("drop", draft)
    client.wait_for("Главное меню", button="Новый заказ")
    killed(suite)
    before = client.mark()
    client.say("/new")
    assert "передумаю" not in client.wait_for("Новый заказ", after=before).text
    client.tap("drop")


def test_a_question_begun_before_the_restart_is_asked_after_it(suite, company):
    order = company.orders(company.client, "Нужна страница с вопросом")
    company.takes(company.contractor, order)
    company.contractor.tap(f"ask:{order}")
    company.contractor.wait_for("вопрос клиенту")
    killed(suite)
    company.contractor.say("Какого цвета?")
    company.reach(order, "waiting_client")
    company.client.wait_for("Какого цвета?")
    company.finishes(company.contractor, order, "Готово")
    company.accepted(company.client, order)


def test_two_presses_from_the_offer_to_work(company):
    order = company.orders(company.client, "Нужна быстрая страница")
    hand = Presses(company.contractor)
    hand.tap(f"take:{order}")
    hand.tap(f"take_for:{order}:3")
    company.reach(order, "in_work")
    assert (hand.presses, hand.messages) == (2, 0)


def test_two_presses_and_the_message_from_opening_the_bot_to_an_order(suite, company):
    client = company.client
    before = client.mark()
    client.start()  # the bot is opened: its menu is there
    menu = client.see("new_order", after=before)
    hand = Presses(client)
    hand.tap("new_order", menu)
    hand.say("Нужна страница в два нажатия")
    hand.tap("send", client.wait_for("в два нажатия", button="Отправить", after=before))
    wait_until(lambda: company.order_of("Нужна страница в два нажатия"), 20, "the order")
    assert (hand.presses, hand.messages) == (2, 1)
