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


class Watched:
    """What everybody together has pressed and said since then, as Telegram counts it: presses answered, updates made."""

    def __init__(self, sim):
        self.sim, self.before = sim, self.seen(sim)

    @staticmethod
    def seen(sim):
        return sim.summary()["calls"].get("answerCallbackQuery", 0), sim.get("pending")["next_update_id"]

    def effort(self):
        """(presses, messages)"""
        presses, updates = (now - before for now, before in zip(self.seen(self.sim), self.before))
        return presses, updates - presses


def killed(suite):
    suite.kill("bot-gateway")
    suite.restart("bot-gateway")


def test_a_draft_with_picture_and_wish_is_gone_on_with(suite, company):
    client = company.client
    draft = company.begins(client, "Нужна страница, которая переживёт всё", photo=True)
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
    draft = company.begins(client, "Это я передумаю")
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


def test_two_presses_from_the_offer_to_work(suite, company):
    order = company.orders(company.client, "Нужна быстрая страница")
    offer = company.contractor.see(f"take:{order}")
    watched = Watched(suite.sim)
    company.contractor.tap(f"take:{order}", offer)
    company.contractor.tap(f"take_for:{order}:3")
    company.reach(order, "in_work")
    assert watched.effort() == (2, 0)


def test_two_presses_and_the_message_from_opening_the_bot_to_an_order(suite, company):
    client = company.client
    before = client.mark()
    client.start()  # the bot is opened: its menu is there
    menu = client.see("new_order", after=before)
    watched = Watched(suite.sim)
    client.tap("new_order", menu)
    client.say("Нужна страница в два нажатия")
    client.tap("send", client.wait_for("в два нажатия", button="Отправить", after=before))
    wait_until(lambda: company.order_of("Нужна страница в два нажатия"), 20, "the order")
    assert watched.effort() == (2, 1)
