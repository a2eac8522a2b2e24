"""Goal: what was said can be corrected: the other side reads it as it is now, masked as ever, and sees that it was edited"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S

MASK = "▒▒▒"


@pytest.fixture(scope="module")
def company(company):
    company.manager = company.joins(4701, "Менеджер 1", "manager")
    company.client = company.joins(4702, "Клиент 1", "client", tariff="Стандарт", paid_until=PAID)
    company.worker = company.joins(4711, "Подрядчик 1", "contractor")
    company.thread = company.orders(company.client, "Работа, о которой спорят")
    company.takes(company.worker, company.thread)
    company.client.suite = company.worker.suite = company.suite
    for person in (company.client, company.worker):
        person.press_data(f"write:{company.thread}", person.last(), stale=True)
    return company


def says(author, reader, text=None, expect=None, **more):
    """The author's message id, and the reader's copy."""
    mark = reader.mark()
    said = author.say(text, **more)["message_id"]
    copy = reader.wait_for(expect or text, after=mark, button="Ответить")
    wait_linked(author, said)
    return said, copy


def wait_linked(author, said):
    """Until it is on record which message passes this one on: Telegram's answer comes before."""
    wait_until(lambda: author.suite.query("select 1 from thread_links where source_chat_id = %s and source_message_id = %s",
                                          author.id, said), WAIT_S, "the copy to be known")


def edits(author, message_id, text):
    author.sim.post("edit", user_id=author.id, message_id=message_id, text=text)


def now(reader, message):
    return next(m for m in reader.messages() if m.id == message.id)


def reads(reader, message, text):
    wait_until(lambda: text in now(reader, message).text, WAIT_S, f"{text} in place of what was said", lambda: now(reader, message))
    return now(reader, message)


def test_the_copy_says_what_the_message_says_now(company):
    client, worker = company.client, company.worker
    said, copy = says(client, worker, "Сделайте синим")
    mark = worker.mark()
    edits(client, said, "Сделайте зелёным")
    corrected = reads(worker, copy, "Сделайте зелёным")
    assert "изменено" in corrected.text and "синим" not in corrected.text and f"№{company.thread}" in corrected.text
    assert any("Ответить" in label for label in corrected.buttons)
    edits(client, said, "Сделайте красным")
    reads(worker, copy, "Сделайте красным")
    company.wait_settled()
    assert worker.mark() == mark, "an edit makes no sound"


def test_so_does_the_history_and_a_reply_still_leads_there(suite, company):
    worker, client, manager = company.worker, company.client, company.manager
    said, copy = says(worker, client, "Готово будет в среду")
    edits(worker, said, "Готово будет в четверг")
    reads(client, copy, "в четверг")
    mark = manager.mark()
    manager.say(f"/start order_{company.thread}")
    manager.tap("history", manager.see("history", after=mark))
    history = manager.wait_for("Готово будет в четверг", after=mark)
    assert "в среду" not in history.text
    assert suite.value("select count(*) from order_events where text = 'Готово будет в среду'") == 1, "what was said first is kept"
    mark = worker.mark()
    client.say("В четверг хорошо", reply_to=copy.id)
    worker.wait_for("В четверг хорошо", after=mark)


def test_words_under_a_picture_are_corrected_there(company):
    client, worker = company.client, company.worker
    said, copy = says(client, worker, caption="Вот так", expect="Вот так", photo=True)
    edits(client, said, "Вот так, но шире")
    corrected = reads(worker, copy, "Вот так, но шире")
    assert corrected.get("photo") and "изменено" in corrected.text


def test_an_album_is_corrected_above_its_pictures(company):
    client, worker = company.client, company.worker
    mark = worker.mark()
    client.say(media_group=[{"photo": True, "caption": "Три вида"}, {"photo": True}])
    copy = worker.wait_for("Три вида", after=mark, button="Ответить")
    said = max(m.id for m in client.messages() if m.text == "Три вида")
    wait_linked(client, said)
    edits(client, said, "Два вида")
    reads(worker, copy, "Два вида")


def test_a_number_that_is_added_later_is_masked(suite, company):
    client, worker = company.client, company.worker
    said, copy = says(client, worker, "Позвоните мне")
    mark = client.mark()
    edits(client, said, "Позвоните мне: +7 916 123-45-67")
    corrected = reads(worker, copy, f"Позвоните мне: {MASK}")
    assert "916" not in corrected.text
    client.wait_for("переданы скрытыми", after=mark)
    assert suite.query("select text from edits where text ~ '916'") == []


def said_as(author, text):
    """The number of the author's newest message with these words, once it is known what passes it on."""
    said = max(m.id for m in author.messages() if m.text == text)
    wait_linked(author, said)
    return said


def test_a_question_is_corrected_until_it_is_answered(company):
    """It has become a card, with buttons and a clock behind it; so has its answer."""
    client, worker = company.client, company.worker
    mark = client.mark()
    worker.press_data(f"ask:{company.thread}", worker.last(), stale=True)
    worker.say("Какой размер?")
    company.reach(company.thread, "waiting_client")
    asked = client.wait_for("Какой размер?", after=mark)
    question = said_as(worker, "Какой размер?")
    edits(worker, question, "Какой вес?")
    corrected = reads(client, asked, "Какой вес?")
    assert "изменено" in corrected.text and "размер" not in corrected.text and corrected.press_named("answer")
    mark = worker.mark()
    client.say("Большой")
    company.reach(company.thread, "in_work")
    answered = worker.wait_for("Большой", after=mark)
    edits(worker, question, "Какой цвет?")
    worker.wait_for("Эту правку передать нельзя", after=mark)
    edits(client, said_as(client, "Большой"), "Маленький")
    assert reads(worker, answered, "Маленький").press_named("finish")


def test_a_secret_leaves_nothing_by_an_edit_either(suite, company):
    """While a secret is awaited an edit may be it; once it is sealed there is nothing left to edit."""
    client, worker = company.client, company.worker
    earlier, copy = says(client, worker, "Доступ пришлю отдельно")
    client.press_data(f"hand_over:{company.thread}", client.last(), stale=True)
    edits(client, earlier, "root / hunter2")
    mark = client.mark()
    secret = client.say("root / hunter3")["message_id"]
    client.wait_for("ваше сообщение из этого чата удалено", after=mark)
    company.wait_settled()
    assert client.sim.request("POST", "edit", user_id=client.id, message_id=secret, text="root / hunter4").status_code == 400
    assert now(worker, copy).text == copy.text and not any("hunter" in m.text for m in worker.messages())
    assert suite.query("select text from edits where text ~ 'hunter'") == []
    assert suite.query("select drafts from chats where drafts::text ~ 'hunter'") == []


def test_a_report_is_corrected_until_the_work_is_accepted(company):
    """Also when the order's card has moved on: then its buttons are elsewhere."""
    client, worker = company.client, company.worker
    mark = client.mark()
    company.finishes(worker, company.thread, "Сделано почти всё")
    done = client.wait_for("Сделано почти всё", after=mark)
    report = said_as(worker, "Сделано почти всё")
    edits(worker, report, "Сделано всё")
    assert reads(client, done, "Сделано всё").press_named("accept")
    mark = client.mark()
    client.start(f"order_{company.thread}")
    client.see("accept", after=mark)
    wait_until(lambda: not now(client, done).buttons, WAIT_S, "the buttons to have gone with the card")
    edits(worker, report, "Сделано всё и проверено")
    assert not reads(client, done, "и проверено").buttons
    mark = worker.mark()
    company.accepted(client, company.thread)
    edits(worker, report, "Сделано иначе")
    worker.wait_for("Эту правку передать нельзя", after=mark)


def test_all_adds_up(suite, company):
    company.wait_settled()
    suite.ctl("check")
    assert not suite.sim.summary().get("violations")
