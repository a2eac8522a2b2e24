"""Goal: somebody with several roles switches between them, and finds in each what was begun there, also after a restart"""
import pytest

from harness.waiting import wait_until

from .company import WAIT_S, Panel


@pytest.fixture(scope="module")
def company(suite, company):
    with Panel(suite) as panel:
        tariff = panel.generous_tariff()
        panel.set(CONTRACTOR_MAX_ORDERS=20)
    company.client, company.both = company.crowd_joins(4501, ["Клиент 1", "Клиент и подрядчик"], "client", tariff_id=tariff)
    company.accepts(company.both, company.ctl.invite("contractor"))
    wait_until(lambda: suite.value("select roles from person_facts where telegram_id = %s", company.both.id) == 3, WAIT_S, "both roles")
    return company


def in_work(company, text):
    order = company.orders(company.client, text)
    company.takes(company.both, order)
    return order


def gathers_a_picture_for_the_report(person, order):
    person.tap(f"finish:{order}")
    before = person.wait_for("коротко", button="Ещё нет").id
    person.say(photo=True)
    person.wait_for("в двух словах", after=before)


def killed(suite):
    suite.kill("bot-gateway")
    suite.restart("bot-gateway")


def test_a_report_leaves_the_order_begun(suite, company):
    person = company.both
    order = in_work(company, "Работа посреди заказа")
    draft = company.begins(person, "Мой собственный заказ")
    person.tap("kind", draft)
    kind = person.wait_for("Мой собственный заказ", button="✅ Сайт")
    person.tap(f"finish:{order}")
    killed(suite)
    person.say("Сделано посреди заказа")
    company.reach(order, "done")
    again = person.wait_for("До этого вы начали", button="Продолжить начатый заказ", after=kind.id)
    person.tap("go_on", again)
    draft = person.wait_for("Мой собственный заказ", button="Отправить", after=kind.id)
    assert "посреди" not in draft.text
    person.tap("send", draft)
    made = wait_until(lambda: company.order_of("Мой собственный заказ"), WAIT_S, "the order")
    assert suite.value("select category_id from orders where id = %s", made), "the kind chosen before is kept"
    company.accepted(company.client, order)


def test_an_order_leaves_the_report_begun(suite, company):
    person = company.both
    order = in_work(company, "Работа с картинкой")
    gathers_a_picture_for_the_report(person, order)
    mark = person.mark()
    person.tap("send", company.begins(person, "Заказ посреди отчёта"))
    again = person.wait_for("До этого вы начали", button=f"№{order}", after=mark)
    assert wait_until(lambda: company.order_of("Заказ посреди отчёта"), WAIT_S, "the order")
    killed(suite)
    mark = person.mark()
    person.tap("go_on", again)
    person.wait_for("Вложений: 1", button="Ещё нет", after=mark)
    person.say("Вот отчёт с картинкой")
    company.reach(order, "done")
    assert "photo" in suite.value("select files::text from order_messages where order_id = %s and kind = 'report'", order)
    company.accepted(company.client, order)


def test_the_menu_leaves_both(suite, company):
    person = company.both
    order = in_work(company, "Работа до меню")
    company.begins(person, "Заказ до меню")
    gathers_a_picture_for_the_report(person, order)
    mark = person.mark()
    person.say("/menu")
    person.wait_for("Главное меню", button="Продолжить начатый заказ", after=mark)
    killed(suite)
    mark = person.mark()
    person.say("/menu")
    menu = person.wait_for("Главное меню", button=f"Продолжить с заказом №{order}", after=mark)
    person.tap("new_order", menu)
    person.wait_for("Заказ до меню", button="Отправить", after=mark)
    person.tap("drop")
    menu = person.wait_for("Главное меню", button=f"Продолжить с заказом №{order}", after=mark)
    assert not menu.data_of("Продолжить начатый заказ")
    person.tap("go_on", menu)
    person.wait_for("Вложений: 1", button="Ещё нет", after=mark)
    person.say("Готово после меню")
    company.reach(order, "done")
    mark = person.mark()
    person.say("/menu")
    assert not person.wait_for("Главное меню", after=mark).press_named("go_on")
    company.accepted(company.client, order)


def test_a_message_out_of_the_blue_joins_the_order_begun_and_drops_nothing(suite, company):
    """Words without a prompt go on with the order; the report's picture stays where it is."""
    person = company.both
    order = in_work(company, "Работа и слова вдогонку")
    gathers_a_picture_for_the_report(person, order)
    person.say("/menu")
    mark = person.mark()
    person.say("Слова из ниоткуда")
    person.wait_for("К чему это относится", button="Это новый заказ", after=mark)
    person.press("Это новый заказ")
    person.wait_for("Слова из ниоткуда", button="Отправить", after=mark)
    mark = person.mark()
    person.tap("drop")
    menu = person.wait_for("Главное меню", button=f"№{order}")
    person.tap("go_on", menu)
    person.wait_for("Вложений: 1", button="Ещё нет", after=mark)
    person.tap("drop")


def test_all_adds_up(suite, company):
    company.wait_settled()
    suite.ctl("check")
    assert not suite.sim.summary().get("violations")
