"""Goal: one order's whole way, as the people of the story see it in their chats, and the four daemons behind it

The chapters are told in order; each goes on where the one before ended. Buttons are pressed by their words. Of what the bot says
only what matters is held on to: numbers, clock times, sums, names.
"""
import datetime
import re
import types
import zoneinfo

import pytest

from harness.waiting import wait_until

from .company import Panel, at_once

MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")
TASK = "Нужен фильтр товаров по цвету"
SECOND_TASK = "Нужно выгрузить товары в таблицу"
THIRD_TASK = "Нужен баннер на главную"
REPORT = "Фильтр работает в каталоге и в поиске"
LINK = re.compile(r"https://t\.me/\S+\?start=[\w-]+")


@pytest.fixture(scope="module")
def story(suite, company):
    """Who plays; what they come to know (order, winner ...) is noted here for the chapters that follow."""
    def person(number, name):
        return suite.sim.person(number, name, language_code="ru")

    return types.SimpleNamespace(
        company=company, owner=person(1, "Владелец"), client=person(11, "Клиент 1"),
        contractors=[person(21 + n, f"Подрядчик {n + 1}") for n in range(3)],
        managers=[person(31 + n, f"Менеджер {n + 1}") for n in range(2)])


# ---- how they speak ----

def clock(at_ms):
    """A clock time as people of this installation read it."""
    return datetime.datetime.fromtimestamp(at_ms / 1000, MOSCOW).strftime("%H:%M")


def due_ms(suite, order, name):
    """100 % of a clock that runs."""
    return suite.value("select ms(started_at) + limit_ms - counted_ms from clock_runs "
                       "where order_id = %s and clock = %s and ended_at is null", order, name)


def seconds_to(suite, at_ms):
    """From the installation's now until a little after that instant, as clock advance takes it."""
    return f"{max(0, at_ms - suite.value('select ms(suite_now())')) // 1000 + 1}s"


def share(suite, order, name, percent):
    """The instant at which that share of a running clock is used up."""
    return suite.value("select ms(started_at) + (limit_ms * %s + 99) / 100 - counted_ms from clock_runs "
                       "where order_id = %s and clock = %s and ended_at is null", percent, order, name)


def new_order(story, text, **more):
    """From the main menu to the promise; the order's number and what the client was told."""
    client = story.client
    client.say("/menu")
    client.press("Новый заказ", client.wait_for("Главное меню", button="Новый заказ"))
    client.wait_for("Новый заказ", button="Не сейчас")
    client.say(text, **more)
    before = client.mark()
    client.press("Отправить", client.wait_for(text, button="Отправить"))
    promise = client.wait_for("Возьмём в работу до", after=before)
    return int(re.search(r"№(\d+)", promise.text).group(1)), promise


def chooses(contractor, order, hours):
    """From the offer to the press that takes it; what the bot answers to that press."""
    card = contractor.wait_for(f"№{order}", button="Взять")
    contractor.press("Взять", card)
    return contractor.press(f"{hours} ч", contractor.wait_for("№%d" % order, button=f"{hours} ч"))


def has_heard_of(person, order):
    return any(f"№{order}" in message.text for message in person.bot_messages())


def invited_by_owner(story, role, *steps):
    """The owner makes a link in the bot; steps are what a client's link asks for besides."""
    owner = story.owner
    owner.say("/menu")
    owner.press("Пригласить", owner.wait_for("Главное меню", button="Пригласить"))
    before = owner.mark()
    owner.press(role, owner.wait_for("Для какой роли", button=role))
    for step in steps:
        step(owner)
    told = owner.wait_for(regex="https://t.me/", after=before)
    wait_until(lambda: any(m.get("photo") for m in owner.bot_messages() if m.id > before), 10, "the link's picture")
    return LINK.search(told.text).group(0)


def joins(person, link, welcome):
    person.start(link)
    person.press("Согласен", person.wait_for("Вас пригласили", button="Согласен"))
    return person.wait_for(welcome)


def menu_of(person):
    before = person.mark()
    person.say("/menu")
    return " ".join(person.wait_for("Главное меню", after=before).buttons)


# ---- I. they meet ----

def test_the_first_owner_joins_by_the_link_of_a_fresh_installation(suite, story):
    joins(story.owner, suite.ctl.invite("owner"), "Вы теперь владелец")
    assert all(words in menu_of(story.owner) for words in ("Пригласить", "Отчёты", "Доска", "Люди"))


def test_the_owner_adds_a_client_on_the_tariff_standard(story):
    def names_the_account(owner):
        owner.press("Стандарт", owner.wait_for("На каком тарифе", button="Стандарт"))
        owner.wait_for("Как называется клиент")
        owner.say("Ромашка")
        owner.press("Год", owner.wait_for("Ромашка", button="Год"))

    link = invited_by_owner(story, "клиент", names_the_account)
    joins(story.client, link, "Вы теперь клиент")
    buttons = menu_of(story.client)
    assert all(words in buttons for words in ("Новый заказ", "Мои заказы", "Тариф", "Закреплённые подрядчики"))
    assert "Открытые заказы" not in buttons and "Доска" not in buttons
    menu = story.client.wait_for("осталось заказов: 15")
    assert "Стандарт" in menu.text and "1970" not in menu.text
    story.owner.wait_for(regex=r"С вами теперь Клиент 1.*клиент")


def test_a_contractor_sees_how_the_work_goes_and_the_rate(story):
    for contractor in story.contractors:
        welcome = joins(contractor, invited_by_owner(story, "подрядчик"), "Вы теперь подрядчик")
        assert "Как это работает" in welcome.text and "500\u00a0₽" in welcome.text
    assert all(words in menu_of(contractor) for words in ("Открытые заказы", "Моя работа", "Заработок"))
    assert "Новый заказ" not in menu_of(contractor)


def test_a_manager_sees_the_board(story):
    for manager in story.managers:
        joins(manager, invited_by_owner(story, "менеджер"), "Вы теперь менеджер")
    assert all(words in menu_of(manager) for words in ("Доска", "Подрядчики")) and "Пригласить" not in menu_of(manager)


def test_a_link_is_good_for_one_person_only(suite, story):
    link = invited_by_owner(story, "менеджер")
    first, second = (suite.sim.person(900 + n, "Кто-то", language_code="ru") for n in range(2))
    joins(first, link, "Вы теперь менеджер")
    second.start(link)
    answer = second.press("Согласен", second.wait_for("Вас пригласили", button="Согласен"))
    assert answer["show_alert"] and "уже воспользовались" in answer["text"], answer
    first.say("/duty")  # and goes away again: the story has two managers
    first.press("Пока не вернусь", first.wait_for(button="Пока не вернусь"))


# ---- II. the first order ----

def test_the_client_orders_and_is_told_the_clock_time(suite, story):
    story.order, promise = new_order(story, TASK, photo=True)
    assert clock(due_ms(suite, story.order, "reaction")) in promise.text
    created, reaction = suite.query("select ms(created_at), reaction_minutes from orders where id = %s", story.order)[0]
    assert due_ms(suite, story.order, "reaction") == created + reaction * 60000 and reaction == 60
    assert "осталось 14 заказов" in promise.text


def test_every_contractor_gets_the_offer_with_the_photo(story):
    for contractor in story.contractors:
        offer = contractor.wait_for(f"№{story.order}", button="Взять")
        assert TASK in offer.text and "500\u00a0₽" in offer.text
    before = contractor.mark()
    contractor.press("Вложения", offer)
    wait_until(lambda: any(m.get("photo") for m in contractor.bot_messages() if m.id > before), 10, "the order's photo")


def test_two_choose_at_once_and_one_of_them_has_it(suite, story):
    first, second, _ = story.contractors
    answers = at_once([lambda: chooses(first, story.order, 3), lambda: chooses(second, story.order, 3)])
    winner_is_first = "Заказ ваш" in answers[0]["text"]
    story.winner, story.loser = (first, second) if winner_is_first else (second, first)
    won, lost = answers if winner_is_first else reversed(answers)
    assert "Заказ ваш" in won["text"]
    assert re.search(r"[Уу]же взят в \d\d:\d\d", lost["text"]) and lost["show_alert"]
    assert suite.value("select count(*) from order_events where order_id = %s and event = 'take'", story.order) == 1


def test_the_others_see_on_their_cards_that_it_is_taken(story):
    for contractor in set(story.contractors) - {story.winner}:
        wait_until(lambda: any("Уже взят" in m.text and not m.press_named("take") for m in contractor.bot_messages()), 10,
                   "the offer's card to change")


def test_the_client_hears_the_estimate_and_not_who(suite, story):
    told = story.client.wait_for("взят в работу")
    assert "3 ч" in told.text and clock(due_ms(suite, story.order, "work")) in told.text
    assert not any("Подрядчик " in m.text for m in story.client.bot_messages())


def test_while_the_client_owes_an_answer_the_clock_stands(suite, story):
    before = due_ms(suite, story.order, "work")
    mark = story.winner.mark()
    story.winner.press("Спросить клиента", story.winner.wait_for(f"№{story.order}", button="Спросить клиента"))
    story.winner.wait_for("вопрос", after=mark)
    story.winner.say("Какие цвета показывать?")
    asked = story.client.wait_for("Какие цвета показывать?")
    assert "спрашивает" in asked.text

    suite.ctl.advance("30m")
    mark = story.winner.mark()
    story.client.say("Только те, что есть на складе", reply_to=asked.id)
    told = story.winner.wait_for("Только те, что есть на складе", after=mark)

    asked_at, answered_at = (suite.value("select ms(at) from order_events where order_id = %s and event = %s", story.order, event)
                             for event in ("ask", "answer"))
    after = due_ms(suite, story.order, "work")
    assert answered_at - asked_at >= 30 * 60000
    assert after - before == answered_at - asked_at, "the work clock moves by exactly the pause"
    assert clock(after) in told.text


def test_three_quarters_on_the_contractor_is_reminded(suite, story):
    suite.ctl.advance(seconds_to(suite, share(suite, story.order, "work", 75)))
    story.winner.wait_for(regex=f"⏰.*№{story.order}")


def test_at_95_percent_the_managers_have_both_contacts(suite, story):
    assert not any(has_heard_of(manager, story.order) for manager in story.managers)
    suite.ctl.advance(seconds_to(suite, share(suite, story.order, "work", 95)))
    for manager in story.managers:
        alert = manager.wait_for(f"№{story.order}", button="Я занимаюсь")
        assert "затягивается" in alert.text and clock(due_ms(suite, story.order, "work")) in alert.text
        assert story.client.name in alert.text and story.winner.name in alert.text
        links = {entity.get("user", {}).get("id") or entity.get("url") for entity in alert["entities"]}
        assert all(any(str(person.id) in str(link) for link in links) for person in (story.client, story.winner)), links


def test_the_contractor_finishes_with_a_report(story):
    mark = story.winner.mark()
    story.winner.press("Сдать работу", story.winner.wait_for(f"№{story.order}", button="Сдать работу"))
    story.winner.wait_for("что сделано", after=mark)
    story.winner.say(REPORT)
    done = story.client.wait_for(REPORT, button="5 ⭐")
    assert "выполнен" in done.text


def test_accepted_with_five_stars_both_sums_say_500(story):
    done = story.client.wait_for(REPORT, button="5 ⭐")
    story.client.press("5 ⭐", done)
    story.winner.wait_for(regex=f"№{story.order}.*500\u00a0₽")
    story.winner.say("/earnings")
    earned = story.winner.wait_for("Ваш заработок")
    assert f"№{story.order}" in earned.text and earned.text.count("500\u00a0₽") == 3  # the order, the sum, what is to be paid
    story.owner.say("/report")
    report = story.owner.wait_for("Отчёт")
    assert "Заказов: 1" in report.text and "Взято в срок: 100\u00a0% (1 из 1)" in report.text, report.text
    story.owner.press("Выплаты", report)
    paid = story.owner.wait_for(f"{story.winner.name}: 500\u00a0₽")
    assert paid.text.count("500\u00a0₽") == 3, paid.text  # the contractor's, the sum, what is to be paid


# ---- III. the second order, which nobody takes ----

def test_the_client_pins_the_contractor(story):
    story.client.say("/menu")
    story.client.press("Закреплённые подрядчики", story.client.wait_for("Главное меню", button="Закреплённые"))
    answer = story.client.press(story.winner.name, story.client.wait_for("Закреплённые", button=story.winner.name))
    assert "Закреплён" in answer["text"]
    story.others = [contractor for contractor in story.contractors if contractor is not story.winner]


def test_the_pinned_contractor_is_first_and_alone_to_see_it(suite, story):
    story.second, _ = new_order(story, SECOND_TASK)
    offer = story.winner.wait_for(f"№{story.second}", button="Взять")
    assert "закрепил вас" in offer.text
    nobody_else_sees(suite, story, story.second)


def nobody_else_sees(suite, story, order):
    """Neither a message nor a line in the list, and a press all the same is refused."""
    for contractor in story.others:
        assert not has_heard_of(contractor, order)
        mark = contractor.mark()
        contractor.say("/open")
        assert f"№{order}" not in contractor.wait_for(regex="брать нечего|можно взять", after=mark).text
        answer = contractor.press_data(f"take_for:{order}:3", contractor.last(), stale=True)
        assert answer["show_alert"] and "не открыт" in answer["text"], answer
    assert suite.value("select state from orders where id = %s", order) == "new"


def test_at_20_percent_it_is_everybodys(suite, story):
    suite.ctl.advance(seconds_to(suite, share(suite, story.second, "reaction", 19)))
    nobody_else_sees(suite, story, story.second)
    suite.ctl.advance(seconds_to(suite, share(suite, story.second, "reaction", 20)))
    for contractor in story.others:
        assert SECOND_TASK in contractor.wait_for(f"№{story.second}", button="Взять").text


def test_at_95_percent_the_managers_have_the_client_and_who_is_free(suite, story):
    assert not any(has_heard_of(manager, story.second) for manager in story.managers)
    suite.ctl.advance(seconds_to(suite, share(suite, story.second, "reaction", 95)))
    for manager in story.managers:
        alert = manager.wait_for(f"№{story.second}", button="Я занимаюсь")
        assert "никто не берёт" in alert.text and clock(due_ms(suite, story.second, "reaction")) in alert.text
        assert story.client.name in alert.text and "Ромашка" in alert.text
        assert all(contractor.name in alert.text for contractor in story.contractors) and "Свободных подрядчиков: 3" in alert.text


def test_one_manager_is_on_it_and_the_other_sees_who(story):
    first, second = story.managers
    first.press("Я занимаюсь", first.wait_for(f"№{story.second}", button="Я занимаюсь"))
    seen = second.wait_for(regex=f"№{story.second}(.|\n)*Взял {first.name}, [0-9]+:[0-9]+")
    assert seen.data_of("Я занимаюсь") is None


def test_the_manager_assigns_it(suite, story):
    manager, story.assigned = story.managers[0], story.others[0]
    manager.press("Назначить подрядчика", manager.wait_for(f"№{story.second}", button="Назначить подрядчика"))
    answer = manager.press(story.assigned.name, manager.wait_for(f"Кому отдать заказ №{story.second}"))
    assert "Назначено" in answer["text"]
    yours = story.assigned.wait_for("назначен вам")
    assert SECOND_TASK in yours.text and clock(due_ms(suite, story.second, "confirm")) in yours.text
    told = story.client.wait_for(regex=f"№{story.second}.*назначен подрядчик")
    assert story.assigned.name not in told.text


def test_the_assigned_contractor_names_the_estimate(suite, story):
    taken_at = suite.value("select ms(taken_at) from orders where id = %s", story.second)
    story.assigned.press("Назвать срок", story.assigned.wait_for(f"№{story.second}", button="Назвать срок"))
    story.assigned.press("2 ч", story.assigned.wait_for(f"№{story.second}", button="2 ч"))
    told = story.client.wait_for(regex=f"№{story.second}.*срок — 2 ч")
    assert due_ms(suite, story.second, "work") == taken_at + 2 * 3600000, "it counts from when the order was given"
    assert clock(taken_at + 2 * 3600000) in told.text


# ---- IV. an administrator changes a parameter ----

def test_the_next_order_obeys_the_parameter_set_through_the_api(suite, story):
    story.company.finishes(story.assigned, story.second, "Выгрузил")
    story.company.accepted(story.client, story.second)
    with Panel(suite) as panel:
        panel.set(ASSIGNED_CONTRACTORS_TIME_LIMIT=50)

    story.third, _ = new_order(story, THIRD_TASK)
    story.winner.wait_for(f"№{story.third}", button="Взять")
    suite.ctl.advance(seconds_to(suite, share(suite, story.third, "reaction", 49)))
    nobody_else_sees(suite, story, story.third)
    suite.ctl.advance(seconds_to(suite, share(suite, story.third, "reaction", 50)))
    for contractor in story.others:
        contractor.wait_for(f"№{story.third}", button="Взять")


def test_telegram_was_asked_nothing_it_does_not_know(suite, story):
    summary = suite.sim.summary()
    assert not summary.get("violations"), summary
    assert summary["stray_ampersands"] == 0, summary
