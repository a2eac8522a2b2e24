"""Goal: a group chat shows the managers every alert and every question beside their own copies, and everybody acts there by his or her
own role"""
import types

import pytest

from harness.waiting import wait_until

from .company import PAID

WAIT_S = 20
GROUP, SUPERGROUP, OTHER, OTHER_SUPERGROUP, FORUM = -500, -1000500, -501, -1000501, -1000600


@pytest.fixture(scope="module")
def people(company):
    owner = company.joins(1, "Владелец", "owner")
    first, second = company.joins(2, "Менеджер 1", "manager"), company.joins(3, "Менеджер 2", "manager")
    clients = [company.joins(11 + n, f"Клиент {1 + n}", "client", tariff="VIP", paid_until=PAID) for n in range(4)]
    worker = company.joins(21, "Подрядчик 1", "contractor")
    stranger = company.sim.person(77, "Посторонний")
    group = company.sim.group(GROUP, "Менеджеры", [owner, first, second, worker, stranger])
    return types.SimpleNamespace(owner=owner, first=first, second=second, clients=clients, worker=worker, stranger=stranger,
                                 group=group)


def bound(suite):
    rows = suite.query("select chat_id from managers_group")
    return rows[0][0] if rows else None


def wait_bound(suite, chat_id):
    wait_until(lambda: bound(suite) == chat_id, WAIT_S, f"the managers' group to be {chat_id}", lambda: bound(suite))


def call_off(company, people, order):
    people.owner.start(f"order_{order}")
    people.owner.tap(f"call_off:{order}")
    people.owner.press("Заказано дважды", people.owner.see(f"because:{order}"))
    company.reach(order, "cancelled")


# ---- binding ----

def test_whoever_adds_the_bot_to_a_group_hears_nothing_but_an_owner(company, people):
    people.group.adds_bot(by=people.stranger)
    people.group.removes_bot(by=people.stranger)
    people.group.adds_bot(by=people.first)
    company.sim.wait_handled()
    assert not people.group.bot_messages()
    people.group.removes_bot(by=people.first)
    people.group.adds_bot(by=people.owner)
    people.group.see("bind_group")


def test_only_an_owner_binds_it(suite, people):
    offer = people.group.see("bind_group")
    for person in (people.first, people.worker, people.stranger):
        answer = person.press_data("bind_group", offer)
        assert answer["show_alert"] and answer["text"], (person.name, answer)
    assert bound(suite) is None
    people.owner.tap("bind_group", offer)
    wait_bound(suite, GROUP)
    assert people.group.wait_for("все тревоги приходят и в эту группу").id == offer.id


def test_what_people_say_there_is_theirs(company, people):
    company.wait_settled()
    seen, private = people.group.mark(), people.first.mark()
    people.first.say("Доброе утро!", chat_id=GROUP)
    people.first.say("/menu", chat_id=GROUP)
    people.stranger.say("/bind", chat_id=GROUP)
    company.sim.wait_handled()
    assert people.group.mark() == seen + 3
    assert people.first.mark() == private


# ---- an alert ----

@pytest.fixture(scope="module")
def untaken(suite, company, people):
    order = company.orders(people.clients[0], "Никто не берёт этот заказ")
    suite.ctl.advance("58m")
    return order


def test_the_group_has_one_copy_more_of_an_alert(people, untaken):
    copies = [chat.wait_for(f"№{untaken}", button="Я занимаюсь") for chat in (people.first, people.second, people.group)]
    assert len({copy.text.split("\n")[0] for copy in copies}) == 1
    assert len({str(copy.buttons) for copy in copies}) == 1


def test_others_get_a_toast_and_nothing_happens(suite, company, people, untaken):
    copy = people.group.see("mine")
    company.wait_settled()
    private = people.worker.mark()
    for person in (people.worker, people.stranger):
        for name in ("mine", "assign", "history"):
            answer = person.press_data(copy.press_named(name), copy)
            assert answer["show_alert"] and answer["text"], answer
    assert people.worker.mark() == private
    assert suite.value("select acknowledged_at is null from alerts where order_id = %s", untaken)
    assert company.state(untaken) == "new"


def test_who_is_on_it_shows_on_every_copy(people, untaken):
    copies = [chat.wait_for(f"№{untaken}", button="Я занимаюсь") for chat in (people.first, people.second, people.group)]
    people.second.tap("mine", copies[2])
    for chat, copy in zip((people.first, people.second, people.group), copies):
        seen = chat.wait_for(regex=rf"№{untaken}(.|\n)*Взял Менеджер 2, [0-9]+:[0-9]+")
        assert seen.id == copy.id and not seen.press_named("mine")


def test_what_is_to_be_chosen_opens_in_private(company, people, untaken):
    copy = people.group.see("assign")
    answer = people.first.tap("assign", copy)
    assert "лично" in answer["text"] and not answer["show_alert"], answer
    people.first.press("Подрядчик 1", people.first.wait_for("Кому отдать"))
    company.reach(untaken, "in_work")
    line = people.group.wait_for(regex=f"№{untaken}.*никто не взял – решено; заказ в работе")
    assert line.id == copy.id and "\n" not in line.text


def test_a_reason_is_written_in_private(suite, company, people, untaken):
    line = people.group.wait_for(f"№{untaken}")
    people.first.tap("order", line)
    card = people.first.wait_for("Никто не берёт этот заказ", button="в очередь")
    people.first.tap("release", card)
    people.first.wait_for("возвращается в очередь")
    people.first.say("Уехал на дачу", chat_id=GROUP)  # not the reason: it was said to the others
    people.first.say("Связи с подрядчиком нет")
    company.reach(untaken, "new")
    assert suite.value("select text from order_messages where order_id = %s and kind = 'reason'", untaken) == "Связи с подрядчиком нет"


def test_an_old_button_says_how_the_order_stands(company, people, untaken):
    call_off(company, people, untaken)
    company.wait_settled()
    copy, private = people.group.wait_for(f"№{untaken}"), people.second.mark()
    answer = people.second.press_data(f"release:{untaken}", copy, stale=True)
    assert "отменён" in answer["text"], answer
    company.wait_settled()
    assert people.second.mark() == private


# ---- what managers are asked ----

def writes(client, words):
    client.say("/menu")
    client.press("Написать менеджерам")
    client.wait_for("О чём речь?")
    client.say(words)


def reads_so_in_its_place(chats, cards, regex):
    for chat, card in zip(chats, cards):
        seen = chat.wait_for(regex=regex)
        assert seen.id == card.id and not seen.buttons, seen


def test_a_question_stands_there_too_and_is_answered_in_private(people):
    writes(people.clients[0], "Как к вам проехать?")
    chats = (people.group, people.first, people.second)
    cards = [chat.wait_for("Как к вам проехать?", button="Ответить") for chat in chats]
    for person in (people.worker, people.stranger):
        answer = person.press_data(cards[0].press_named("answer_inquiry"), cards[0])
        assert answer["show_alert"] and answer["text"], (person.name, answer)
    assert "лично" in people.first.press("Ответить", cards[0])["text"]
    people.first.wait_for("Что ответить")
    people.first.say("На метро")
    people.clients[0].wait_for("На метро", button="Написать ещё")
    reads_so_in_its_place(chats, cards, r"проехать(.|\n)*Менеджер 1, [0-9]+:[0-9]+(.|\n)*На метро")


def test_a_managers_reply_there_goes_to_the_client_and_nobody_elses(suite, company, people):
    writes(people.clients[0], "А на машине?")
    chats = (people.group, people.first, people.second)
    cards = [chat.wait_for("А на машине?", button="Ответить") for chat in chats]
    assert "Ответ на это сообщение уйдёт клиенту" in cards[0].text and "уйдёт клиенту" not in cards[1].text
    company.wait_settled()
    marks = [(person, person.mark()) for person in (people.worker, people.stranger, people.second)]
    people.worker.say("Там нет парковки", chat_id=GROUP, reply_to=cards[0].id)
    people.stranger.say("Есть", chat_id=GROUP, reply_to=cards[0].id)
    word = people.first.say("Спрошу у охраны", chat_id=GROUP)  # a word among themselves, and another one
    people.second.say("Спроси", chat_id=GROUP, reply_to=word["message_id"])
    company.sim.wait_handled()
    assert suite.value("select answer is null from inquiries order by id desc limit 1")
    people.second.say("Въезд со двора", chat_id=GROUP, reply_to=cards[0].id)
    people.clients[0].wait_for("Въезд со двора", button="Написать ещё")
    reads_so_in_its_place(chats, cards, r"на машине(.|\n)*Менеджер 2, [0-9]+:[0-9]+(.|\n)*Въезд со двора")
    people.first.say("Поздно", chat_id=GROUP, reply_to=cards[0].id)
    people.first.wait_for("Уже ответили")
    company.wait_settled()
    assert all(person.mark() == mark for person, mark in marks), "what was said in the group stays there"


def test_an_owner_chooses_the_tariff_from_there(company, people):
    client = people.clients[3]
    client.say("/menu")
    client.press("Тариф")
    client.tap("upgrade")
    chats = (people.group, people.first, people.second)
    cards = [chat.wait_for("просит тариф побольше", button="Отклонить") for chat in chats]
    assert cards[0].press_named("upgrade_tariff") and cards[0].press_named("upgrade_pass")
    refused = people.first.press_data(cards[0].press_named("upgrade_tariff"), cards[0])
    assert refused["show_alert"], refused
    people.second.tap("upgrade_pass", cards[0])
    passed = people.group.wait_for("Владельцам передал(а) Менеджер 2", button="Выбрать тариф")
    assert passed.id == cards[0].id and not passed.press_named("upgrade_pass")
    people.owner.tap("upgrade_tariff", passed)
    people.owner.press("Стандарт", people.owner.wait_for("На каком тарифе?"))
    client.wait_for("Теперь ваш тариф – Стандарт")
    reads_so_in_its_place(chats, cards, r"просил\(а\) тариф побольше(.|\n)*Владелец, [0-9]+:[0-9]+: Стандарт")


def test_an_application_is_decided_there(suite, company, people):
    applicant = suite.sim.person(78, "Подрядчик 2", language_code="ru")
    applicant.start()
    applicant.tap("apply:2")
    applicant.say("Чиню всё")
    chats = (people.group, people.owner, people.first, people.second)
    cards = [chat.wait_for("Чиню всё", button="Принять") for chat in chats]
    for person in (people.worker, people.stranger):
        assert person.press_data(cards[0].press_named("approve"), cards[0])["show_alert"], person.name
    assert people.second.tap("approve", cards[0])["text"] == "Одобрено: человек извещён"
    applicant.wait_for("теперь подрядчик")
    reads_so_in_its_place(chats, cards, r"Чиню всё(.|\n)*Одобрено: Менеджер 2, [0-9]+:[0-9]+")


# ---- the group alone is nobody ----

def test_a_repeat_takes_the_former_copys_place(suite, company, people):
    order = company.orders(people.clients[1], "Тревога повторяется")
    suite.ctl.advance("58m")
    copy = people.group.wait_for(f"№{order}", button="Я занимаюсь")
    people.first.wait_for(f"№{order}", button="Я занимаюсь")
    company.wait_settled()
    suite.ctl.advance("11m")
    people.group.wait_for(f"№{order}", button="Я занимаюсь", after=copy.id)
    people.group.wait_gone(copy)
    call_off(company, people, order)
    people.group.wait_for(regex=f"№{order}.*решено")


def test_the_group_is_no_receipt(suite, company, people):
    for manager in (people.first, people.second):
        manager.block()
    wait_until(lambda: suite.value("select count(*) from people where not reachable") == 2, WAIT_S, "two managers to be unreachable")
    order = company.orders(people.clients[2], "Менеджеров нет")
    suite.ctl.advance("58m")
    people.group.wait_for(f"№{order}", button="Я занимаюсь")
    people.owner.wait_for(f"№{order}", button="Я занимаюсь")  # somebody of flesh and blood has it, too
    for manager in (people.first, people.second):
        manager.unblock()
    call_off(company, people, order)


# ---- under another number, and with topics ----

def test_a_group_that_becomes_a_supergroup_is_followed(suite, company, people):
    order = company.orders(people.clients[3], "Группа переезжает")
    suite.ctl.advance("58m")
    people.group.wait_for(f"№{order}", button="Я занимаюсь")
    company.wait_settled()
    people.group = people.group.becomes_supergroup(SUPERGROUP, by=people.first)
    wait_bound(suite, SUPERGROUP)
    again = people.group.wait_for(f"№{order}", button="Я занимаюсь")  # what stands in the old one can be redrawn no more
    people.first.tap("mine", again)
    assert people.group.wait_for("Взял Менеджер 1").id == again.id
    wait_until(lambda: suite.value("select count(*) from cards where chat_id = %s", GROUP) == 0, WAIT_S, "the old group's cards to be forgotten")
    call_off(company, people, order)
    people.group.wait_for(regex=f"№{order}.*решено")


def test_a_move_nobody_told_of_is_noticed_when_something_is_sent(suite, company, people):
    group = company.sim.group(OTHER, "Другая группа", [people.owner, people.first])
    group.adds_bot(by=people.owner)
    people.owner.tap("bind_group", group.see("bind_group"))
    wait_bound(suite, OTHER)
    group = group.becomes_supergroup(OTHER_SUPERGROUP, by=people.owner, told=False)
    order = company.orders(people.clients[3], "Группа уже переехала")
    suite.ctl.advance("58m")
    wait_bound(suite, OTHER_SUPERGROUP)
    company.wait_settled()
    people.first.tap("mine", group.wait_for(f"№{order}", button="Я занимаюсь"))
    group.wait_for("Взял Менеджер 1")
    call_off(company, people, order)


def test_each_order_has_a_topic_that_heals(suite, company, people):
    forum = company.sim.group(FORUM, "С темами", [people.owner, people.first], is_forum=True)
    forum.adds_bot(by=people.owner, bot="administrator")
    people.owner.tap("bind_group", forum.see("bind_group"))
    wait_bound(suite, FORUM)
    order = company.orders(people.clients[0], "Заказ со своей темой")
    suite.ctl.advance("58m")
    copy = forum.wait_for(f"№{order}", button="Я занимаюсь")
    assert copy["topic"] == f"№{order} · Клиент 1"
    company.wait_settled()
    suite.ctl.advance("11m")
    again = forum.wait_for(f"№{order}", button="Я занимаюсь", after=copy.id)
    assert again["thread_id"] == copy["thread_id"]
    company.wait_settled()
    company.sim.post("delete_topic", chat_id=FORUM, thread_id=copy["thread_id"])
    suite.ctl.advance("11m")
    healed = forum.wait_for(f"№{order}", button="Я занимаюсь", after=again.id)
    assert healed["topic"] == copy["topic"] and healed["thread_id"] != copy["thread_id"]
    company.wait_settled()
    assert suite.query("select topic_id from topics") == [(healed["thread_id"],)]

    forum.adds_bot(by=people.owner, bot="member")  # who is no administrator may make no topics
    another = company.orders(people.clients[1], "Темы создавать нельзя")
    suite.ctl.advance("58m")
    assert "topic" not in forum.wait_for(f"№{another}", button="Я занимаюсь")
    for one in (order, another):
        call_off(company, people, one)


# ---- the end of it ----

def test_a_group_that_loses_the_bot_is_bound_no_more(suite, company, people):
    people.group.adds_bot(by=people.owner, bot="administrator")
    people.owner.say("/bind", chat_id=people.group.id)
    wait_bound(suite, people.group.id)
    people.group.removes_bot(by=people.stranger)
    wait_bound(suite, None)
    order = company.orders(people.clients[2], "Группы больше нет")
    suite.ctl.advance("58m")
    people.second.wait_for(f"№{order}", button="Я занимаюсь")
    company.wait_settled()
    assert suite.value("select count(*) from notices where to_group and order_id = %s", order) == 0


def test_a_group_bound_by_a_word_sees_the_alerts_and_questions_that_stand(suite, people):
    writes(people.clients[2], "Дождусь ли ответа?")
    card = people.second.wait_for("Дождусь ли ответа?", button="Ответить")
    people.group.adds_bot(by=people.owner)
    people.owner.say("/bind", chat_id=people.group.id)
    wait_bound(suite, people.group.id)
    people.group.wait_for("Группы больше нет", button="Я занимаюсь")
    asked = people.group.wait_for("Дождусь ли ответа?", button="Ответить")
    people.second.say("Уже", chat_id=people.group.id, reply_to=asked.id)
    reads_so_in_its_place((people.group, people.second), (asked, card), r"Дождусь(.|\n)*Менеджер 2, [0-9]+:[0-9]+(.|\n)*Уже")


def test_an_owner_unbinds_it_in_private(suite, people):
    people.owner.say("/bind")
    people.owner.tap("unbind_group", people.owner.wait_for("Менеджеры", button="Отвязать"))
    people.owner.wait_for("Группа менеджеров отвязана")
    wait_bound(suite, None)


def test_the_history_is_sound(suite, company):
    company.wait_settled()
    assert not suite.sim.summary().get("violations")
    checked = suite.ctl("check")
    assert "found: 0" in checked, checked
