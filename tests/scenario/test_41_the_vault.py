"""Goal: what a client hands over in secret is seen by the contractor at work, for a minute, and by nobody and nothing else

The secret is looked for everywhere after each chapter: in every row of the database, in the logs, in what the bot sent to others.
"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S

SECRET = "логин admin, пароль <Зел3ный&Чай>"
SECOND_SECRET = "/root: другой-пароль-77"
PIECES = ("Зел3ный", "другой-пароль-77")
MINUTE = "61s"


@pytest.fixture(scope="module")
def company(company):
    company.manager = company.joins(4101, "Менеджер 1", "manager")
    company.client = company.joins(4102, "Клиент 1", "client", tariff="Стандарт", paid_until=PAID)
    company.worker = company.joins(4103, "Подрядчик 1", "contractor")
    company.other = company.joins(4104, "Подрядчик 2", "contractor")
    company.order = company.orders(company.client, "Сайт не открывается")
    return company


# ---- how it is done, and looked for ----

def is_asked(company):
    """Presses the card's button, wherever the card is by now."""
    mark = company.client.mark()
    company.client.press_data(f"hand_over:{company.order}", company.client.last(), stale=True)
    company.client.wait_for("одним сообщением", button="Не нужно", after=mark)


def hands_over(company, secret, **more):
    is_asked(company)
    client = company.client
    said = client.say(secret, **more)["message_id"]
    company.client.wait_gone({"message_id": said})
    return said


def reveals(company, worker, secret):
    """Presses the button; the message that shows it."""
    mark = worker.mark()
    answer = worker.press_data(f"reveal:{company.order}", worker.last(), stale=True)
    assert "на минуту" in answer["text"], answer
    shown = worker.wait_for(secret, after=mark)
    assert shown["protected"] and f"№{company.order}" in shown.text
    return shown


def rows_with(suite, words):
    """Tables in whose rows the words stand, as text or as bytes."""
    tables = [name for name, in suite.query("select table_name from information_schema.tables "
                                            "where table_schema = 'public' and table_type = 'BASE TABLE'")]
    forms = [f"%{words}%", f"%{words.encode().hex()}%"]
    return [name for name in tables if suite.value(f'select exists (select from "{name}" t where t::text like any (%s))', forms)]


def leaks(suite, company, readers=()):
    """Where a piece of the secrets can be read: rows, logs, chats of anybody but the readers."""
    company.wait_settled()
    found = [f"table {table}" for piece in PIECES for table in rows_with(suite, piece)]
    found += [f"log of {name}" for name, process in suite.processes.items() if name != "telegram-simulator"
              for piece in PIECES if piece in process.log()]
    known = {reader.id for reader in readers}
    found += [f"{sent['method']} to {sent['chat_id']}" for sent in suite.sim.sent()
              if sent["chat_id"] not in known and any(piece in (sent.get("text") or "") for piece in PIECES)]
    for person in (company.manager, company.client, company.worker, company.other):
        found += [f"chat of {person.name}" for message in person.messages() for piece in PIECES if piece in message.text]
    return found


# ---- the chapters ----

def test_it_is_offered_once_the_order_exists_and_can_be_left_out(company):
    created = company.client.wait_for(f"№{company.order}", button="Передать доступ")
    assert "Понадобятся логины или пароли" in created.text
    company.client.tap(f"hand_over:{company.order}")
    company.client.press("Не нужно", company.client.wait_for("одним сообщением", button="Не нужно"))
    company.client.wait_for("Главное меню")


def test_the_clients_message_is_sealed_and_deleted(suite, company):
    hands_over(company, SECRET)
    company.client.wait_for("зашифрован")
    assert suite.query("select sealed is not null, erased_at is null from credentials where order_id = %s", company.order) == [(True, True)]
    assert leaks(suite, company) == []


def test_nobody_sees_it_before_the_work_begins(suite, company):
    for worker in (company.worker, company.other):
        answer = worker.press_data(f"reveal:{company.order}", worker.last(), stale=True)
        assert answer["show_alert"] and "не ваш" in answer["text"], answer


def test_the_contractor_at_work_sees_it_for_a_minute(suite, company):
    company.takes(company.worker, company.order)
    shown = reveals(company, company.worker, SECRET)
    wait_until(lambda: suite.value("select sealed is null from disclosures"), WAIT_S, "it to be noted as shown")
    suite.ctl.advance(MINUTE)
    company.worker.wait_gone(shown)
    wait_until(lambda: not suite.query("select from disclosures"), WAIT_S, "the row to go")
    assert leaks(suite, company, readers=[company.worker]) == []


def test_nobody_else_does(company):
    for person in (company.other, company.manager, company.client):
        answer = person.press_data(f"reveal:{company.order}", person.last(), stale=True)
        assert answer["show_alert"] and ("не ваш" in answer["text"] or "роли" in answer["text"]), answer


def test_the_client_sees_when_it_was_looked_at(company):
    company.client.tap(f"history:{company.order}")
    history = company.client.wait_for("подрядчик посмотрел доступ")
    assert history.text.index("передан доступ") < history.text.index("подрядчик посмотрел доступ")
    assert company.worker.name not in history.text, "this tariff shows no contacts"
    company.manager.press_data(f"history:{company.order}:0", company.manager.last(), stale=True)
    company.manager.wait_for(company.worker.name)


def test_a_gateway_that_dies_comes_back_and_removes_it(suite, company):
    shown = reveals(company, company.worker, SECRET)
    suite.kill("bot-gateway")
    suite.ctl.advance(MINUTE)
    assert shown.id in [message.id for message in company.worker.messages()]
    suite.restart("bot-gateway")
    company.worker.wait_gone(shown)
    assert leaks(suite, company, readers=[company.worker]) == []


def test_a_gateway_that_dies_before_it_is_shown_shows_it(suite, company):
    suite.sim.fault("error", method="editMessageText", code=502)
    mark = company.worker.mark()
    company.worker.press_data(f"reveal:{company.order}", company.worker.last(), stale=True)
    company.worker.wait_for("Открываю доступ", after=mark)
    wait_until(lambda: suite.query("select from disclosures where message_id is not null"), WAIT_S, "its number to be known")
    suite.kill("bot-gateway")
    suite.sim.no_faults()
    suite.restart("bot-gateway")
    shown = company.worker.wait_for(SECRET, after=mark)
    suite.ctl.advance(MINUTE)
    company.worker.wait_gone(shown)


def test_a_deletion_that_was_under_way_is_made_up_for(suite, company):
    client = company.client
    is_asked(company)
    suite.sim.fault("delay", method="deleteMessage", delay_ms=20000, count=1)
    said = client.say(SECOND_SECRET)["message_id"]
    wait_until(lambda: suite.query("select from deliveries where state = 'sending' and payload ->> 'method' = 'deleteMessage'"),
               WAIT_S, "the deletion to leave")
    suite.kill("bot-gateway")
    suite.sim.no_faults()
    suite.restart("bot-gateway")
    client.wait_gone({"message_id": said})
    assert leaks(suite, company, readers=[company.worker]) == []


def test_the_newest_takes_the_place_of_the_former(suite, company):
    shown = reveals(company, company.worker, SECOND_SECRET)
    assert SECRET not in shown.text
    suite.ctl.advance(MINUTE)
    company.worker.wait_gone(shown)


def test_pressed_twice_it_is_shown_once(suite, company):
    mark, card = company.worker.mark(), company.worker.last()
    for _ in range(2):
        company.worker.press_data(f"reveal:{company.order}", card, stale=True, wait=0)
    company.worker.wait_for(SECOND_SECRET, after=mark)
    company.wait_settled()
    assert sum(PIECES[1] in message.text for message in company.worker.messages() if message.id > mark) == 1
    suite.ctl.advance(MINUTE)
    wait_until(lambda: not suite.query("select from disclosures"), WAIT_S, "it to be removed")


def test_quotes_edits_and_files_carry_nothing_further(suite, company):
    client = company.client
    card = suite.value("select message_id from cards where chat_id = %s and order_id = %s", client.id, company.order)
    said = hands_over(company, SECRET, reply_to=card)  # any other reply to a card goes into the thread
    suite.sim.post("update", message={"message_id": said + 100000, "date": 1, "text": "а вот и он", "chat": {"id": client.id, "type": "private"},
                                      "from": {"id": client.id, "is_bot": False, "first_name": client.name},
                                      "reply_to_message": {"message_id": said, "date": 1, "text": SECRET,
                                                           "chat": {"id": client.id, "type": "private"}}})
    suite.sim.post("update", edited_message={"message_id": said, "date": 1, "edit_date": 2, "text": SECRET + "!",
                                             "chat": {"id": client.id, "type": "private"},
                                             "from": {"id": client.id, "is_bot": False, "first_name": client.name}})
    wait_until(lambda: suite.value("select step from chats where chat_id = %s", client.id) == "loose", WAIT_S, "the words to be asked about")
    client.press_data("drop", client.last(), stale=True)
    is_asked(company)
    picture = client.say(photo=True, caption=SECRET)["message_id"]
    client.wait_gone({"message_id": picture})
    client.wait_for("только текст")
    client.tap("drop")
    assert leaks(suite, company, readers=[company.worker]) == []


def test_with_the_order_the_right_to_look_goes(suite, company, bus):
    mark = company.worker.mark()
    company.worker.press_data(f"reveal:{company.order}", company.worker.last(), stale=True)
    shown = company.worker.wait_for(SECRET, after=mark)
    release(bus, company)
    company.worker.wait_gone(shown)  # at once, the minute is not over
    answer = company.worker.press_data(f"reveal:{company.order}", company.worker.last(), stale=True)
    assert answer["show_alert"] and "не ваш" in answer["text"], answer
    company.takes(company.other, company.order)
    shown = reveals(company, company.other, SECRET)
    suite.ctl.advance(MINUTE)
    company.other.wait_gone(shown)


def release(bus, company):
    answer = bus.ask("order.release", {"order_id": company.order, "reason": "Нужен другой"}, f"tg:{company.manager.id}")
    assert answer["outcome"] == "ok", answer


def test_the_end_of_the_order_erases_it(suite, company):
    stored = "select count(*) from commands where type = 'credentials.reveal' and answer::jsonb #> '{body,sealed}' is not null"
    assert suite.value(stored) > 0
    company.finishes(company.other, company.order, "Готово")
    company.accepted(company.client, company.order)
    assert suite.query("select sealed is null, erased_at is not null from credentials where order_id = %s", company.order) == [(True, True)]
    assert suite.value(stored) == 0, "the answers that carried it have lost it as well"
    assert leaks(suite, company, readers=[company.worker, company.other]) == []


def test_so_does_its_cancellation(suite, company):
    company.order = company.orders(company.client, "Ещё раз не открывается")
    hands_over(company, SECRET)
    company.client.tap(f"cancel:{company.order}")
    company.client.tap(f"cancel_now:{company.order}")
    company.reach(company.order, "cancelled")
    assert suite.value("select sealed is null from credentials where order_id = %s", company.order)
    company.client.press_data(f"hand_over:{company.order}", company.client.last(), stale=True)
    assert suite.value("select step from chats where chat_id = %s", company.client.id) == "", "there is nothing to ask for any more"
    assert leaks(suite, company, readers=[company.worker, company.other]) == []


def test_all_adds_up(suite, company):
    company.wait_settled()
    suite.ctl("check")  # fails on any finding
    assert not suite.sim.summary().get("violations")
