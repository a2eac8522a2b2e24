"""Goal: whatever is wrong with an order, a manager puts it right from the alert's own buttons, and every manager sees who does"""
import types

import pytest

from harness.waiting import wait_until

from .company import PAID, Panel

WAIT_S = 20


@pytest.fixture(scope="module")
def people(company):
    return types.SimpleNamespace(
        owner=company.joins(1, "Владелец", "owner"), first=company.joins(2, "Менеджер 1", "manager"),
        second=company.joins(3, "Менеджер 2", "manager"), client=company.joins(11, "Клиент 1", "client", tariff="VIP", paid_until=PAID),
        worker=company.joins(21, "Подрядчик 1", "contractor"), other=company.joins(22, "Подрядчик 2", "contractor"))


def row(suite, order, columns):
    (found,) = suite.query(f"select {columns} from orders where id = %s", order)
    return found if len(found) > 1 else found[0]


def id_of(suite, person):
    return suite.value("select person_id from person_facts where telegram_id = %s", person.id)


def rescue(manager, order):
    """The order's card below, whatever stands in the chat."""
    mark = manager.mark()
    manager.start(f"order_{order}")
    return manager.wait_for(f"№{order}", after=mark)


# ---- an alert ----

@pytest.fixture(scope="module")
def untaken(suite, company, people):
    order = company.orders(people.client, "Никто не берёт этот заказ")
    suite.ctl.advance("58m")
    return order


def test_every_managers_copy_shows_who_is_on_it_and_since_when(people, untaken):
    copies = [manager.wait_for(f"№{untaken}", button="Я занимаюсь") for manager in (people.first, people.second)]
    people.first.tap("mine", copies[0])
    for manager, copy in zip((people.first, people.second), copies):
        seen = manager.wait_for(regex=rf"№{untaken}(.|\n)*Взял Менеджер 1, [0-9]+:[0-9]+")
        assert seen.id == copy.id and not seen.press_named("mine")
        assert seen.press_named("assign") and seen.press_named("call_off")


def test_who_comes_too_late_is_told_so_and_sees_who_has_it(suite, people, untaken):
    copy = people.second.wait_for(f"№{untaken}")
    alert = suite.value("select id from alerts where order_id = %s", untaken)
    answer = people.second.press_data(f"mine:{untaken}:{alert}", copy, stale=True)
    assert answer["show_alert"] and "уже занимается менеджер" in answer["text"], answer
    assert people.second.wait_for(f"Взял {people.first.name}").id == copy.id


def test_a_solved_alert_shrinks_to_a_line_on_every_copy(suite, company, people, untaken):
    copies = [manager.wait_for(f"№{untaken}", button="Назначить") for manager in (people.first, people.second)]
    people.first.tap("assign", copies[0])
    people.first.press("Подрядчик 1", people.first.wait_for("Кому отдать"))
    company.reach(untaken, "in_work")
    for manager, copy in zip((people.second,), copies[1:]):
        line = manager.wait_for(regex=f"№{untaken}.*никто не взял – решено; заказ в работе")
        assert line.id == copy.id and "\n" not in line.text and line.buttons == [f"№{untaken}"]
        manager.tap("order", line)
        assert manager.wait_for("Никто не берёт этот заказ", button="Продлить").id == copy.id


# ---- work that goes wrong ----

def test_more_time_is_given_with_a_reason_of_those_offered(suite, people, untaken):
    before = row(suite, untaken, "estimate_minutes")
    rescue(people.first, untaken)
    people.first.tap("prolong")
    people.first.press("+2 ч")
    people.first.press("Согласовано с клиентом")
    people.first.wait_for("Срок заказа")
    assert row(suite, untaken, "estimate_minutes") == before + 120
    assert "Согласовано с клиентом" in people.client.wait_for("срок", regex="сдвин|измен|Согласовано").text
    people.worker.wait_for("Согласовано с клиентом")


def test_a_reason_offered_before_moves_nothing_now(suite, people, untaken):
    prompt = people.first.wait_for("Срок заказа")
    rescue(people.first, untaken)
    people.first.tap("release")
    shown = people.first.wait_for("возвращается в очередь")
    answer = people.first.press_data(f"because:{untaken + 1000}:1", shown, stale=True)
    assert "уже" in answer["text"], answer
    people.first.tap("drop", shown)
    answer = people.first.press_data(f"because:{untaken}:1", prompt, stale=True)
    assert "уже" in answer["text"], answer
    assert row(suite, untaken, "state") == "in_work"


def test_a_manager_speaks_to_one_side(people, untaken):
    rescue(people.first, untaken)
    for side, heard, deaf in (("client", people.client, people.worker), ("contractor", people.worker, people.client)):
        rescue(people.first, untaken).press_named("speak_to")
        words = f"Только для одной стороны: {side}"
        people.first.press({"client": "Клиенту", "contractor": "Подрядчику"}[side])
        people.first.wait_for("Вы пишете")
        people.first.say(words)
        heard.wait_for(words)
        assert not any(words in m.text for m in deaf.bot_messages())


def test_another_contractor_goes_on(suite, people, untaken):
    rescue(people.second, untaken)
    people.second.tap("reassign")
    people.second.press("Подрядчик 2", people.second.wait_for("Кто продолжит"))
    people.second.press("Подрядчик не отвечает")
    wait_until(lambda: row(suite, untaken, "contractor_id") == id_of(suite, people.other), WAIT_S, "the other to have it")
    assert "Подрядчик не отвечает" in people.worker.wait_for("больше не ваш").text
    people.other.wait_for("назначен вам")
    people.client.wait_for("другой подрядчик")


def test_back_into_the_queue_with_words_of_ones_own(suite, company, people, untaken):
    rescue(people.first, untaken)
    people.first.tap("release")
    people.first.wait_for("возвращается в очередь")
    people.first.say("Уехал на дачу, связи нет")
    company.reach(untaken, "new")
    people.other.wait_for("Уехал на дачу")
    people.first.wait_for("снова в очереди")


def test_what_nobody_has_is_called_off_without_a_question(suite, company, people, untaken):
    rescue(people.second, untaken)
    people.second.tap("call_off")
    people.second.press("Заказано дважды")
    company.reach(untaken, "cancelled")


# ---- in the client's stead ----

def test_a_manager_answers_returns_and_accepts_for_the_client(suite, company, people):
    order = company.orders(people.client, "Клиент уехал в отпуск")
    company.takes(people.worker, order)
    company.asks(people.worker, order, "Какой пароль?")
    rescue(people.first, order)
    people.first.tap("answer_for")
    people.first.say("Пароль у секретаря")
    company.reach(order, "in_work")
    people.worker.wait_for("Пароль у секретаря")

    company.finishes(people.worker, order, "Готово")
    rescue(people.first, order)
    people.first.tap("rework_for")
    people.first.say("Нет второй страницы")
    company.reach(order, "in_work")
    people.worker.wait_for("Нет второй страницы")

    company.finishes(people.worker, order, "Теперь готово")
    rescue(people.first, order)
    people.first.tap("accept_for")
    company.reach(order, "closed")


# ---- calling off ----

@pytest.mark.parametrize("paid", [True, False])
def test_work_is_called_off_with_or_without_pay(suite, company, people, paid):
    order = company.orders(people.client, f"Отменить, {'заплатив' if paid else 'не платя'}")
    company.takes(people.worker, order)
    rescue(people.first, order)
    people.first.tap("call_off_work")
    people.first.press("Заплатить" if paid else "Не платить", people.first.wait_for(f"Отменить заказ №{order}"))
    people.first.press("Клиенту больше не нужно", people.first.wait_for(f"Отменяем заказ №{order}"))
    company.reach(order, "cancelled")
    assert suite.value("select count(*) from payout_entries where order_id = %s", order) == (1 if paid else 0)
    for who in (people.client, people.worker):
        assert "Клиенту больше не нужно" in who.wait_for(regex=rf"№{order}(.|\n)*отмен").text


# ---- what time does not solve ----

def test_a_low_mark_is_settled_by_hand(suite, company, people):
    order = company.orders(people.client, "Сделали плохо")
    company.takes(people.worker, order)
    company.finishes(people.worker, order, "Готово")
    company.accepted(people.client, order, stars=1)
    copies = [manager.wait_for(f"№{order}", button="Улажено") for manager in (people.first, people.second)]
    people.second.tap("settle", copies[1])
    for manager, copy in zip((people.first, people.second), copies):
        assert manager.wait_for(regex=f"№{order}.*низкая оценка – решено").id == copy.id


# ---- from the panel ----

def test_an_administrator_of_the_panel_acts_as_an_owner(suite, company, people):
    order = company.orders(people.client, "Панель видит всё")
    with Panel(suite, login="desk") as panel:
        def does(what, **body):
            return panel.ask("POST", f"orders/{order}/{what}", body or None)
        does("assignments", contractor_id=id_of(suite, people.worker))
        people.worker.see(f"ask:{order}")
        company.asks(people.worker, order, "Какого цвета?")
        does("answers", text="Зелёного")
        people.worker.wait_for("Зелёного")
        does("messages", text="Спасибо за терпение", to="client")
        people.client.wait_for("Спасибо за терпение")
        does("extensions", estimate_minutes=3000, reason="Договорились о среде")
        people.client.wait_for("Договорились о среде")
        company.finishes(people.worker, order, "Покрашено")
        does("reworks", reason="Не тот оттенок")
        people.worker.wait_for("Не тот оттенок")
        company.finishes(people.worker, order, "Перекрашено")
        events = does("acceptances")["events"]
        too_late = panel.request("POST", f"orders/{order}/releases", json={"reason": "Поздно"})
    assert (too_late.status_code, too_late.json()["code"]) == (409, "wrong_state")
    assert [(e["event"], e["role"], e["actor_id"]) for e in events if e["login"] == "desk"] == [
        (event, "owner", None) for event in ("assign", "answer", "say", "extend", "rework", "accept")]
    assert {e["login"] for e in events} == {"desk", None}, "who pressed in the bot has no login"


def test_an_example_edited_in_the_panel_is_offered_at_once(suite, people):
    with Panel(suite, login="desk") as panel:
        before = panel.ask("GET", "examples/ru")["texts"]
        panel.ask("PUT", "examples/ru", {"texts": ["Перенесите сайт на другой сервер", before[0]]})
        mark = people.client.mark()
        people.client.say("/new")
        asked = people.client.wait_for("Перенесите сайт на другой сервер", after=mark)
        assert before[0] in asked.text and not any(gone in asked.text for gone in before[1:]), asked.text
        people.client.tap("drop", asked)
        assert panel.ask("PUT", "examples/ru", {"texts": before})["texts"] == before


# ---- nobody is there ----

def test_with_nobody_on_duty_all_managers_hear_it(suite, company, people):
    for manager in (people.first, people.second):
        manager.say("/duty")
        manager.tap("away:0")
    wait_until(lambda: suite.value("select count(*) from people where telegram_id = any (%s) and on_duty", [people.first.id, people.second.id]) == 0,
               WAIT_S, "both managers to be off duty")
    order = company.orders(people.client, "Все менеджеры отдыхают")
    suite.ctl.advance("58m")
    for manager in (people.first, people.second):
        manager.wait_for(f"№{order}", button="Я занимаюсь")
    people.client.tap(f"cancel:{order}")
    people.client.tap(f"cancel_now:{order}")
    company.reach(order, "cancelled")
    for manager in (people.first, people.second):
        manager.say("/duty")
        manager.tap("on_duty")


def test_the_history_is_sound(suite, company):
    company.wait_settled()
    assert not suite.sim.summary().get("violations")
    checked = suite.ctl("check")
    assert "found: 0" in checked, checked
