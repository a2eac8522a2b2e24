"""Goal: a client reaches the managers without an order; one of them answers, the others see who has, what waits is a list, and nobody can
bury them"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S

DAY = "24h"
WAITING_MAX, PER_DAY_MAX = 5, 30  # order-engine/admin/inquiries.c


@pytest.fixture(scope="module")
def company(company):
    company.owner = company.joins(4301, "Владелец", "owner")
    company.managers = [company.joins(4311 + n, f"Менеджер {n + 1}", "manager") for n in range(3)]
    company.client = company.joins(4321, "Клиент 1", "client", tariff="VIP", paid_until=PAID)
    company.worker = company.joins(4331, "Подрядчик 1", "contractor")
    company.managers[2].start()
    company.managers[2].press("На смене или нет")
    company.managers[2].tap("away")
    wait_until(lambda: not company.suite.value("select on_duty from person_facts where telegram_id = %s", 4313), WAIT_S, "one to be away")
    return company


def writes(client, *words, **more):
    """By the menu's button; what the bot says to it comes after the mark that is returned."""
    client.say("/menu")
    client.press("Написать менеджерам")
    client.wait_for("О чём речь?")
    mark = client.mark()
    client.say(*words, **more)
    return mark


def answers(manager, card, *words, **more):
    manager.press("Ответить", card)
    manager.wait_for("Что ответить")
    mark = manager.mark()
    manager.say(*words, **more)
    return mark


def test_a_question_goes_to_every_manager_on_duty(company):
    mark = writes(company.client, "Можно ли платить <раз> в год?")
    company.client.wait_for("Сообщение у менеджеров", after=mark)
    company.cards = [manager.wait_for("Можно ли платить <раз> в год?", button="Ответить") for manager in company.managers[:2]]
    assert all("Клиент 1" in card.text for card in company.cards)
    for other in (company.owner, company.managers[2], company.worker):
        assert not any("платить" in m.text for m in other.bot_messages()), f"{other.name} is not asked"


def test_the_first_answer_is_the_answer_and_the_others_see_it(company):
    (first, second), cards = company.managers[:2], company.cards
    mark = answers(second, cards[1], "Да, со скидкой")
    second.wait_for("Ответ передан", after=mark)
    told = company.client.wait_for("Да, со скидкой", button="Написать ещё")
    assert "Менеджер 2" not in told.text, "the company answers, not a person"
    for manager, card in zip((first, second), cards):
        seen = manager.wait_for(regex=r"платить <раз> в год(.|\n)*Менеджер 2, [0-9]+:[0-9]+(.|\n)*Да, со скидкой")
        assert seen.id == card.id and not seen.buttons, "in the place of the question, and nobody can answer it again"


def test_who_answers_too_late_reads_so_and_the_client_gets_one_answer(company):
    writes(company.client, "Вы работаете в субботу?")
    first, second = company.managers[:2]
    cards = [manager.wait_for("в субботу", button="Ответить") for manager in (first, second)]
    for manager, card in zip((first, second), cards):
        manager.press("Ответить", card)
        manager.wait_for("Что ответить")
    first.say("Да")
    first.wait_for("Ответ передан")
    mark = second.mark()
    second.say("Нет")
    second.wait_for("Уже ответили", after=mark)
    company.client.wait_for("Да", button="Написать ещё")
    assert not any("Нет" in m.text for m in company.client.bot_messages())
    seen = second.wait_for(regex=r"в субботу(.|\n)*Менеджер 1, [0-9]+:[0-9]+")
    second.press_data(cards[1].data_of("Ответить"), seen, stale=True)
    second.wait_for("Уже ответили", after=mark + 1)


def test_files_go_both_ways(company):
    manager = company.managers[0]
    writes(company.client, caption="Вот счёт", document=True)
    card = manager.wait_for("Вот счёт", button="Ответить")
    wait_until(lambda: any(m.get("document") for m in manager.bot_messages()), WAIT_S, "the bill to arrive")
    answers(manager, card, caption="Оплачено", photo=True)
    told = company.client.wait_for("Оплачено", button="Написать ещё")
    assert told.get("photo")
    assert manager.wait_for(regex=r"Вот счёт(.|\n)*Менеджер 1").id == card.id


def test_a_reply_to_the_card_is_the_answer(company):
    first, second = company.managers[:2]
    writes(company.client, caption="Вот договор", document=True)
    cards = [manager.wait_for("Вот договор", button="Ответить") for manager in (first, second)]
    copy = wait_until(lambda: next((m for m in second.bot_messages() if m.id > cards[1].id and m.get("document")), None), WAIT_S, "the document")
    second.say("Подписан", reply_to=copy.id)  # to any part of what was written
    company.client.wait_for("Подписан", button="Написать ещё")
    second.wait_for("Ответ передан", after=copy.id)
    for manager, card in zip((first, second), cards):
        seen = manager.wait_for(regex=r"Вот договор(.|\n)*Менеджер 2, [0-9]+:[0-9]+(.|\n)*Подписан")
        assert seen.id == card.id and not seen.buttons
    mark = first.mark()
    first.say("Не подписан", reply_to=cards[0].id)
    first.wait_for("Уже ответили", after=mark)


def test_what_is_answered_by_the_button_may_be_a_reply_as_well(company):
    first = company.managers[0]
    writes(company.client, "Сколько ждать?")
    card = first.wait_for("Сколько ждать?", button="Ответить")
    first.press("Ответить", card)
    mark = first.wait_for("Что ответить", after=card.id).id
    first.say("Час", reply_to=card.id)
    first.wait_for("Ответ передан", after=mark)
    company.client.wait_for("Час", button="Написать ещё")
    wait_until(lambda: company.suite.value("select step from chats where chat_id = %s", first.id) == "", WAIT_S, "nothing to be left begun")


# ---- what waits for an answer ----

def unanswered(manager, count):
    """The list, by the menu that says how much waits."""
    mark = manager.mark()
    manager.say("/menu")
    manager.press("Без ответа", manager.wait_for(f"Вопросов без ответа: {count}", after=mark))
    return manager.wait_for(button="Письма", after=mark)


def test_whoever_was_away_finds_all_that_waits(company, suite):
    writes(company.client, caption="Где <счёт>?", photo=True)
    company.client.say("/menu")
    company.client.press("Тариф")
    company.client.tap("upgrade")
    applicant = suite.sim.person(4341, "Подрядчик 2", language_code="ru")
    applicant.start()
    applicant.tap("apply:2")
    applicant.say("Чиню принтеры")
    applicant.wait_for("Заявка у менеджеров")
    page = unanswered(company.managers[2], 3)
    assert {"✉️ Письма 1", "⬆️ Тарифы 1", "🙋 Заявки 1"} <= set(page.buttons)
    assert all(words in page.text for words in ("Где <счёт>?", "Тариф: VIP", "Чиню принтеры")), page.text


def test_one_sort_of_it_and_one_of_those(company):
    away, card = company.managers[2], company.managers[0].wait_for("Где <счёт>?", button="Ответить")
    page = unanswered(away, 3)
    away.press("Письма", page)
    sort = away.wait_for("Клиенты написали", button="Все")
    assert sort.id == page.id and "Чиню принтеры" not in sort.text
    away.tap("inquiry", sort)
    question = away.wait_for("Где <счёт>?", button="« Без ответа")
    assert question.id == page.id and "Вложений: 1" in question.text
    away.tap("inquiry_files", question)
    wait_until(lambda: away.last().get("photo"), WAIT_S, "the picture")
    mark = answers(away, question, "В почте")
    away.wait_for("Ответ передан", after=mark)
    assert company.managers[0].wait_for(regex=r"Где <счёт>(.|\n)*Менеджер 3, [0-9]+:[0-9]+").id == card.id
    away.tap("inquiry", sort)  # a list of before
    assert away.wait_for(regex=r"Где <счёт>(.|\n)*Менеджер 3", button="« Без ответа").id == page.id


def test_a_wish_for_more_and_an_application_are_decided_from_the_list(company):
    away, other = company.managers[2], company.managers[0]
    away.tap("request", unanswered(away, 2))
    wish = away.wait_for("просит тариф побольше", button="« Без ответа")
    away.press("Владельцам", wish)
    assert away.wait_for("Владельцам передал(а) Менеджер 3", button="Отклонить").id == wish.id
    other.wait_for("Владельцам передал(а) Менеджер 3", button="Отклонить")
    away.tap("application", unanswered(away, 2))
    application = away.wait_for("Чиню принтеры", button="« Без ответа")
    away.press("Принять", application)
    for manager in (away, other):
        assert not manager.wait_for(regex=r"Чиню принтеры(.|\n)*Одобрено: Менеджер 3, [0-9]+:[0-9]+").buttons
    away.tap("request", unanswered(away, 1))
    away.tap("upgrade_decline", away.wait_for("просит тариф побольше", button="« Без ответа"))
    away.press("Без пояснений", away.wait_for("Почему нет?", button="Без пояснений"))
    away.wait_for("Отклонено")
    mark = away.mark()
    away.say("/menu")
    menu = away.wait_for("Главное меню", after=mark)
    assert "Вопросов без ответа" not in menu.text
    away.press("Без ответа", menu)
    away.wait_for("На всё уже ответили", after=mark)


def test_the_list_is_for_managers(company):
    mark = company.worker.mark()
    company.worker.start()
    menu = company.worker.wait_for("Главное меню", after=mark)
    for data in ("unanswered:0", "inquiry:1", "request:1", "application:1", "inquiry_files:1"):
        assert company.worker.press_data(data, menu, stale=True)["show_alert"], data


def test_the_client_goes_on_from_the_answer(company):
    company.client.press("Написать ещё")
    company.client.wait_for("О чём речь?", button="Не сейчас")
    company.client.press("Не сейчас")
    company.client.say("/menu")
    wait_until(lambda: company.suite.value("select step from chats where chat_id = %s", company.client.id) == "", WAIT_S, "nothing to be begun")


def test_or_replies_to_it(company):
    answer = company.client.wait_for("В почте", button="Написать ещё")
    mark = company.client.mark()
    company.client.say("В почте нет", reply_to=answer.id)
    company.client.wait_for("Сообщение у менеджеров", after=mark)
    manager = company.managers[0]
    answers(manager, manager.wait_for("В почте нет", button="Ответить"), "Посмотрите в спаме")
    company.client.wait_for("Посмотрите в спаме", button="Написать ещё", after=mark)


def test_nobody_buries_the_managers(company, suite, bus):
    actor, manager = f"tg:{company.client.id}", f"tg:{company.managers[0].id}"

    def asks(text="Вопрос"):
        return bus.ask("managers.write", {"text": text}, actor)

    def answers_all():
        for (number,) in suite.query("select id from inquiries where answered_at is null order by id"):
            assert bus.ask("inquiry.answer", {"inquiry_id": number, "text": "Да"}, manager)["outcome"] == "ok"

    for _ in range(WAITING_MAX):
        assert asks()["outcome"] == "ok"
    full = asks("Ещё один")
    assert (full["refusal"], full["args"]) == ("inquiries_wait", [f"limit={WAITING_MAX}"])
    mark = writes(company.client, "И ещё один")
    company.client.wait_for(f"уже {WAITING_MAX} ваших сообщений", after=mark)
    answers_all()
    for _ in range(suite.value("select count(*) from inquiries"), PER_DAY_MAX):
        assert asks()["outcome"] == "ok"
        answers_all()
    assert asks("Завтра?")["refusal"] == "inquiries_too_many"
    suite.ctl.advance(DAY)
    assert asks("Завтра!")["outcome"] == "ok"
    answers_all()


@pytest.mark.parametrize("why, command, body, who", [
    ("not_your_role", "managers.write", {"text": "Я подрядчик"}, "worker"),
    ("empty_text", "managers.write", {"text": " \n"}, "client"),
    ("text_too_long", "managers.write", {"text": "я" * 20001}, "client"),
    ("too_many_files", "managers.write", {"text": "", "files": ["photo A 1 1"] * 51}, "client"),
    ("not_your_role", "inquiry.answer", {"inquiry_id": 1, "text": "Сам себе"}, "client"),
    ("no_such_inquiry", "inquiry.answer", {"inquiry_id": 10**9, "text": "Никому"}, "owner"),
    ("inquiry_gone", "inquiry.answer", {"inquiry_id": 1, "text": "Ещё раз"}, "owner"),
])
def test_what_is_refused(company, bus, why, command, body, who):
    assert bus.ask(command, body, f"tg:{getattr(company, who).id}")["refusal"] == why


def test_nobody_on_duty_reads_the_owner(company, suite):
    """Blocked by every manager: the owner is asked instead."""
    for manager in company.managers:
        manager.block()
    wait_until(lambda: suite.value("select count(*) from person_facts where roles & 4 > 0 and reachable") == 0, WAIT_S, "nobody to be reachable")
    writes(company.client, "Есть кто живой?")
    card = company.owner.wait_for("Есть кто живой?", button="Ответить")
    answers(company.owner, card, "Есть")
    company.client.wait_for("Есть", button="Написать ещё")
    company.wait_settled()
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
