"""Goal: whatever the state table lets a client and a contractor do, they do by buttons, and each side is told"""
import re

import pytest

from harness.waiting import wait_until

from .company import at_once


@pytest.fixture(scope="module")
def company(company):
    company.has_no_limits()
    company.manager = company.joins(31, "Менеджер 1", "manager")
    return company


@pytest.fixture(scope="module", autouse=True)
def the_ledgers_agree(suite, company):
    """When all is told, what is stored is what its events say."""
    yield
    company.wait_settled()
    suite.ctl("check")


def in_work(company, task, hours=3):
    order = company.orders(company.client, task)
    company.takes(company.contractor, order, hours)
    return order


def done(company, task):
    order = in_work(company, task)
    company.finishes(company.contractor, order, f"Готово: {task}")
    return order


def closed(company, task):
    order = done(company, task)
    company.client.tap(f"accept:{order}:0")
    company.reach(order, "closed")
    return order


def value(suite, column, order):
    return suite.value(f"select {column} from orders where id = %s", order)


# ---- first, while nothing else is open: a week of an open order is a thousand reminders ----

def test_a_week_later_it_cannot_be_rated_any_more(suite, company):
    order = closed(company, "Нужна сноска")
    suite.ctl.advance("7d")
    before = company.client.mark()
    company.client.say(f"/start order_{order}")
    card = company.client.see(f"repeat:{order}", after=before)
    assert not card.press_named(f"mark:{order}")
    answer = company.client.press_data(f"rate:{order}:5", card, stale=True)
    assert "7" in answer["text"] and value(suite, "rating", order) is None


# ---- the contractor ----

def test_an_order_is_given_back_with_a_reason_and_offered_to_the_others(suite, company):
    other = company.joins(22, "Подрядчик 2", "contractor")
    order = in_work(company, "Нужен логотип")
    company.contractor.tap(f"give_back:{order}")
    company.contractor.wait_for("Почему вы возвращаете")
    company.contractor.say("Заболел, не успею")
    company.reach(order, "new")
    company.contractor.wait_for(f"Вы вернули заказ №{order}")
    assert "Возьмём в работу до" in company.client.wait_for(regex=f"№{order}.*другого подрядчика").text
    assert "Заболел, не успею" in company.manager.wait_for("Заболел").text
    other.see(f"take:{order}")


def test_more_time_is_asked_for_by_a_button_and_a_reason(suite, company):
    order = in_work(company, "Нужна форма заявки", hours=3)
    company.contractor.tap(f"extend:{order}")
    asked = company.contractor.wait_for("Сколько времени нужно ещё", button="+2 ч")
    company.contractor.press("+2 ч", asked)
    company.contractor.wait_for("всего будет 5 ч")
    company.contractor.say("Нашлась старая ошибка")
    assert "Нашлась старая ошибка" in company.client.wait_for(regex="срок.*5 ч").text
    assert value(suite, "estimate_minutes", order) == 300


def test_more_time_can_be_typed(suite, company):
    order = in_work(company, "Нужна вёрстка письма", hours=1)
    company.contractor.tap(f"extend:{order}")
    company.contractor.press("Другое время", company.contractor.wait_for("Сколько времени нужно ещё", button="Другое время"))
    company.contractor.wait_for("Сколько времени ещё нужно")
    company.contractor.say("скоро")
    company.contractor.wait_for("Не понял время")
    company.contractor.say("90 мин")
    company.contractor.wait_for("всего будет 2 ч 30 мин")
    company.contractor.say("Много картинок")
    wait_until(lambda: value(suite, "estimate_minutes", order) == 150, 20, "the estimate to be moved")


def test_beyond_the_longest_estimate_it_is_refused_and_nothing_moves(suite, company):
    order = in_work(company, "Нужен перенос сайта", hours=24)
    company.contractor.tap(f"extend:{order}")
    company.contractor.press("+1 ч", company.contractor.wait_for("Сколько времени нужно ещё", button="+1 ч"))
    company.contractor.wait_for("Почему нужно больше времени")
    before = company.contractor.mark()
    company.contractor.say("Не успеваю")
    company.contractor.wait_for("24", after=before)
    assert value(suite, "estimate_minutes", order) == 24 * 60


def test_a_reason_too_long_is_refused_and_the_next_one_counts(suite, company):
    order = in_work(company, "Нужен счётчик")
    company.contractor.tap(f"give_back:{order}")
    before = company.contractor.mark()
    company.contractor.say("ой " * 1000)
    company.contractor.wait_for("2000", after=before)
    assert company.state(order) == "in_work"
    company.contractor.say("Коротко: не моё")
    company.reach(order, "new")


# ---- the client ----

def test_the_work_is_returned_with_a_reason_and_a_picture(suite, company):
    order = done(company, "Нужна карта проезда")
    company.client.tap(f"rework:{order}")
    company.client.wait_for("Что не так с заказом")
    company.client.say("Карта не та, смотрите", photo=True)
    company.reach(order, "in_work")
    assert "Карта не та" in company.contractor.wait_for("клиент вернул работу").text
    wait_until(lambda: any(m.get("photo") for m in company.contractor.bot_messages()), 20, "the picture at the contractor's")
    wait_until(lambda: not [m for m in company.client.bot_messages() if m.press_named(f"rework:{order}")], 20,
               "the client's card to fit the state")


def test_a_closed_order_is_rated_with_words_afterwards(suite, company):
    order = closed(company, "Нужна кнопка наверх")
    card = company.client.see(f"mark:{order}:4")
    company.client.press("4 ⭐", card)
    company.client.wait_for("4 ⭐ заказу")
    company.client.say("Хорошо и быстро")
    company.client.wait_for(f"Оценка заказа №{order} записана")
    assert value(suite, "rating", order) == 4
    assert suite.value("select text from order_messages where order_id = %s and kind = 'review'", order) == "Хорошо и быстро"


def test_a_closed_order_is_rated_without_words_once(suite, company):
    order = closed(company, "Нужна подпись")
    card = company.client.see(f"mark:{order}:5")
    company.client.tap(f"mark:{order}:5", card)
    asked = company.client.see(f"rate:{order}:5")
    answers = at_once([lambda: company.client.tap(f"rate:{order}:5", asked)] * 2)
    assert any("Спасибо" in answer["text"] for answer in answers), answers
    assert value(suite, "rating", order) == 5
    stale = company.client.press_data(f"mark:{order}:1", card, stale=True)
    assert stale["text"] and value(suite, "rating", order) == 5


def test_a_complaint_reaches_the_managers_and_only_them(suite, company):
    order = in_work(company, "Нужен прайс")
    company.client.tap(f"complain:{order}")
    company.client.wait_for("прочтут только менеджеры")
    company.client.say("Подрядчик грубит")
    company.client.wait_for(f"Жалоба по заказу №{order} у менеджеров")
    assert "Подрядчик грубит" in company.manager.wait_for("Подрядчик грубит").text
    assert not any("грубит" in m.text for m in company.contractor.bot_messages())
    company.client.tap(f"complain:{order}")
    company.client.wait_for("Что не так")
    before = company.client.mark()
    company.client.say("И снова грубит")
    company.client.wait_for("уже", after=before)


def test_a_new_order_carries_the_wish_for_a_deadline(suite, company):
    company.client.say("/new")
    company.client.wait_for("Новый заказ")
    company.client.say("Нужна листовка к ярмарке")
    company.client.press("К какому сроку", company.client.wait_for("листовка к ярмарке", button="К какому сроку"))
    company.client.wait_for("Это пожелание")
    company.client.say("к 10 мая")
    draft = company.client.wait_for("Пожелание: к 10 мая", button="Отправить")
    company.client.press("Отправить", draft)
    order = wait_until(lambda: company.order_of("Нужна листовка к ярмарке"), 20, "the order")
    assert value(suite, "wish", order) == "к 10 мая"
    assert "к 10 мая" in company.contractor.wait_for(f"№{order}", button="Взять").text


# ---- old orders ----

def test_an_old_order_is_ordered_again_with_its_picture(suite, company):
    before = company.client.mark()
    company.client.say("/new")
    company.client.wait_for("Новый заказ", after=before)
    company.client.say("Нужна сезонная акция", photo=True)
    company.client.press("Отправить", company.client.wait_for("сезонная акция", button="Отправить"))
    order = wait_until(lambda: company.order_of("Нужна сезонная акция"), 20, "the order")
    company.client.tap(f"cancel:{order}")
    company.client.tap(f"cancel_now:{order}")
    company.reach(order, "cancelled")
    card = company.client.see(f"repeat:{order}")
    company.client.tap(f"repeat:{order}", card)
    draft = company.client.wait_for("Нужна сезонная акция", button="Отправить", after=card.id)
    assert "Вложений: 1" in draft.text
    company.client.press("Отправить", draft)
    again = wait_until(lambda: suite.value("select max(order_id) from order_messages where text = 'Нужна сезонная акция' "
                                           "and order_id > %s", order), 20, "the second order")
    assert suite.value("select cardinality(files) from order_messages where order_id = %s and kind = 'task'", again) == 1


def test_what_was_begun_is_not_overwritten_by_a_repetition(suite, company):
    company.client.say("/new")
    company.client.wait_for("Новый заказ")
    company.client.say("Начатый заказ")
    company.client.wait_for("Начатый заказ", button="Отправить")
    answer = company.client.tap("repeat")
    assert "уже начали другой заказ" in answer["text"] and answer["show_alert"]
    company.client.press("Не нужно", company.client.wait_for("Начатый заказ", button="Не нужно"))


@pytest.mark.parametrize("typed, finds", [("акци", "сезонная акция"), ("СЕЗОННАЯ", "сезонная акция"), ("к 10 мая", "листовка")])
def test_orders_are_found_by_words(company, typed, finds):
    company.client.say("/orders")
    company.client.tap("find")
    company.client.wait_for("Какой заказ найти")
    before = company.client.mark()
    company.client.say(typed)
    found = company.client.wait_for("найдено заказов", after=before)
    assert any(finds in label for label in found.buttons), found.buttons


@pytest.mark.parametrize("sign", ["", "№", "№ ", "#"])
def test_an_order_is_found_by_its_number(suite, company, sign):
    order = company.order_of("Нужна листовка к ярмарке")
    company.client.say("/orders")
    company.client.tap("find")
    before = company.client.mark()
    company.client.say(f"{sign}{order}")
    assert "листовка" in company.client.wait_for(f"Заказ №{order}", after=before).text


@pytest.mark.parametrize("typed", ["такого нигде нет", "<b>", "%", "\\"])
def test_nothing_found_is_said(company, typed):
    company.client.say("/orders")
    company.client.tap("find")
    before = company.client.mark()
    company.client.say(typed)
    assert typed in company.client.wait_for("нет", after=before, button="Искать другое").text


def test_the_search_looks_into_the_own_account_only(suite, company):
    stranger, = company.crowd_joins(12, ["Клиент 2"], "client", tariff_id=suite.value("select max(id) from tariffs"))
    order = company.orders(stranger, "Тайный заказ соседей")
    company.client.say("/orders")
    company.client.tap("find")
    before = company.client.mark()
    company.client.say("Тайный")
    company.client.wait_for("нет", after=before, button="Искать другое")
    company.client.tap("find")
    before = company.client.mark()
    company.client.say(str(order))
    assert "Тайный" not in company.client.wait_for(after=before).text


# ---- long things ----

def test_a_history_of_a_hundred_messages_is_paged(suite, company):
    order = in_work(company, "Нужен долгий разговор")
    company.client.tap(f"write:{order}")
    for n in range(100):
        company.client.say(f"Сообщение {n}: " + "длинное " * 60)
    wait_until(lambda: suite.value("select count(*) from order_messages where order_id = %s and kind = 'say'", order) == 100, 60, "all to be said")
    company.wait_settled()
    company.client.say(f"/start order_{order}")
    company.client.tap(f"history:{order}:0")
    page = company.client.wait_for("история", button="▶")
    pages = int(re.search(r"1 / (\d+)", " ".join(page.buttons)).group(1))
    assert pages >= 13
    seen = set()
    for n in range(pages):
        page = company.client.wait_for("история", button=f"{n + 1} / {pages}")
        assert len(page.text.encode("utf-16-le")) // 2 <= 4096
        seen |= set(re.findall(r"Сообщение (\d+):", page.text))
        company.client.press("▶", page)
    assert len(seen) == 100


def test_telegram_was_asked_nothing_it_does_not_know(suite):
    summary = suite.sim.summary()
    assert not summary.get("violations"), summary
