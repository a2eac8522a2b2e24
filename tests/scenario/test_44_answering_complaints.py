"""Goal: a complaint is answered from its card in one go: the client reads it, it is settled on every copy, at any time of the order"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S


@pytest.fixture(scope="module")
def company(company):
    company.managers = [company.joins(4411 + n, f"Менеджер {n + 1}", "manager") for n in range(2)]
    company.client = company.joins(4421, "Клиент 1", "client", tariff="VIP", paid_until=PAID)
    company.worker = company.joins(4431, "Подрядчик 1", "contractor")
    return company


def complains(company, order, words):
    """The cards of both managers."""
    company.client.press_data(f"complain:{order}", company.client.last(), stale=True)
    company.client.wait_for(f"Что не так с заказом №{order}", button="Не нужно")
    company.client.say(words)
    return [manager.wait_for(words, button="Ответить") for manager in company.managers]


def is_settled(suite, order):
    wait_until(lambda: not suite.query("select 1 from alerts where order_id = %s and cause = 'complaint' and solved_at is null", order),
               WAIT_S, "the complaint to be settled")


def test_the_answer_reaches_the_client_and_settles_the_complaint(suite, company):
    company.order = order = company.orders(company.client, "Почините сайт")
    company.takes(company.worker, order)
    first, second = complains(company, order, "Подрядчик молчит второй день")
    manager = company.managers[0]
    manager.press("Ответить", first)
    manager.wait_for(f"Что ответить клиенту по заказу №{order}?")
    manager.say("Позвонил ему: <сегодня> всё будет")
    manager.wait_for(f"жалоба по заказу №{order} улажена")
    told = company.client.wait_for(regex=r"ответ менеджера на вашу жалобу(.|\n)*<сегодня> всё будет")
    assert manager.name not in told.text
    is_settled(suite, order)
    line = company.managers[1].wait_for(regex=f"№{order}.*жал.* – решено")
    assert line.id == second.id, "the other's copy says that it is over"
    answer = company.managers[1].press_data(second.press_named("answer_complaint"), line, stale=True)
    assert answer["answered"]


def test_it_stands_in_the_history_of_the_client_and_not_of_the_contractor(company):
    client, worker = company.client, company.worker
    for person, reads in ((client, True), (worker, False)):
        person.press_data(f"history:{company.order}:0", person.last(), stale=True)
        shown = person.wait_for(f"№{company.order}: история").text
        assert ("всё будет" in shown) == reads, shown
        assert ("молчит" in shown) == reads, shown
    assert not any("всё будет" in m.text for m in worker.bot_messages())


def test_who_answers_too_late_reads_so(suite, company):
    first, second = complains(company, company.order, "И снова молчит")
    for manager, card in zip(company.managers, (first, second)):
        manager.press("Ответить", card)
        manager.wait_for("Что ответить клиенту")
    company.managers[0].say("Заменим подрядчика")
    company.client.wait_for("Заменим подрядчика")
    is_settled(suite, company.order)
    mark = company.managers[1].mark()
    company.managers[1].say("Потерпите")
    company.managers[1].wait_for("уже", after=mark)
    assert not any("Потерпите" in m.text for m in company.client.bot_messages())


def test_also_when_the_order_is_over_and_with_a_picture(suite, company):
    company.finishes(company.worker, company.order, "Готово")
    company.accepted(company.client, company.order)
    card, _ = complains(company, company.order, "Всё сломалось опять")
    company.managers[0].press("Ответить", card)
    company.managers[0].wait_for("Что ответить клиенту")
    company.managers[0].say(caption="Вот бесплатный заказ", photo=True)
    company.client.wait_for("Вот бесплатный заказ")
    wait_until(lambda: any(m.get("photo") for m in company.client.bot_messages()), WAIT_S, "the picture to arrive")
    is_settled(suite, company.order)
    company.wait_settled()
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
