"""Goal: each person has one live card per order; it moves under what is told and what is opened, and the old one shrinks to a line"""
import pytest

from harness.waiting import wait_until



@pytest.fixture(scope="module")
def company(company):
    company.has_no_limits()
    return company


def cards(person, order):
    """Messages with buttons of this order's card: every card leads to the history, whatever the state."""
    return [m for m in person.bot_messages() if m.press_named(f"history:{order}")]


def only_card(person, order, *words, button=None):
    """The one live card, once it says these words and has this button."""
    def found():
        there = cards(person, order)
        good = len(there) == 1 and all(word in there[0].text for word in words) and (not button or there[0].press_named(button))
        return there[0] if good else None
    return wait_until(found, 20, f"{person.name} to have one card of {order} that says {words}",
                      lambda: [(m.id, m.text, m.buttons) for m in cards(person, order)])


def message(person, message_id):
    return next(m for m in person.bot_messages() if m.id == message_id)


def test_the_card_moves_under_what_is_told(company):
    order = company.orders(company.client, "Нужен один заказ")
    first = only_card(company.client, order, "принят", button="add")
    company.takes(company.contractor, order)
    second = only_card(company.client, order, "взят в работу", button="write")
    assert second.id > first.id
    wait_until(lambda: message(company.client, first.id).text == f"✅ Заказ №{order} принят.", 20, "the first card to shrink to a line",
               lambda: message(company.client, first.id).text)
    assert not message(company.client, first.id).buttons
    company.finishes(company.contractor, order, "Отчёт, который клиент ещё перечитает")
    report = only_card(company.client, order, "Отчёт", button="accept")
    company.client.tap(f"rework:{order}")
    company.client.say("Ещё чуть-чуть")
    only_card(company.client, order, "возвращён в работу", "Нужен один заказ", button="write")
    assert "Отчёт, который клиент ещё перечитает" in message(company.client, report.id).text, "what people said stays"


def test_who_acts_has_the_card_under_the_answer(company):
    order = company.orders(company.client, "Нужен второй заказ")
    company.takes(company.contractor, order)
    only_card(company.contractor, order, button="ask")
    company.asks(company.contractor, order, "Какой?")
    asking = only_card(company.contractor, order, "ждёт ответа", button="resume")
    assert not asking.press_named(f"ask:{order}")
    company.answers(company.client, order, "Такой")
    only_card(company.client, order, "в работе", button="write")
    answered = only_card(company.contractor, order, "Такой", button="ask")
    assert answered.id > asking.id


def test_opening_it_from_the_list_moves_it(company):
    order = company.orders(company.client, "Нужен третий заказ")
    told = only_card(company.client, order, "принят")
    before = company.client.mark()
    company.client.say("/orders")
    listed = company.client.see(f"order:{order}", after=before)
    company.client.tap(f"order:{order}", listed)
    opened = only_card(company.client, order, "Нужен третий заказ", button="menu")
    assert opened.id == listed.id
    assert f"№{order}" in message(company.client, told.id).text and not message(company.client, told.id).buttons


def test_a_menu_in_its_place_is_not_overwritten(company):
    order = company.orders(company.client, "Нужен четвёртый заказ")
    only_card(company.client, order, "принят")
    before = company.client.mark()
    company.client.say(f"/start order_{order}")
    opened = wait_until(lambda: next((m for m in cards(company.client, order) if m.id > before), None), 20, "the card to be opened")
    company.client.tap("menu", opened)
    company.client.wait_for("Главное меню", after=opened.id - 1)
    company.takes(company.contractor, order)
    only_card(company.client, order, "взят в работу")
    company.wait_settled()
    assert "Главное меню" in message(company.client, opened.id).text


def test_the_contractors_card_shows_that_it_is_late(suite, company):
    order = company.orders(company.client, "Нужен поздний заказ")
    company.takes(company.contractor, order, hours=1)
    only_card(company.contractor, order, "Сделать до", button="extend")
    suite.ctl.advance("61m")
    late = only_card(company.contractor, order, "опоздание")
    assert not late.press_named(f"extend:{order}"), "a broken promise is the managers' to move"


def test_every_chat_has_one_card_per_order_in_the_end(suite, company):
    company.wait_settled()
    for person in (company.client, company.contractor):
        for order, in suite.query("select id from orders"):
            assert len(cards(person, order)) <= 1, (person.name, order)
    assert not suite.sim.summary().get("violations")
