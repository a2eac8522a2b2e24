"""Goal: client and contractor talk through the bot, in whatever form, and neither learns how to reach the other past it"""
import base64

import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S

MASK = "▒▒▒"
CARD = {"name": "ivan.vcf", "base64": base64.b64encode(b"BEGIN:VCARD\nFN:Ivan\nEND:VCARD").decode()}


@pytest.fixture(scope="module")
def company(company):
    company.manager = company.joins(4201, "Менеджер 1", "manager")
    company.client = company.joins(4202, "Клиент 1", "client", tariff="Стандарт", paid_until=PAID)
    company.vip = company.joins(4203, "Клиент 2", "client", tariff="VIP", paid_until=PAID)
    company.workers = [company.joins(4211 + n, f"Подрядчик {n + 1}", "contractor") for n in range(2)]
    company.thread = at_work(company, company.client, company.workers[0])
    company.vip_thread = at_work(company, company.vip, company.workers[1])
    return company


def at_work(company, client, worker):
    """An order both write about from now on."""
    order = company.orders(client, f"Работа для {client.name}")
    company.takes(worker, order)
    for person in (client, worker):
        person.press_data(f"write:{order}", person.last(), stale=True)
    return order


def copies(person, after, kind):
    return [message for message in person.bot_messages() if message.id > after and message.get(kind)]


def says(author, reader, text=None, expect=None, **more):
    """What the reader sees of it."""
    mark = reader.mark()
    author.say(text, **more)
    return reader.wait_for(expect or text, after=mark, button="Ответить")


# ---- every form arrives ----

def test_words_go_both_ways_with_a_button_to_answer(company):
    client, worker = company.client, company.workers[0]
    told = says(client, worker, "Когда начнёте?")
    assert f"№{company.thread}" in told.text and client.name not in told.text
    told = says(worker, client, "Уже начал")
    assert worker.name not in told.text


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video"])
def test_one_file_arrives_with_the_words_and_the_button(company, kind):
    client, worker = company.client, company.workers[0]
    told = says(client, worker, caption=f"Смотрите: {kind}", expect=f"Смотрите: {kind}", **{kind: True})
    assert told.get(kind) and told["from_bot"]


def test_an_album_arrives_as_one_behind_its_words(company):
    client, worker = company.client, company.workers[0]
    mark = worker.mark()
    client.say(media_group=[{"photo": True, "caption": "Вот как это выглядит"}, {"photo": True}, {"photo": True}])
    worker.wait_for("Вот как это выглядит", after=mark, button="Ответить")
    wait_until(lambda: len(copies(worker, mark, "photo")) == 3, WAIT_S, "the album", lambda: worker.messages()[-4:])
    pictures = copies(worker, mark, "photo")
    assert len({picture.get("media_group_id") for picture in pictures}) == 1 and pictures[0]["media_group_id"]
    assert not any(picture.text for picture in pictures), "the words stand above, once"


def test_a_reply_to_any_picture_of_it_leads_to_the_order(company):
    client, worker = company.client, company.workers[0]
    mark = worker.mark()
    client.say(media_group=[{"photo": True}, {"photo": True}, {"photo": True}])
    wait_until(lambda: len(copies(worker, mark, "photo")) == 3, WAIT_S, "the album", lambda: worker.messages()[-4:])
    company.wait_settled()
    worker.say("/menu")  # nothing is being written any more
    for number, picture in enumerate(copies(worker, mark, "photo"), 1):
        mark = client.mark()
        worker.say(f"Картинка {number} подходит", reply_to=picture.id)
        assert f"№{company.thread}" in client.wait_for(f"Картинка {number} подходит", after=mark, button="Ответить").text
    worker.press_data(f"write:{company.thread}", worker.last(), stale=True)


def test_a_place_arrives(company):
    client, worker = company.client, company.workers[0]
    mark = worker.mark()
    client.say(location=True)
    wait_until(lambda: copies(worker, mark, "location"), WAIT_S, "the place")


def test_what_arrived_is_marked(suite, company):
    client, worker = company.client, company.workers[0]
    said = client.say("Видно, что дошло?")["message_id"]
    worker.wait_for("Видно, что дошло?")
    wait_until(lambda: next(m for m in client.messages() if m.id == said).get("reactions"), WAIT_S, "the mark on the client's message")


def test_an_answer_is_shown_as_one_on_the_other_side(company):
    client, worker = company.client, company.workers[0]
    mark = worker.mark()
    asked = client.say("Какой цвет лучше?")["message_id"]
    copy = worker.wait_for("Какой цвет лучше?", after=mark)
    before = client.mark()
    worker.say("Синий", reply_to=copy.id)
    answer = client.wait_for("Синий", after=before)
    assert answer["reply_to"] == asked, answer
    mark = worker.mark()
    client.say("И ещё про него", reply_to=asked)
    assert worker.wait_for("И ещё про него", after=mark)["reply_to"] == copy.id


# ---- nothing leads past the bot ----

@pytest.mark.parametrize("text, masked", [
    ("Звоните: +7 (916) 123-45-67", f"Звоните: {MASK}"),
    ("Я в телеграме @ivan_petrov", f"Я в телеграме {MASK}"),
    ("Почта ivan@example.com, сайт example.com", f"Почта {MASK}, сайт {MASK}"),
    ("Пишите на https://t.me/ivan", f"Пишите на {MASK}"),
])
def test_words_are_masked_and_the_author_is_told_once(company, text, masked):
    client, worker = company.client, company.workers[0]
    mark = client.mark()
    told = says(client, worker, text, expect=masked)
    assert text not in told.text
    client.wait_for("переданы скрытыми", after=mark)
    company.wait_settled()
    assert sum("переданы скрытыми" in message.text for message in client.messages() if message.id > mark) == 1


def test_so_are_captions(company):
    client, worker = company.client, company.workers[0]
    told = says(worker, client, caption="Мой номер 89161234567", expect=f"Мой номер {MASK}", photo=True)
    assert told.get("photo")
    mark = client.mark()
    worker.say(media_group=[{"photo": True, "caption": "Пишите @ivan_petrov"}, {"photo": True}])
    client.wait_for(f"Пишите {MASK}", after=mark)
    wait_until(lambda: len(copies(client, mark, "photo")) == 2, WAIT_S, "the album")
    assert not any("@ivan" in message.text for message in client.bot_messages())


def test_so_is_a_reply_and_a_question(company):
    client, worker = company.client, company.workers[0]
    worker.press_data(f"ask:{company.thread}", worker.last(), stale=True)
    mark = client.mark()
    worker.say("Можно позвонить? 8 916 123 45 67")
    question = client.wait_for(f"Можно позвонить? {MASK}", after=mark)
    mark = worker.mark()
    client.say("Да, +79161234567", reply_to=question.id)
    worker.wait_for(f"Да, {MASK}", after=mark)
    assert company.state(company.thread) == "in_work"


@pytest.mark.parametrize("card", [{"contact": True}, {"document": CARD}])
def test_a_contact_card_is_not_passed_on(company, card):
    client, worker = company.client, company.workers[0]
    before, mark = worker.mark(), client.mark()
    client.say(**card)
    client.wait_for("карточку контакта я не передал", after=mark)
    company.wait_settled()
    assert worker.mark() == before


def test_nothing_of_it_is_kept(suite):
    assert suite.query("select text from order_events where text ~ '916|@ivan|example|t\\.me'") == []


def test_where_the_tariff_grants_contacts_all_of_it_passes(company):
    client, worker = company.vip, company.workers[1]
    says(client, worker, "Звоните: +7 (916) 123-45-67, @ivan_petrov, https://t.me/ivan")
    mark = worker.mark()
    client.say(contact=True)
    wait_until(lambda: copies(worker, mark, "contact"), WAIT_S, "the card")
    client.say(document=CARD)
    wait_until(lambda: copies(worker, mark, "document"), WAIT_S, "the card as a file")
    assert not any("скрытыми" in message.text for message in client.bot_messages())


def test_a_manager_may_name_a_number(company):
    manager, client = company.manager, company.client
    manager.press_data(f"speak_to:{company.thread}:1", manager.last(), stale=True)
    mark = client.mark()
    manager.say("Наш телефон: +7 495 000-00-00")
    client.wait_for("+7 495 000-00-00", after=mark)


def test_all_adds_up(suite, company):
    company.wait_settled()
    suite.ctl("check")  # fails on any finding
    assert not suite.sim.summary().get("violations")
