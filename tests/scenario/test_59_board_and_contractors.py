"""Goal: a manager sees every order by how it stands and every contractor by what keeps him or her, and asks one to take an order"""
import re
import types

import pytest

from .company import Panel


@pytest.fixture(scope="module")
def people(suite, company):
    with Panel(suite) as panel:
        tariff = panel.generous_tariff()
    names = types.SimpleNamespace(
        manager=company.joins(2, "Менеджер 1", "manager"),
        workers=[company.joins(21 + n, f"Подрядчик {n + 1}", "contractor") for n in range(5)])
    (names.client,) = company.crowd_joins(11, ["Клиент 1"], "client", tariff_id=tariff)
    return names


@pytest.fixture(scope="module")
def orders(suite, company, people):
    """One of each sort, and a late one; the first of the contractors stays free, the second goes away."""
    free, away, *workers = people.workers
    made = types.SimpleNamespace()
    made.late = company.orders(people.client, "Опаздывает работа")
    company.takes(workers[0], made.late, hours=1)
    suite.ctl.advance("2h")
    made.asking = company.orders(people.client, "Нужен ответ клиента")
    company.takes(workers[1], made.asking, hours=3)
    company.asks(workers[1], made.asking, "Какой цвет?")
    made.done = company.orders(people.client, "Выполненная работа")
    company.takes(workers[2], made.done, hours=3)
    company.finishes(workers[2], made.done, "Готово")
    made.waiting = company.orders(people.client, "Ждёт подрядчика")
    away.say("/duty")
    away.tap("away:0")
    return made


def numbers(message):
    return {int(number) for number in re.findall(r"№(\d+)", message.text)}


def test_the_board_has_everything_and_how_many_there_are_of_each_sort(people, orders):
    people.manager.say("/board")
    board = people.manager.wait_for("Доска")
    assert numbers(board) == {orders.late, orders.asking, orders.done, orders.waiting}
    assert [label for label in board.buttons if re.search(r" \d+$", label) and "№" not in label] == [
        "🕐 Ждут 1", "🛠 В работе 1", "🔴 Опаздывают 1", "❓ За клиентом 1", "✅ Выполнены 1"]
    assert f"№{orders.late} · опаздывает на 1 ч" in board.text and f"№{orders.waiting} · осталось 1 день" in board.text
    assert board.text.index(str(orders.late)) < board.text.index(str(orders.waiting)), "late ones come first"


@pytest.mark.parametrize("press, name, heading", [
    ("board_waiting", "waiting", "Никто ещё не взял"), ("board_work", "late", "В работе"), ("board_late", "late", "Опаздывают"),
    ("board_asking", "asking", "Ждут клиента"), ("board_done", "done", "ещё не приняты")])
def test_each_sort_shows_its_own(people, orders, press, name, heading):
    people.manager.tap(press)
    board = people.manager.wait_for(regex=f"^[^\n]*{heading}")
    assert numbers(board) == {getattr(orders, name)}
    assert not board.press_named(press) and board.press_named("board"), "the sort shown leads back to all"


def test_an_order_opens_from_the_board_with_all_that_can_be_done(people, orders):
    people.manager.say("/board")
    people.manager.tap("order", people.manager.see(f"order:{orders.late}"))
    card = people.manager.wait_for("Опаздывает работа", button="Продлить")
    assert all(card.press_named(press) for press in ("mine", "reassign", "release", "speak_to", "call_off_work"))
    assert "работа опаздывает" in card.text


def test_contractors_are_free_busy_with_an_order_or_away(people, orders):
    people.manager.say("/free")
    listed = people.manager.wait_for("Подрядчики")
    blocks = dict(re.findall(r"(Подрядчик \d)[^\n]*\n([^\n]+)", listed.text))
    assert "свободен" in blocks["Подрядчик 1"] and f"№{orders.late}" in blocks["Подрядчик 3"]
    assert "🌙" in blocks["Подрядчик 2"]
    assert listed.press_named("contractor")


def test_a_contractor_is_asked_to_take_an_order_and_takes_it_at_once(suite, company, people, orders):
    free = people.workers[0]
    people.manager.say("/free")
    people.manager.press(free.name, people.manager.see("contractor"))
    answer = people.manager.press(f"№{orders.waiting}", people.manager.wait_for("Попросить взять"))
    assert "Попросили" in answer["text"]
    asked = free.wait_for("Менеджер просит вас взять")
    assert asked.press_named("take") and "Ждёт подрядчика" in asked.text

    again = people.manager.tap(f"ping:{orders.waiting}")
    assert again["show_alert"] and "Уже просили" in again["text"], again
    suite.ctl.advance("10m")
    mark = free.mark()
    people.manager.start(f"order_{orders.waiting}")
    people.manager.tap(f"assign:{orders.waiting}")
    person = suite.value("select person_id from person_facts where telegram_id = %s", free.id)
    assert "Попросили" in people.manager.tap(f"ping:{orders.waiting}:{person}")["text"]
    free.wait_for("Менеджер просит вас взять", after=mark)

    free.tap("take", free.wait_for("Менеджер просит вас взять", after=mark))
    free.tap(f"take_for:{orders.waiting}:3")
    company.reach(orders.waiting, "in_work")
    late = people.manager.press_data(f"ping:{orders.waiting}:{person}", people.manager.last(), stale=True)
    assert late["show_alert"] and "Уже взят" in late["text"], late


def test_only_managers_ask(people, orders):
    answer = people.workers[4].press_data(f"ping:{orders.waiting}:1", people.workers[4].last(), stale=True)
    assert answer["show_alert"] and "роли" in answer["text"], answer


def test_the_history_is_sound(suite, company):
    company.wait_settled()
    assert not suite.sim.summary().get("violations")
    checked = suite.ctl("check")
    assert "found: 0" in checked, checked
